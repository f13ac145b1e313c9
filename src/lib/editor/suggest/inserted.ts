/** New text, breaks and facts as a suggestion has them. */
import { breakSign, writeLineForm, type Authored, type LineForm } from '#lib/documents/suggestion.ts';
import { Mark, type Node } from 'prosemirror-model';
import { schema } from '../schema.ts';
import { goesOn, marksAsSuggested } from './marks.ts';

/** A paragraph's end, and what the line behind it is to be. */
export type Break = { line: LineForm | null };

/**
 * @param carried marks of others that stand on both sides of the place
 * @param there the marks of the text at the place
 */
export function toInserted(
	piece: Node | Break,
	carried: readonly Mark[],
	there: readonly Mark[],
	authored: Authored,
): Node {
	if ('line' in piece) {
		// It looks as its place does: it would else end a bold that is there, and begin it again in its own name.
		const marks = [
			schema.marks.brk.create({ form: piece.line === null ? null : writeLineForm(piece.line) }),
			...marksAsSuggested(there, there, authored),
		];
		return schema.text(breakSign, withOwn(marks, carried, authored));
	}
	if (!piece.isText) return piece.type.create({ ...piece.attrs, ins: JSON.stringify(authored), del: null });
	const marks = marksAsSuggested(piece.marks, there, authored);
	return piece.mark(
		withOwn(
			marks,
			carried.filter((mark) => !goesOn(mark, authored)),
			authored,
		),
	);
}

export function withOwn(marks: readonly Mark[], carried: readonly Mark[], authored: Authored): readonly Mark[] {
	return [...marks, ...carried, schema.marks.ins.create(authored)].reduce((set, mark) => mark.addToSet(set), Mark.none);
}
