/**
 * Where the entries of one document are in one file, in order, as a few bytes each: a server has hundreds of thousands that
 * wait for nothing but to be moved or covered, and as numbers in arrays each took thirty bytes and was looked at by every
 * collection.
 */
import type { Sequence } from '../contract.ts';

/** Bytes of the file, and the sequence of the entry's last update. */
export type Entry = { from: number; to: number; last: Sequence };

/** The first piece, and by how much it grows at least. Bytes. */
const leastBytes = 64;
/** An entry is three varuints of numbers below 2^53. */
const longest = 24;

export class PackedEntries {
	/** Per entry: how far after the one before it begins, its length, and how many updates it has. */
	#bytes = new Uint8Array(0);
	#used = 0;
	#count = 0;
	/** The sequence before the first. */
	readonly #before: Sequence;
	/** Where the last one ends. */
	#to = 0;
	#last: Sequence;

	/** @param before the sequence before the first */
	constructor(before: Sequence) {
		this.#before = this.#last = before;
	}

	get length(): number {
		return this.#count;
	}

	add({ from, to, last }: Entry): void {
		if (this.#used + longest > this.#bytes.length) this.#grow();
		this.#write(from - this.#to);
		this.#write(to - from);
		this.#write(last - this.#last);
		[this.#to, this.#last] = [to, last];
		this.#count += 1;
	}

	/** Seldom: all of them are written anew. */
	removeLast(): void {
		const rest = this.toArray().slice(0, -1);
		[this.#used, this.#count, this.#to, this.#last] = [0, 0, 0, this.#before];
		for (const entry of rest) this.add(entry);
	}

	/** @returns the entries as they are now */
	toArray(): Entry[] {
		const entries: Entry[] = [];
		let [at, end] = [0, 0];
		let last = this.#before;
		const next = () => {
			let [number, factor] = [0, 1];
			for (; ; factor *= 128) {
				const byte = this.#bytes[at++] as number;
				number += (byte & 127) * factor;
				if (byte < 128) return number;
			}
		};
		while (entries.length < this.#count) {
			const from = end + next();
			end = from + next();
			last += next();
			entries.push({ from, to: end, last });
		}
		return entries;
	}

	#write(number: number): void {
		let left = number;
		for (; left > 127; left = Math.floor(left / 128)) this.#bytes[this.#used++] = (left % 128) | 128;
		this.#bytes[this.#used++] = left;
	}

	#grow(): void {
		const grown = new Uint8Array(this.#used + Math.max(leastBytes, this.#used >> 1));
		grown.set(this.#bytes.subarray(0, this.#used));
		this.#bytes = grown;
	}
}
