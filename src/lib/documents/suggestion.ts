/**
 * How suggestions are held in a body. Marks on text: `ins`, `del`, `fmt` (a mark that came or went, with what it was), and
 * `brk` on a `¶` that stands for a paragraph's end. Attributes of blocks, as JSON: `join` (to go together with the block
 * before), `chg` (heading, list, indent, ticked: what they are to be), `ins` and `del` on what is not text; `ins` on a
 * paragraph, too, that came as one.
 *
 * What is suggested together has one `id`; letters of an `ins` that were brought back stand in a second one with that id and
 * a later time (`brought-back.ts`). A `del` whose id ends in `+` strikes an insertion: one that does not and
 * stands on an insertion got there because both were written at the same time, and strikes nothing.
 */
import { bodyNodes, changePrefix, type HeadingLevel, type ListKind } from './body-gate.ts';
import type { Attributes } from './rich-body.ts';

export type Authored = { by: string; at: number; id: string };

export type BlockForm = {
	level: HeadingLevel | null;
	list: ListKind | null;
	indent: number | null;
	checked: true | null;
};
export const formKeys = ['level', 'list', 'indent', 'checked'] as const;

export function isForm(key: string): key is keyof BlockForm {
	return formKeys.includes(key as keyof BlockForm);
}

/**
 * What one person suggests of a block's form. The block's own attributes stay as they are, and in the document each person
 * has an attribute (see `body-attributes.ts`): so nobody's change takes another's away, and to reject is to remove it.
 */
export type BlockChange = Authored & { to: Partial<BlockForm> };

/** What `join` holds. `accepted`: it waits to be carried out. */
export type BlockJoin = Authored & { accepted?: true };

type MarkAttributes = Record<string, unknown> | null;

/**
 * What `fmt` holds beside its author: a mark's attributes, null when it is not there, before (`attrs`) and as suggested
 * (`to`). The text itself keeps the mark that it had: were it changed, two people's changes and undos of the same mark
 * would take each other's away. Without `to`, as files bring it, the text has the new mark already.
 */
export type MarkChange = { mark: 'strong' | 'em' | 'link'; attrs: MarkAttributes; to?: MarkAttributes };

/** The origin of decisions: an open editor takes it into its undo. */
export const reviewOrigin = Symbol('review');

/** Of a transaction: what it writes is suggested. */
export const suggests = Symbol('suggests');

export const breakSign = '¶';

/** The id of a strike through insertions. */
export function strikingInsertions(id: string): string {
	return strikesInsertions(id) ? id : `${id}+`;
}

export function strikesInsertions(id: string): boolean {
	return id.endsWith('+');
}

/** The id under which all parts of a suggestion are known. */
export function suggestionId(id: string): string {
	return id.replace(/\+$/, '');
}

/** Tells suggestions apart. */
export function suggestionKey({ by, id }: Pick<Authored, 'by' | 'id'>): string {
	return `${by} ${suggestionId(id)}`;
}

/** Null when the text is not that of a suggestion. */
export function readAuthored(text: unknown): Authored | null {
	const value = parse(text);
	return isAuthored(value) ? { by: value.by, at: value.at, id: value.id } : null;
}

export function readJoin(text: unknown): BlockJoin | null {
	const authored = readAuthored(text);
	const accepted = (parse(text) as { accepted?: unknown } | null)?.accepted === true;
	return authored && accepted ? { ...authored, accepted } : authored;
}

/** The changes in a `chg`, in the order in which they are laid over what the block is: the later one holds. */
export function readChanges(text: unknown): BlockChange[] {
	const value = parse(text);
	return Array.isArray(value) ? value.flatMap(toChange).sort((a, b) => a.at - b.at || (a.by < b.by ? -1 : 1)) : [];
}

/** One person's attribute of a block, see `body-attributes.ts`; of another none. */
export function readChange(key: string, text: unknown): BlockChange[] {
	const value = key.startsWith(changePrefix) ? parse(text) : null;
	return typeof value === 'object' ? toChange({ ...value, by: key.slice(changePrefix.length) }) : [];
}

export function writeChanges(changes: readonly BlockChange[]): string | null {
	return changes.length > 0 ? JSON.stringify(readChanges(JSON.stringify(changes))) : null;
}

/** The changes without what they say of a key. @param but the value that may stay */
export function withoutKey(text: unknown, key: string, but?: unknown): string | null {
	const left = readChanges(text).map((change) => ({
		...change,
		to: Object.fromEntries(Object.entries(change.to).filter(([each, value]) => each !== key || value === but)),
	}));
	return writeChanges(left.filter(({ to }) => Object.keys(to).length > 0));
}

/** A block's attributes with what is suggested of its form. */
export function asChanged<T extends Attributes>(attrs: T): T {
	return Object.assign({}, attrs, ...readChanges(attrs.chg).map(({ to }) => to)) as T;
}

export function formOf(attrs: Attributes): BlockForm {
	const valid = (key: string) => bodyNodes.paragraph?.[key]?.(attrs[key]);
	return Object.fromEntries(formKeys.map((key) => [key, valid(key) ? attrs[key] : null])) as BlockForm;
}

/**
 * The changes that a block shows, with the form that each makes of what is below it. What is so already says nothing,
 * unless it is so only because another suggests it, too.
 */
export function shownChanges(attrs: Attributes): (BlockChange & { form: BlockForm })[] {
	const own = formOf(attrs);
	let form = own;
	return readChanges(attrs.chg).flatMap((change) => {
		const below = form;
		form = { ...below, ...change.to };
		const { to } = change;
		const says = formKeys.some((key) => key in to && (to[key] !== own[key] || to[key] !== below[key]));
		return says ? [{ ...change, form }] : [];
	});
}

/**
 * What `brk` may hold in `form`: what the line behind it is to be, until the next that says so. `own`: what the paragraph is
 * that it is in; `rule`: a line across, if nothing is written there.
 */
export type LineForm = BlockForm | 'own' | 'rule';

/** Null where the line goes on as the one before it. */
export function readLineForm(text: unknown): LineForm | null {
	if (text === 'own' || text === 'rule') return text;
	const value = parse(text);
	return typeof value === 'object' && value !== null ? formOf(value as Attributes) : null;
}

export function writeLineForm(form: LineForm): string {
	if (typeof form === 'string') return form;
	return JSON.stringify(Object.fromEntries(Object.entries(form).filter(([, value]) => value !== null)));
}

/** What the second part of a divided paragraph is: unticked, and plain behind the end of a heading. */
export function tailForm({ list, indent, level, ins, chg }: Attributes, atEnd: boolean): Attributes {
	const unticked = withoutKey(chg, 'checked');
	if (!atEnd) return { level, list, indent, ins, chg: unticked };
	return { list, indent, ins, chg: withoutKey(unticked, 'level') };
}

/** What a line of a paragraph becomes that a break divides. */
export function lineAttributes(paragraph: Attributes, form: LineForm | null, atEnd: boolean): Attributes {
	if (form === null || typeof form === 'string') return tailForm(paragraph, atEnd);
	return { ...form, ins: paragraph.ins };
}

export function readMarkChange(text: unknown): MarkChange | null {
	const value = parse(text) as Partial<MarkChange> | null;
	if (value?.mark !== 'strong' && value?.mark !== 'em' && value?.mark !== 'link') return null;
	const { mark, attrs, to } = value;
	const read = (given: MarkAttributes | undefined): MarkAttributes => {
		if (given === null || given === undefined) return null;
		return mark === 'link' ? { href: String(given['href']) } : {};
	};
	return { mark, attrs: read(attrs), ...(to === undefined ? {} : { to: read(to) }) };
}

export function isAuthored(value: unknown): value is Authored {
	if (typeof value !== 'object' || value === null) return false;
	const { by, at, id } = value as Partial<Authored>;
	return typeof by === 'string' && typeof at === 'number' && typeof id === 'string';
}

function toChange(value: unknown): BlockChange[] {
	if (!isAuthored(value)) return [];
	const { by, at, id, to } = value as Partial<BlockChange> & Authored;
	if (typeof to !== 'object' || to === null) return [];
	const form = Object.entries(formOf(to)).filter(([key, valid]) => to[key as keyof BlockForm] === valid);
	return [{ by, at, id, to: Object.fromEntries(form) }];
}

function parse(text: unknown): unknown {
	if (typeof text !== 'string') return null;
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
