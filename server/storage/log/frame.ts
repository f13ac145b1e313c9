/**
 * A file of the log is a sequence of frames: length (4 bytes), checksum (4 bytes), body. Both are salted with a number of
 * the file's own, so that nothing which people write can pass for a frame.
 *
 * The first frame is the file's head. Every other one is a batch: how far before it the file was on disk when it was
 * written, then entries until its end. An entry is a byte that says its kind, and
 *
 *     name      number, sequence before its first update in this file, name (length, UTF-8)
 *     updates   number, count, and count times an update (length, bytes)
 *     authors   number, count, and count times a client id and a person (0 for nobody's, else length + 1, UTF-8): known
 *               with the updates of this document that come before it
 *
 * All numbers are varuints. A kind that is not known here is from a newer version, and nothing is skipped unread.
 */
import { crc32 } from 'node:zlib';
import type { Author } from '../contract.ts';

export const kinds = { name: 0, updates: 1, authors: 2 } as const;

/** Length and checksum. */
export const frameHead = 8;
/** Of a file: "MSL", and the version of what follows. */
const magic = [0x4d, 0x53, 0x4c, 1];

/** What the first frame of a file says. */
export type FileHead = {
	salt: number;
	/** The file before it, 0 for none. It is on disk, whole, up to `previousEnd`; what comes after that was taken back. */
	previous: number;
	previousEnd: number;
};

export type Entry =
	| { kind: typeof kinds.name; id: number; before: number; name: string }
	/** `from` to `to`: the count and the updates, as bytes of the file. */
	| { kind: typeof kinds.updates; id: number; count: number; from: number; to: number }
	| { kind: typeof kinds.authors; id: number; authors: Author[] };

/** Its message is a sentence about the file. */
export class LogDamage extends Error {}

/** Writes varuints and bytes into one buffer that grows. */
export class FrameWriter {
	#bytes = Buffer.allocUnsafe(16 * 1024);
	#at = frameHead;

	get length(): number {
		return this.#at;
	}

	number(value: number): void {
		this.#reserve(8);
		let left = value;
		for (; left > 127; left = Math.floor(left / 128)) this.#bytes[this.#at++] = (left % 128) | 128;
		this.#bytes[this.#at++] = left;
	}

	numbers(...values: number[]): void {
		for (const value of values) this.number(value);
	}

	bytes(bytes: Uint8Array): void {
		this.number(bytes.length);
		this.#add(bytes);
	}

	author([client, person]: Author): void {
		this.number(client);
		const bytes = person === null ? null : Buffer.from(person);
		this.number(bytes ? bytes.length + 1 : 0);
		if (bytes) this.#add(bytes);
	}

	/** @returns the frame; it is only valid until the next one is begun */
	end(salt: number): Uint8Array {
		const frame = this.#bytes.subarray(0, this.#at);
		frame.writeUInt32LE(((this.#at - frameHead) ^ salt) >>> 0, 0);
		frame.writeUInt32LE(crc32(frame.subarray(frameHead), salt), 4);
		this.#at = frameHead;
		if (this.#bytes.length > 1024 * 1024) this.#bytes = Buffer.allocUnsafe(16 * 1024);
		return frame;
	}

	#add(bytes: Uint8Array): void {
		this.#reserve(bytes.length);
		this.#bytes.set(bytes, this.#at);
		this.#at += bytes.length;
	}

	#reserve(length: number): void {
		if (this.#at + length <= this.#bytes.length) return;
		const grown = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#at + length));
		this.#bytes.copy(grown, 0, 0, this.#at);
		this.#bytes = grown;
	}
}

export function encodeHead(writer: FrameWriter, { salt, previous, previousEnd }: FileHead): Uint8Array {
	writer.numbers(...magic, salt, previous, previousEnd);
	return writer.end(0);
}

/** @returns null when the file has none: nothing else is in it then */
export function decodeHead(file: Uint8Array): (FileHead & { end: number }) | null {
	const end = frameAt(file, 0, 0);
	if (end === null) return null;
	const reader = new FrameReader(file, frameHead, end);
	for (const expected of magic) {
		if (reader.number() !== expected) throw new LogDamage('is not of a log that this version of Mitschrift can read');
	}
	return { salt: reader.number(), previous: reader.number(), previousEnd: reader.number(), end };
}

/** @returns where the frame ends that begins there, or null when none does */
export function frameAt(file: Uint8Array, at: number, salt: number): number | null {
	if (at + frameHead > file.length) return null;
	const end = at + frameHead + ((numberAt(file, at) ^ salt) >>> 0);
	if (end > file.length || end === at + frameHead) return null;
	return crc32(file.subarray(at + frameHead, end), salt) === numberAt(file, at + 4) ? end : null;
}

/**
 * @param from where to begin to look
 * @returns where the next batch begins that was written when more of the file was on disk than `durable`, or null
 */
export function findBatch(file: Uint8Array, from: number, salt: number, durable: number): number | null {
	for (let at = from; at + frameHead < file.length; at++) {
		if ((numberAt(file, at) ^ salt) >>> 0 > file.length - at - frameHead || !mayBeBatch(file, at, durable)) continue;
		if (frameAt(file, at, salt) !== null) return at;
	}
	return null;
}

/** Rules out most of what is none, without its checksum. */
function mayBeBatch(file: Uint8Array, at: number, durable: number): boolean {
	try {
		const reader = new FrameReader(file, at + frameHead, file.length);
		return at - reader.number() > durable && reader.number() <= kinds.authors;
	} catch {
		return false;
	}
}

function numberAt(file: Uint8Array, at: number): number {
	const byte = (index: number) => file[at + index] ?? 0;
	return (byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)) >>> 0;
}

export function* entriesOf(file: Uint8Array, at: number, end: number): Generator<Entry> {
	const reader = new FrameReader(file, at + frameHead, end);
	reader.number();
	while (!reader.done) yield reader.entry();
}

/** @param from of an entry's count @returns its updates, as parts of `bytes` */
export function updatesAt(bytes: Uint8Array, from: number, to: number): Uint8Array[] {
	const reader = new FrameReader(bytes, from, to);
	return Array.from({ length: reader.number() }, () => reader.bytes());
}

class FrameReader {
	readonly #file: Uint8Array;
	readonly #end: number;
	#at: number;

	constructor(file: Uint8Array, at: number, end: number) {
		this.#file = file;
		this.#at = at;
		this.#end = end;
	}

	get done(): boolean {
		return this.#at >= this.#end;
	}

	number(): number {
		let value = 0;
		for (let scale = 1; ; scale *= 128) {
			const byte = this.#file[this.#at++];
			if (byte === undefined || this.#at > this.#end) throw new LogDamage('ends inside a number');
			value += (byte & 127) * scale;
			if (byte < 128) return value;
		}
	}

	bytes(length = this.number()): Uint8Array {
		const bytes = this.#file.subarray(this.#at, this.#at + length);
		this.#at += length;
		if (this.#at > this.#end) throw new LogDamage('ends inside an update');
		return bytes;
	}

	entry(): Entry {
		const kind = this.number();
		const id = this.number();
		if (kind === kinds.name) return { kind, id, before: this.number(), name: Buffer.from(this.bytes()).toString() };
		if (kind === kinds.authors)
			return { kind, id, authors: Array.from({ length: this.number() }, () => this.#author()) };
		if (kind !== kinds.updates) throw new LogDamage('holds something from a newer version of Mitschrift');
		const from = this.#at;
		const count = this.number();
		for (let left = count; left > 0; left--) this.bytes();
		return { kind, id, count, from, to: this.#at };
	}

	#author(): Author {
		const client = this.number();
		const length = this.number();
		return [client, length === 0 ? null : Buffer.from(this.bytes(length - 1)).toString()];
	}
}
