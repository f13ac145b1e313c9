import * as Y from 'yjs';

/**
 * Updates as one in which nothing is left of what was deleted. An open document is no substitute: it holds what its page
 * can still undo.
 */
export function withoutDeleted(updates: readonly Uint8Array[]): Uint8Array {
	const doc = new Y.Doc();
	doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
	const state = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return state;
}
