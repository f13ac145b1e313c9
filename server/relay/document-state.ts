/**
 * What a room knows of its document: enough to judge an update and to answer a joiner. The room asks only this.
 *
 * Most updates are typing: their structure says that they go on where their client ended and touch only what is known
 * (see update-scan), so they apply as they are, and only the state vector moves. The document itself is made when something
 * needs it (an update that is not typing, a joiner who has a part of a short one), and from then on lags behind what is
 * typed, until nothing has needed it for a while: then it is its bytes again.
 *
 * The state runs ahead of the disk by the updates of the commit under way. The room lets nothing of it out before the
 * commit, and throws the state away when the commit fails.
 */
import type { StoredDocument } from '../storage/contract.ts';
import { limits } from '#lib/protocol/limits.ts';
import { receiveWithoutWriting } from '#lib/protocol/receive-without-writing.ts';
import * as Y from 'yjs';
import { type DocumentBytes, toBytes } from './document-bytes.ts';
import { type Brought, broughtBy, type CrowdingBounds, DocumentCrowding } from './document-crowding.ts';
import { type Answer, DocumentEncodings } from './document-encodings.ts';
import { DocumentSize } from './document-size.ts';
import { findFault } from './update-faults.ts';
import { findForeign } from './update-foreign.ts';
import { Unapplied } from './unapplied.ts';
import { putRunsTogether } from './update-merge.ts';
import { scanTyping, scanUpdate } from './update-scan.ts';
import { decodeStructure, rootsOf, type UpdateStructure } from './update-structure.ts';

export type Verdict =
	/** New content: these updates go to the log and to the others. */
	| { kind: 'new'; updates: Uint8Array[] }
	/** Nothing that is not known already. */
	| { kind: 'known' }
	/** It waits for content that is not here; nothing was applied. */
	| { kind: 'gap' }
	/**
	 * It has new content under a client id under which its sender may not write, or other content than what stands there;
	 * nothing was applied.
	 */
	| { kind: 'foreign'; client: number }
	/** It adds to a document that has as much as it may have, or would then cost too much to build; nothing was applied. */
	| { kind: 'full'; reason: string }
	/** What the document would cost to build had to be told, and its sender may not have that told now; nothing was applied. */
	| { kind: 'later' }
	/** It is not an update, or out of bounds; nothing was applied. */
	| { kind: 'bad'; reason: string }
	/** It failed while applying: this state can no longer be trusted, load it again. */
	| { kind: 'broken'; reason: string };

/**
 * Whether an update may have new content under this client.
 * @param known how much is here under it, as a clock
 */
export type MayWrite = (client: number, known: number) => boolean;

/** Whether it may be told now, of so many structs, what they cost to build. */
export type MayTell = (structs: number) => boolean;

export interface DocumentState {
	/**
	 * Judges an update and, if it is good, takes it. Never throws.
	 * @param typed it came as it was made; a repeated deletion in it is taken for new. Anything else may hold a lot that
	 * is known, and what is new is told from it, unless all of it goes on where its clients ended
	 * @param mayWrite asked for each client of whom the update has new content, before anything is taken. Left out for what
	 * is in the log, which is taken however much the document has already
	 * @param mayTell asked before what takes a while
	 */
	accept(update: Uint8Array, typed?: boolean, mayWrite?: MayWrite, mayTell?: MayTell): Verdict;
	stateVector(): Uint8Array;
	/** @returns a state vector of what was here before these were accepted; it may name less */
	vectorBefore(updates: readonly Uint8Array[]): Uint8Array;
	/** @returns what a peer at this state vector misses; null when the vector is malformed */
	difference(stateVector: Uint8Array): Uint8Array | null;
	/**
	 * The same for one of many who ask alike while others write.
	 * @returns `base` is the same bytes for all of them; `since`, what came after it was made; null as above
	 */
	answer(stateVector: Uint8Array): Answer | null;
	/**
	 * To be called now and then: what nothing needed since the last call is given up, and made again when it is needed.
	 * @returns whether that took as long as encoding the document does
	 */
	rest(): boolean;
	destroy(): void;
}

/** @throws Error when the log does not apply as a whole */
export function loadState(stored: StoredDocument, crowding?: CrowdingBounds): DocumentState {
	return new LaggingState(toBytes(stored) ?? toDocument(stored), crowding);
}

/** @throws Error when the log does not apply as a whole */
export function toDocument({ snapshot, tail }: StoredDocument): Y.Doc {
	const doc = newDocument();
	applyAll(doc, snapshot ? [snapshot, ...tail] : tail);
	if (waits(doc)) throw new Error('the log has a gap');
	return doc;
}

function newDocument(): Y.Doc {
	const doc = new Y.Doc();
	receiveWithoutWriting(doc);
	return doc;
}

function applyAll(doc: Y.Doc, updates: readonly Uint8Array[]): void {
	doc.transact(() => {
		for (const update of updates) Y.applyUpdate(doc, update);
	});
}

function vectorOf(doc: Y.Doc): Map<number, number> {
	return Y.decodeStateVector(Y.encodeStateVector(doc));
}

function waits(doc: Y.Doc): boolean {
	return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}

const anybody: MayWrite = () => true;
const atAnyTime: MayTell = () => true;

const tooMany: Verdict = { kind: 'full', reason: `the document has ${limits.documentParts} parts` };
const tooManyRoots: Verdict = { kind: 'full', reason: `the document has ${limits.documentRoots} root types` };
const tooManyValues: Verdict = {
	kind: 'full',
	reason: `the document has ${limits.documentValues} values side by side`,
};
const tooCrowded: Verdict = { kind: 'full', reason: 'too much in one place' };

class LaggingState implements DocumentState {
	/** Made when something needs it: most rooms are typed in, joined and left without. */
	#doc: Y.Doc | null = null;
	/** Since the last rest. */
	#needed = false;
	/** False once it held what the scan does not read. */
	#isBytes = true;
	#vector: Map<number, number>;
	readonly #size = new DocumentSize();
	readonly #crowding: DocumentCrowding;
	readonly #unapplied = new Unapplied();
	readonly #encodings = new DocumentEncodings(this.#unapplied, () => this.#caughtUp());

	constructor(start: Y.Doc | DocumentBytes, crowding?: CrowdingBounds) {
		const isDocument = start instanceof Y.Doc;
		this.#vector = isDocument ? vectorOf(start) : start.vector;
		this.#crowding = new DocumentCrowding(this.#vector.size === 0, crowding);
		if (isDocument) {
			this.#doc = start;
			this.#size.built(start);
			return;
		}
		this.#unapplied.become(start.whole);
		if (start.since) this.#unapplied.add(start.since);
	}

	accept(update: Uint8Array, typed = false, mayWrite = anybody, mayTell = atAnyTime): Verdict {
		try {
			return this.#take(update, typed, mayWrite) ?? this.#examine(update, mayWrite, mayTell);
		} catch (error) {
			return { kind: 'broken', reason: String(error) };
		}
	}

	stateVector(): Uint8Array {
		return Y.encodeStateVector(this.#vector);
	}

	vectorBefore(updates: readonly Uint8Array[]): Uint8Array {
		const vector = new Map(this.#vector);
		for (const update of updates) {
			const scan = scanUpdate(update);
			if (!scan) return Y.encodeStateVector(new Map());
			for (const { client, clock } of scan.sections) vector.set(client, Math.min(clock, vector.get(client) ?? 0));
		}
		return Y.encodeStateVector(vector);
	}

	difference(stateVector: Uint8Array): Uint8Array | null {
		return this.#encodings.difference(stateVector);
	}

	answer(stateVector: Uint8Array): Answer | null {
		return this.#encodings.answer(stateVector);
	}

	rest(): boolean {
		this.#encodings.rest();
		const idle = this.#doc !== null && !this.#needed && this.#isBytes;
		if (idle) this.#giveUp();
		this.#needed = false;
		return idle;
	}

	destroy(): void {
		this.#doc?.destroy();
	}

	#giveUp(): void {
		const doc = this.#caughtUp();
		const whole = Y.encodeStateAsUpdate(doc);
		this.#isBytes = scanUpdate(whole) !== null;
		if (!this.#isBytes) return;
		doc.destroy();
		this.#doc = null;
		this.#unapplied.become(whole);
	}

	/** @returns null when it has to be looked at more closely */
	#take(update: Uint8Array, typed: boolean, mayWrite: MayWrite): Verdict | null {
		const scan = scanTyping(update, this.#vector);
		if (!scan || (!typed && scan.deletions.length > 0)) return null;
		if (scan.sections.length === 0 && scan.deletions.length === 0) return { kind: 'known' };
		const isPlaced = this.#crowding.placesOf(scan) === 0;
		if (mayWrite !== anybody && (this.#size.isCrowdedBy(scan) || (!isPlaced && this.#mayCrowd(scan)))) return null;
		for (const { client, clock } of scan.sections) if (!mayWrite(client, clock)) return { kind: 'foreign', client };
		const full = mayWrite !== anybody && this.#findFull(scan, scan.roots);
		if (full) return full;
		for (const { client, end } of scan.sections) this.#vector.set(client, end);
		this.#size.took(scan);
		if (!isPlaced) this.#crowding.took(scan);
		this.#unapplied.add(update);
		this.#encodings.took([update]);
		if (this.#unapplied.isLong(this.#doc !== null)) this.#caughtUp();
		return { kind: 'new', updates: [update] };
	}

	#examine(update: Uint8Array, mayWrite: MayWrite, mayTell: MayTell): Verdict {
		if (isNothing(update)) return { kind: 'known' };
		const structure = decodeStructure(update);
		if (!structure) return { kind: 'bad', reason: 'malformed' };
		if (structure.structs.size === 0 && structure.deletions.clients.size === 0) return { kind: 'known' };
		const doc = this.#caughtUp();
		const client = findForeign(structure, doc.store, mayWrite);
		if (client !== null) return { kind: 'foreign', client };
		const fault = findFault(structure, doc);
		if (fault) return fault;
		const brought = broughtBy(structure, doc.store);
		if (mayWrite !== anybody) {
			const full = this.#findFull(brought, rootsOf(structure)) ?? this.#crowdedBy(structure, brought, mayTell);
			if (full) return full;
		}
		this.#crowding.took(brought);
		this.#size.tookValues(brought.values);
		return this.#apply(update, doc);
	}

	#apply(update: Uint8Array, doc: Y.Doc): Verdict {
		const updates: Uint8Array[] = [];
		const keep = (emitted: Uint8Array) => updates.push(emitted);
		doc.on('update', keep);
		try {
			Y.applyUpdate(doc, update);
		} finally {
			doc.off('update', keep);
		}
		if (waits(doc)) return { kind: 'broken', reason: 'applied only in part' };
		if (updates.length === 0) return { kind: 'known' };
		this.#vector = vectorOf(doc);
		this.#size.built(doc);
		this.#encodings.took(updates);
		return { kind: 'new', updates };
	}

	/**
	 * The document as it is now.
	 * @throws Error when what was taken does not apply: then the scan was wrong
	 */
	#caughtUp(): Y.Doc {
		const doc = (this.#doc ??= newDocument());
		this.#needed = true;
		const unapplied = this.#unapplied.toArray();
		if (unapplied.length === 0) return doc;
		// For each update Yjs goes through what it deletes, and most of that lies side by side.
		applyAll(doc, putRunsTogether(unapplied));
		if (waits(doc)) throw new Error('an update that was taken waits');
		this.#unapplied.clear();
		this.#size.built(doc);
		return doc;
	}

	#findFull({ sections, values }: Brought, roots: ReadonlySet<string>): Verdict | null {
		const adds = sections.length > 0;
		if (adds && this.#crowding.isFull) return tooCrowded;
		if (this.#isFull(adds)) return tooMany;
		if (this.#hasNoRoomForValues(values)) return tooManyValues;
		return this.#size.hasNoRoomFor(roots, this.#unapplied) ? tooManyRoots : null;
	}

	#hasNoRoomForValues(values: number): boolean {
		if (!this.#size.mayHaveNoRoomForValues(values, this.#unapplied)) return false;
		this.#size.countValues(this.#caughtUp());
		return this.#size.mayHaveNoRoomForValues(values, this.#unapplied);
	}

	#isFull(adds: boolean): boolean {
		if (!this.#size.mayBeFull(adds, this.#unapplied)) return false;
		this.#caughtUp();
		return this.#size.mayBeFull(adds, this.#unapplied);
	}

	#crowdedBy(structure: UpdateStructure, brought: Brought, mayTell: MayTell): Verdict | null {
		if (this.#crowding.placesOf(brought) === 0 || !this.#mayCrowd(brought)) return null;
		const count = brought.sections.reduce((sum, section) => sum + section.count, this.#size.atMost(this.#unapplied));
		if (!mayTell(count)) return { kind: 'later' };
		return this.#crowding.refuses(structure, this.#caughtUp()) ? tooCrowded : null;
	}

	#mayCrowd(brought: Brought): boolean {
		return this.#crowding.mayRefuse(brought, this.#size.atMost(this.#unapplied));
	}
}

/** What most who join answer to our SyncStep1. */
function isNothing(update: Uint8Array): boolean {
	return update.length === 2 && update[0] === 0 && update[1] === 0;
}
