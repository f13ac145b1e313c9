/** What no honest client sends: it ends the connection it came on, and touches neither document, log nor the others. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { limits } from '#lib/protocol/limits.ts';
import { messageAuth, messageAwareness, messageSync, syncStep1, syncUpdate } from '#lib/protocol/messages.ts';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeUpdate } from '../../server/relay/frames.ts';
import { createRandom } from '../support/random.ts';
import { agenda, createSetting, type Setting } from './room-setting.ts';
import { rawFrame, type ScriptedPeer, textOf, typing } from './scripted-peer.ts';

let setting: Setting;
let ada: ScriptedPeer;
let ben: ScriptedPeer;
const doc = new Y.Doc();
doc.clientID = 4711;
const written = typing(doc, 'Posten: 100');

beforeEach(async () => {
	setting = createSetting();
	ada = await setting.join('ada');
	ben = await setting.join('ben');
	ben.sayStep2(written);
	await setting.rooms.drained();
});

afterEach(async () => {
	expect(ben.closed).toBeNull();
	ben.askAll();
	await setting.rooms.drained();
	expect(textOf(...ben.received('step2'))).toBe('Posten: 100');
	expect((await setting.store.load(agenda)).tail).toEqual([written]);
});

async function expectRefused(frame: Uint8Array, code: number = closeCodes.badFrame): Promise<void> {
	ada.say(frame);
	await setting.rooms.drained();
	expect(ada.closed?.code).toBe(code);
	// Seen before it is applied: reading the document again would cost everybody.
	expect(setting.events).not.toContain('update-broke-state');
	expect(ben.received('update')).toEqual([]);
}

const updateOf = (client: number, write: (doc: Y.Doc) => void) => {
	const forged = new Y.Doc();
	forged.clientID = client;
	forged.transact(() => write(forged));
	return Y.encodeStateAsUpdate(forged);
};

test.each<[string, Uint8Array]>([
	['nothing', Uint8Array.of()],
	['a truncated varint', Uint8Array.of(0xff)],
	['a truncated varint for the step', Uint8Array.of(messageSync, 0xff, 0xff)],
	['a type that is not of the protocol', rawFrame(4)],
	['a type that only the relay sends', rawFrame(100, 1)],
	['an auth message', rawFrame(messageAuth, 0)],
	['a sync step that is not of the protocol', rawFrame(messageSync, 3, 0)],
	['a payload shorter than it says', rawFrame(messageSync, syncUpdate, 5, Uint8Array.of(1, 1))],
	['bytes after the payload', rawFrame(messageSync, syncUpdate, 2, Uint8Array.of(0, 0), 7)],
	['bytes after what the update says', encodeUpdate(Uint8Array.of(...written, 7))],
	['a state vector that is none', rawFrame(messageSync, syncStep1, 2, Uint8Array.of(9, 9))],
	['an awareness payload that ends early', rawFrame(messageAwareness, 90, 1)],
])('%s', async (_, frame) => {
	await expectRefused(frame);
});

test('random bytes, a thousand times', async () => {
	const random = createRandom(99);
	for (let count = 0; count < 1000; count++) {
		ada = await setting.join('ada');
		// An even first byte that is no message type, so that no honest message can come about.
		const bytes = Uint8Array.from({ length: 1 + random.nat(200) }, () => random.nat(256));
		bytes[0] = 4 + random.nat(90);
		await expectRefused(bytes);
		ada = await setting.join('ada');
		await expectRefused(rawFrame(messageSync, syncUpdate, bytes.length, bytes));
	}
});

test('a length that reaches into what others sent, in a buffer that the relay shares', async () => {
	const pool = Buffer.alloc(4096, 'secret of another connection ');
	const forged = encoding.encode((encoder) => {
		for (const part of [1, 1, 7, 0]) encoding.writeVarUint(encoder, part);
		encoding.writeUint8(encoder, 4);
		for (const part of [1, 1]) encoding.writeVarUint(encoder, part);
		encoding.writeUint8(encoder, 't'.charCodeAt(0));
		encoding.writeVarUint(encoder, 1000);
	});
	pool.set(encodeUpdate(forged), 8);
	pool.set([0], 8 + encodeUpdate(forged).length + 1000);
	await expectRefused(pool.subarray(8, 8 + encodeUpdate(forged).length));
	const awareness = rawFrame(messageAwareness, 500, 1);
	pool.set(awareness, 8);
	ada = await setting.join('ada');
	await expectRefused(pool.subarray(8, 8 + awareness.length));
});

test('a client that says something else under a clock that is known', async () => {
	const otherwise = updateOf(4711, (forged) => forged.getText('t').insert(0, 'Posten: 900'));
	await expectRefused(encodeUpdate(otherwise), closeCodes.foreignClient);
});

test('nesting without end', async () => {
	const bomb = updateOf(1, (forged) => {
		let at = forged.getArray('a');
		for (let level = 0; level < 15_000; level++) {
			const inner = new Y.Array();
			at.push([inner]);
			at = inner as Y.Array<unknown>;
		}
	});
	expect(bomb.length).toBeLessThan(limits.frameBytes);
	await expectRefused(encodeUpdate(bomb));
});

test('an update that waits for what never comes, twenty thousand times', async () => {
	ada.sayStep2(Y.encodeStateAsUpdate(new Y.Doc()));
	const waiting = new Y.Doc();
	typing(waiting, 'fehlt');
	const gap = typing(waiting, 'x');
	for (let count = 0; count < 20_000; count++) ada.sayUpdate(gap);
	await expectRefused(encodeUpdate(gap), closeCodes.gap);
});

test('an update that only fails while it is applied: the document is read again, and what was on its way stays', async () => {
	// The client comes twice, with clocks that go on: well-formed, but Yjs keeps the second part only.
	const first = updateOf(1, (forged) => forged.getText('t').insert(0, 'a'));
	const both = new Y.Doc();
	Y.applyUpdate(both, first);
	both.clientID = 1;
	const second = typing(both, 'b');
	const twice = Uint8Array.from([2, ...first.slice(1, -1), ...second.slice(1, -1), 0]);
	const release = setting.store.hold();
	const other = await setting.join('cleo', 'write');
	other.sayUpdate(updateOf(3, (forged) => forged.getMap('m').set('unterwegs', true)));
	ada.say(encodeUpdate(twice));
	other.sayUpdate(updateOf(5, (forged) => forged.getMap('m').set('danach', true)));
	release();
	await setting.rooms.drained();
	await new Promise(setImmediate);
	await setting.rooms.drained();
	expect(setting.events).toContain('update-broke-state');
	expect([ada.closed?.code, other.closed, other.acknowledged]).toEqual([closeCodes.badFrame, null, 2]);
	expect((await setting.logged()).getMap('m').toJSON()).toEqual({ unterwegs: true, danach: true });
	setting = await freshSetting();
});

test('who asked before the document had to be read again is answered', async () => {
	const first = updateOf(1, (forged) => forged.getText('t').insert(0, 'a'));
	const both = new Y.Doc();
	Y.applyUpdate(both, first);
	both.clientID = 1;
	const second = typing(both, 'b');
	const cleo = await setting.join('cleo', 'read');
	const opened = setting.store.holdLoad();
	cleo.askAll();
	ada.say(encodeUpdate(Uint8Array.from([2, ...first.slice(1, -1), ...second.slice(1, -1), 0])));
	for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
	expect([ada.closed?.code, cleo.received('step2')]).toEqual([closeCodes.badFrame, []]);
	opened();
	for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
	await setting.rooms.drained();
	expect(cleo.received('step2').map((answer) => textOf(answer))).toEqual(['Posten: 100']);
});

test('an early update that fails while it is applied does not take the work before it along', async () => {
	const honest = new Y.Doc();
	honest.clientID = 1;
	const first = typing(honest, 'a');
	const [second, third] = [typing(honest, 'b'), typing(honest, 'c')];
	ada.sayUpdate(Uint8Array.from([2, ...second.slice(1, -1), ...third.slice(1, -1), 0]));
	await setting.rooms.drained();
	ada.sayStep2(first);
	await setting.rooms.drained();
	await new Promise(setImmediate);
	ben.askAll();
	await setting.rooms.drained();
	expect(ada.closed?.code).toBe(closeCodes.badFrame);
	expect(textOf(...ben.received('step2').slice(-1))).toContain('a');
	expect((await setting.store.load(agenda)).tail).toHaveLength(2);
	setting = await freshSetting();
});

test('twenty thousand client ids in one update are taken as they are', async () => {
	const many = new Y.Doc();
	const forged = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, 20_000);
		for (let client = 30_000; client > 10_000; client--) {
			for (const part of [1, client, 0]) encoding.writeVarUint(encoder, part);
			encoding.writeUint8(encoder, 8);
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarString(encoder, 'a');
			encoding.writeVarUint(encoder, 1);
			encoding.writeAny(encoder, 1);
		}
		encoding.writeVarUint(encoder, 0);
	});
	Y.applyUpdate(many, forged);
	expect(many.getArray('a')).toHaveLength(20_000);
	ada.sayUpdate(forged);
	await setting.rooms.drained();
	expect([ada.closed, ada.acknowledged]).toEqual([null, 1]);
	expect((await setting.logged()).getArray('a')).toHaveLength(20_000);
	setting = await freshSetting();
});

/** Content that was collected, in the fewest bytes. */
function manyStructs(count: number): Uint8Array {
	return encoding.encode((encoder) => {
		for (const part of [1, count, 9, 0]) encoding.writeVarUint(encoder, part);
		for (let clock = 0; clock < count; clock++) {
			encoding.writeUint8(encoder, 0);
			encoding.writeVarUint(encoder, 1);
		}
		encoding.writeVarUint(encoder, 0);
	});
}

/** Each letter of a long text on its own. */
function manyDeletions(count: number): Uint8Array {
	return encoding.encode((encoder) => {
		for (const part of [0, 1, 4711, count]) encoding.writeVarUint(encoder, part);
		for (let at = 0; at < count; at++) for (const part of [2 * at, 1]) encoding.writeVarUint(encoder, part);
	});
}

test.each<[string, (count: number) => Uint8Array]>([
	['structs', manyStructs],
	['deletions', manyDeletions],
])('more %s than can be judged in a moment', async (_, make) => {
	const frame = encodeUpdate(make(300_000));
	expect(frame.length).toBeLessThan(limits.frameBytes);
	await expectRefused(frame, closeCodes.tooBig);
	ada = await setting.join('ada');
	ada.sayStep2(make(limits.updateParts + 1));
	await setting.rooms.drained();
	expect(ada.closed).toEqual({ code: closeCodes.tooBig, reason: 'more than 20000 parts in one update' });
});

test('deletions that are not in order, or come twice, go on in order: who lacks the content would keep them wrongly', async () => {
	const disordered = Uint8Array.of(0, 1, 0xe7, 0x24, 4, 5, 1, 2, 1, 5, 1, 0, 1);
	expect(Y.decodeUpdate(disordered).ds.clients.get(4711)).toHaveLength(4);
	ada.sayUpdate(disordered);
	await setting.rooms.drained();
	const [seen] = ben.received('update') as [Uint8Array];
	const clocks = Y.decodeUpdate(seen)
		.ds.clients.get(4711)
		?.map(({ clock }) => clock);
	expect([ada.closed, clocks]).toEqual([null, [0, 2, 5]]);
	setting = await freshSetting();
});

/** For tests that write on purpose: what is checked after each test holds for a new room. */
async function freshSetting(): Promise<Setting> {
	const fresh = createSetting();
	ben = await fresh.join('ben');
	ben.sayStep2(written);
	await fresh.rooms.drained();
	return fresh;
}
