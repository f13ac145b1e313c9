import { closeCodes } from '#lib/protocol/close-codes.ts';
import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createSetting, type Setting } from './room-setting.ts';
import type { ScriptedPeer } from './scripted-peer.ts';
import { textOf, typing } from './scripted-peer.ts';

let setting: Setting;
let ada: ScriptedPeer;
let cleo: ScriptedPeer;
const doc = new Y.Doc();

beforeEach(async () => {
	setting = createSetting();
	ada = await setting.join('ada');
	cleo = await setting.join('cleo', 'read');
	ada.sayUpdate(Y.encodeStateAsUpdate(doc));
});

test('when the disk refuses, writers are told so and nothing is acknowledged or seen', async () => {
	setting.store.failNext('append');
	ada.sayUpdate(typing(new Y.Doc(), 'verloren'));
	await setting.rooms.drained();
	expect(ada.closed?.code).toBe(closeCodes.storage);
	expect(ada.acknowledged).toBe(0);
	expect([cleo.closed, cleo.received('update')]).toEqual([null, []]);
});

test('readers go on reading what is on disk, also those who asked in the turn that failed', async () => {
	ada.sayUpdate(typing(new Y.Doc(), 'steht'));
	await setting.rooms.drained();
	setting.store.failNext('append');
	ada.sayUpdate(typing(new Y.Doc(), 'verloren'));
	cleo.askAll();
	await setting.rooms.drained();
	await new Promise(setImmediate);
	await setting.rooms.drained();
	expect(textOf(...cleo.received('step2'))).toBe('steht');
});

test('a writer who comes back when the disk is well again loses nothing', async () => {
	setting.store.failNext('append');
	const writing = new Y.Doc();
	ada.sayUpdate(typing(writing, 'zuerst '));
	await setting.rooms.drained();
	const again = await setting.join('ada');
	again.sayStep2(Y.encodeStateAsUpdate(writing));
	again.sayUpdate(typing(writing, 'dann'));
	await new Promise(setImmediate);
	await setting.rooms.drained();
	expect(again.acknowledged).toBe(2);
	expect(await setting.loggedText()).toBe('zuerst dann');
	expect(textOf(...cleo.received('update'))).toBe('zuerst dann');
});

test('writing while a failing append is under way is refused with it', async () => {
	const release = setting.store.hold();
	setting.store.failNext('append');
	ada.sayUpdate(typing(new Y.Doc(), 'a'));
	await new Promise(setImmediate);
	const ben = await setting.join('ben');
	ben.sayUpdate(typing(new Y.Doc(), 'b'));
	release();
	await setting.rooms.drained();
	expect([ada.closed?.code, ben.closed?.code]).toEqual([closeCodes.storage, closeCodes.storage]);
	expect([ben.acknowledged, cleo.received('update')]).toEqual([0, []]);
	expect(await setting.loggedText()).toBe('');
});

test('what was seen and did not reach the disk is not acknowledged, and comes again from whoever wrote or saw it', async () => {
	const [ben, update] = [await setting.join('ben'), typing(new Y.Doc(), 'gesehen')];
	setting.store.failNext('sync');
	ada.sayUpdate(update);
	await setting.rooms.drained();
	expect([ada.closed?.code, ben.closed?.code, cleo.closed]).toEqual([closeCodes.storage, closeCodes.storage, null]);
	expect([ada.acknowledged, textOf(...cleo.received('update'))]).toEqual([0, 'gesehen']);
	await new Promise(setImmediate);
	expect(await setting.loggedText()).toBe('');
	const again = await setting.join('ben');
	again.sayStep2(Y.mergeUpdates(ben.received('update')));
	await setting.rooms.drained();
	expect([again.acknowledged, await setting.loggedText()]).toEqual([1, 'gesehen']);
});

test('what was written upon something that did not reach the disk goes with it', async () => {
	const [release, doc] = [setting.store.holdSync(), new Y.Doc()];
	setting.store.failNext('sync');
	for (const word of ['eins ', 'zwei ']) {
		ada.sayUpdate(typing(doc, word));
		for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
	}
	release();
	await setting.rooms.drained();
	await new Promise(setImmediate);
	expect([ada.acknowledged, await setting.loggedText()]).toEqual([0, '']);
	const again = await setting.join('ada');
	again.sayStep2(Y.encodeStateAsUpdate(doc));
	await setting.rooms.drained();
	expect([again.acknowledged, await setting.loggedText()]).toEqual([1, 'eins zwei ']);
});

test('a room that had nothing to write is not touched by the failure of another', async () => {
	const ben = await setting.join('ben', 'write', 'roster:r1');
	await setting.rooms.drained();
	setting.store.failNext('append');
	ada.sayUpdate(typing(new Y.Doc(), 'x'));
	ben.askAll();
	ben.sayStep2(Y.encodeStateAsUpdate(new Y.Doc()));
	await setting.rooms.drained();
	expect([ben.closed, ben.acknowledged, ben.received('step2').length]).toEqual([null, 1, 1]);
});

test('a document that cannot be read any more closes for everyone, and opens again when it can', async () => {
	setting.store.failNext('append');
	setting.store.failNext('load');
	ada.sayUpdate(typing(new Y.Doc(), 'x'));
	await setting.rooms.drained();
	await new Promise(setImmediate);
	expect(cleo.closed?.code).toBe(closeCodes.storage);
	const dora = await setting.join('dora', 'read');
	dora.askAll();
	await setting.rooms.drained();
	expect(dora.received('step2')).toHaveLength(1);
});

test('a document that cannot be opened is refused, and the next try is a new one', async () => {
	setting.store.failNext('load');
	await expect(setting.join('ada', 'write', 'minutes:m1')).rejects.toThrow('no space left');
	expect((await setting.join('ada', 'write', 'minutes:m1')).received('step1')).toHaveLength(1);
});

test('a room is never opened on a part of its document', async () => {
	const gap = new Y.Doc();
	typing(gap, 'fehlt');
	await setting.store.append([{ name: 'minutes:m1', updates: [typing(gap, 'da')] }]).durable;
	await expect(setting.join('ada', 'write', 'minutes:m1')).rejects.toThrow('the log has a gap');
});
