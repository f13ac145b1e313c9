/**
 * Changes of one document that are written together: a transaction costs more than a letter, and a letter is painted
 * before it is written. What is gathered counts as being written.
 */
import * as Y from 'yjs';

/** Within how many milliseconds what is one's own is written, and what others wrote: a server has that. */
export const ownWithin = 200;
export const othersWithin = 1000;

type Gathered = { updates: Uint8Array[]; written: Promise<boolean>; write(): void; by: number };

export class GatheredWrites {
	readonly #put: (update: Uint8Array | null) => Promise<boolean>;
	#gathered: Gathered | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** @param put writes an update, null when there is none but something beside it is to be noted; whether it is written */
	constructor(put: (update: Uint8Array | null) => Promise<boolean>) {
		this.#put = put;
	}

	/**
	 * @param update null when only something beside it has changed
	 * @param within milliseconds; what is gathered already is written no later either
	 * @returns whether it is on this device, once that is known
	 */
	add(update: Uint8Array | null, within = ownWithin): Promise<boolean> {
		const gathered = (this.#gathered ??= this.#begin());
		if (update) gathered.updates.push(update);
		const by = performance.now() + within;
		if (by < gathered.by) {
			gathered.by = by;
			clearTimeout(this.#timer);
			this.#timer = setTimeout(gathered.write, within);
		}
		return gathered.written;
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
				clearTimeout(this.#timer);
				this.#gathered = null;
				resolve(this.#put(updates.length > 0 ? Y.mergeUpdates(updates) : null));
			};
		});
		return { updates, written, write, by: Infinity };
	}
}
