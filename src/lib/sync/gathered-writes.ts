/**
 * Changes of one document that are written together: a transaction costs more than a letter, and a letter is painted
 * before it is written. What is gathered counts as being written.
 */
import * as Y from 'yjs';

/** Milliseconds. */
const gatherFor = 50;

type Gathered = { updates: Uint8Array[]; write(): void; written: Promise<boolean> };

export class GatheredWrites {
	readonly #put: (update: Uint8Array | null) => Promise<boolean>;
	#gathered: Gathered | null = null;

	/** @param put writes an update, null when there is none but something beside it is to be noted; whether it is written */
	constructor(put: (update: Uint8Array | null) => Promise<boolean>) {
		this.#put = put;
	}

	/**
	 * @param update null when only something beside it has changed
	 * @returns whether it is on this device, once that is known
	 */
	add(update: Uint8Array | null): Promise<boolean> {
		this.#gathered ??= this.#begin();
		if (update) this.#gathered.updates.push(update);
		return this.#gathered.written;
	}

	/** What is gathered is written at once. */
	write(): void {
		this.#gathered?.write();
	}

	#begin(): Gathered {
		const updates: Uint8Array[] = [];
		let write = () => {};
		const written = new Promise<boolean>((resolve) => {
			write = () => {
				clearTimeout(timer);
				this.#gathered = null;
				resolve(this.#put(updates.length > 0 ? Y.mergeUpdates(updates) : null));
			};
			const timer = setTimeout(write, gatherFor);
		});
		return { updates, write, written };
	}
}
