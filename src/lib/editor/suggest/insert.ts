/** Inserting as a suggestion: everything becomes text in the paragraph where it is put, a paragraph's end a `¶`. */
import { breakSign, type Authored } from '#lib/documents/suggestion.ts';
import type { Mark, Node, ResolvedPos, Slice } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { attributesOf, isParagraph, plainParagraph, schema } from '../schema.ts';
import { carriedBetween, insertionsOf, isStruck, marksAsSuggested } from './marks.ts';

type Pieces = {
	/** Text and inline nodes of the paragraphs, `break` between them. */
	inline: (Node | 'break')[];
	/** What is no text: it stands for itself behind the paragraph. */
	blocks: Node[];
};

/**
 * @param stays text is put exactly there, behind no strike
 * @returns where the insertion begins and ends in the transaction's document, or null when it cannot be suggested
 */
export function insert(
	tr: Transaction,
	place: number,
	slice: Slice,
	authored: Authored,
	stays: boolean,
): { from: number; to: number } | null {
	if (hasForms(slice)) return insertForms(tr, place, slice, authored);
	const { inline, blocks } = piecesOf(slice);
	if (blocks.some(({ type }) => type !== schema.nodes.rule)) return null;
	const at = inTextblock(tr, place);
	const from =
		at === null ? newParagraphs(tr, place, inline, authored) : stays ? at : behindStrike(tr.doc.resolve(at), authored);
	if (from === null) return insertBlocks(tr, place, blocks, authored);
	if (at === null) return { from, to: from + sizeOf(inline) };
	const $at = tr.doc.resolve(from);
	const carried = carriedBetween($at.nodeBefore, $at.nodeAfter);
	const nodes = inline.map((piece) => toInserted(piece, carried, $at.marks(), authored));
	if (nodes.length > 0) tr.replaceWith(from, from, nodes);
	const to = from + sizeOf(inline);
	if (blocks.length > 0) insertBlocks(tr, besideBlock(tr.doc.resolve(to)), blocks, authored);
	return { from, to };
}

/** Several paragraphs, headings or list items among them: as text in one paragraph they would lose what they are. */
function hasForms({ content }: Slice): boolean {
	return (
		content.childCount > 1 &&
		content.content.some((node) => isParagraph(node) && node.content.size > 0 && isFormed(node))
	);
}

function isFormed(paragraph: Node): boolean {
	const { list, level } = attributesOf(paragraph);
	return list !== null || level !== null;
}

/** They come as paragraphs of their own, beside the one where they are put, which go when they are rejected. */
function insertForms(
	tr: Transaction,
	place: number,
	{ content }: Slice,
	authored: Authored,
): { from: number; to: number } | null {
	const { paragraph, rule } = schema.nodes;
	if (!content.content.every(({ type }) => type === paragraph || type === rule)) return null;
	const nodes = content.content.map((node) => {
		if (!isParagraph(node)) return node.type.create({ ...node.attrs, ins: JSON.stringify(authored), del: null });
		const form = { ...attributesOf(node), join: null, chg: null, ins: JSON.stringify(authored) };
		return paragraph.create(
			form,
			node.children.map((piece) => toInserted(piece, [], [], authored)),
		);
	});
	const $place = tr.doc.resolve(place);
	const from = $place.parent.inlineContent ? besideBlock($place) : place;
	tr.insert(from, nodes);
	return { from, to: from + nodes.reduce((sum, { nodeSize }) => sum + nodeSize, 0) };
}

/** A place between blocks stands for the end of the paragraph before it, if that was emptied to make room. */
function inTextblock(tr: Transaction, place: number): number | null {
	const $place = tr.doc.resolve(place);
	if ($place.parent.inlineContent) return place;
	const before = $place.nodeBefore;
	return before && isParagraph(before) && before.content.size === 0 ? place - 1 : null;
}

/** What is typed at a place looks as it does there, and is a suggestion. */
export function marksAt($at: ResolvedPos, authored: Authored): readonly Mark[] {
	const there = $at.marks();
	return withOwn(marksAsSuggested(there, there, authored), carriedBetween($at.nodeBefore, $at.nodeAfter), authored);
}

/** Text typed at a strike goes behind it; but an insertion that has begun goes on where it is. */
function behindStrike($at: ResolvedPos, authored: Authored): number {
	const { nodeBefore } = $at;
	const goesOn =
		nodeBefore !== null &&
		!isStruck(nodeBefore) &&
		insertionsOf(nodeBefore).some(({ attrs }) => attrs.id === authored.id);
	if (goesOn) return $at.pos;
	let at = $at.pos;
	for (let next = $at.nodeAfter; next?.isText && isStruck(next); next = $at.doc.resolve(at).nodeAfter)
		at += next.nodeSize;
	return at;
}

function toInserted(piece: Node | 'break', carried: readonly Mark[], there: readonly Mark[], authored: Authored): Node {
	if (piece === 'break') {
		// It looks as its place does: it would else end a bold that is there, and begin it again in its own name.
		const marks = [schema.marks.brk.create(), ...marksAsSuggested(there, there, authored)];
		return schema.text(breakSign, withOwn(marks, carried, authored));
	}
	if (!piece.isText) return piece.type.create({ ...piece.attrs, ins: JSON.stringify(authored), del: null });
	return piece.mark(withOwn(marksAsSuggested(piece.marks, there, authored), carried, authored));
}

function withOwn(marks: readonly Mark[], carried: readonly Mark[], authored: Authored): readonly Mark[] {
	return [...marks, ...carried, schema.marks.ins.create(authored)].reduce<readonly Mark[]>(
		(set, mark) => mark.addToSet(set),
		[],
	);
}

function piecesOf(slice: Slice): Pieces {
	const pieces: Pieces = { inline: [], blocks: [] };
	slice.content.forEach((node, _offset, index) => {
		if (node.isInline) pieces.inline.push(node);
		else if (isParagraph(node)) {
			if (index > 0) pieces.inline.push('break');
			pieces.inline.push(...node.children);
		} else pieces.blocks.push(node);
	});
	return pieces;
}

/** Where there is no paragraph to write in, one is made that goes when it is rejected. @returns where its text begins */
function newParagraphs(
	tr: Transaction,
	place: number,
	inline: readonly (Node | 'break')[],
	authored: Authored,
): number | null {
	if (inline.length === 0) return null;
	const ins = JSON.stringify(authored);
	const content = inline.map((piece) => toInserted(piece, [], [], authored));
	tr.insert(place, schema.nodes.paragraph.create({ ...plainParagraph, ins }, content));
	return place + 1;
}

function insertBlocks(
	tr: Transaction,
	place: number,
	blocks: readonly Node[],
	authored: Authored,
): { from: number; to: number } {
	const ins = JSON.stringify(authored);
	if (blocks.length > 0)
		tr.insert(
			place,
			blocks.map(({ type, attrs }) => type.create({ ...attrs, ins, del: null })),
		);
	return { from: place, to: place + blocks.length };
}

/** Before a paragraph when its beginning was meant, else behind it. */
function besideBlock($at: ResolvedPos): number {
	const begins = $at.parentOffset === 0 && $at.parent.content.size > 0;
	return begins ? $at.before() : $at.after();
}

function sizeOf(inline: readonly (Node | 'break')[]): number {
	return inline.reduce((sum, piece) => sum + (piece === 'break' ? 1 : piece.nodeSize), 0);
}
