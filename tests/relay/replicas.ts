/** The same few words for a document in Yjs and in Yrs (`ywasm`), a second implementation that we did not write. */
import * as yrs from 'ywasm';
import * as Y from 'yjs';

export type Replica = {
	/** Each edit returns the update that says it. */
	insert(at: number, text: string): Uint8Array;
	remove(at: number, length: number): Uint8Array;
	put(key: string, value: number): Uint8Array;
	drop(key: string): Uint8Array;
	apply(update: Uint8Array): void;
	stateVector(): Uint8Array;
	difference(stateVector?: Uint8Array): Uint8Array;
	content(): { text: string; map: Record<string, unknown> };
};

export function createYjsReplica(clientID: number): Replica {
	const doc = new Y.Doc();
	doc.clientID = clientID;
	const [text, map] = [doc.getText('t'), doc.getMap('m')];
	function edit(work: () => void): Uint8Array {
		const before = Y.encodeStateVector(doc);
		doc.transact(work);
		return Y.encodeStateAsUpdate(doc, before);
	}
	return {
		insert: (at, inserted) => edit(() => text.insert(at, inserted)),
		remove: (at, length) => edit(() => text.delete(at, length)),
		put: (key, value) => edit(() => map.set(key, value)),
		drop: (key) => edit(() => map.delete(key)),
		apply: (update) => Y.applyUpdate(doc, update),
		stateVector: () => Y.encodeStateVector(doc),
		difference: (vector) => Y.encodeStateAsUpdate(doc, vector),
		content: () => ({ text: text.toJSON(), map: map.toJSON() }),
	};
}

export function createYrsReplica(clientID: number): Replica {
	const doc = new yrs.YDoc({ clientID });
	const [text, map] = [doc.getText('t'), doc.getMap('m')];
	function edit(work: () => void): Uint8Array {
		const before = yrs.encodeStateVector(doc);
		work();
		return yrs.encodeStateAsUpdate(doc, before);
	}
	return {
		insert: (at, inserted) => edit(() => text.insert(at, inserted, undefined, undefined)),
		remove: (at, length) => edit(() => text.delete(at, length, undefined)),
		put: (key, value) => edit(() => map.set(key, value, undefined)),
		drop: (key) => edit(() => map.delete(key, undefined)),
		apply: (update) => yrs.applyUpdate(doc, update, 'relay'),
		stateVector: () => yrs.encodeStateVector(doc),
		difference: (vector) => yrs.encodeStateAsUpdate(doc, vector),
		content: () => ({ text: text.toString(undefined), map: map.toJson(undefined) as Record<string, unknown> }),
	};
}
