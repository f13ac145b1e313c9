import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isCrowded } from './update-crowding.ts';
import { decodeStructure, type UpdateStructure } from './update-structure.ts';

function docOf(client: number, write: (doc: Y.Doc) => void, ...before: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc({ gc: false });
	for (const update of before) Y.applyUpdate(doc, update);
	doc.clientID = client;
	doc.transact(() => write(doc));
	return doc;
}
const updateOf = (doc: Y.Doc, since?: Y.Doc) => Y.encodeStateAsUpdate(doc, since && Y.encodeStateVector(since));
const structureOf = (update: Uint8Array) => decodeStructure(update) as UpdateStructure;
const times = (count: number, work: (at: number) => void) => Array.from({ length: count }, (_, at) => work(at));

const prepends = (count: number) => (doc: Y.Doc) => void times(count, () => doc.getText('t').insert(0, 'x'));
/** At once: each makes an item of its own all the same, and Yjs does not walk the whole list for each. */
const appends = (count: number) => (doc: Y.Doc) =>
	doc.getArray('a').push(Array.from({ length: count }, (_, at) => (at % 2 ? `${at}` : Uint8Array.of(at))));
const sets = (count: number) => (doc: Y.Doc) => void times(count, (at) => doc.getMap('m').set('key', at));

describe('thousands where thousands are', () => {
	const begin = (doc: Y.Doc) => {
		doc.getText('t').insert(0, 'ab');
		doc.getXmlFragment('b').push([new Y.XmlText('Satz')]);
	};
	test.each<[where: string, write: (doc: Y.Doc) => void]>([
		['at the beginning of a text', prepends(2000)],
		['inside a word', (doc) => times(2000, () => doc.getText('t').insert(1, 'x'))],
		['in a paragraph', (doc) => times(2000, () => (doc.getXmlFragment('b').get(0) as Y.XmlText).insert(0, 'x'))],
	])('%s', (_where, write) => {
		const common = docOf(9, begin);
		const here = docOf(5, write, updateOf(common));
		const there = docOf(7, write, updateOf(common));
		expect(isCrowded(structureOf(updateOf(there, common)), here)).toBe(true);
		expect(isCrowded(structureOf(updateOf(there, common)), common)).toBe(false);
	});

	test('of as many clients, each of which waits for the next', () => {
		const chain = new Y.Doc();
		for (let client = 1; client <= 1500; client++) {
			chain.clientID = client;
			chain.getText('w').insert(chain.getText('w').length, 'x');
		}
		const waiting = updateOf(chain);
		// Each has its own of the chain, which says as much of its clock as the whole.
		const link = (client: number) => updateOf(docOf(client, (doc) => doc.getText('w').insert(0, 'x')));
		const ofEach = Array.from({ length: 1500 }, (_, at) => updateOf(docOf(1 + at, prepends(1), link(1 + at)), chain));
		expect(isCrowded(structureOf(Y.mergeUpdates([waiting, ...ofEach])), new Y.Doc())).toBe(true);
	});

	test('of two clients in one update', () => {
		const both = docOf(7, prepends(2000));
		Y.applyUpdate(both, updateOf(docOf(5, prepends(2000))));
		expect(isCrowded(structureOf(updateOf(both)), new Y.Doc())).toBe(true);
	});

	test('each behind the same word, and each before another one', () => {
		const known = docOf(1, (doc) => doc.getText('t').insert(0, 'a'.repeat(3000)));
		const scattered = docOf(7, (doc) => times(2000, (at) => doc.getText('t').insert(1, `${at} `)), updateOf(known));
		const crowd = docOf(5, (doc) => times(2000, (at) => doc.getText('t').insert(1, `${at} `)), updateOf(known));
		expect(isCrowded(structureOf(updateOf(scattered, known)), crowd)).toBe(true);
	});
});

describe('what people do is no crowd', () => {
	test('writing at the beginning of a long document again and again', () => {
		const long = docOf(1, prepends(50_000));
		const more = docOf(7, prepends(500), updateOf(long));
		expect(isCrowded(structureOf(updateOf(more, long)), long)).toBe(false);
	});

	test('two who went on at the end of one list, offline, for days', () => {
		const list = docOf(1, appends(1000));
		const here = docOf(5, appends(10_000), updateOf(list));
		for (const client of [3, 7]) {
			const away = docOf(client, appends(10_000), updateOf(list));
			expect(isCrowded(structureOf(updateOf(away, list)), here)).toBe(false);
			expect(isCrowded(structureOf(updateOf(away)), new Y.Doc())).toBe(false);
		}
	});

	test('one item of each of thousands', () => {
		const ofEach = Array.from({ length: 3000 }, (_, at) => updateOf(docOf(1 + at, appends(1))));
		expect(isCrowded(structureOf(Y.mergeUpdates(ofEach)), new Y.Doc())).toBe(false);
	});

	test('a whole document that is known already', () => {
		const known = docOf(1, prepends(3000));
		Y.applyUpdate(known, updateOf(docOf(2, prepends(3000))));
		expect(isCrowded(structureOf(updateOf(known)), known)).toBe(false);
	});

	test('one key that was set often', () => {
		const known = docOf(1, sets(5000));
		const more = docOf(7, sets(5000), updateOf(known));
		expect(isCrowded(structureOf(updateOf(more, known)), known)).toBe(false);
	});
});
