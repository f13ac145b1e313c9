/** Who asks again and again for what is missing of a long document: little is made each time, and all of it is told. */
import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { type DocumentState, loadState } from './document-state.ts';

afterEach(() => void vi.unstubAllGlobals());

/** Counts the bytes of all arrays that are made, and does not outlive the test. */
function countBytes(): { made: number } {
	const count = { made: 0 };
	const counting: typeof Uint8Array = new Proxy(Uint8Array, {
		construct(target, words, called) {
			if (typeof words[0] === 'number') count.made += words[0];
			return Reflect.construct(target, words, called === counting ? target : called) as Uint8Array;
		},
	});
	vi.stubGlobal('Uint8Array', counting);
	return count;
}

/** Long, and built: what it is made of is not typing. And what devices have that were there at some times. */
function setting(): { doc: Y.Doc; state: DocumentState; devices: Y.Doc[] } {
	const doc = new Y.Doc();
	doc.clientID = 1;
	const devices = Array.from({ length: 40 }, (_, at) => {
		doc.getMap('m').set(`${at}`, new Y.XmlText(`${at} `.repeat(1500)));
		if (at % 3 === 0) doc.getMap('m').delete(`${at / 3}`);
		const device = new Y.Doc();
		Y.applyUpdate(device, Y.encodeStateAsUpdate(doc));
		return device;
	});
	const state = loadState({ snapshot: null, tail: [], sequence: 0 });
	expect(state.accept(Y.encodeStateAsUpdate(doc)).kind).toBe('new');
	return { doc, state, devices };
}

/** What is missing of it is told, together with what came since. */
function catchUp(device: Y.Doc, state: DocumentState): void {
	const answer = state.answer(Y.encodeStateVector(device));
	for (const update of answer ? [answer.base, ...answer.since] : []) Y.applyUpdate(device, update);
}

test('what is made for it is about what it is told, and not what encoding it takes each time', () => {
	const { doc, state, devices } = setting();
	const vectors = devices.map((device) => Y.encodeStateVector(device));
	for (const vector of vectors.slice(0, 2)) state.difference(vector);
	const count = countBytes();
	for (const vector of vectors.slice(2, 22)) state.difference(vector);
	const { made } = count;
	vi.unstubAllGlobals();
	expect(made).toBeLessThan(1.5 * 20 * Y.encodeStateAsUpdate(doc).length);
});

test('all is told, also what is typed and what else is written meanwhile, and what was deleted', () => {
	const { doc, state, devices } = setting();
	let told = 0;
	doc.on('update', (update: Uint8Array) => {
		expect(state.accept(update, told % 2 === 0).kind).toBe('new');
		told += 1;
	});
	for (const [at, device] of devices.entries()) {
		if (at % 3 === 0) (doc.getMap('m').get('39') as Y.XmlText).insert(at, 'und');
		if (at % 3 === 1) doc.getMap('m').set(`more ${at}`, new Y.XmlText('mehr'));
		if (at % 9 === 2) state.rest();
		if (at === 20) doc.getText('t').insert(0, 'lang '.repeat(40_000));
		catchUp(device, state);
		expect(Y.encodeStateAsUpdate(device)).toEqual(Y.encodeStateAsUpdate(doc));
	}
	expect(told).toBe(28);
});
