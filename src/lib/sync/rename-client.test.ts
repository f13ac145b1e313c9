import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { renameClient } from './rename-client.ts';

function docOf(client: number, ...updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	doc.clientID = client;
	return doc;
}

function contentOf(doc: Y.Doc): unknown {
	expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
	return [doc.getText('t').toDelta(), doc.getMap('m').toJSON(), doc.getXmlFragment('x').toString()];
}

/** Text, marks, nested types, deletions, and another's words between. */
function written(): { doc: Y.Doc; known: number } {
	const doc = docOf(7);
	doc.getText('t').insert(0, 'Hallo Welt');
	doc.getMap('m').set('inner', new Y.Map([['a', 1]]));
	doc.getText('t').delete(2, 3);
	const known = Y.getState(doc.store, 7);
	doc.clientID = 8;
	doc.getText('t').insert(3, 'öffentliche ');
	doc.clientID = 7;
	doc.getText('t').insert(4, 'mehr');
	doc.getText('t').format(0, 5, { bold: true });
	(doc.getMap('m').get('inner') as Y.Map<unknown>).set('b', [1, { c: 2 }]);
	doc.getXmlFragment('x').insert(0, [new Y.XmlElement('p')]);
	doc.getText('t').delete(1, 6);
	return { doc, known };
}

test('all of an id becomes another’s, and reads as before', () => {
	const { doc } = written();
	const renamed = docOf(1, ...renameClient(Y.encodeStateAsUpdate(doc), { from: 7, since: 0, to: 9 }));
	expect(contentOf(renamed)).toEqual(contentOf(doc));
	expect([...renamed.store.clients.keys()].sort()).toEqual([8, 9]);
});

test('from a clock on only what comes after it, with what refers to it', () => {
	const { doc, known } = written();
	const begin = docOf(7);
	begin.getText('t').insert(0, 'Hallo Welt');
	begin.getMap('m').set('inner', new Y.Map([['a', 1]]));
	const later = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(new Map([[7, known]])));
	const renamed = docOf(1, Y.encodeStateAsUpdate(begin), ...renameClient(later, { from: 7, since: known, to: 9 }));
	expect(contentOf(renamed)).toEqual(contentOf(doc));
	expect(Y.getState(renamed.store, 7)).toBe(known);
	expect(Y.getState(renamed.store, 9)).toBe(Y.getState(doc.store, 7) - known);
});

test('what another tab renamed the same way stands there once', () => {
	const doc = docOf(7);
	const renaming = { from: 7, since: 0, to: 9 };
	doc.getText('t').insert(0, 'einmal');
	const before = Y.encodeStateAsUpdate(doc);
	doc.getText('t').insert(6, ' und weiter');
	const updates = [before, Y.encodeStateAsUpdate(doc)].flatMap((update) => renameClient(update, renaming));
	expect(contentOf(docOf(1, ...updates))).toEqual(contentOf(doc));
});
