/** Inserting as a suggestion: everything becomes text in the paragraph where it is put, a paragraph's end a `¶`. */
import type { Authored } from '#lib/documents/suggestion.ts';
import type { Mark, Node, ResolvedPos, Slice } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { isParagraph, plainParagraph, schema } from '../schema.ts';
import { hasForms, insertForms } from './insert-forms.ts';
import { toInserted, withOwn, type Break } from './inserted.ts';
import { behindStrike, carriedBetween, marksAsSuggested } from './marks.ts';

type Pieces = {
	/** Text and inline nodes of the paragraphs, breaks between them. */
	inline: (Node | Break)[];
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
	const carried = carriedBetween($at);
	const nodes = inline.map((piece) => toInserted(piece, carried, $at.marks(), authored));
	if (nodes.length > 0) tr.replaceWith(from, from, nodes);
	const to = from + sizeOf(inline);
	if (blocks.length > 0) insertBlocks(tr, besideBlock(tr.doc.resolve(to)), blocks, authored);
	return { from, to };
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
	return withOwn(marksAsSuggested(there, there, authored), carriedBetween($at), authored);
}

function piecesOf(slice: Slice): Pieces {
	const pieces: Pieces = { inline: [], blocks: [] };
	slice.content.forEach((node, _offset, index) => {
		if (node.isInline) pieces.inline.push(node);
		else if (isParagraph(node)) {
			if (index > 0) pieces.inline.push({ line: null });
			pieces.inline.push(...node.children);
		} else pieces.blocks.push(node);
	});
	return pieces;
}

/** Where there is no paragraph to write in, one is made that goes when it is rejected. @returns where its text begins */
function newParagraphs(
	tr: Transaction,
	place: number,
	inline: readonly (Node | Break)[],
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

function sizeOf(inline: readonly (Node | Break)[]): number {
	return inline.reduce((sum, piece) => sum + ('line' in piece ? 1 : piece.nodeSize), 0);
}
