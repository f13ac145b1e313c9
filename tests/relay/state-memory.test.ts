/** What a state holds in memory, in a process of its own: other tests would leave theirs in it. */
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { loadState } from '../../server/relay/document-state.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is there once all garbage is collected. Bytes. */
function heap(): number {
	collect();
	return process.memoryUsage().heapUsed;
}

function updateOf(client: number, write: (doc: Y.Doc) => void): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = client;
	doc.transact(() => write(doc));
	return Y.encodeStateAsUpdate(doc);
}

const empty = Y.encodeStateVector(new Y.Doc());

test('a document that nothing needs is given up: its memory returns, and it is as before', () => {
	const state = loadState({ snapshot: null, tail: [], sequence: 0 });
	const lines = Array.from({ length: 60_000 }, (_, at) => `Zeile ${at}`);
	const update = updateOf(1, (doc) => {
		doc.getArray('a').push(lines);
		// What has a type in it is looked at closely, for which the document is made.
		doc.getMap('m').set('type', new Y.Array());
	});
	state.accept(update);
	const before = [state.difference(empty), state.stateVector()];
	const held = heap();
	state.rest();
	expect(heap()).toBeGreaterThan(held - 1024 * 1024);
	state.rest();
	expect(heap()).toBeLessThan(held - 2 * 1024 * 1024);
	expect([state.difference(empty), state.stateVector()]).toEqual(before);
	expect(
		state.accept(
			updateOf(2, (doc) => doc.getText('t').insert(0, 'weiter')),
			true,
		).kind,
	).toBe('new');
	expect(state.accept(updateOf(1, (doc) => doc.getArray('a').push(['anders'])))).toMatchObject({ kind: 'foreign' });
});

/** What somebody types, letter by letter. */
function typed(letters: number): { updates: Uint8Array[]; text: string } {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (let at = 0; at < letters; at++) doc.getText('t').insert(at, 'abcdefghij'[at % 10] as string);
	return { updates, text: doc.getText('t').toJSON() };
}

/** With what lies beside the heap, which is given back a while after it is collected. Bytes. */
async function used(): Promise<number> {
	for (let least = Infinity; ; await setTimeout(50)) {
		const now = heap() + process.memoryUsage().arrayBuffers;
		if (now > least - 100_000) return Math.min(now, least);
		least = now;
	}
}

test('what is typed in many rooms takes little more than its letters, and is all there', async () => {
	const { updates, text } = typed(1000);
	const before = await used();
	const states = Array.from({ length: 200 }, () => {
		const state = loadState({ snapshot: null, tail: [], sequence: 0 });
		for (const update of updates) expect(state.accept(update, true).kind).toBe('new');
		return state;
	});
	const each = ((await used()) - before) / states.length;
	expect(each).toBeLessThan(20 * 1024);
	const doc = new Y.Doc();
	Y.applyUpdate(doc, states[7]?.difference(empty) as Uint8Array);
	expect(doc.getText('t').toJSON()).toBe(text);
});

test('who has a part of a long document is told the rest without building it', () => {
	const doc = new Y.Doc();
	doc.clientID = 1;
	const part = new Y.Doc();
	for (let at = 0; at < 30_000; at++) {
		doc.getText('t').insert(at % 2 ? 0 : at, String(at % 10));
		if (at === 20_000) Y.applyUpdate(part, Y.encodeStateAsUpdate(doc));
	}
	const whole = Y.encodeStateAsUpdate(doc);
	const later = updateOf(2, (doc) => doc.getText('u').insert(0, 'neu'));
	const state = loadState({ snapshot: whole, tail: [later], sequence: 2 });
	const before = heap();
	const rest = state.difference(Y.encodeStateVector(part)) as Uint8Array;
	expect(heap() - before).toBeLessThan(1024 * 1024);
	expect(rest.length).toBeLessThan(whole.length / 2);
	Y.applyUpdate(part, rest);
	expect([part.getText('t').toJSON(), part.getText('u').toJSON()]).toEqual([doc.getText('t').toJSON(), 'neu']);
});
