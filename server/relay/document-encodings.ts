/**
 * What those are sent who join a document: all of it, or what they miss. What took long to encode, or is asked for by many at
 * once, is kept for as long as what was written since is little beside it.
 */
import * as Y from 'yjs';
import { differenceFrom } from './document-difference.ts';
import { scansOf, type Unapplied } from './unapplied.ts';
import type { Scan } from './update-scan.ts';

export type Answer = { base: Uint8Array; since: readonly Uint8Array[] };

/** Encoding less than this takes no longer than a millisecond. Bytes. */
const worthKeeping = 64 * 1024;
/** What an update costs beside its bytes when it is sent after an encoding: about what encoding so many bytes does. */
const sinceCost = 64;

const emptyVector: Uint8Array = Uint8Array.of(0);

/** What is beyond a state vector, and what came since it was encoded. */
type Encoding = { stateVector: Uint8Array; base: Uint8Array; since: Uint8Array[]; cost: number };

export class DocumentEncodings {
	readonly #unapplied: Unapplied;
	readonly #build: () => Y.Doc;
	/** Many join at once, mostly with nothing: they get one encoding, and what was written since it was made. */
	#answered: Encoding | null = null;
	/** Of all there is, when it is long and somebody asked who has a part: what Yjs encodes takes four times its bytes. */
	#whole: Encoding | null = null;
	/** Since the last rest, what somebody asked for was long. */
	#isLong = false;

	/**
	 * @param unapplied what the document lacks
	 * @param build the document as it is now; asked where the bytes do not do
	 */
	constructor(unapplied: Unapplied, build: () => Y.Doc) {
		this.#unapplied = unapplied;
		this.#build = build;
	}

	/** @returns what a peer at this state vector misses; null when the vector is malformed */
	difference(stateVector: Uint8Array): Uint8Array | null {
		if (this.#answered && this.#answered.since.length > 0) this.#answered = null;
		return this.answer(stateVector)?.base ?? null;
	}

	/**
	 * The same for one of many who ask alike while others write.
	 * @returns `base` is the same bytes for all of them; `since`, what came after it was made; null as above
	 */
	answer(stateVector: Uint8Array): Answer | null {
		try {
			if (!this.#answered || Buffer.compare(this.#answered.stateVector, stateVector) !== 0) {
				this.#answered = { stateVector, base: this.#encode(stateVector), since: [], cost: 0 };
			}
			return { base: this.#answered.base, since: this.#answered.since.slice() };
		} catch {
			return null;
		}
	}

	/** The document has these now. */
	took(updates: readonly Uint8Array[]): void {
		this.#answered = this.#answered && withMore(this.#answered, updates);
		this.#whole = this.#whole && withMore(this.#whole, updates);
	}

	/** What was asked for is asked for no more. */
	rest(): void {
		this.#answered = this.#whole = null;
		this.#isLong = false;
	}

	/** Who has nothing gets what there is, as it is: the scan has read all of it before. */
	#encode(stateVector: Uint8Array): Uint8Array {
		const ready = isEmpty(stateVector) ? this.#unapplied.together() : this.#tellDifference(stateVector);
		if (ready) return ready;
		const encoded = Y.encodeStateAsUpdate(this.#build(), stateVector);
		this.#isLong ||= encoded.length >= worthKeeping;
		return encoded;
	}

	/**
	 * @returns what is beyond the vector, where building the document, or encoding it, would take long; null elsewhere, where it
	 * is shorter, and where the bytes do not fit
	 */
	#tellDifference(stateVector: Uint8Array): Uint8Array | null {
		const scans = this.#longScans();
		return scans && differenceFrom(scans, Y.decodeStateVector(stateVector));
	}

	#longScans(): readonly Scan[] | null {
		const { whole } = this.#unapplied;
		if (whole) return whole.length < worthKeeping ? null : this.#unapplied.scans();
		if (!this.#isLong) return null;
		this.#whole ??= { stateVector: emptyVector, base: Y.encodeStateAsUpdate(this.#build()), since: [], cost: 0 };
		return scansOf([this.#whole.base, ...this.#whole.since]);
	}
}

/** An encoding is worth keeping when making it takes long, and while what came since is little beside it. */
function withMore(encoding: Encoding, updates: readonly Uint8Array[]): Encoding | null {
	encoding.since.push(...updates);
	for (const { length } of updates) encoding.cost += length + sinceCost;
	return encoding.base.length < worthKeeping || encoding.cost > encoding.base.length ? null : encoding;
}

function isEmpty(stateVector: Uint8Array): boolean {
	return stateVector.length === 1 && stateVector[0] === 0;
}
