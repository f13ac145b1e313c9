/** Readers who do not keep up: what they get, what they do not, and that the others never notice. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { limits } from '#lib/protocol/limits.ts';
import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createSetting, type Setting } from './room-setting.ts';
import { type ScriptedPeer, textOf, typing } from './scripted-peer.ts';

let setting: Setting;
let ada: ScriptedPeer;
let slow: ScriptedPeer;
const doc = new Y.Doc();

async function type(text: string): Promise<void> {
	ada.sayUpdate(typing(doc, text));
	await setting.rooms.drained();
}

beforeEach(async () => {
	setting = createSetting();
	ada = await setting.join('ada');
	slow = await setting.join('slow');
	ada.sayStep2(Y.encodeStateAsUpdate(doc));
	await type('vorher ');
});

const texts = () => textOf(...slow.received('step2'), ...slow.received('update'));

test('who is behind gets nothing more, and then everything at once: typing, deletions and all', async () => {
	const cleo = await setting.join('cleo', 'read');
	cleo.askAll();
	slow.askAll();
	await setting.rooms.drained();
	const before = slow.received('update').length;
	slow.behind = true;
	for (const letter of 'hallo') await type(letter);
	const vector = Y.encodeStateVector(doc);
	doc.getText('t').delete(0, 3);
	ada.sayUpdate(Y.encodeStateAsUpdate(doc, vector));
	await setting.rooms.drained();
	expect([slow.received('update').length - before, cleo.received('update').length]).toEqual([0, 6]);
	slow.drain();
	await setting.rooms.drained();
	expect(slow.received('update').length - before).toBe(1);
	expect(texts()).toBe(doc.getText('t').toJSON());
	await type('!');
	expect(slow.received('update').length - before).toBe(2);
	expect(texts()).toBe(doc.getText('t').toJSON());
});

test('what it missed is what it had not got, and no more', async () => {
	slow.askAll();
	await setting.rooms.drained();
	await type('x'.repeat(10_000));
	slow.behind = true;
	await type('neu');
	slow.drain();
	await setting.rooms.drained();
	expect(slow.received('update').at(-1)?.length).toBeLessThan(500);
	expect(texts()).toBe(doc.getText('t').toJSON());
});

test('what is written while it catches up comes too', async () => {
	slow.askAll();
	await setting.rooms.drained();
	slow.behind = true;
	await type('eins ');
	const release = setting.store.hold();
	slow.drain();
	ada.sayUpdate(typing(doc, 'zwei '));
	await new Promise(setImmediate);
	ada.sayUpdate(typing(doc, 'drei'));
	release();
	await setting.rooms.drained();
	expect(texts()).toBe(doc.getText('t').toJSON());
});

test('nothing of it comes before it is on disk, and a failing disk does not lose it', async () => {
	const reader = await setting.join('reader', 'read');
	reader.askAll();
	await setting.rooms.drained();
	reader.behind = true;
	await type('steht ');
	const written = doc.getText('t').toJSON();
	setting.store.failNext('append');
	ada.sayUpdate(typing(doc, 'verloren'));
	reader.drain();
	await setting.rooms.drained();
	await new Promise(setImmediate);
	await setting.rooms.drained();
	expect(textOf(...reader.received('step2'), ...reader.received('update'))).toBe(written);
});

test('who asks while behind gets the answer to that, and it holds what was missed', async () => {
	slow.behind = true;
	await type('verpasst');
	slow.askAll();
	slow.drain();
	await setting.rooms.drained();
	expect(slow.received('step2').map((answer) => textOf(answer))).toEqual([doc.getText('t').toJSON()]);
	expect(slow.received('update')).toHaveLength(1);
});

test('presence waits as well, and is told whole afterwards', async () => {
	slow.behind = true;
	ada.showPresence({ client: 1, clock: 1, state: { cursor: 1 } });
	setting.flush();
	expect(slow.presence).toEqual([]);
	await type('x');
	slow.drain();
	await setting.rooms.drained();
	expect(slow.presence.map(({ state }) => state)).toEqual([{ user: { id: 'ada' }, cursor: 1 }]);
});

test('who falls behind too far is sent away, to sync again', async () => {
	slow.behind = true;
	const piece = 1024 * 1024;
	for (let bytes = 0; bytes < limits.sendBufferBytes; bytes += piece) {
		expect(slow.closed).toBeNull();
		await type('x'.repeat(piece));
	}
	expect(slow.closed?.code).toBe(closeCodes.slow);
	expect(ada.closed).toBeNull();
});
