/**
 * Reads lib0's encodings where they lie, without making anything of them. Nothing is ever read beyond the end: whatever
 * is not as lib0 would read it throws `Unreadable`.
 */
import { limits } from '#lib/protocol/limits.ts';

export class Unreadable extends Error {}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Numbers beyond this are nobody's client, clock or length. */
const maxNumber = 2 ** 53 - 1;

export class ByteReader {
	readonly bytes: Uint8Array;
	at = 0;

	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}

	get done(): boolean {
		return this.at === this.bytes.length;
	}

	byte(): number {
		const byte = this.bytes[this.at++];
		if (byte === undefined) throw new Unreadable();
		return byte;
	}

	number(): number {
		let byte = this.byte();
		if (byte < 128) return byte;
		let value = byte & 127;
		for (let scale = 128; ; scale *= 128) {
			byte = this.byte();
			value += (byte & 127) * scale;
			if (value > maxNumber) throw new Unreadable();
			if (byte < 128) return value;
		}
	}

	skip(length: number): void {
		this.at += length;
		if (this.at > this.bytes.length) throw new Unreadable();
	}

	/** @returns its length as Yjs counts it, in UTF-16 code units */
	skipText(): number {
		const length = this.number();
		const from = this.at;
		this.skip(length);
		for (let at = from; at < this.at; at++) {
			if ((this.bytes[at] as number) >= 128) return this.#decode(from).length;
		}
		return length;
	}

	text(): string {
		const length = this.number();
		const from = this.at;
		this.skip(length);
		return this.#decode(from);
	}

	/** @param levels how deep lists and objects may nest from here */
	skipAny(levels: number = limits.depth): void {
		switch (this.byte()) {
			case 127: // undefined
			case 126: // null
			case 121: // false
			case 120: // true
				return;
			case 125:
				return this.#skipInteger();
			case 124:
				return this.skip(4);
			case 123: // a double
			case 122: // a big integer
				return this.skip(8);
			case 119:
				return void this.skipText();
			case 118:
				return this.#skipMany(levels, true);
			case 117:
				return this.#skipMany(levels, false);
			case 116:
				return this.skip(this.number());
			default:
				throw new Unreadable();
		}
	}

	#skipMany(levels: number, named: boolean): void {
		if (levels === 0) throw new Unreadable();
		for (let left = this.number(); left > 0; left--) {
			if (named) this.skipText();
			this.skipAny(levels - 1);
		}
	}

	#skipInteger(): void {
		let byte = this.byte();
		let value = byte & 63;
		for (let scale = 64; byte >= 128; scale *= 128) {
			byte = this.byte();
			value += (byte & 127) * scale;
			if (value > maxNumber) throw new Unreadable();
		}
	}

	#decode(from: number): string {
		try {
			return utf8.decode(this.bytes.subarray(from, this.at));
		} catch {
			throw new Unreadable();
		}
	}
}
