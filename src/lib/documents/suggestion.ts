/**
 * How suggestions are held in a body. Marks on text: `ins`, `del`, `fmt` (a mark that came or went, with what it was), and
 * `brk` on a `¶` that stands for a paragraph's end. Attributes of blocks, as JSON: `join` (to go together with the block
 * before), `chg` (heading, list, indent, ticked: what they were), `ins` and `del` on what is not text.
 *
 * What is suggested together has one `id`. A `del` whose id ends in `+` strikes an insertion: one that does not and
 * stands on an insertion got there because both were written at the same time, and strikes nothing.
 */
import { headingLevels, listKinds, maxIndent, type HeadingLevel, type ListKind } from './body-gate.ts';

export type Authored = { by: string; at: number; id: string };

/** What `chg` holds: how the block was before this change. `isNew`: there was no such block. */
export type BlockForm = {
	level: HeadingLevel | null;
	list: ListKind | null;
	indent: number | null;
	checked: true | null;
};
export type BlockChange = Authored & { was: BlockForm; isNew?: true };

/** What `join` holds. `accepted`: it waits to be carried out. */
export type BlockJoin = Authored & { accepted?: true };

type MarkAttributes = Record<string, unknown> | null;

/**
 * What `fmt` holds beside its author: a mark's attributes, null when it is not there, before (`attrs`) and as suggested
 * (`to`). The text itself keeps the mark that it had: were it changed, two people's changes and undos of the same mark
 * would take each other's away. Without `to`, as files bring it, the text has the new mark already.
 */
export type MarkChange = { mark: 'strong' | 'em' | 'link'; attrs: MarkAttributes; to?: MarkAttributes };

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

/** The changes of a block, the oldest first. */
export function readChanges(text: unknown): BlockChange[] {
	const value = parse(text);
	return Array.isArray(value) ? value.flatMap(toChange) : [];
}

/** The changes that a block still shows: what is again as it was says nothing, whoever set it back. */
export function shownChanges(changes: readonly BlockChange[], now: BlockForm): BlockChange[] {
	return changes.filter(({ was, isNew }) => isNew === true || !sameForm(was, now));
}

export function writeChanges(changes: readonly BlockChange[]): string | null {
	return changes.length > 0 ? JSON.stringify(changes) : null;
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

export function sameForm(a: BlockForm, b: BlockForm): boolean {
	return a.level === b.level && a.list === b.list && a.indent === b.indent && a.checked === b.checked;
}

export function isAuthored(value: unknown): value is Authored {
	if (typeof value !== 'object' || value === null) return false;
	const { by, at, id } = value as Partial<Authored>;
	return typeof by === 'string' && typeof at === 'number' && typeof id === 'string';
}

function toChange(value: unknown): BlockChange[] {
	if (!isAuthored(value)) return [];
	const { by, at, id, was, isNew } = value as Partial<BlockChange> & Authored;
	return [{ by, at, id, was: toForm(was), ...(isNew === true ? { isNew } : {}) }];
}

function toForm(value: Partial<BlockForm> | undefined): BlockForm {
	const { level, list, indent, checked } = value ?? {};
	const within = typeof indent === 'number' && Number.isInteger(indent) && indent >= 1 && indent <= maxIndent;
	return {
		level: headingLevels.find((each) => each === level) ?? null,
		list: listKinds.find((each) => each === list) ?? null,
		indent: within ? indent : null,
		checked: checked === true ? true : null,
	};
}

function parse(text: unknown): unknown {
	if (typeof text !== 'string') return null;
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
