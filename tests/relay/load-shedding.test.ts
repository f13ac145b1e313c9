/**
 * More than the relay can serve: it takes longer, and goes on for everybody. Nothing here depends on how fast the machine
 * is: the store needs so many turns of the event loop for an append, however little is in it.
 */
import { messageAck, messageSync, syncUpdate } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import { once } from 'node:events';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { toDocument } from '../../server/relay/document-state.ts';
import { encodeStep1, encodeUpdate } from '../../server/relay/frames.ts';
import { Intake } from '../../server/relay/intake.ts';
import { Rooms } from '../../server/relay/rooms.ts';
import { toAppending } from '../../server/storage/appending.ts';
import type { UpdateStore } from '../../server/storage/contract.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { openRaw } from './raw-socket.ts';
import { agenda } from './room-setting.ts';
import { rawFrame, ScriptedPeer, textOf, typing } from './scripted-peer.ts';
import { serveRelay } from './serve-relay.ts';

const kilobyte = 1024;
const bound = 512 * kilobyte;
/** Turns of the event loop. */
const slowness = 10;

const turn = () => new Promise(setImmediate);

async function turns(count: number): Promise<void> {
	for (let left = count; left > 0; left--) await turn();
}

/** Whatever is appended takes a while, and one append waits for the other. */
function slow(store: MemoryStore): UpdateStore {
	let last: Promise<unknown> = Promise.resolve();
	return {
		...store,
		append(batch) {
			const begun = last.then(() => turns(slowness)).then(() => store.append(batch));
			last = begun;
			return toAppending(
				begun.then(({ written }) => written),
				begun.then(({ durable }) => durable),
			);
		},
	};
}

/** Says more as soon as it may, as a network does that has more waiting. */
class Flood {
	readonly peer: ScriptedPeer;
	readonly doc = new Y.Doc();
	said = 0;
	#confirmed = 0;
	#read = 0;

	constructor(peer: ScriptedPeer) {
		this.peer = peer;
	}

	say(letters: number, times: number): void {
		for (let left = times; left > 0 && this.peer.pauses === 0; left--) {
			this.peer.sayUpdate(typing(this.doc, 'x'.repeat(letters)));
			this.said++;
		}
	}

	/** How many of its updates are in the relay and not confirmed. */
	get open(): number {
		const { frames } = this.peer;
		for (; this.#read < frames.length; this.#read++)
			this.#confirmed = confirmedBy(frames[this.#read]) ?? this.#confirmed;
		return this.said - this.#confirmed;
	}
}

/** @returns the count that the frame confirms, or nothing */
function confirmedBy(frame: Uint8Array | undefined): number | null {
	if (frame?.[0] !== messageAck) return null;
	return decoding.readVarUint(decoding.createDecoder(frame.subarray(1)));
}

let store: MemoryStore;
let rooms: Rooms;
let floods: Flood[];
let listener: ScriptedPeer;

async function join(name: string, access: 'read' | 'write' = 'write', document = agenda): Promise<ScriptedPeer> {
	const peer = await new ScriptedPeer(name, access).enter(rooms, document);
	if (access === 'write') peer.sayStep2(Y.encodeStateAsUpdate(new Y.Doc()));
	return peer;
}

beforeEach(async () => {
	store = createMemoryStore();
	const clock = { now: () => 0, later: () => {}, whenIdle: () => {} };
	const pacing = { turn, begin: () => {}, end: () => {} };
	rooms = new Rooms(slow(store), clock, () => {}, { pacing, intake: new Intake(bound) });
	listener = await join('listener', 'read');
	floods = await Promise.all(Array.from({ length: 8 }, async (_, at) => new Flood(await join(`flood${at}`))));
	await rooms.drained();
	for (const flood of floods) flood.said = flood.peer.acknowledged;
});

/** How many updates are in the relay and not confirmed. */
const waiting = () => floods.reduce((sum, { open }) => sum + open, 0);

async function expectAllArrived(): Promise<void> {
	await rooms.drained();
	const said = floods.reduce((sum, flood) => sum + flood.doc.getText('t').length, 0);
	expect(floods.map(({ open, peer }) => [open, peer.closed, peer.pauses])).toEqual(floods.map(() => [0, null, 0]));
	expect(toDocument(await store.load(agenda)).getText('t').length).toBe(said);
	expect(textOf(...listener.received('update'))).toHaveLength(said);
}

test.each([
	['large updates', 32 * kilobyte, 4],
	['a hostile number of small ones', 1, 2000],
])('%s: what waits is bounded, and each commit brings something to who listens', async (_, letters, each) => {
	let most = 0;
	for (let round = 0; round < 8; round++) {
		const before = listener.frames.length;
		for (let left = slowness + 2; left > 0; left--) {
			for (const flood of floods) flood.say(letters, each);
			most = Math.max(most, waiting());
			// Each of them may go beyond the bound by one.
			expect(most * (letters + 256)).toBeLessThan(bound + floods.length * (letters + 512));
			await turn();
		}
		expect(listener.frames.length).toBeGreaterThan(before);
	}
	expect(most * (letters + 256)).toBeGreaterThan(bound / 2);
	await expectAllArrived();
});

test('whoever types meanwhile is served by the next commit but one, in this document and in others', async () => {
	const honest = [await join('anna'), await join('berta', 'write', 'agenda:a2')].map((peer) => new Flood(peer));
	const waited: number[] = [];
	for (const flood of honest) flood.said = 1;
	for (let letter = 0; letter < 6; letter++) {
		for (const flood of honest) flood.say(1, 1);
		const before = store.batches.length;
		while (honest.some(({ open }) => open > 0)) {
			for (const flood of floods) flood.say(8 * kilobyte, 20);
			expect(waiting() * 8 * kilobyte).toBeLessThan(2 * bound);
			await turn();
		}
		waited.push(store.batches.length - before);
	}
	expect(Math.max(...waited)).toBeLessThanOrEqual(3);
	expect(honest.map(({ peer, said }) => [peer.closed, said])).toEqual(honest.map(() => [null, 7]));
});

/** Well-formed, with a client that comes twice: it only fails while it is applied, and the document is read again. */
function failingUpdate(): Uint8Array {
	const doc = new Y.Doc();
	const [first, second] = [typing(doc, 'a'), typing(doc, 'b')];
	return Uint8Array.from([2, ...first.slice(1, -1), ...second.slice(1, -1), 0]);
}

test('a state that is lost gives back what waited for it: the others are not held for ever', async () => {
	const other = new Flood(await join('anna', 'write', 'agenda:a2'));
	await rooms.drained();
	const [breaking, ...rest] = floods as [Flood, ...Flood[]];
	const read = store.holdLoad();
	store.failNext('load');
	breaking.peer.sayUpdate(failingUpdate());
	for (const flood of rest) flood.say(128 * kilobyte, 4);
	expect(rest.some(({ peer }) => peer.pauses > 0)).toBe(true);
	read();
	while (!floods.every(({ peer }) => peer.closed)) await turn();
	await rooms.drained();
	other.say(bound, 1);
	await rooms.drained();
	other.say(1, 1);
	await rooms.drained();
	expect([other.said, other.peer.acknowledged, other.peer.pauses]).toEqual([2, 3, 0]);
});

test('over sockets: who sends more than the disk takes is not read from, is kept, and all of it arrives', async () => {
	const held = createMemoryStore();
	let beat = () => {};
	const served = await serveRelay({
		store: held,
		intake: new Intake(bound),
		heartbeat: (each) => ((beat = each), () => {}),
	});
	onTestFinished(() => served.stop());
	const [flood, honest] = [
		await openRaw(`${served.url}/agenda:a1?as=board:flood&ack=1`),
		await openRaw(`${served.url}/agenda:a1?as=board:anna&ack=1`),
	];
	const release = held.hold();
	const doc = new Y.Doc();
	const updates = 32;
	let read = false;
	for (let count = 0; count < updates; count++)
		flood.socket.send(encodeUpdate(typing(doc, 'x'.repeat(256 * kilobyte))));
	// Answered when all before it was read.
	flood.socket.ping();
	flood.socket.once('pong', () => (read = true));
	while (!read && served.relay.counts().held === 0) await turn();
	expect([read, served.relay.counts().held]).toEqual([false, 1]);
	// What it does not answer now is our doing.
	for (let count = 0; count < 3; count++) {
		beat();
		honest.socket.ping();
		await once(honest.socket, 'pong');
	}
	honest.socket.send(encodeUpdate(typing(new Y.Doc(), 'y')));
	release();
	await honest.until((frame) => Buffer.compare(frame, rawFrame(messageAck, 1)) === 0);
	await flood.until((frame) => Buffer.compare(frame, rawFrame(messageAck, updates)) === 0);
	const largest = Math.max(
		...held.batches.map((batch) => batch.reduce((sum, { updates: all }) => sum + all.length, 0)),
	);
	expect(largest).toBeLessThanOrEqual(1 + bound / (256 * kilobyte) + 1);
	await honest.until((frame) => frame[0] === messageSync && frame[1] === syncUpdate);
	expect(toDocument(await held.load(agenda)).getText('t').length).toBe(updates * 256 * kilobyte + 1);
	expect([flood.socket.readyState, honest.socket.readyState]).toEqual([1, 1]);
});

test('answers that take long are spread over several turns, and who writes meanwhile is served between them', async () => {
	let time = 0;
	const clock = { now: () => (time += 100), later: () => {}, whenIdle: () => {} };
	rooms = new Rooms(store, clock, () => {}, { pacing: { turn, begin: () => {}, end: () => {} } });
	const doc = new Y.Doc();
	const anna = await join('anna');
	const vectors = Array.from({ length: 12 }, () => {
		anna.sayUpdate(typing(doc, 'ein Satz. '));
		return Y.encodeStateVector(doc);
	});
	await rooms.drained();
	const readers = await Promise.all(vectors.map((_, at) => join(`reader${at}`, 'read')));
	const answered = () => readers.filter((reader) => reader.received('step2').length > 0).length;
	readers.forEach((reader, at) => reader.say(encodeStep1(vectors[at] as Uint8Array)));
	const before = anna.acknowledged;
	anna.sayUpdate(typing(doc, 'Und weiter.'));
	while (anna.acknowledged === before) await turn();
	expect(answered()).toBeLessThan(6);
	await rooms.drained();
	expect([answered(), new Set(readers.map((reader) => reader.received('step2').length))]).toEqual([12, new Set([1])]);
});
