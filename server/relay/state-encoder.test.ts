import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { StateEncoder } from './state-encoder.ts';

function written(text: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}

test('a snapshot and its tail become one state; several are answered each with its own', async () => {
	const encoder = new StateEncoder();
	const [first, second] = await Promise.all([
		encoder.encode({ snapshot: written('a'), tail: [written('b')], sequence: 2 }),
		encoder.encode({ snapshot: null, tail: [written('c')], sequence: 1 }),
	]);
	const texts = [first, second].map(({ state }) => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, state);
		return [...doc.getText('t').toJSON()].sort().join('');
	});
	expect(texts).toEqual(['ab', 'c']);
});

test('a log that does not apply fails, and the next one does not', async () => {
	const encoder = new StateEncoder();
	const broken = encoder.encode({ snapshot: null, tail: [Uint8Array.of(1, 2, 3)], sequence: 1 });
	const good = encoder.encode({ snapshot: null, tail: [written('a')], sequence: 1 });
	await expect(broken).rejects.toThrow();
	expect((await good).state.length).toBeGreaterThan(0);
});

test('one that does not come to an end fails in time, and does not hold up those that come after it', async () => {
	const encoder = new StateEncoder(1);
	const all = ['a', 'b'].map((text) => encoder.encode({ snapshot: null, tail: [written(text)], sequence: 1 }));
	const ends = await Promise.allSettled(all);
	expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	await expect(all[0]).rejects.toThrow('it takes longer than 1 ms');
});
