/** The first piece. */
const leastBytes = 256;

/**
 * A list of updates as one piece of memory. A letter's update is thirty bytes, and an array of its own makes three hundred
 * of it; a server has thousands that wait for nothing but to be put together some day.
 */
export class PackedUpdates {
	#bytes = new Uint8Array(0);
	#used = 0;
	/** Where each ends. */
	#ends: number[] = [];

	get length(): number {
		return this.#ends.length;
	}

	/** Of all together. */
	get byteLength(): number {
		return this.#used;
	}

	add(update: Uint8Array): void {
		const end = this.#used + update.length;
		if (end > this.#bytes.length) this.#grow(end);
		this.#bytes.set(update, this.#used);
		this.#ends.push((this.#used = end));
	}

	clear(): void {
		[this.#bytes, this.#used, this.#ends] = [new Uint8Array(0), 0, []];
	}

	/** @returns the updates in order, as parts of this memory; they stay as they are, whatever is added or cleared */
	toArray(): Uint8Array[] {
		return this.#ends.map((end, at) => this.#bytes.subarray(this.#ends[at - 1] ?? 0, end));
	}

	/** What was handed out stays in the old piece. */
	#grow(least: number): void {
		const grown = new Uint8Array(Math.max(leastBytes, least, 2 * this.#bytes.length));
		grown.set(this.#bytes.subarray(0, this.#used));
		this.#bytes = grown;
	}
}
