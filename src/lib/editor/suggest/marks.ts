/** The suggestions on one piece of text, as the editor holds them. */
import { readMarkChange, strikesInsertions, type Authored } from '#lib/documents/suggestion.ts';
import type { Mark, MarkType, Node, ResolvedPos } from 'prosemirror-model';
import type { EditorState } from 'prosemirror-state';
import { schema } from '../schema.ts';

const { ins, del, fmt, comment } = schema.marks;

export function insertionsOf({ marks }: Node): Mark[] {
	return marks.filter(({ type }) => type === ins);
}

/** The strikes that strike this piece: see `documents/suggestion.ts` for those that stand on it by chance. */
export function strikesOf(node: Node): Mark[] {
	const inserted = insertionsOf(node).length > 0;
	return node.marks.filter(({ type, attrs }) => type === del && (!inserted || strikesInsertions(String(attrs.id))));
}

/** Whether anything is suggested of what is at the caret or where a selection begins. */
export function isAtSuggestion({ selection: { $from, $head } }: EditorState): boolean {
	const near = [$head.nodeBefore, $head.nodeAfter, $from.nodeAfter, $head.parent];
	return near.some(
		(node) =>
			node?.marks.some(({ type }) => type === ins || type === del || type === fmt) ||
			['ins', 'del', 'join', 'chg'].some((name) => node?.attrs[name]),
	);
}

export function isStruck(node: Node): boolean {
	return strikesOf(node).length > 0;
}

/** Text typed at a strike goes behind it; but an insertion that has begun goes on where it is. */
export function behindStrike($at: ResolvedPos, authored: Authored): number {
	const { nodeBefore } = $at;
	const goesOn =
		nodeBefore !== null &&
		!isStruck(nodeBefore) &&
		insertionsOf(nodeBefore).some(({ attrs }) => attrs.id === authored.id);
	if (goesOn) return $at.pos;
	let at = $at.pos;
	for (let next = $at.nodeAfter; next && isStruckAmidWords(next); next = $at.doc.resolve(at).nodeAfter)
		at += next.nodeSize;
	return at;
}

function isStruckAmidWords(node: Node): boolean {
	return node.type === schema.nodes.fact ? node.attrs.del !== null : node.isText && isStruck(node);
}

/**
 * What text that is put between two places must carry: the marks of people that stand on the words before and behind, over
 * whatever facts there are between. Without them a mark of somebody else would be cut in two.
 */
export function carriedBetween($from: ResolvedPos, $to = $from): Mark[] {
	const [before, after] = [wordsBeside($from, -1), wordsBeside($to, 1)];
	if (!before || !after) return [];
	return before.marks.filter((mark) => [ins, del, fmt, comment].includes(mark.type) && mark.isInSet(after.marks));
}

function wordsBeside($at: ResolvedPos, direction: 1 | -1): Node | null {
	const { parent, textOffset } = $at;
	const first = direction > 0 || textOffset > 0 ? $at.index() : $at.index() - 1;
	for (let index = first; index >= 0 && index < parent.childCount; index += direction) {
		const child = parent.child(index);
		if (child.type !== schema.nodes.fact) return child;
	}
	return null;
}

const plain = [schema.marks.strong, schema.marks.em, schema.marks.link];

/**
 * The marks of new text: strong, emphasis and link as its place has them, and what it is to have instead as a suggestion.
 * A mark that began or ended with the new text would stay open when one person takes it back while another writes in it.
 */
export function marksAsSuggested(wanted: readonly Mark[], there: readonly Mark[], authored: Authored): Mark[] {
	const changes = plain.flatMap((type) => {
		const [want, has] = [type.isInSet(wanted), type.isInSet(there)];
		return want === has || (want && has?.eq(want)) ? [] : [markChange(type, has, want, authored)];
	});
	return [...there.filter(({ type }) => plain.includes(type)), ...changes];
}

export function markChange(type: MarkType, before: Mark | undefined, to: Mark | undefined, authored: Authored): Mark {
	const change = { mark: type.name, attrs: before?.attrs ?? null, to: to?.attrs ?? null };
	return fmt.create({ ...authored, was: JSON.stringify(change) });
}

/** The suggestions to change a mark of a piece, the latest last. */
export function changesOf({ marks }: Node, type: MarkType): Mark[] {
	return marks
		.filter((mark) => mark.type === fmt && readMarkChange(mark.attrs.was)?.mark === type.name)
		.toSorted((a, b) => Number(a.attrs.at) - Number(b.attrs.at));
}

/** Whether a piece shows a mark: its own, or a suggested one. */
export function showsMark(node: Node, type: MarkType): boolean {
	const to = readMarkChange(changesOf(node, type).at(-1)?.attrs.was)?.to;
	return to === undefined ? type.isInSet(node.marks) !== undefined : to !== null;
}

/** What somebody made of a piece's letters by a suggestion of their own goes on in what they type beside it. */
export function goesOnLike(marks: readonly Mark[], node: Node | null, by: string): readonly Mark[] {
	return goingOn.reduce((set, type) => {
		if (!node || changesOf(node, type).at(-1)?.attrs.by !== by) return set;
		return showsMark(node, type) ? type.create().addToSet(set) : type.removeFromSet(set);
	}, marks);
}

/** Whether it is such a suggestion, and this one: new text has it when it is to look so, and else not. */
export function goesOn({ type, attrs }: Mark, { id }: Authored): boolean {
	return type === fmt && attrs.id === id && goingOn.some(({ name }) => name === readMarkChange(attrs.was)?.mark);
}

const goingOn = [schema.marks.strong, schema.marks.em];
