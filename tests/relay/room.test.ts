import { closeCodes } from '#lib/protocol/close-codes.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStep1 } from '../../server/relay/frames.ts';
import { agenda, createSetting, type Setting } from './room-setting.ts';
import { textOf, typing } from './scripted-peer.ts';

let setting: Setting;
beforeEach(() => {
	setting = createSetting();
});

test('nothing leaves the room before it is written: no update, no acknowledgement, no answer', async () => {
	const [ada, ben] = [await setting.join('ada'), await setting.join('ben')];
	const release = setting.store.hold();
	ada.sayUpdate(typing(new Y.Doc(), 'neu'));
	ben.askAll();
	for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
	expect([ben.received('update'), ben.received('step2'), ada.acknowledged]).toEqual([[], [], 0]);
	release();
	await setting.rooms.drained();
	expect(textOf(...ben.received('update'))).toBe('neu');
	expect(textOf(...ben.received('step2'))).toBe('neu');
	expect(ada.acknowledged).toBe(1);
	expect(await setting.loggedText()).toBe('neu');
});

test('what is written is seen, and acknowledged only when it is on disk', async () => {
	const [ada, ben] = [await setting.join('ada'), await setting.join('ben')];
	const release = setting.store.holdSync();
	ada.sayUpdate(typing(new Y.Doc(), 'neu'));
	ben.askAll();
	for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
	expect(textOf(...ben.received('update'))).toBe('neu');
	expect(textOf(...ben.received('step2'))).toBe('neu');
	expect(ada.acknowledged).toBe(0);
	release();
	await setting.rooms.drained();
	expect(ada.acknowledged).toBe(1);
});

test('the next turn is written and seen while the one before is on its way to the disk', async () => {
	const [ada, ben] = [await setting.join('ada'), await setting.join('ben')];
	const release = setting.store.holdSync();
	const doc = new Y.Doc();
	for (const word of ['eins ', 'zwei ', 'drei']) {
		ada.sayUpdate(typing(doc, word));
		await expect.poll(() => textOf(...ben.received('update'))).toContain(word);
	}
	expect(textOf(...ben.received('update'))).toBe('eins zwei drei');
	expect([setting.store.batches.length, ada.acknowledged]).toEqual([3, 0]);
	release();
	await setting.rooms.drained();
	expect(ada.acknowledged).toBe(3);
});

test('an acknowledgement does not overtake what it counts: nothing new after something that is not on disk', async () => {
	const ada = await setting.join('ada');
	const release = setting.store.holdSync();
	const update = typing(new Y.Doc(), 'einmal');
	ada.sayUpdate(update);
	for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
	ada.sayUpdate(update);
	for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
	expect(ada.acknowledged).toBe(0);
	release();
	await setting.rooms.drained();
	expect(ada.acknowledged).toBe(2);
});

test('an update never goes back to the one who sent it', async () => {
	const [ada, ben] = [await setting.join('ada'), await setting.join('ben')];
	ada.sayUpdate(typing(new Y.Doc(), 'x'));
	await setting.rooms.drained();
	expect([ada.received('update').length, ben.received('update').length]).toEqual([0, 1]);
});

test('what a room accepts in one turn is one frame for each listener, and for each writer what the others said', async () => {
	const [ada, ben, cleo] = [await setting.join('ada'), await setting.join('ben'), await setting.join('cleo', 'read')];
	const [first, second] = [new Y.Doc(), new Y.Doc()];
	for (const letter of 'hallo') ada.sayUpdate(typing(first, letter));
	for (const letter of 'du') ben.sayUpdate(typing(second, letter));
	ada.sayUpdate(typing(first, '!'));
	await setting.rooms.drained();
	expect([ada, ben, cleo].map((peer) => peer.received('update').length)).toEqual([1, 1, 1]);
	expect([ada, ben].map((peer) => textOf(...peer.received('update')))).toEqual(['du', 'hallo!']);
	expect(textOf(...cleo.received('update'))).toBe(await setting.loggedText());
});

test('what all rooms gather in one turn is one commit', async () => {
	const ada = await setting.join('ada');
	const ben = await setting.join('ben', 'write', 'roster:r1');
	const doc = new Y.Doc();
	ada.sayUpdate(typing(doc, 'a'));
	ada.sayUpdate(typing(doc, 'b'));
	ben.sayUpdate(typing(new Y.Doc(), 'c'));
	await setting.rooms.drained();
	expect(setting.store.batches.map((batch) => batch.map(({ name, updates }) => [name, updates.length]))).toEqual([
		[
			// Typed one after the other, and so one update.
			[agenda, 1],
			['roster:r1', 1],
		],
	]);
	expect(ada.acknowledged).toBe(2);
	expect((await setting.logged()).getText('t').toJSON()).toBe('ab');
});

test('what brings nothing new is not logged, and counts for the acknowledgement', async () => {
	const ada = await setting.join('ada');
	const update = typing(new Y.Doc(), 'einmal');
	ada.sayUpdate(update);
	ada.sayUpdate(update);
	ada.sayStep2(Y.encodeStateAsUpdate(new Y.Doc()));
	await setting.rooms.drained();
	expect(ada.acknowledged).toBe(3);
	expect(setting.store.batches.flat().flatMap(({ updates }) => updates)).toHaveLength(1);
});

test('an answer that repeats what was deleted is not logged again, however often somebody comes back', async () => {
	const doc = new Y.Doc();
	typing(doc, 'abc');
	doc.getText('t').delete(1, 1);
	for (let times = 0; times < 3; times++) {
		const ada = await setting.join('ada');
		// Whoever has the same content still says all that is deleted.
		ada.sayStep2(Y.encodeStateAsUpdate(doc, times === 0 ? undefined : Y.encodeStateVector(doc)));
		await setting.rooms.drained();
		expect(ada.acknowledged).toBe(1);
		ada.leave();
	}
	expect(setting.store.batches.flat().flatMap(({ updates }) => updates)).toHaveLength(1);
});

test('what is known only because it is being written is not acknowledged before it is written', async () => {
	const [ada, ben] = [await setting.join('ada'), await setting.join('ben')];
	const release = setting.store.hold();
	const update = typing(new Y.Doc(), 'x');
	ada.sayUpdate(update);
	await new Promise(setImmediate);
	await new Promise(setImmediate);
	ben.sayUpdate(update);
	for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
	expect(ben.acknowledged).toBe(0);
	release();
	await setting.rooms.drained();
	expect(ben.acknowledged).toBe(1);
});

test('a flood of questions costs one answer: each is as large as the document, and a reader may ask too', async () => {
	const [ada, ben] = [await setting.join('ada'), await setting.join('ben', 'read')];
	ada.sayUpdate(typing(new Y.Doc(), 'viel'));
	for (let times = 0; times < 1000; times++) ben.askAll();
	await setting.rooms.drained();
	expect(ben.received('step2').map((answer) => textOf(answer))).toEqual(['viel']);
});

test('who ask the same at the same time get the same bytes', async () => {
	const [ada, ben] = [await setting.join('ada', 'read'), await setting.join('ben', 'read')];
	ada.askAll();
	ben.askAll();
	await setting.rooms.drained();
	expect(ada.frames).toHaveLength(1);
	expect(ben.frames).toEqual(ada.frames);
	expect(ada.shared).toHaveLength(1);
	expect(ben.shared[0]).toBe(ada.shared[0]);
});

test('so do those who have the same part', async () => {
	const doc = new Y.Doc();
	const [writer, part] = [await setting.join('writer'), typing(doc, 'ein Teil')];
	writer.sayUpdate(part);
	writer.sayUpdate(typing(doc, ' und der Rest'));
	await setting.rooms.drained();
	const readers = await Promise.all(['ada', 'ben', 'cleo'].map((name) => setting.join(name, 'read')));
	for (const reader of readers) reader.say(encodeStep1(Y.encodeStateVectorFromUpdate(part)));
	await setting.rooms.drained();
	expect(textOf(part, ...readers.flatMap((reader) => reader.received('step2')))).toBe('ein Teil und der Rest');
	expect(new Set(readers.flatMap(({ shared }) => shared)).size).toBe(1);
});

test('a state vector that is none sends only the one who sent it away', async () => {
	const [ada, ben] = [await setting.join('ada'), await setting.join('ben')];
	ada.say(encodeStep1(Uint8Array.of(200)));
	ben.askAll();
	await setting.rooms.drained();
	expect([ada.closed?.code, ben.closed, ben.received('step2').length]).toEqual([closeCodes.badFrame, null, 1]);
});

test('a deletion is content: logged, sent on, acknowledged', async () => {
	const [ada, ben] = [await setting.join('ada'), await setting.join('ben')];
	const doc = new Y.Doc();
	ada.sayUpdate(typing(doc, 'abc'));
	const before = Y.encodeStateVector(doc);
	doc.getText('t').delete(0, 1);
	ada.sayUpdate(Y.encodeStateAsUpdate(doc, before));
	await setting.rooms.drained();
	expect(ada.acknowledged).toBe(2);
	expect(textOf(...ben.received('update'))).toBe('bc');
	expect(await setting.loggedText()).toBe('bc');
});

test('typing that overtakes the answer to SyncStep1 waits for it, and so does its acknowledgement', async () => {
	const ada = await setting.join('ada');
	const doc = new Y.Doc();
	const offline = typing(doc, 'offline ');
	ada.sayUpdate(typing(doc, 'weiter'));
	await setting.rooms.drained();
	expect([ada.acknowledged, ada.closed]).toEqual([0, null]);
	ada.sayStep2(offline);
	await setting.rooms.drained();
	expect([ada.acknowledged, ada.closed]).toEqual([2, null]);
	expect(await setting.loggedText()).toBe('offline weiter');
});

test('after that answer a gap is refused, and neither document nor log know of it', async () => {
	const [ada, ben] = [await setting.join('ada'), await setting.join('ben')];
	const doc = new Y.Doc();
	ada.sayStep2(typing(doc, 'a'));
	typing(doc, 'fehlt');
	ada.sayUpdate(typing(doc, 'c'));
	ben.askAll();
	await setting.rooms.drained();
	expect(ada.closed?.code).toBe(closeCodes.gap);
	expect(textOf(...ben.received('step2'))).toBe('a');
	expect((await setting.store.load(agenda)).tail).toHaveLength(1);
});

test('a deletion of what is not here is a gap too', async () => {
	const ada = await setting.join('ada');
	const doc = new Y.Doc();
	typing(doc, 'fehlt');
	const before = Y.encodeStateVector(doc);
	doc.getText('t').delete(0, 2);
	ada.sayStep2(Y.encodeStateAsUpdate(doc, before));
	await setting.rooms.drained();
	expect(ada.closed?.code).toBe(closeCodes.gap);
	expect(setting.store.batches).toEqual([]);
});

test('early updates are bounded', async () => {
	const ada = await setting.join('ada');
	const doc = new Y.Doc();
	typing(doc, 'fehlt');
	for (let count = 0; count < 300; count++) ada.sayUpdate(typing(doc, 'x'));
	await setting.rooms.drained();
	expect(ada.closed?.code).toBe(closeCodes.gap);
});

test('of one person only so much is early, in all documents together, and no more of it when they leave or have answered', async () => {
	const large = () => {
		const doc = new Y.Doc();
		typing(doc, 'fehlt');
		return typing(doc, 'x'.repeat(3_500_000));
	};
	const names = [1, 2, 3, 4, 5].map((number): DocumentName => `agenda:a${number}`);
	const begin = async (name: DocumentName) => {
		const peer = await setting.join('ada', 'write', name);
		peer.sayUpdate(large());
		return peer;
	};
	const peers = await Promise.all(names.map(begin));
	expect(peers.map(({ closed }) => closed?.code)).toEqual([...Array<undefined>(4), closeCodes.gap]);
	const [first, second, , , fifth] = peers;
	first?.leave();
	fifth?.leave();
	second?.sayStep2(Y.encodeStateAsUpdate(new Y.Doc()));
	second?.leave();
	expect((await begin('agenda:a6')).closed).toBeNull();
	expect((await begin('agenda:a7')).closed).toBeNull();
	expect((await begin('agenda:a8')).closed?.code).toBe(closeCodes.gap);
});

test('a reader is not asked for anything, and closed when it writes', async () => {
	const [ada, cleo] = [await setting.join('ada'), await setting.join('cleo', 'read')];
	expect([ada.received('step1').length, cleo.received('step1').length]).toEqual([1, 0]);
	cleo.sayUpdate(typing(new Y.Doc(), 'geschmuggelt'));
	await setting.rooms.drained();
	expect(cleo.closed?.code).toBe(closeCodes.forbidden);
	const dora = await setting.join('dora', 'read');
	dora.sayStep2(Y.encodeStateAsUpdate(new Y.Doc()));
	expect(dora.closed?.code).toBe(closeCodes.forbidden);
	expect(setting.store.batches).toEqual([]);
});
