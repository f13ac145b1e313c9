/** How a paragraph differs: in its words, and in what it is. */
import { paragraph, type Attributes, type RichNode } from '#lib/documents/rich-body.ts';
import { formOf, type BlockForm } from '#lib/documents/suggestion.ts';
import { suggestedChange, type Step } from '#lib/text/agreed.ts';
import { numberOf } from './list-numbers.ts';
import { diffText, type DiffPart } from './text-diff.ts';

/** `open`: suggested, and still as it was. */
export type FormChange = { was: BlockForm; now: BlockForm; open: boolean };

/** `steps`: suggested, and open. */
export type TextBlock = {
	kind: 'text';
	node: RichNode;
	/** Of an item in a numbered list. */
	number: number | null;
	parts: DiffPart[];
	forms: FormChange[];
	steps: readonly Step[];
};

/** Null for what was only suggested and is no more. `news`: something differs, or is suggested that was not before. */
export type ParagraphDiff = { block: TextBlock | null; news: boolean };

/** @param before as `agreed` gives it, as is `after`; null where there is none */
export function diffParagraph(before: RichNode | null, after: RichNode | null): ParagraphDiff {
	const node = after ?? before ?? paragraph({}, []);
	const text = diffText(before?.content ?? [], after?.content ?? []);
	const [changed, open] = after ? [before && changedForm(before, after), openForm(after)] : [null, null];
	const { steps } = after ? suggestedChange(after) : { steps: [] };
	const suggested = (block: RichNode, form: FormChange | null) => JSON.stringify([form, suggestedChange(block).steps]);
	const isKnown = before !== null && after !== null && suggested(before, openForm(before)) === suggested(after, open);
	const isOne = before === null || after === null;
	if (isOne && text.parts.length === 0 && node.content.length > 0) return { block: null, news: false };
	const forms = [changed, open].filter((form) => form !== null);
	return {
		block: { kind: 'text', node, number: numberOf(node), parts: text.parts, forms, steps },
		news: isOne || text.news || changed !== null || ((open !== null || steps.length > 0) && !isKnown),
	};
}

/** What a paragraph is seen as: a heading is no list item, and only a checklist's items are ticked. */
function shownForm(attrs: Attributes): BlockForm {
	const { level, list, indent, checked } = formOf(attrs);
	if (level !== null) return { level, list: null, indent, checked: null };
	return { level, list, indent, checked: list === 'check' ? checked : null };
}

function changedForm(before: RichNode, after: RichNode): FormChange | null {
	const [was, now] = [shownForm(before.attrs), shownForm(after.attrs)];
	return JSON.stringify(was) === JSON.stringify(now) ? null : { was, now, open: false };
}

function openForm(block: RichNode): FormChange | null {
	const { form } = suggestedChange(block);
	const [was, now] = [shownForm(block.attrs), form && shownForm(form)];
	return now === null || JSON.stringify(was) === JSON.stringify(now) ? null : { was, now, open: true };
}
