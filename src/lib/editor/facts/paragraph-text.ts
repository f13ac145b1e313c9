/**
 * A paragraph as the checker reads it: without what is suggested to go and without the signs of suggested breaks, with one
 * character for each fact; and the way back from there to positions in the document.
 */
import type { FactMention } from '#lib/domain/checker/reading.ts';
import type { Node } from 'prosemirror-model';
import { schema } from '../schema.ts';

export type ParagraphText = {
	text: string;
	/** For each character its position, counted from the paragraph's start; one more for the end. */
	at: number[];
	facts: FactMention[];
};

export const factCharacter = '\ufffc';

export function paragraphText(paragraph: Node): ParagraphText {
	const { del, brk } = schema.marks;
	const read: ParagraphText = { text: '', at: [], facts: [] };
	paragraph.forEach((node, offset) => {
		if (del.isInSet(node.marks) || brk.isInSet(node.marks) || typeof node.attrs.del === 'string') return;
		if (node.type === schema.nodes.fact) {
			const { kind, of, form } = node.attrs;
			read.facts.push({ at: read.text.length, kind: String(kind), of: String(of), form: String(form) });
		}
		const words = node.isText ? (node.text ?? '') : factCharacter;
		for (let index = 0; index < words.length; index++) read.at.push(offset + index);
		read.text += words;
	});
	read.at.push(paragraph.content.size);
	return read;
}

/** The document's positions of a part of a paragraph's text. @param start position of the paragraph's content */
export function toPositions(
	{ at }: ParagraphText,
	start: number,
	from: number,
	to: number,
): { from: number; to: number } {
	const last = at[to - 1];
	return { from: start + (at[from] ?? 0), to: start + (last === undefined ? 0 : last + 1) };
}
