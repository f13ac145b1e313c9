/**
 * Words that stay because somebody here decided so, until the relay has heard of it: who decided otherwise meanwhile takes
 * them away, on all devices the same. Whoever kept them is to be told.
 */
import * as Y from 'yjs';
import { keptHere, type KeptPiece } from './review.ts';
import { transactLocal } from './shape.ts';

/** `putBack` null where what they stood in is gone, too. */
export type LostDecision = { words: string; putBack: (() => void) | null };

/** They are known to others from now on. */
export function forgetKept(doc: Y.Doc): void {
	keptHere.delete(doc);
}

/** @param transaction with which the decisions of others came */
export function lostDecision({ doc, deleteSet }: Y.Transaction): LostDecision | null {
	const kept = keptHere.get(doc) ?? [];
	const lost = kept.filter(({ first, last }) =>
		[first, last].every(({ item }) => item && Y.isDeleted(deleteSet, item)),
	);
	if (lost.length === 0) return null;
	keptHere.set(
		doc,
		kept.filter((piece) => !lost.includes(piece)),
	);
	// A text is decided from its end.
	const texts = [...Map.groupBy(lost, ({ text }) => text).values()].map((pieces) => pieces.toReversed());
	const words = texts
		.map((pieces) =>
			pieces
				.map(({ words }) => words)
				.join('')
				.trim(),
		)
		.filter(Boolean);
	if (words.length === 0) return null;
	const stays = lost.every(({ text }) => isThere(text));
	return { words: words.join(' … '), putBack: stays ? () => putBack(doc, texts.flat()) : null };
}

function isThere(text: Y.XmlText): boolean {
	for (let at = text as Y.AbstractType<unknown> | null; at; at = at.parent) if (at._item?.deleted) return false;
	return true;
}

function putBack(doc: Y.Doc, pieces: readonly KeptPiece[]): void {
	transactLocal(doc, () => {
		for (const { first, words, text, looks } of pieces) {
			const place = Y.createAbsolutePositionFromRelativePosition(first, doc);
			if (place?.type === text && isThere(text)) text.insert(place.index, words, looks);
		}
	});
}
