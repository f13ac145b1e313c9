import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createRandom, type Random } from '../../tests/support/random.ts';
import { differenceFrom } from './document-difference.ts';
import { type Scan, scanUpdate } from './update-scan.ts';

/** Three who write one text and one map, and hear of each other now and then: with runs, pieces, deletions and garbage. */
function written(random: Random): Y.Doc {
	const docs = [3, 300, 70_000].map((client) => Object.assign(new Y.Doc(), { clientID: client }));
	for (let step = 0; step < 120; step++) {
		const doc = random.pick(docs) as Y.Doc;
		const text = doc.getText('t');
		const at = random.nat(text.length + 1);
		const kind = random.nat(10);
		if (kind < 2) text.delete(at, Math.min(random.nat(9), text.length - at));
		else if (kind === 2) doc.getMap('m').set('k', [step, 'zwei', null]);
		else if (kind === 3) doc.getArray('a').push([step, { tief: [1] }, 'drei']);
		else if (kind === 4) text.format(0, at, { bold: true });
		else text.insert(at, 'Ölig🎉abc'.slice(random.nat(3)));
		if (random.chance(0.2)) Y.applyUpdate(random.pick(docs) as Y.Doc, Y.encodeStateAsUpdate(doc));
	}
	const [first] = docs as [Y.Doc];
	for (const doc of docs) Y.applyUpdate(first, Y.encodeStateAsUpdate(doc));
	return first;
}

const scanned = (update: Uint8Array) => scanUpdate(update) as Scan;
const difference = (...told: Parameters<typeof differenceFrom>) => differenceFrom(...told) as Uint8Array;

test('it is what Yjs tells, wherever somebody’s knowledge ends, amid a run too', () => {
	for (let seed = 1; seed <= 10; seed++) {
		const random = createRandom(seed);
		const whole = Y.encodeStateAsUpdate(written(random));
		for (let times = 0; times < 8; times++) {
			const known = new Map(
				[...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(whole))].filter(() => random.chance(0.8)),
			);
			for (const [client, clock] of known) known.set(client, random.nat(clock + 3));
			const ours = Y.decodeUpdate(difference([scanned(whole)], known));
			expect(ours).toEqual(Y.decodeUpdate(Y.diffUpdate(whole, Y.encodeStateVector(known))));
		}
	}
});

test('of what came after each other it is one update, which brings whoever asked all of it', () => {
	const doc = Object.assign(new Y.Doc(), { clientID: 7 });
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (const word of ['eins ', 'zwei ', 'drei ']) doc.getText('t').insert(doc.getText('t').length, word);
	doc.getText('t').delete(2, 6);
	for (let known = 0; known <= 15; known++) {
		const other = new Y.Doc({ gc: false });
		if (known > 0) Y.applyUpdate(other, upTo(updates, known));
		Y.applyUpdate(other, difference(updates.map(scanned), new Map([[7, known]])));
		expect(other.store.pendingStructs ?? other.store.pendingDs).toBeNull();
		expect(other.getText('t').toJSON()).toBe(doc.getText('t').toJSON());
	}
});

/** What one had who had so many letters. */
function upTo(updates: readonly Uint8Array[], letters: number): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = 7;
	const text = updates.slice(0, 3).reduce((so, update) => so + textOf(update), '');
	doc.getText('t').insert(0, text.slice(0, letters));
	return Y.encodeStateAsUpdate(doc);
}

function textOf(update: Uint8Array): string {
	const [struct] = Y.decodeUpdate(update).structs;
	return struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '';
}
