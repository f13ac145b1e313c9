/**
 * What a room knows of its document: enough to judge an update and to answer a joiner. The room asks only this, so that
 * a state without a Y.Doc can take its place.
 *
 * The state runs ahead of the disk by the updates of the commit under way: that an update applies is only known by
 * applying it. The room lets nothing of it out before the commit, and throws the state away when the commit fails.
 */
import type { StoredDocument } from '../storage/contract.ts';
import * as Y from 'yjs';
import { findFault } from './update-faults.ts';
import { decodeStructure } from './update-structure.ts';

export type Verdict =
	/** New content: these updates go to the log and to the others. */
	| { kind: 'new'; updates: Uint8Array[] }
	/** Nothing that is not known already. */
	| { kind: 'known' }
	/** It waits for content that is not here; nothing was applied. */
	| { kind: 'gap' }
	/** It is not an update, or it contradicts what is here; nothing was applied. */
	| { kind: 'bad'; reason: string }
	/** It failed while applying: this state can no longer be trusted, load it again. */
	| { kind: 'broken'; reason: string };

export interface DocumentState {
	/** Judges an update and, if it is good, applies it. Never throws. */
	accept(update: Uint8Array): Verdict;
	stateVector(): Uint8Array;
	/** @returns what a peer at this state vector misses; null when the vector is malformed */
	difference(stateVector: Uint8Array): Uint8Array | null;
	destroy(): void;
}

/** @throws Error when the log does not apply as a whole */
export function loadState(stored: StoredDocument): DocumentState {
	return createState(toDocument(stored));
}

/** @throws Error when the log does not apply as a whole */
export function toDocument({ snapshot, tail }: StoredDocument): Y.Doc {
	const doc = new Y.Doc();
	doc.transact(() => {
		if (snapshot) Y.applyUpdate(doc, snapshot);
		for (const update of tail) Y.applyUpdate(doc, update);
	});
	if (waits(doc)) throw new Error('the log has a gap');
	return doc;
}

function waits(doc: Y.Doc): boolean {
	return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}

function createState(doc: Y.Doc): DocumentState {
	let emitted: Uint8Array[] = [];
	/** Many join at once, mostly with nothing: they get one encoding, as long as nothing changes. */
	let answered: { stateVector: Uint8Array; difference: Uint8Array } | null = null;
	doc.on('update', (update: Uint8Array) => {
		emitted.push(update);
		answered = null;
	});

	function apply(update: Uint8Array): Verdict {
		emitted = [];
		try {
			Y.applyUpdate(doc, update);
		} catch (error) {
			return { kind: 'broken', reason: String(error) };
		}
		if (waits(doc)) return { kind: 'broken', reason: 'applied only in part' };
		return emitted.length === 0 ? { kind: 'known' } : { kind: 'new', updates: emitted };
	}

	return {
		accept(update) {
			const structure = decodeStructure(update);
			if (!structure) return { kind: 'bad', reason: 'malformed' };
			return findFault(structure, doc.store) ?? apply(update);
		},
		stateVector: () => Y.encodeStateVector(doc),
		difference(stateVector) {
			try {
				if (!answered || Buffer.compare(answered.stateVector, stateVector) !== 0) {
					answered = { stateVector, difference: Y.encodeStateAsUpdate(doc, stateVector) };
				}
				return answered.difference;
			} catch {
				return null;
			}
		},
		destroy: () => doc.destroy(),
	};
}
