/** Answers that nobody reads: they cost a bounded amount, and nobody else an answer. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { messageAck } from '#lib/protocol/messages.ts';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStep1, encodeUpdate } from '../../server/relay/frames.ts';
import { UnreadAnswers } from '../../server/relay/unread-answers.ts';
import { openRaw } from './raw-socket.ts';
import { createSetting, type Setting } from './room-setting.ts';
import { type ScriptedPeer, textOf, typing } from './scripted-peer.ts';
import { serveRelay } from './serve-relay.ts';

const size = 200_000;
const bounds = { perPerson: 1.5 * size, together: 3.5 * size };
/** So many are made of one person's, of all. */
const [most, mostTogether] = [2, 4];

let setting: Setting;
let unread: UnreadAnswers;
let ada: ScriptedPeer;
const doc = new Y.Doc();
typing(doc, 'x'.repeat(size));

beforeEach(async () => {
	unread = new UnreadAnswers(bounds);
	setting = createSetting({ unread });
	ada = await setting.join('ada');
	ada.sayStep2(Y.encodeStateAsUpdate(doc));
	await setting.rooms.drained();
});

/** Each asks for the whole document, by other bytes. */
let asked = 0;
const question = () => encodeStep1(Y.encodeStateVector(new Map([[(asked += 1), 1]])));
async function ask(...peers: ScriptedPeer[]): Promise<void> {
	for (const peer of peers) peer.say(question());
	await setting.rooms.drained();
}

async function idlers(person: string, count: number): Promise<ScriptedPeer[]> {
	const peers = await Promise.all(Array.from({ length: count }, () => setting.join(person, 'read')));
	for (const peer of peers) peer.unread = true;
	return peers;
}

async function read(peer: ScriptedPeer): Promise<void> {
	peer.drain();
	await setting.rooms.drained();
}

const answers = (...peers: ScriptedPeer[]) => peers.flatMap((peer) => peer.received('step2')).length;

test('who has not read an answer gets no other, and then the one to what it asked last', async () => {
	const [bert] = (await idlers('bert', 1)) as [ScriptedPeer];
	await ask(bert);
	await ask(bert, bert);
	await ask(bert);
	expect(answers(bert)).toBe(1);
	bert.say(encodeStep1(Y.encodeStateVector(doc)));
	await setting.rooms.drained();
	await read(bert);
	expect(answers(bert)).toBe(2);
	expect(bert.received('step2')[1]?.length).toBeLessThan(100);
	expect(unread.bytes).toBe(0);
});

test('what one person does not read is bounded, and takes nothing from others; all are answered who read', async () => {
	const peers = await idlers('mallory', 8);
	await ask(...peers);
	expect(answers(...peers)).toBe(most);
	const bert = await setting.join('bert', 'read');
	await ask(bert);
	expect(answers(bert)).toBe(1);
	for (let round = 0; round < 8; round++) for (const peer of peers) if (answers(peer) > 0) await read(peer);
	expect(peers.map((peer) => answers(peer))).toEqual(Array(8).fill(1));
	expect(textOf(...(peers.at(-1)?.received('step2') ?? []))).toBe(doc.getText('t').toJSON());
	expect(unread.bytes).toBe(0);
});

test('what all together do not read is bounded; who waits is answered in turn, of each person one', async () => {
	const [first, second, third] = await Promise.all(['mallory', 'trudy', 'eve'].map((name) => idlers(name, 3)));
	const everybody = [...(first ?? []), ...(second ?? []), ...(third ?? [])];
	await ask(...everybody);
	expect(answers(...everybody)).toBe(mostTogether);
	expect(answers(...(third ?? []))).toBe(0);
	await read(first?.[0] as ScriptedPeer);
	expect(answers(...everybody)).toBe(mostTogether + 1);
	await read(first?.[1] as ScriptedPeer);
	expect(answers(...(third ?? []))).toBe(1);
});

test('the same bytes are counted once, however many do not read them', async () => {
	const peers = await idlers('mallory', 20);
	for (const peer of peers) peer.askAll();
	await setting.rooms.drained();
	expect(answers(...peers)).toBe(20);
	expect(unread.bytes).toBeLessThan(1.1 * size);
	for (const peer of peers.slice(1)) peer.leave();
	expect(unread.bytes).toBeGreaterThan(size);
	peers[0]?.leave();
	expect(unread.bytes).toBe(0);
});

test('who leaves makes room, whether it had an answer, waited for one, or was called', async () => {
	const peers = await idlers('mallory', 6);
	await ask(...peers);
	const [first, second, third, fourth, fifth, sixth] = peers as [ScriptedPeer, ...ScriptedPeer[]];
	fourth?.leave();
	first.leave();
	third?.leave();
	await setting.rooms.drained();
	expect([fifth, sixth].map((peer) => answers(peer as ScriptedPeer))).toEqual([1, 0]);
	second?.leave();
	await setting.rooms.drained();
	expect(answers(sixth as ScriptedPeer)).toBe(1);
	for (const peer of peers) peer.leave();
	expect(unread.bytes).toBe(0);
});

test('who is behind is answered when it has read', async () => {
	const bert = await setting.join('bert', 'read');
	bert.behind = true;
	await ask(bert);
	await ask(bert);
	expect(answers(bert)).toBe(0);
	await read(bert);
	expect(answers(bert)).toBe(1);
});

test('an answer that comes to nothing because the disk fails is not counted', async () => {
	const peers = await idlers('mallory', 2);
	setting.store.failNext('append');
	ada.sayUpdate(typing(new Y.Doc(), 'verloren'));
	await ask(...peers);
	await new Promise(setImmediate);
	await setting.rooms.drained();
	expect(answers(...peers)).toBe(2);
	for (const peer of peers) await read(peer);
	expect(unread.bytes).toBe(0);
});

test('when there is no room for anybody, who holds most and does not read from one beat to the next is sent away', async () => {
	const [mallory, trudy] = await Promise.all([idlers('mallory', 2), idlers('trudy', 2)]);
	await ask(...(trudy ?? []).slice(0, 1), ...(mallory ?? []), ...(trudy ?? []).slice(1));
	setting.rooms.hurryReaders();
	setting.rooms.hurryReaders();
	const bert = await setting.join('bert', 'read');
	trudy?.[0]?.drain();
	await setting.rooms.drained();
	if (trudy?.[0]) trudy[0].unread = true;
	await ask(...(trudy ?? []).slice(0, 1));
	await ask(bert);
	expect([answers(bert), ...[...(mallory ?? []), ...(trudy ?? [])].map(({ closed }) => closed)]).toEqual([
		0,
		null,
		null,
		null,
		null,
	]);
	setting.rooms.hurryReaders();
	await setting.rooms.drained();
	expect(mallory?.map(({ closed }) => closed?.code)).toEqual([closeCodes.slow, undefined]);
	expect(trudy?.map(({ closed }) => closed)).toEqual([null, null]);
	expect(answers(bert)).toBe(1);
});

test('over sockets: twenty that do not read, each with other questions, cost what one may, and it is given back', async () => {
	const served = await serveRelay({ unread: new UnreadAnswers({ perPerson: 8 * 1024 * 1024, together: 2 ** 30 }) });
	const writer = await openRaw(`${served.url}/agenda:a1?as=board:ada&ack=1`);
	const large = new Y.Doc();
	for (let piece = 0; piece < 3; piece++) {
		await served.relay.contribute('agenda:a1', typing(large, 'x'.repeat(1024 * 1024)));
	}
	const url = `${served.url}/agenda:a1?as=board:mallory`;
	const idle = await Promise.all(Array.from({ length: 20 }, () => openRaw(url)));
	for (const { socket } of idle) (socket as unknown as { _socket: Socket })._socket.pause();
	let highest = 0;
	for (let round = 0; round < 2; round++) {
		for (const { socket } of idle) socket.send(question());
		for (let turn = 0; turn < 40; turn++) {
			await new Promise((resolve) => setTimeout(resolve, 10));
			highest = Math.max(highest, served.relay.queuedBytes());
		}
	}
	expect(highest).toBeGreaterThan(1024 * 1024);
	expect(highest).toBeLessThan(12 * 1024 * 1024);
	for (const { socket } of idle) (socket as unknown as { _socket: Socket })._socket.resume();
	await Promise.all(idle.map(({ until }) => until((frame) => frame.length > 3 * 1024 * 1024)));
	await expect.poll(() => served.relay.queuedBytes()).toBe(0);
	writer.socket.terminate();
	await served.stop();
});

test('over sockets: whoever waits is answered at a heartbeat, because one who does not read is sent away', async () => {
	let beat = () => {};
	const heartbeat = (work: () => void) => {
		beat = work;
		return () => {};
	};
	const served = await serveRelay({ unread: new UnreadAnswers({ perPerson: 2 ** 30, together: 1 }), heartbeat });
	const writer = await openRaw(`${served.url}/agenda:a1?as=board:ada&ack=1`);
	const large = new Y.Doc();
	// More than lies between two sockets on the way.
	for (let piece = 0; piece < 14; piece++) {
		await served.relay.contribute('agenda:a1', typing(large, 'x'.repeat(1024 * 1024)));
	}
	const [mallory, bert] = [
		await openRaw(`${served.url}/agenda:a1?as=board:mallory`),
		await openRaw(`${served.url}/agenda:a1?as=board:bert`),
	];
	(mallory.socket as unknown as { _socket: Socket })._socket.pause();
	mallory.socket.send(question());
	await expect.poll(() => served.relay.queuedBytes()).toBeGreaterThan(1024 * 1024);
	bert.socket.send(question());
	bert.socket.ping();
	await once(bert.socket, 'pong');
	// What was asked before this is in the same turn, or in one before it.
	writer.socket.send(encodeUpdate(typing(new Y.Doc(), 'danach')));
	await writer.until((frame) => frame[0] === messageAck);
	const answered = bert.until((frame) => frame.length > 14 * 1024 * 1024);
	beat();
	await new Promise(setImmediate);
	beat();
	await answered;
	const closed = served.events.filter(({ event }) => event === 'closed');
	expect(closed.map(({ details }) => [details['code'], details['person']])).toEqual([[closeCodes.slow, 'mallory']]);
	for (const { socket } of [writer, mallory, bert]) socket.terminate();
	await served.stop();
});
