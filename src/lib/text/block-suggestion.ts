/** Suggestions as files have them, out of and into how bodies hold them, see `documents/suggestion.ts`. */
import {
	joined,
	orderedMarks,
	type Attributes,
	type RichChild,
	type RichMark,
	type RichNode,
	type RichText,
} from '#lib/documents/rich-body.ts';
import {
	asChanged,
	breakSign,
	formKeys,
	formOf,
	lineAttributes,
	readLineForm,
	readMarkChange,
	strikesInsertions,
	strikingInsertions,
	writeChanges,
	type Authored,
	type LineForm,
} from '#lib/documents/suggestion.ts';

export { readAuthored, type Authored } from '#lib/documents/suggestion.ts';

export function writeAuthored({ by, at, id }: Authored): string {
	return JSON.stringify({ by, at, id });
}

/** A change of a paragraph's form, from what it was to what it is now. */
export function writeChange(authored: Authored, was: Attributes, now: Attributes): string | null {
	const [before, after] = [formOf(was), formOf(now)];
	const differs = formKeys.filter((key) => before[key] !== after[key]);
	return writeChanges([{ ...authored, to: Object.fromEntries(differs.map((key) => [key, after[key]])) }]);
}

/** A paragraph's attributes as they will be: what is suggested of its form stands in `chg` alone until it is accepted. */
export function withChanges(attrs: Attributes): Attributes {
	const { chg: _chg, ...changed } = asChanged(attrs);
	return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
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

/** How many paragraphs are suggested to end in it: those one behind the other in one suggestion are one text. */
export function breaksIn({ text, marks }: RichText): number {
	return marks.some(({ type }) => type === 'brk') ? Math.max(1, text.split(breakSign).length - 1) : 0;
}

/** A line of a paragraph that breaks divide. `form`: what it is to be; null for what its paragraph is. */
export type Line = { form: LineForm | null; content: RichChild[] };

/** The lines that begin behind a break, the first of which goes on as the line before it where the break does not say else. */
export function linesBehind(child: RichText, before: Line | undefined): Line[] {
	const forms = child.marks.map(({ attrs }) => readLineForm(attrs.form));
	const form = forms.find((each) => each !== null) ?? before?.form ?? null;
	return Array.from({ length: breaksIn(child) }, () => ({ form, content: [] }));
}

/** @param paragraph that the line is of */
export function blockOfLine(paragraph: RichNode, { form, content }: Line): RichNode {
	if (form === 'rule' && content.length === 0) return { name: 'rule', attrs: {}, content };
	if (form === null || typeof form === 'string') return { ...paragraph, content: joined(content) };
	const attrs = Object.entries(lineAttributes(paragraph.attrs, form, false)).filter(([, value]) => value != null);
	return { ...paragraph, attrs: Object.fromEntries(attrs), content: joined(content) };
}

/** Marks as they come from a file, where every strike is meant. */
export function meant(marks: readonly RichMark[]): RichMark[] {
	const inserted = marks.some(({ type }) => type === 'ins');
	return marks.map((mark) => {
		if (mark.type !== 'del' || !inserted) return mark;
		return { ...mark, attrs: { ...mark.attrs, id: strikingInsertions(String(mark.attrs.id).slice(0, 63)) } };
	});
}
