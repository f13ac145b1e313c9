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
	readonly #waiting = new Set<Connection>();
	#emptied: (() => void)[] = [];

	/** @param later runs `work` in another turn of the event loop, when others had theirs */
	constructor(later: (work: Work) => void = setImmediate) {
		this.#later = later;
	}

	/** @returns what is to be called for all that comes from the connection: does `work`, in order, with so many bytes */
	open(source: Pausable): (bytes: number, work: Work) => void {
		const connection: Connection = { source, works: [] };
		return (bytes, work) => {
			if (bytes < largeFrame && connection.works.length === 0) return work();
			connection.works.push(work);
			if (connection.works.length > 1) return;
			source.pause();
			if (this.#waiting.add(connection).size === 1) this.#later(() => this.#next());
		};
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
		const [connection] = this.#waiting;
		if (!connection) return;
		this.#waiting.delete(connection);
		const { works, source } = connection;
		works[0]?.();
		works.shift();
		if (works.length > 0) this.#waiting.add(connection);
		else source.resume();
		if (this.#waiting.size > 0) this.#later(() => this.#next());
		else for (const emptied of this.#emptied.splice(0)) emptied();
	}
}

type Connection = { source: Pausable; works: Work[] };
