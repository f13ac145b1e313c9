/**
 * Large frames are heard one in a turn of the event loop, whoever sent them: judging one takes a while, and between two
 * everybody else is heard and answered. What a connection says stays in its order, its end included, so behind a large
 * frame all else of it waits too, and meanwhile nothing more is read from it.
 */
import type { Pausable } from './intake.ts';

/** What is smaller is judged within a few milliseconds. Bytes. */
const largeFrame = 16 * 1024;

type Work = () => void;

export class FrameLine {
	readonly #later: (work: Work) => void;
	/** What of each connection waits, in order. */
	readonly #waiting = new Map<Pausable, Work[]>();
	#emptied: (() => void)[] = [];

	/** @param later runs `work` in another turn of the event loop, when others had theirs */
	constructor(later: (work: Work) => void = setImmediate) {
		this.#later = later;
	}

	/** To be called for all that comes from a connection: does `work`, in order, with so many bytes. */
	take(source: Pausable, bytes: number, work: Work): void {
		const works = this.#waiting.get(source);
		if (works) return void works.push(work);
		if (bytes < largeFrame) return work();
		source.pause();
		if (this.#waiting.set(source, [work]).size === 1) this.#later(() => this.#next());
	}

	/** Resolves when nothing waits. Whoever calls this lets nothing more in. */
	drained(): Promise<void> {
		return new Promise((resolve) => {
			if (this.#waiting.size === 0) resolve();
			else this.#emptied.push(resolve);
		});
	}

	/** The one who waits longest is heard, and waits anew behind all others for what else it has. */
	#next(): void {
		const [first] = this.#waiting;
		if (!first) return;
		const [source, works] = first;
		works[0]?.();
		works.shift();
		this.#waiting.delete(source);
		if (works.length > 0) this.#waiting.set(source, works);
		else source.resume();
		if (this.#waiting.size > 0) this.#later(() => this.#next());
		else for (const emptied of this.#emptied.splice(0)) emptied();
	}
}
