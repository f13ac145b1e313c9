/**
 * Updates that follow each other become one, by putting their bytes together: per client, its structs, and after all
 * structs, per client, its deletions in order (Yrs forgets the first when a client comes twice). Unlike `Y.mergeUpdates` this
 * builds no structs, because what a room accepts from a client goes on where that client ended. What does not fit stays
 * an update of its own, in its place.
 */
import * as encoding from 'lib0/encoding';
import { joinRanges, writeRanges } from './deleted-ranges.ts';
import { type Scan, type Section, scanUpdate } from './update-scan.ts';

/** A number up to 2^53 takes no more. */
const numberBytes = 8;

/** Putting larger updates together only copies them. Bytes. */
const large = 64 * 1024;

/** An update, and its parts when it has such as can be put together: looked for when somebody asks. */
export class Mergeable {
	readonly update: Uint8Array;
	#scan: Scan | null | undefined;

	constructor(update: Uint8Array) {
		this.update = update;
	}

	get scan(): Scan | null {
		if (this.#scan === undefined) this.#scan = this.update.length > large ? null : scanUpdate(this.update);
		return this.#scan;
	}
}

export function toMergeable(update: Uint8Array): Mergeable {
	return new Mergeable(update);
}

/** @returns updates that mean the same, in the same order, as few as can be; one alone is not looked into */
export function mergeUpdates(parts: readonly Mergeable[]): Uint8Array[] {
	if (parts.length < 2) return parts.map(({ update }) => update);
	const merged: Uint8Array[] = [];
	let batch = new Batch();
	for (const { update, scan } of parts) {
		if (scan && batch.add(scan)) continue;
		merged.push(...batch.encode());
		batch = new Batch();
		if (!scan || !batch.add(scan)) merged.push(update);
	}
	return [...merged, ...batch.encode()];
}

/** The same of updates as they are. */
export function putUpdatesTogether(updates: readonly Uint8Array[]): Uint8Array[] {
	return mergeUpdates(updates.map(toMergeable));
}

/**
 * The same, in the very order in which they came: only those of one client that follow each other become one. Yjs takes an
 * update of several client by client, and what one wrote knowing of another's nothing may then meet all that came after it.
 */
export function putRunsTogether(updates: readonly Uint8Array[]): Uint8Array[] {
	const runs: Mergeable[][] = [];
	let writer: number | null = null;
	for (const part of updates.map(toMergeable)) {
		const client = writerOf(part);
		const goesOn: boolean = client === null || writer === null || client === writer;
		const run = goesOn ? runs.at(-1) : undefined;
		if (run) run.push(part);
		else runs.push([part]);
		writer = goesOn ? (client ?? writer) : client;
	}
	return runs.flatMap(mergeUpdates);
}

/** @returns null when it only deletes; NaN, which is nobody, when several wrote it or it is not read */
function writerOf({ scan }: Mergeable): number | null {
	if (!scan || scan.sections.length > 1) return NaN;
	return scan.sections[0]?.client ?? null;
}

/** @returns one update that means the same as these after each other, however large; null when they do not fit */
export function putTogether(scans: readonly Scan[]): Uint8Array | null {
	const batch = new Batch();
	return scans.every((scan) => batch.add(scan)) ? (batch.encode()[0] ?? emptyUpdate) : null;
}

/** The same of parts of updates: what their bytes hold beside those is left out. */
export function writeTogether(scans: readonly Scan[]): Uint8Array | null {
	const batch = new Batch();
	return scans.every((scan) => batch.add(scan)) ? batch.write() : null;
}

const emptyUpdate: Uint8Array = Uint8Array.of(0, 0);

class Batch {
	readonly #structs = new Map<number, Run>();
	/** Per client, what is deleted of it. */
	readonly #deletions = new Map<number, Uint8Array[]>();
	readonly #ends = new Map<number, number>();
	readonly #scans: Scan[] = [];

	/** @returns false when a client does not go on where it ended; nothing is added then */
	add(scan: Scan): boolean {
		const { bytes, sections, deletions } = scan;
		if (!sections.every(({ client, clock }) => (this.#ends.get(client) ?? clock) === clock)) return false;
		for (const section of sections) {
			this.#ends.set(section.client, section.end);
			this.#addStructs(section, bytes);
		}
		for (const { client, from, to } of deletions) {
			const pieces = this.#deletions.get(client);
			const piece = bytes.subarray(from, to);
			if (pieces) pieces.push(piece);
			else this.#deletions.set(client, [piece]);
		}
		this.#scans.push(scan);
		return true;
	}

	/** @returns one update, or none when nothing was added */
	encode(): Uint8Array[] {
		const [only] = this.#scans;
		if (!only) return [];
		if (this.#scans.length === 1) return [only.bytes];
		return [this.write()];
	}

	/** In memory of its length from the beginning: an encoder that grows would leave as much of a long document behind. */
	write(): Uint8Array {
		const encoder = encoding.createEncoder();
		encoder.cbuf = new Uint8Array(this.#mostBytes());
		this.#writeStructs(encoder);
		this.#writeDeletions(encoder);
		const written = encoder.cbuf.subarray(0, encoder.cpos);
		return written.length * 2 < encoder.cbuf.length ? written.slice() : written;
	}

	#mostBytes(): number {
		let bytes = 2 * numberBytes;
		for (const { pieces } of this.#structs.values()) bytes += 3 * numberBytes + lengthOf(pieces);
		for (const pieces of this.#deletions.values()) bytes += 2 * numberBytes + lengthOf(pieces);
		return bytes;
	}

	#addStructs({ client, clock, count, from, to }: Section, bytes: Uint8Array): void {
		const run = this.#structs.get(client) ?? { count: 0, clock, pieces: [] };
		run.count += count;
		run.pieces.push(bytes.subarray(from, to));
		this.#structs.set(client, run);
	}

	#writeStructs(encoder: encoding.Encoder): void {
		encoding.writeVarUint(encoder, this.#structs.size);
		for (const [client, { count, clock, pieces }] of higherFirst(this.#structs)) {
			for (const number of [count, client, clock]) encoding.writeVarUint(encoder, number);
			for (const piece of pieces) encoding.writeUint8Array(encoder, piece);
		}
	}

	#writeDeletions(encoder: encoding.Encoder): void {
		encoding.writeVarUint(encoder, this.#deletions.size);
		for (const [client, pieces] of higherFirst(this.#deletions)) {
			const ranges = joinRanges(pieces);
			for (const number of [client, ranges.length]) encoding.writeVarUint(encoder, number);
			writeRanges(encoder, ranges);
		}
	}
}

function lengthOf(pieces: readonly Uint8Array[]): number {
	return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** One client's structs, as they follow each other. */
type Run = { count: number; clock: number; pieces: Uint8Array[] };

/** As Yjs writes them. */
function higherFirst<Value>(byClient: ReadonlyMap<number, Value>): [client: number, value: Value][] {
	return [...byClient].sort(([a], [b]) => b - a);
}
