/**
 * Who says much at once is read again when the others had a turn. A connection may bring two megabytes in one turn of the
 * event loop, and of messages of a few bytes that is seconds of work in which nobody else is heard. So whoever brought a
 * full piece, or many messages in one, waits in the network, and one of those who wait is read in a turn.
 */
import type { Pausable } from './intake.ts';

export class ReadingLine {
	readonly #later: (work: () => void) => void;
	readonly #waiting = new Set<Pausable>();

	/** @param later runs `work` in another turn of the event loop, when others had theirs */
	constructor(later: (work: () => void) => void = setImmediate) {
		this.#later = later;
	}

	/** Nothing more is read from it until its turn. */
	wait(source: Pausable): void {
		if (this.#waiting.has(source)) return;
		source.pause();
		if (this.#waiting.add(source).size === 1) this.#later(() => this.#next());
	}

	#next(): void {
		const [first] = this.#waiting;
		if (!first) return;
		this.#waiting.delete(first);
		if (this.#waiting.size > 0) this.#later(() => this.#next());
		first.resume();
	}
}
