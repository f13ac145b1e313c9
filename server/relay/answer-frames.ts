/**
 * Answers to SyncStep1 as frames. Many who join at once get the very same frame, so that however slowly they read, the
 * document is in memory once for all of them.
 */
import type { Answer } from './document-state.ts';
import { encodeStep2, encodeUpdate } from './frames.ts';
import { mergeUpdates, toMergeable } from './update-merge.ts';

export class AnswerFrames {
	#last: { base: WeakRef<Uint8Array>; frame: WeakRef<Uint8Array> } | null = null;

	/** First SyncStep2, then what came since it was encoded, as any update comes. */
	toFrames({ base, since }: Answer): Uint8Array[] {
		return [this.#step2(base), ...mergeUpdates(since.map(toMergeable)).map(encodeUpdate)];
	}

	#step2(base: Uint8Array): Uint8Array {
		const known = this.#last?.base.deref() === base ? this.#last.frame.deref() : undefined;
		if (known) return known;
		const frame = encodeStep2(base);
		this.#last = { base: new WeakRef(base), frame: new WeakRef(frame) };
		return frame;
	}
}
