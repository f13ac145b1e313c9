/**
 * Answers as frames. Many who join at once get the very same bytes, so that however slowly they read, the document is in
 * memory once for all of them, and for the room too.
 */
import type { Answer } from './document-encodings.ts';
import { headOfStep2, headOfUpdate } from './frames.ts';
import { mergeUpdates, toMergeable } from './update-merge.ts';

/** One frame. */
export type AnswerFrame = { head: Uint8Array; body: Uint8Array };

/**
 * First what was encoded, then what came since, as any update comes.
 * @param asked by SyncStep1, which wants SyncStep2
 */
export function toFrames({ base, since }: Answer, asked: boolean): AnswerFrame[] {
	const first = asked ? headOfStep2(base) : headOfUpdate(base);
	const later = mergeUpdates(since.map(toMergeable)).map((body) => ({ head: headOfUpdate(body), body }));
	return [{ head: first, body: base }, ...later];
}
