/** How much of a body is written down, and what is left of a block in each case. */
import { bodyMarks } from '#lib/documents/body-gate.ts';
import {
	isText,
	joined,
	orderedMarks,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import { readMarkChange } from '#lib/documents/suggestion.ts';
import { safeHref } from '#lib/domain/href.ts';
import { withChanges } from './block-suggestion.ts';
import type { Importer } from './mark-tags.ts';

/**
 * `clean`: no suggestions in it (settle them first). `marks`: strikes and insertions as a reader sees them, and of their
 * look (strong, emphasis, link) and of paragraphs to be divided a tag that is read back. `exact`: with who and when, and
 * everything else that a body holds. `critic`: CriticMarkup with the same tags, comments as notes.
 */
export type Flavour = 'clean' | 'marks' | 'exact' | 'critic';

/** Who reads back what was just written without names. */
export const nobody: Importer = { by: '', at: 0, newId: () => '' };

const shown = new Set(['strong', 'em', 'link']);

/** A block as this flavour can say it. Links that lead nowhere safe are their text, in every flavour. */
export function asSaid(block: RichNode, flavour: Flavour): RichNode {
	const exact = flavour === 'exact';
	const attrs = Object.fromEntries(
		Object.entries(exact ? block.attrs : withChanges(block.attrs)).filter(
			([key]) => exact || !['join', 'ins', 'del'].includes(key),
		),
	);
	const content = block.content.map((child) => childAsSaid(child, flavour));
	return { ...block, attrs, content: block.name === 'paragraph' ? joined(content) : content };
}

function childAsSaid(child: RichChild, flavour: Flavour): RichChild {
	if (isText(child)) return { ...child, marks: orderedMarks(child.marks.flatMap((mark) => markAsSaid(mark, flavour))) };
	if (child.name === 'fact') return flavour === 'exact' ? child : { text: String(child.attrs.text ?? ''), marks: [] };
	return asSaid(child, flavour);
}

function markAsSaid(mark: RichMark, flavour: Flavour): RichMark[] {
	if (mark.type === 'link' && safeHref(mark.attrs.href) === null) return [];
	if (flavour === 'exact' || shown.has(mark.type)) return [mark];
	if (flavour === 'clean') return [];
	if (mark.type === 'ins' || mark.type === 'del') return [{ type: mark.type, attrs: nobodys(mark.type) }];
	if (mark.type === 'brk') return [mark];
	if (mark.type === 'fmt')
		return readMarkChange(mark.attrs.was) ? [{ type: 'fmt', attrs: { ...nobodys('fmt'), was: mark.attrs.was } }] : [];
	return flavour === 'critic' && mark.type === 'comment' ? [mark] : [];
}

function nobodys(type: string): Record<string, unknown> {
	return Object.fromEntries(
		Object.keys(bodyMarks[type] ?? {}).map((key) => [
			key,
			key === 'at' ? 0 : key === 'id' && type === 'del' ? '+' : '',
		]),
	);
}

export function withoutComments(block: RichNode): RichNode {
	const content = block.content.map((child) =>
		isText(child) ? { ...child, marks: child.marks.filter(({ type }) => type !== 'comment') } : withoutComments(child),
	);
	return { ...block, content: block.name === 'paragraph' ? joined(content) : content };
}
