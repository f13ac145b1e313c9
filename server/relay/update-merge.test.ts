import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { mergeUpdates, putRunsTogether, toMergeable } from './update-merge.ts';

/** What a document emits while it is written in. */
function emitting(client: number, from?: Uint8Array): { doc: Y.Doc; updates: Uint8Array[] } {
	const doc = new Y.Doc();
	doc.clientID = client;
	if (from) Y.applyUpdate(doc, from);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	return { doc, updates };
}

const merge = (updates: Uint8Array[]) => mergeUpdates(updates.map(toMergeable));

function contentOf(updates: Uint8Array[]): unknown {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
	return [doc.getText('t').toDelta(), doc.getMap('m').toJSON(), Y.encodeStateVector(doc)];
}

test('typing, formatting, deleting and keys of one client become one update', () => {
	const { doc, updates } = emitting(7);
	for (const letter of 'Öl und 🎉') doc.getText('t').insert(doc.getText('t').length, letter);
	doc.getText('t').delete(1, 3);
	doc.getText('t').format(0, 2, { bold: true });
	doc.getMap('m').set('list', ['a', { b: 1.5 }, null, undefined, new Uint8Array(3), -7, true]);
	doc.getMap('m').set('inner', new Y.XmlElement('p'));
	const merged = merge(updates);
	expect(merged).toHaveLength(1);
	expect(contentOf(merged)).toEqual(contentOf(updates));
});

test('two clients that build on each other become one update, which Yjs itself can merge on', () => {
	const ada = emitting(1);
	ada.doc.getText('t').insert(0, 'ab');
	const ben = emitting(2, ada.updates[0]);
	ben.doc.getText('t').insert(1, 'x');
	Y.applyUpdate(ada.doc, ben.updates[0] as Uint8Array);
	const said = ada.updates.length;
	ada.doc.getText('t').insert(2, 'y');
	ben.doc.getText('t').delete(0, 1);
	const all = [...ada.updates.slice(0, 1), ...ben.updates, ...ada.updates.slice(said)];
	const merged = merge(all);
	expect(merged).toHaveLength(1);
	expect(contentOf(merged)).toEqual(contentOf(all));
	expect(contentOf([Y.mergeUpdates(merged)])).toEqual(contentOf(all));
});

test('in the order in which they came, one after the other of one client become one, with what is deleted meanwhile', () => {
	const [ada, ben] = [emitting(1), emitting(2)];
	for (let count = 0; count < 3; count++) ada.doc.getText('t').insert(count, 'a');
	ada.doc.getText('t').delete(0, 1);
	for (let count = 0; count < 2; count++) ben.doc.getText('t').insert(count, 'b');
	const all = [...ada.updates.slice(0, 2), ...ben.updates, ...ada.updates.slice(2)];
	const together = putRunsTogether(all);
	const clients = together.map((update) => Y.decodeUpdate(update).structs.map(({ id }) => id.client));
	expect(clients).toEqual([[1, 1], [2, 2], [1]]);
	expect(contentOf(together)).toEqual(contentOf(all));
});

test('what does not go on where its client ended stays an update of its own, in its place', () => {
	const { doc, updates } = emitting(7);
	for (let count = 0; count < 4; count++) doc.getText('t').insert(count, String(count));
	const [first, second, , fourth] = updates as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

	expect(merge([first, second, fourth]).at(-1)).toEqual(fourth);
	expect(merge([first, fourth, second])).toEqual([first, fourth, second]);
});

test('what is no update passes through as it is', () => {
	const { doc, updates } = emitting(7);
	doc.getText('t').insert(0, 'a');
	const [first] = updates as [Uint8Array];
	const foreign = Uint8Array.of(1, 2, 3);
	expect(merge([first, foreign])).toEqual([first, foreign]);
	expect(merge([])).toEqual([]);
});

test('what several delete of one client comes in order and once, so that who lacks the content yet keeps it right', () => {
	const { doc, updates } = emitting(7);
	doc.getText('t').insert(0, 'abcdefghij'.repeat(40));
	const [written] = updates as [Uint8Array];
	const [ada, ben] = [emitting(1, written), emitting(2, written)];
	for (const at of [300, 200, 3]) ada.doc.getText('t').delete(at, 2);
	for (const at of [250, 200, 3, 0]) ben.doc.getText('t').delete(at, 3);
	const deleting = [...ada.updates, ...ben.updates];
	const merged = merge(deleting);
	expect(merged).toHaveLength(1);
	const ranges = Y.decodeUpdate(merged[0] as Uint8Array).ds.clients.get(7) ?? [];
	expect(ranges.every(({ clock }, at) => at === 0 || clock > endOf(ranges[at - 1]))).toBe(true);
	const late = new Y.Doc();
	for (const update of [...merged, written]) Y.applyUpdate(late, update);
	expect(late.store.pendingDs).toBeNull();
	expect(late.getText('t').toJSON()).toBe(contentTextOf([written, ...deleting]));
});

function endOf(range: { clock: number; len: number } | undefined): number {
	return range ? range.clock + range.len : -1;
}

function contentTextOf(updates: Uint8Array[]): string {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc.getText('t').toJSON();
}
