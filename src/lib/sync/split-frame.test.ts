import { messageSync, syncStep2, syncUpdate } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { isTooLarge, splitFrame } from './split-frame.ts';

function frameOf(step: number, update: Uint8Array): Uint8Array<ArrayBuffer> {
	return encoding.encode((encoder) => {
		for (const part of [messageSync, step]) encoding.writeVarUint(encoder, part);
		encoding.writeVarUint8Array(encoder, update);
	}) as Uint8Array<ArrayBuffer>;
}

test('what is cut becomes answers, whatever it was: they may hold others’ work', () => {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'x'.repeat(1024 * 1024));
	const pieces = [...splitFrame(frameOf(syncUpdate, Y.encodeStateAsUpdate(doc)))];
	const there = new Y.Doc();
	for (const { frame } of pieces) {
		expect([...frame.subarray(0, 2)]).toEqual([messageSync, syncStep2]);
		Y.applyUpdate(there, decoding.readVarUint8Array(decoding.createDecoder(frame.subarray(2))));
	}
	expect(there.getText('t').length).toBe(1024 * 1024);
	expect(pieces.length).toBeGreaterThan(3);
	expect(pieces.map(({ done }) => done === 1)).toEqual(pieces.map((_, at) => at === pieces.length - 1));
});

test('what fits goes out as it came', () => {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'kurz');
	const frame = frameOf(syncUpdate, Y.encodeStateAsUpdate(doc));
	expect([...splitFrame(frame)]).toEqual([{ frame, done: 1 }]);
});

test('what is one piece without its deleted values goes out as that piece', () => {
	const doc = new Y.Doc({ gc: false });
	doc.getMap('m').set('big', 'x'.repeat(5 * 1024 * 1024));
	doc.getMap('m').delete('big');
	const pieces = [...splitFrame(frameOf(syncUpdate, Y.encodeStateAsUpdate(doc)))];
	expect(pieces.map(({ frame, done }) => [frame.length < 100, done])).toEqual([[true, 1]]);
});

test('only a single value that is larger than a frame stays too large', () => {
	const letters = 5 * 1024 * 1024;
	const sizes = (write: (doc: Y.Doc) => void) => {
		const doc = new Y.Doc();
		write(doc);
		const pieces = [...splitFrame(frameOf(syncUpdate, Y.encodeStateAsUpdate(doc)))];
		return pieces.map(({ frame }) => isTooLarge(frame));
	};
	expect(sizes((doc) => doc.getText('t').insert(0, 'x'.repeat(letters)))).not.toContain(true);
	expect(
		sizes((doc) => doc.getArray('a').push(Array.from({ length: 50 }, () => 'x'.repeat(letters / 50)))),
	).not.toContain(true);
	expect(sizes((doc) => doc.getMap('m').set('big', 'x'.repeat(letters)))).toContain(true);
});
