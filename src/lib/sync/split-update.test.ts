import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createRandom } from '../../../tests/support/random.ts';
import { splitUpdate } from './split-update.ts';

const most = { bytes: 4096, parts: 100 };

/** Applies pieces one by one, as a relay does that keeps nothing which waits. */
function put(pieces: Iterable<Uint8Array>, start: Uint8Array[] = []): Y.Doc {
	const doc = new Y.Doc();
	for (const update of start) Y.applyUpdate(doc, update);
	for (const piece of pieces) {
		Y.applyUpdate(doc, piece);
		expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
	}
	return doc;
}

function contentOf(doc: Y.Doc): unknown {
	return [doc.getText('t').toDelta(), doc.getMap('m').toJSON(), doc.getArray('a').toJSON()];
}

const vectorOf = (doc: Y.Doc) => Y.decodeStateVector(Y.encodeStateVector(doc));

/** Several write, in each other's text too, and hear of each other now and then. */
function histories(seed: number): Y.Doc {
	const random = createRandom(seed);
	const docs = Array.from({ length: 5 }, (_, at) => {
		const doc = new Y.Doc({ gc: at % 2 === 0 });
		doc.clientID = 1 + random.nat(1000) * 5 + at;
		return doc;
	});
	for (let step = 0; step < 600; step++) {
		const doc = docs[random.nat(docs.length)] as Y.Doc;
		const text = doc.getText('t');
		const place = random.nat(text.length + 1);
		const kind = random.nat(10);
		if (kind < 5) text.insert(place, 'ein Wort'.slice(random.nat(4)));
		else if (kind < 7)
			text.delete(Math.min(place, text.length), Math.min(3, text.length - Math.min(place, text.length)));
		else if (kind < 8) doc.getMap('m').set(`k${random.nat(9)}`, new Y.Map([['x', step]]));
		else if (kind < 9) doc.getArray('a').insert(0, [step, 'zwei', null]);
		else Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[random.nat(docs.length)] as Y.Doc, Y.encodeStateVector(doc)));
	}
	const [all] = docs as [Y.Doc];
	for (const doc of docs) Y.applyUpdate(all, Y.encodeStateAsUpdate(doc));
	return all;
}

test('pieces of histories of several people can be taken one after the other, and come to the same', () => {
	for (let seed = 0; seed < 60; seed++) {
		const doc = histories(seed);
		const whole = Y.encodeStateAsUpdate(doc);
		const pieces = [...splitUpdate(whole, { bytes: 200, parts: 1 + (seed % 20) })];
		expect(pieces.length).toBeGreaterThan(5);
		const taken = put(pieces);
		expect(contentOf(taken)).toEqual(contentOf(doc));
		expect(vectorOf(taken)).toEqual(vectorOf(doc));
	}
});

test('a difference builds on what the receiver has', () => {
	const doc = histories(1);
	const known = Y.encodeStateAsUpdate(doc);
	const vector = Y.encodeStateVector(doc);
	for (let at = 0; at < 300; at++) doc.getText('t').insert(at * 2, 'neu');
	doc.getText('t').delete(5, 200);
	const pieces = [...splitUpdate(Y.encodeStateAsUpdate(doc, vector), most)];
	expect(pieces.length).toBeGreaterThan(2);
	expect(contentOf(put(pieces, [known]))).toEqual(contentOf(doc));
});

test('no piece is much larger than it may be, however long a text or a list is', () => {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, '🙂ü'.repeat(20_000));
	doc.getArray('a').push(Array.from({ length: 5000 }, (_, at) => `Eintrag ${at}`));
	const pieces = [...splitUpdate(Y.encodeStateAsUpdate(doc), most)];
	expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(2 * most.bytes + 100);
	expect(contentOf(put(pieces))).toEqual(contentOf(doc));
});

test('no piece has more parts than it may: structs and deleted ranges are counted together', () => {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'x'.repeat(2000));
	for (let at = 0; at < 500; at++) doc.getText('t').delete(at, 1);
	for (const piece of splitUpdate(Y.encodeStateAsUpdate(doc), most)) {
		const { structs, ds } = Y.decodeUpdate(piece);
		const ranges = [...ds.clients.values()].reduce((sum, { length }) => sum + length, 0);
		expect(structs.length + ranges).toBeLessThanOrEqual(most.parts);
	}
});

test('what is small stays as it is, and so does what waits for something', () => {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'kurz');
	const small = Y.encodeStateAsUpdate(doc);
	expect([...splitUpdate(small, most)]).toEqual([small]);
	const [first, , third] = ['a', 'b'.repeat(9000), 'c'].map((text) => {
		const vector = Y.encodeStateVector(doc);
		doc.getText('t').insert(0, text);
		return Y.encodeStateAsUpdate(doc, vector);
	}) as [Uint8Array, Uint8Array, Uint8Array];
	const gap = Y.mergeUpdates([first, third]);
	expect([...splitUpdate(gap, { bytes: 1, parts: 1 })]).toEqual([gap]);
});

test('of deleted values that a page keeps for undoing goes only that they were there', () => {
	const doc = new Y.Doc({ gc: false });
	doc.getMap('m').set('big', 'x'.repeat(50_000));
	doc.getMap('m').delete('big');
	doc.getText('t').insert(0, 'bleibt');
	doc.getText('t').insertEmbed(3, { image: 'x'.repeat(50_000) });
	doc.getText('t').delete(3, 1);
	doc.getArray('a').insert(0, [new Y.Map([['inner', 1]])]);
	doc.getArray('a').delete(0, 1);
	const pieces = [...splitUpdate(Y.encodeStateAsUpdate(doc), most)];
	expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(1000);
	const taken = put(pieces);
	expect(contentOf(taken)).toEqual(contentOf(doc));
	expect(vectorOf(taken)).toEqual(vectorOf(doc));
});
