/**
 * What of each document is in the log and nowhere else. Sequences only grow: one that was given and taken back is not
 * given again, so that a state made of what was taken back can be told from one that was not.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Moved } from '../base.ts';
import type { Author, Sequence } from '../contract.ts';
import { updatesAt } from './frame.ts';
import { PackedEntries } from './packed-entries.ts';
import type { Segment, Slice } from './segment.ts';

export type Tail = {
	/** Up to here it lies beneath the log. */
	covered: Sequence;
	/** The last that was ever given. */
	given: Sequence;
	/** In order; what is covered may still be in the first. */
	readonly slices: Slice[];
};

/** So many updates of a document, and where they are. */
export type Placed = {
	name: DocumentName;
	first: Sequence;
	count: number;
	from: number;
	to: number;
	authors: readonly Author[];
};

export class Tails {
	readonly #tails = new Map<DocumentName, Tail>();
	readonly #covered: (name: DocumentName) => Sequence;

	/** @param covered how far a document lies beneath the log */
	constructor(covered: (name: DocumentName) => Sequence) {
		this.#covered = covered;
	}

	/** @returns the document's tail, for writing to it */
	open(name: DocumentName): Tail {
		let tail = this.#tails.get(name);
		if (!tail) {
			const covered = this.#covered(name);
			tail = { covered, given: covered, slices: [] };
			this.#tails.set(name, tail);
		}
		return tail;
	}

	/** Names of what is in the log. */
	names(): DocumentName[] {
		return [...this.#tails].filter(([, { slices }]) => slices.length > 0).map(([name]) => name);
	}

	slicesOf(name: DocumentName): readonly Slice[] {
		return this.#tails.get(name)?.slices ?? [];
	}

	/** @returns the sequence of the last update that is in the log, 0 when none is */
	lastOf(name: DocumentName): Sequence {
		return this.#tails.get(name)?.slices.at(-1)?.last ?? 0;
	}

	has(name: DocumentName, sequence: Sequence): boolean {
		return this.slicesOf(name).some(({ first, last }) => first <= sequence && sequence <= last);
	}

	/** One entry more, from byte `from` to `to` of the file. */
	add(segment: Segment, { name, first, count, from, to, authors }: Placed): void {
		const tail = this.open(name);
		tail.given = first + count - 1;
		const slice = segment.slices.get(name);
		const entry = { from, to, last: tail.given };
		if (slice) {
			slice.last = tail.given;
			slice.entries.add(entry);
			slice.authors.push(...authors);
			return;
		}
		const entries = new PackedEntries(first - 1);
		entries.add(entry);
		const begun = { segment, first, last: tail.given, entries, authors: [...authors] };
		segment.slices.set(name, begun);
		tail.slices.push(begun);
	}

	/** The last entry of the document is no more. */
	takeBack({ name, count, authors }: Placed): void {
		const slices = this.#tails.get(name)?.slices;
		const slice = slices?.at(-1);
		if (!slice) return;
		slice.last -= count;
		slice.entries.removeLast();
		slice.authors.length -= authors.length;
		if (slice.entries.length > 0) return;
		slices?.pop();
		slice.segment.slices.delete(name);
	}

	/** Everything up to `upTo` lies beneath the log. */
	cover(name: DocumentName, upTo: Sequence): void {
		const tail = this.#tails.get(name);
		if (!tail) return;
		tail.covered = Math.max(tail.covered, upTo);
		while (tail.slices[0] && tail.slices[0].last <= tail.covered) {
			tail.slices.shift()?.segment.slices.delete(name);
		}
		if (tail.slices.length === 0 && tail.given === tail.covered) this.#tails.delete(name);
	}
}

/** Updates that follow each other, and the sequence of the first. */
export type Run = { first: Sequence; updates: Uint8Array[] };

/** @returns a slice as it is moved beneath the log */
export function toMoved(name: DocumentName, { authors }: Slice, run: Run): Moved {
	return { name, ...run, authors: [...authors] };
}

/**
 * Reads no entry that has nothing after the sequence, nor what is added while it reads.
 * @returns the updates of a slice that come after a sequence, and the sequence of the first of them
 */
export async function readSlice({ segment, first, entries }: Slice, after: Sequence): Promise<Run> {
	const all = entries.toArray();
	const begin = all.findIndex(({ last }) => last > after);
	const skipped = begin === -1 ? all.length : begin;
	const begins = (all[skipped - 1]?.last ?? first - 1) + 1;
	const pieces = await segment.read(all.slice(skipped));
	const updates = pieces.flatMap((piece) => updatesAt(piece, 0, piece.length));
	const known = Math.min(Math.max(0, after - begins + 1), updates.length);
	return { first: begins + known, updates: known > 0 ? updates.slice(known) : updates };
}
