/**
 * Updates that follow each other become one, by putting their bytes together: per client, its structs, and after all
 * structs, per client, its deletions (Yrs forgets the first when a client comes twice). Unlike `Y.mergeUpdates` this
 * builds no structs, because what a room accepts from a client goes on where that client ended. What does not fit stays
 * an update of its own, in its place.
 */
import * as encoding from 'lib0/encoding';
import { type Deletions, type Scan, type Section, scanUpdate } from './update-scan.ts';

/** An update, and its parts when it has such as can be put together. */
export type Mergeable = { readonly update: Uint8Array; readonly scan: Scan | null };

/** Putting larger updates together only copies them. Bytes. */
const large = 64 * 1024;

export function toMergeable(update: Uint8Array): Mergeable {
	return { update, scan: update.length > large ? null : scanUpdate(update) };
}

/** @returns updates that mean the same, in the same order, as few as can be */
export function mergeUpdates(parts: readonly Mergeable[]): Uint8Array[] {
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

/** @returns one update that means the same as these after each other, however large; null when they do not fit */
export function putTogether(scans: readonly Scan[]): Uint8Array | null {
	const batch = new Batch();
	return scans.every((scan) => batch.add(scan)) ? (batch.encode()[0] ?? emptyUpdate) : null;
}

const emptyUpdate: Uint8Array = Uint8Array.of(0, 0);

class Batch {
	readonly #structs = new Parts();
	readonly #deletions = new Parts();
	readonly #ends = new Map<number, number>();
	readonly #scans: Scan[] = [];

	/** @returns false when a client does not go on where it ended; nothing is added then */
	add(scan: Scan): boolean {
		const { bytes, sections, deletions } = scan;
		if (!sections.every(({ client, clock }) => (this.#ends.get(client) ?? clock) === clock)) return false;
		for (const section of sections) {
			this.#ends.set(section.client, section.end);
			this.#structs.add(section, bytes, section.clock);
		}
		for (const range of deletions) this.#deletions.add(range, bytes);
		this.#scans.push(scan);
		return true;
	}

	/** @returns one update, or none when nothing was added */
	encode(): Uint8Array[] {
		const [only] = this.#scans;
		if (!only) return [];
		if (this.#scans.length === 1) return [only.bytes];
		return [
			encoding.encode((encoder) => {
				this.#structs.write(encoder, writeStructsHead);
				this.#deletions.write(encoder, writeDeletionsHead);
			}),
		];
	}
}

type Part = { client: number; count: number; clock: number; pieces: Uint8Array[] };

/** Per client, what is to be written of it. */
class Parts {
	readonly #byClient = new Map<number, Part>();

	/** @param clock of the first of it */
	add({ client, count, from, to }: Section | Deletions, bytes: Uint8Array, clock = 0): void {
		const part = this.#byClient.get(client) ?? { client, count: 0, clock, pieces: [] };
		part.count += count;
		part.pieces.push(bytes.subarray(from, to));
		this.#byClient.set(client, part);
	}

	/** Higher clients first, as Yjs writes them. */
	write(encoder: encoding.Encoder, writeHead: (encoder: encoding.Encoder, part: Part) => void): void {
		const parts = [...this.#byClient.values()].sort((a, b) => b.client - a.client);
		encoding.writeVarUint(encoder, parts.length);
		for (const part of parts) {
			writeHead(encoder, part);
			for (const piece of part.pieces) encoding.writeUint8Array(encoder, piece);
		}
	}
}

function writeStructsHead(encoder: encoding.Encoder, { client, count, clock }: Part): void {
	for (const number of [count, client, clock]) encoding.writeVarUint(encoder, number);
}

function writeDeletionsHead(encoder: encoding.Encoder, { client, count }: Part): void {
	for (const number of [client, count]) encoding.writeVarUint(encoder, number);
}
