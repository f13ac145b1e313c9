import type { DocumentName } from '#lib/protocol/document-name.ts';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Compactor } from '../../server/relay/compactor.ts';
import type { StoredDocument } from '../../server/storage/contract.ts';
import { createLocalLeases } from '../../server/storage/local-leases.ts';
import { createMemoryStore } from './memory-store.ts';
import { agenda, createSetting, type Setting } from './room-setting.ts';
import { type ScriptedPeer, textOf, typing } from './scripted-peer.ts';

let setting: Setting;
beforeEach(() => {
	setting = createSetting();
});

test('a room without people is forgotten after a while, and comes back as it was', async () => {
	const ada = await setting.join('ada');
	ada.sayUpdate(typing(new Y.Doc(), 'bleibt'));
	await setting.rooms.drained();
	ada.leave();
	expect(setting.rooms.size).toBe(1);
	setting.idle();
	expect(setting.rooms.size).toBe(0);
	const ben = await setting.join('ben');
	ben.askAll();
	await setting.rooms.drained();
	expect(textOf(...ben.received('step2'))).toBe('bleibt');
});

test('it stays while somebody is here or came back', async () => {
	const ada = await setting.join('ada');
	ada.leave();
	const ben = await setting.join('ben');
	setting.idle();
	expect(setting.rooms.size).toBe(1);
	ben.leave();
	setting.idle();
	expect(setting.rooms.size).toBe(0);
});

test('it stays while what was said is being written, and somebody who comes then sees it', async () => {
	const ada = await setting.join('ada');
	const release = setting.store.hold();
	ada.sayUpdate(typing(new Y.Doc(), 'eben noch'));
	await new Promise(setImmediate);
	ada.leave();
	setting.idle();
	expect(setting.rooms.size).toBe(1);
	const ben = await setting.join('ben');
	ben.askAll();
	release();
	await setting.rooms.drained();
	expect(textOf(...ben.received('step2'), ...ben.received('update'))).toBe('eben noch');
});

test('it stays for somebody who is on the way in', async () => {
	(await setting.join('ada')).leave();
	const place = await setting.rooms.reserve(agenda);
	setting.idle();
	expect(setting.rooms.size).toBe(1);
	place.giveUp();
	setting.idle();
	expect(setting.rooms.size).toBe(0);
});

test('people who come at once share one room', async () => {
	const [ada, ben] = await Promise.all([setting.join('ada'), setting.join('ben')]);
	ada.sayUpdate(typing(new Y.Doc(), 'x'));
	await setting.rooms.drained();
	expect(setting.rooms.size).toBe(1);
	expect(ben.received('update')).toHaveLength(1);
});

test('a long tail becomes one state, and the document stays what it is while people write', async () => {
	const ada = await setting.join('ada');
	const doc = new Y.Doc();
	await typeInTurns(ada, doc, 2100);
	const stored = await setting.store.load(agenda);
	expect(stored.snapshot).not.toBeNull();
	expect(stored.tail.length).toBeLessThan(200);
	ada.sayUpdate(typing(doc, 'Ende'));
	await setting.rooms.drained();
	const { snapshot, vector } = await setting.store.load(agenda);
	expect(Y.decodeStateVector(vector as Uint8Array)).toEqual(
		Y.decodeStateVector(Y.encodeStateVectorFromUpdate(snapshot as Uint8Array)),
	);
	expect(await setting.loggedText()).toBe(doc.getText('t').toJSON());
});

test('while nobody writes a shorter tail becomes one state too', async () => {
	const ada = await setting.join('ada');
	const doc = new Y.Doc();
	await typeInTurns(ada, doc, 600);
	const stored = async () => {
		await setting.rooms.rest();
		await setting.rooms.drained();
		const { snapshot, tail } = await setting.store.load(agenda);
		return [snapshot !== null, tail.length];
	};
	expect(await stored()).toEqual([false, 600]);
	expect(await stored()).toEqual([true, 0]);
	ada.sayUpdate(typing(doc, 'Ende'));
	await setting.rooms.drained();
	await stored();
	expect(await stored()).toEqual([true, 1]);
	expect(await setting.loggedText()).toBe(doc.getText('t').toJSON());
});

test('a server that stops leaves no long tail behind', async () => {
	const ada = await setting.join('ada');
	const doc = new Y.Doc();
	await typeInTurns(ada, doc, 600);
	expect((await setting.store.load(agenda)).tail).toHaveLength(600);
	await setting.rooms.finish();
	expect((await setting.store.load(agenda)).tail).toEqual([]);
	expect(await setting.loggedText()).toBe(doc.getText('t').toJSON());
});

test('a server that stops rewrites the longest tails first, and begins none when that has taken long', async () => {
	const stored = (updates: number): StoredDocument => ({
		snapshot: null,
		tail: Array<Uint8Array>(updates).fill(Uint8Array.of(0, 0)),
		sequence: updates,
	});
	const tails = new Map<DocumentName, StoredDocument>([
		['agenda:a1', stored(510)],
		['agenda:a2', stored(530)],
		['agenda:a3', stored(520)],
	]);
	const store = { ...createMemoryStore(), load: async (name: DocumentName) => tails.get(name) as StoredDocument };
	let time = 0;
	const begun: number[] = [];
	const encode = async ({ tail }: StoredDocument) => {
		begun.push(tail.length);
		time += 1500;
		return { state: Uint8Array.of(0, 0), vector: Uint8Array.of(0) };
	};
	const compactor = new Compactor(store, createLocalLeases(), () => {}, { encode });
	for (const [name, tail] of tails) compactor.loaded(name, tail);
	await compactor.finish(() => time);
	expect(begun).toEqual([530, 520]);
});

test('also a tail that is short beside the document is none when the server stopped, if reading it takes as long', async () => {
	const ada = await setting.join('ada');
	const doc = new Y.Doc();
	const stored = async () => {
		const { snapshot, tail } = await setting.store.load(agenda);
		return [snapshot !== null, tail.length];
	};
	const rest = async () => {
		for (let rests = 0; rests < 2; rests++) await setting.rooms.rest();
		await setting.rooms.drained();
	};
	ada.sayUpdate(typing(doc, 'x'.repeat(64 * 1024)));
	await setting.rooms.drained();
	await rest();
	expect(await stored()).toEqual([true, 0]);
	await typeInTurns(ada, doc, 600);
	await rest();
	expect(await stored()).toEqual([true, 600]);
	await setting.rooms.finish();
	expect(await stored()).toEqual([true, 0]);
	ada.sayUpdate(typing(doc, 'Ende'));
	await setting.rooms.drained();
	await setting.rooms.finish();
	expect(await stored()).toEqual([true, 1]);
	expect(await setting.loggedText()).toBe(doc.getText('t').toJSON());
});

test('a large tail is compacted by its bytes, and what was erased is gone from the disk', async () => {
	const ada = await setting.join('ada');
	const doc = new Y.Doc();
	ada.sayUpdate(typing(doc, 'geheim'));
	ada.sayUpdate(erasing(doc));
	ada.sayUpdate(typing(doc, 'x'.repeat(300 * 1024)));
	await setting.rooms.drained();
	const { snapshot, tail } = await setting.store.load(agenda);
	expect(tail).toEqual([]);
	expect(Buffer.from(snapshot ?? []).includes('geheim')).toBe(false);
});

/** Each letter in a turn of its own: what comes in one turn is one update. */
async function typeInTurns(peer: ScriptedPeer, doc: Y.Doc, letters: number): Promise<void> {
	for (let count = 0; count < letters; count++) {
		peer.sayUpdate(typing(doc, String(count % 10)));
		await setting.rooms.drained();
	}
}

function erasing(doc: Y.Doc): Uint8Array {
	const before = Y.encodeStateVector(doc);
	doc.getText('t').delete(0, doc.getText('t').length);
	return Y.encodeStateAsUpdate(doc, before);
}

test('with rooms that are forgotten their memory returns', async () => {
	const heap = () => {
		setFlagsFromString('--expose-gc');
		const collect = runInNewContext('gc') as () => void;
		// A first call may only end a collection that began when the room was there, and leaves all that was reachable then.
		collect();
		collect();
		return process.memoryUsage().heapUsed;
	};
	// What the document is made of is in the log already, which is in memory here.
	const doc = new Y.Doc();
	doc.clientID = 7;
	for (let at = 0; at < 30_000; at++) doc.getMap('m').set(`key ${at}`, { at });
	await setting.store.append([{ name: agenda, updates: [Y.encodeStateAsUpdate(doc)] }]).durable;
	const before = heap();
	const ada = await setting.join('ada');
	// Who says again what is known makes the room build the document, to see that it is the same.
	ada.sayUpdate(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(new Map([[7, 29_999]]))));
	await setting.rooms.drained();
	expect(heap()).toBeGreaterThan(before + 4 * 1024 * 1024);
	ada.leave();
	setting.idle();
	expect(heap()).toBeLessThan(before + 1024 * 1024);
});
