/** What stands in a paragraph's `join` and `chg` and in `fmt`, as files have it: who, when, and what it was. */
import { headingLevels, listKinds, maxIndent } from '#lib/documents/body-gate.ts';
import type { Attributes, RichMark } from '#lib/documents/rich-body.ts';

export type Authored = { by: string; at: number; id: string };

/** @returns null for what is not readable */
export function readAuthored(text: unknown): Authored | null {
	return toAuthored(parse(text));
}

export function writeAuthored({ by, at, id }: Authored): string {
	return JSON.stringify({ by, at, id });
}

/** The latest of a paragraph's changes, and how it was before the first. */
export function readChange(text: unknown): { authored: Authored; was: Attributes } | null {
	const all: unknown = parse(text);
	if (!Array.isArray(all)) return null;
	const authored = toAuthored(all.at(-1));
	return authored && { authored, was: readForm((all[0] as { was?: unknown } | null)?.was) };
}

export function writeChange({ by, at, id }: Authored, was: Attributes): string {
	const { level = null, list = null, indent = null, checked = null } = was;
	return JSON.stringify([{ by, at, id, was: { level, list, indent, checked } }]);
}

export type Format = { strong: boolean; em: boolean };

/** The marks that say how text was before: one for each that differs. */
export function formatChanges(authored: () => Authored, was: Format, now: Format): RichMark[] {
	return (['strong', 'em'] as const)
		.filter((mark) => was[mark] !== now[mark])
		.map((mark) => ({
			type: 'fmt',
			attrs: { ...authored(), was: JSON.stringify({ mark, attrs: was[mark] ? {} : null }) },
		}));
}

/** How text was before the changes that its marks tell of. */
export function formatBefore(marks: readonly RichMark[], now: Format): Format {
	const was = { ...now };
	for (const { type, attrs } of marks) {
		const given = type === 'fmt' ? (parse(attrs.was) as { mark?: unknown; attrs?: unknown } | null) : null;
		if (given?.mark === 'strong' || given?.mark === 'em') was[given.mark] = given.attrs !== null;
	}
	return was;
}

/** A strike on an insertion says so in its id; one that does not got there by chance and strikes nothing. */
export function strikes(mark: RichMark, marks: readonly RichMark[]): boolean {
	return mark.type === 'del' && (!marks.some(({ type }) => type === 'ins') || String(mark.attrs.id).endsWith('+'));
}

/** Marks as they come from a file, where every strike is meant. */
export function meant(marks: readonly RichMark[]): RichMark[] {
	const inserted = marks.some(({ type }) => type === 'ins');
	return marks.map((mark) => {
		const id = String(mark.attrs.id);
		if (mark.type !== 'del' || !inserted || id.endsWith('+')) return mark;
		return { ...mark, attrs: { ...mark.attrs, id: `${id.slice(0, 63)}+` } };
	});
}

function toAuthored(value: unknown): Authored | null {
	if (typeof value !== 'object' || value === null) return null;
	const { by, at, id } = value as Record<string, unknown>;
	return typeof by === 'string' && typeof at === 'number' && typeof id === 'string' ? { by, at, id } : null;
}

function readForm(was: unknown): Attributes {
	const given = (typeof was === 'object' && was !== null ? was : {}) as Record<string, unknown>;
	const indent = Number(given.indent);
	return {
		...(headingLevels.some((level) => level === given.level) ? { level: given.level } : {}),
		...(listKinds.some((kind) => kind === given.list) ? { list: given.list } : {}),
		...(Number.isInteger(indent) && indent > 0 ? { indent: Math.min(maxIndent, indent) } : {}),
		...(given.checked === true ? { checked: true } : {}),
	};
}

function parse(text: unknown): unknown {
	try {
		return typeof text === 'string' ? JSON.parse(text) : null;
	} catch {
		return null;
	}
}
