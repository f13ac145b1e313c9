/** Puts a comment's mark on words without an editor: it may be gone, or not there yet, when something is said of them. */
import * as Y from 'yjs';
import { holdersOf, readBodyMarks } from '#lib/documents/comment-anchors.ts';
import { markKey } from '#lib/documents/body-marks.ts';
import { transactLocal } from '#lib/documents/shape.ts';

/**
 * Where the quote stands first; where it goes over several paragraphs, its longest line. Nothing happens where the mark
 * stands already, or the words are gone: the thread is then kept without a place.
 */
export function placeComment(doc: Y.Doc, root: string, quote: string, id: string): void {
	if (readBodyMarks(doc, root).has(id)) return;
	const texts = holdersOf(doc, root).filter((held) => held instanceof Y.XmlText);
	const lines = quote.split('\n').sort((a, b) => b.length - a.length);
	for (const words of lines.filter((line) => line.trim() !== '')) {
		for (const text of texts) {
			const at = wordsOf(text).indexOf(words);
			if (at < 0) continue;
			const attributes = { id };
			transactLocal(doc, () => text.format(at, words.length, { [markKey('comment', attributes)]: attributes }));
			return;
		}
	}
}

function wordsOf(text: Y.XmlText): string {
	return (text.toDelta() as { insert?: unknown }[])
		.map(({ insert }) => (typeof insert === 'string' ? insert : '￼'))
		.join('');
}
