/** Puts a comment's mark on words without an editor: it may be gone, or not there yet, when something is said of them. */
import * as Y from 'yjs';
import { commentPrefix } from '#lib/documents/body-gate.ts';
import { factsAmong } from '#lib/documents/facts-in-text.ts';
import { holdersOf, readBodyMarks } from '#lib/documents/comment-anchors.ts';
import { markKey } from '#lib/documents/body-marks.ts';
import { transactLocal } from '#lib/documents/shape.ts';
import type { CommentDraft } from './comment-drafts.svelte.ts';

type Holder = ReturnType<typeof holdersOf>[number];
/** Of a text a part, of a fact all. */
type Piece = { of: Holder; at: number; length: number };
/** Before which letter of which holder. */
type Point = { holder: number; at: number };

/**
 * On what is left of the words where they were; where nothing is, because they were taken elsewhere, on the only words that
 * read the same. Nothing happens where the mark stands already, or the words are gone, or could be any of several: the thread
 * is then kept without a place.
 */
export function placeComment(
	doc: Y.Doc,
	{ fragment, quote, place }: Pick<CommentDraft, 'fragment' | 'quote' | 'place'>,
	id: string,
): void {
	if (readBodyMarks(doc, fragment).has(id)) return;
	const holders = holdersOf(doc, fragment);
	const remembered = place
		? piecesBetween(holders, pointOf(holders, place.from, doc), pointOf(holders, place.to, doc))
		: [];
	const pieces = remembered.length > 0 ? remembered : onlyPlaceOf(holders, quote);
	if (pieces.length === 0) return;
	const attributes = { id };
	transactLocal(doc, () => {
		for (const { of, at, length } of pieces)
			if (of instanceof Y.XmlText) {
				of.format(at, length, { [markKey('comment', attributes)]: attributes });
				for (const placed of factsAmong(of)) if (placed.at >= at && placed.at < at + length) markFact(placed.fact, id);
			} else markFact(of, id);
	});
}

/** A mark that goes over it says nothing of it. */
function markFact(fact: Y.XmlElement, id: string): void {
	fact.setAttribute(commentPrefix + id, true as never);
}

function pointOf(holders: readonly Holder[], relative: Y.RelativePosition, doc: Y.Doc): Point | null {
	const { type, index } = Y.createAbsolutePositionFromRelativePosition(relative, doc) ?? {};
	if (type instanceof Y.XmlText) {
		const holder = holders.indexOf(type);
		return holder < 0 ? null : { holder, at: index ?? 0 };
	}
	if (!(type instanceof Y.XmlFragment)) return null;
	// Between what it holds: before the first of what follows.
	const inside = holders.findIndex((each) => (childOf(type, each) ?? -1) >= (index ?? 0));
	const last = holders.findLastIndex((each) => childOf(type, each) !== null);
	if (inside < 0 && last < 0) return null;
	return { holder: inside < 0 ? last + 1 : inside, at: 0 };
}

/** @returns in which child of `type` it stands; null where in none */
function childOf(type: Y.XmlFragment, held: Holder): number | null {
	let at = held as Y.AbstractType<unknown> | null;
	while (at && at.parent !== type) at = at.parent;
	return at ? type.toArray().indexOf(at as Y.XmlElement) : null;
}

function piecesBetween(holders: readonly Holder[], from: Point | null, to: Point | null): Piece[] {
	if (!from || !to) return [];
	return holders.slice(0, to.holder + 1).flatMap((of, holder): Piece[] => {
		if (holder < from.holder) return [];
		const at = holder === from.holder ? from.at : 0;
		const whole = of instanceof Y.XmlText ? of.length : 1;
		const end = holder === to.holder ? to.at : whole;
		return end > at ? [{ of, at, length: end - at }] : [];
	});
}

/** Of several paragraphs their longest line. */
function onlyPlaceOf(holders: readonly Holder[], quote: string): Piece[] {
	const texts = holders.filter((held) => held instanceof Y.XmlText);
	const lines = quote.split('\n').sort((a, b) => b.length - a.length);
	for (const words of lines.filter((line) => line.trim() !== '')) {
		const found = texts.flatMap((text) =>
			placesOf(wordsOf(text), words).map((at) => ({ of: text, at, length: words.length })),
		);
		if (found.length > 0) return found.length === 1 ? found : [];
	}
	return [];
}

function placesOf(text: string, words: string): number[] {
	const found: number[] = [];
	for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
	return found;
}

function wordsOf(text: Y.XmlText): string {
	return (text.toDelta() as { insert?: unknown }[])
		.map(({ insert }) => (typeof insert === 'string' ? insert : '￼'))
		.join('');
}
