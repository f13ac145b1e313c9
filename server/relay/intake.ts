/**
 * What people contribute and is not on disk yet is bounded. Above the bound, whoever contributes is not read from until
 * half of it is on disk: the network holds them back, nobody is sent away and nothing is dropped. So a slow disk, or more
 * writing than can be served, makes everybody wait and costs no memory.
 */

/** Who can be held back: nothing more of what it says is heard, until `resume`. */
export type Pausable = { pause(): void; resume(): void };

/** As many bytes as one may have in the send buffer too, in all rooms together. */
const usualBound = 16 * 1024 * 1024;

/** What an update takes beside its bytes, about. */
const overhead = 256;

/** What came as people sent it, whatever became of it. */
export type Received = { readonly updates: number; readonly bytes: number };

export class Intake {
	readonly #bound: number;
	readonly #held = new Set<Pausable>();
	#bytes = 0;
	#received = { updates: 0, bytes: 0 };

	constructor(bound: number = usualBound) {
		this.#bound = bound;
	}

	/** How many are held back. */
	get held(): number {
		return this.#held.size;
	}

	/** Since the start. */
	get received(): Received {
		return this.#received;
	}

	/** @returns how much it counts; to be given to `release`, once */
	take(from: Pausable, update: Uint8Array): number {
		this.#received.updates += 1;
		this.#received.bytes += update.length;
		const bytes = update.length + overhead;
		this.#bytes += bytes;
		if (this.#bytes > this.#bound && !this.#held.has(from)) {
			this.#held.add(from);
			from.pause();
		}
		return bytes;
	}

	/** So much is on disk, or refused. */
	release(bytes: number): void {
		this.#bytes -= bytes;
		if (this.#held.size === 0 || this.#bytes * 2 > this.#bound) return;
		const held = [...this.#held];
		this.#held.clear();
		for (const each of held) each.resume();
	}
}
