/**
 * Small values that this device keeps from one visit to the next. What is read is untrusted: an older version of the app
 * or a person with the console open may have written it, so it is checked, and what does not fit counts as not there.
 * A device that keeps nothing (storage denied or full) behaves like one that was never used.
 */
import type { Shape } from '#lib/protocol/answer-shape.ts';

export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class Stored<T> {
	readonly key: string;
	readonly #shape: Shape<T>;
	readonly #store: KeyValueStore | null;

	constructor(store: KeyValueStore | null, key: string, shape: Shape<T>) {
		this.#store = store;
		this.key = key;
		this.#shape = shape;
	}

	read(): T | null {
		try {
			const text = this.#store?.getItem(this.key);
			if (!text) return null;
			const value: unknown = JSON.parse(text);
			return this.#shape(value) ? value : null;
		} catch {
			return null;
		}
	}

	/** @returns whether the device kept it */
	write(value: T): boolean {
		try {
			this.#store?.setItem(this.key, JSON.stringify(value));
			return this.#store !== null;
		} catch {
			return false;
		}
	}

	remove(): void {
		try {
			this.#store?.removeItem(this.key);
		} catch {
			// A device that denies its storage has nothing to remove.
		}
	}
}

/** `localStorage`, or null where merely touching it throws. */
export function deviceStore(): KeyValueStore | null {
	try {
		return localStorage;
	} catch {
		return null;
	}
}
