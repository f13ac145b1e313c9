import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createRandom } from '../../tests/support/random.ts';
import { toBytes } from './document-bytes.ts';
import { loadState, toDocument } from './document-state.ts';

const nothing = Y.encodeStateVector(new Y.Doc());

/** A history of two who write in turns and delete. */
function history(seed: number, length: number): Uint8Array[] {
	const random = createRandom(seed);
	const docs = [new Y.Doc(), new Y.Doc()];
	const updates: Uint8Array[] = [];
	for (const doc of docs) {
		doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin === 'other') return;
			updates.push(update);
			for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, 'other');
		});
	}
	for (let at = 0; at < length; at++) {
		const text = random.pick(docs)?.getText('t');
		if (!text) continue;
		if (text.length > 3 && random.chance(0.3)) text.delete(random.nat(text.length - 2), 2);
		else text.insert(random.nat(text.length + 1), 'äb');
	}
	return updates;
}

const textOf = (update: Uint8Array) => {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	return doc.getText('t').toJSON();
};

/** The same, and somebody went on. */
function laterThan(doc: Y.Doc): Y.Doc {
	const later = new Y.Doc();
	Y.applyUpdate(later, Y.encodeStateAsUpdate(doc));
	later.getText('t').insert(0, 'weiter');
	return later;
}

test.each([1, 2, 3, 4, 5])('a log as bytes is the document that it builds, history %i', (seed) => {
	const updates = history(seed, 300);
	const half = toDocument({ snapshot: null, tail: updates.slice(0, 150), sequence: 150 });
	const stored = { snapshot: Y.encodeStateAsUpdate(half), tail: updates.slice(150), sequence: 300 };
	const bytes = toBytes(stored);
	const doc = toDocument(stored);
	expect(bytes?.vector).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)));
	expect(textOf(bytes?.whole ?? new Uint8Array())).toBe(doc.getText('t').toJSON());
	const state = loadState(stored);
	expect(state.stateVector()).toEqual(Y.encodeStateVector(doc));
	expect(textOf(state.difference(nothing) ?? new Uint8Array())).toBe(doc.getText('t').toJSON());
});

test.each([0, 1, 30, 150])('with what its snapshot holds noted, and %i updates after it, too', (rest) => {
	const updates = history(6, 150 + rest);
	const half = toDocument({ snapshot: null, tail: updates.slice(0, 150), sequence: 150 });
	const [snapshot, vector] = [Y.encodeStateAsUpdate(half), Y.encodeStateVector(half)];
	const stored = { snapshot, vector, tail: updates.slice(150), sequence: 150 + rest };
	expect(toBytes(stored)?.whole).toBe(snapshot);
	const doc = toDocument(stored);
	const state = loadState(stored);
	expect(state.stateVector()).toEqual(Y.encodeStateVector(doc));
	expect(textOf(state.difference(nothing) ?? new Uint8Array())).toBe(doc.getText('t').toJSON());
	doc.on('update', (update) => expect(state.accept(update, true).kind).toBe('new'));
	doc.getText('t').insert(3, 'weiter');
	doc.getText('t').delete(0, 2);
	const part = Y.encodeStateVector(half);
	Y.applyUpdate(half, state.difference(part) ?? new Uint8Array());
	expect(half.getText('t').toJSON()).toBe(doc.getText('t').toJSON());
});

test('typing upon it, thousands of times, is answered whole, to who has nothing and to who has a part', () => {
	const updates = history(9, 6000);
	const state = loadState({ snapshot: null, tail: updates.slice(0, 10), sequence: 10 });
	for (const update of updates.slice(10)) expect(state.accept(update, true).kind).toBe('new');
	const doc = toDocument({ snapshot: null, tail: updates, sequence: updates.length });
	expect(textOf(state.difference(nothing) ?? new Uint8Array())).toBe(doc.getText('t').toJSON());
	const part = toDocument({ snapshot: null, tail: updates.slice(0, 3000), sequence: 3000 });
	Y.applyUpdate(part, state.difference(Y.encodeStateVector(part)) ?? new Uint8Array());
	expect(part.getText('t').toJSON()).toBe(doc.getText('t').toJSON());
	expect(state.accept(Y.encodeStateAsUpdate(doc)).kind).toBe('known');
});

test('a log with a gap, or of what is no update, is not taken for one after the other', () => {
	const updates = history(3, 20);
	const whole = toDocument({ snapshot: null, tail: updates, sequence: 20 });
	const noted = { snapshot: Y.encodeStateAsUpdate(whole), vector: Y.encodeStateVector(whole) };
	const later = Y.encodeStateAsUpdate(laterThan(whole), noted.vector);
	expect(toBytes({ ...noted, tail: [later], sequence: 21 })).not.toBeNull();
	expect(toBytes({ ...noted, tail: [later, later], sequence: 22 })).toBeNull();
	expect(toBytes({ ...noted, tail: [Uint8Array.of(0xff)], sequence: 21 })).toBeNull();
	expect(toBytes({ snapshot: null, tail: updates.slice(5), sequence: 15 })).toBeNull();
	expect(toBytes({ snapshot: null, tail: [Uint8Array.of(0xff)], sequence: 1 })).toBeNull();
	expect(() => loadState({ snapshot: null, tail: updates.slice(5), sequence: 15 })).toThrow('the log has a gap');
});
