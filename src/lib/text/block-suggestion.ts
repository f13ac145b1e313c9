/** Suggestions as files have them, out of and into how bodies hold them, see `documents/suggestion.ts`. */
import { orderedMarks, type Attributes, type RichMark } from '#lib/documents/rich-body.ts';
import {
	readChanges,
	readMarkChange,
	strikesInsertions,
	strikingInsertions,
	writeChanges,
	type Authored,
} from '#lib/documents/suggestion.ts';

export { readAuthored, type Authored } from '#lib/documents/suggestion.ts';

export function writeAuthored({ by, at, id }: Authored): string {
	return JSON.stringify({ by, at, id });
}

/** The latest of a paragraph's changes, and how it was before the first. */
export function readChange(text: unknown): { authored: Authored; was: Attributes } | null {
	const changes = readChanges(text);
	const [first, last] = [changes[0], changes.at(-1)];
	if (!first || !last) return null;
	const was = Object.entries(first.was).filter(([, value]) => value !== null);
	return { authored: { by: last.by, at: last.at, id: last.id }, was: Object.fromEntries(was) as Attributes };
}

export function writeChange({ by, at, id }: Authored, was: Attributes): string {
	const { level = null, list = null, indent = null, checked = null } = was;
	const [change] = readChanges(JSON.stringify([{ by, at, id, was: { level, list, indent, checked } }]));
	return writeChanges(change ? [change] : []) ?? '[]';
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
		const change = type === 'fmt' ? readMarkChange(attrs.was) : null;
		if (change?.mark === 'strong' || change?.mark === 'em') was[change.mark] = change.attrs !== null;
	}
	return was;
}

/** The marks that text will have: what is suggested of its look stands in `fmt` alone until it is accepted. */
export function asSuggested(marks: readonly RichMark[]): RichMark[] {
	let all = [...marks];
	for (const { type, attrs } of marks) {
		const change = type === 'fmt' ? readMarkChange(attrs.was) : null;
		if (change?.to === undefined) continue;
		const { mark, to } = change;
		all = all.filter((each) => each.type !== mark);
		if (to !== null) all.push({ type: mark, attrs: to } as RichMark);
	}
	return orderedMarks(all);
}

/** A strike on an insertion says so in its id; one that does not got there by chance and strikes nothing. */
export function strikes(mark: RichMark, marks: readonly RichMark[]): boolean {
	return mark.type === 'del' && (!marks.some(({ type }) => type === 'ins') || strikesInsertions(String(mark.attrs.id)));
}

/** Marks as they come from a file, where every strike is meant. */
export function meant(marks: readonly RichMark[]): RichMark[] {
	const inserted = marks.some(({ type }) => type === 'ins');
	return marks.map((mark) => {
		if (mark.type !== 'del' || !inserted) return mark;
		return { ...mark, attrs: { ...mark.attrs, id: strikingInsertions(String(mark.attrs.id).slice(0, 63)) } };
	});
}
