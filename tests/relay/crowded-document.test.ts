/** What would make a document dear for everybody: who writes it is stopped, and the others notice nothing. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { TellingBudget } from '../../server/relay/telling-budget.ts';
import { agenda, createSetting, type Setting } from './room-setting.ts';
import type { ScriptedPeer } from './scripted-peer.ts';

let setting: Setting;
let ada: ScriptedPeer;
let ben: ScriptedPeer;

async function begin(telling?: TellingBudget): Promise<void> {
	setting = createSetting(telling ? { telling } : {});
	[ada, ben] = [await setting.join('ada'), await setting.join('ben')];
}

/** A device of one person, and what it sends. */
class Device {
	readonly doc = new Y.Doc();
	readonly sent: Uint8Array[] = [];

	constructor(client: number, ...known: readonly Uint8Array[]) {
		this.doc.clientID = client;
		for (const update of known) Y.applyUpdate(this.doc, update);
		this.doc.on('update', (update: Uint8Array) => this.sent.push(update));
	}

	get text(): Y.Text {
		return this.doc.getText('t');
	}

	/** One after the other, until it is sent away. @returns how many were said */
	sayTo(peer: ScriptedPeer): number {
		const before = this.sent.length;
		while (!peer.closed && this.sent.length > 0) peer.sayUpdate(this.sent.shift() as Uint8Array);
		return before - this.sent.length;
	}
}

/** How often Yjs compares an item with another when it builds the document from its log. */
async function comparisons(): Promise<number> {
	const { add } = Set.prototype;
	let compared = 0;
	const whole = Y.encodeStateAsUpdate(await setting.logged());
	Set.prototype.add = function (value) {
		if (value instanceof Y.Item) compared += 1;
		return add.call(this, value);
	};
	try {
		Y.applyUpdate(new Y.Doc(), whole);
	} finally {
		Set.prototype.add = add;
	}
	return compared / 2;
}

test('ten thousand letters beside ten thousand, each in an update of its own: no document comes of it that takes long', async () => {
	await begin();
	const start = new Device(9);
	start.text.insert(0, 'Z');
	const known = Y.encodeStateAsUpdate(start.doc);
	const [behind, first] = [new Device(1, known), new Device(2, known)];
	behind.text.insert(1, 'x');
	const second = new Device(3, Y.encodeStateAsUpdate(behind.doc));
	for (let count = 0; count < 10_000; count++) {
		first.text.insert(1, 'x');
		second.text.insert(2, 'x');
	}
	for (const device of [start, behind, first, second]) device.sayTo(ada);
	await setting.rooms.drained();
	expect(ada.closed).toEqual({ code: closeCodes.tooBig, reason: 'too much in one place' });
	expect(ben.closed).toBeNull();
	expect(await comparisons()).toBeLessThan(2_200_000);
});

test('who goes to many places of a long document syncs again, and loses nothing; others write on there', async () => {
	await begin(new TellingBudget(() => setting.time, { most: 4_000, perSecond: 1000 }));
	const [long, quick] = [new Device(1), new Device(2)];
	long.doc.transact(() => {
		for (let at = 0; at < 3000; at++) long.text.insert(at % 2 ? 0 : at, 'x');
	});
	long.sayTo(ben);
	await setting.rooms.drained();
	Y.applyUpdate(quick.doc, Y.encodeStateAsUpdate(long.doc));
	quick.sent.length = 0;
	for (let at = 0; at < 3000; at++) quick.text.insert((at * 37) % 2900, 'y');
	expect(quick.sayTo(ada)).toBeLessThan(2000);
	expect(ada.closed?.code).toBe(closeCodes.chatter);
	long.text.insert(0, 'weiter');
	long.sayTo(ben);
	setting.time += 10_000;
	ada = await setting.join('ada');
	ada.sayStep2(Y.encodeStateAsUpdate(quick.doc));
	await setting.rooms.drained();
	expect([ada.closed, ben.closed]).toEqual([null, null]);
	const letters = await setting.loggedText(agenda);
	expect([letters.length, letters.includes('weiter')]).toEqual([6006, true]);
});
