/** What happens around a room: names, upgrades, frames that are too large, peers that hang, sign-out, stopping. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { limits } from '#lib/protocol/limits.ts';
import {
	messageAck,
	messageAwareness,
	messageQueryAwareness,
	messageSync,
	syncStep1,
	syncStep2,
	syncUpdate,
} from '#lib/protocol/messages.ts';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { toDocument } from '../../server/relay/document-state.ts';
import type { Admit } from '../../server/relay/admission.ts';
import { encodeStep1, encodeUpdate } from '../../server/relay/frames.ts';
import { createMemoryStore } from './memory-store.ts';
import { openRaw, statusOf } from './raw-socket.ts';
import { rawFrame, typing } from './scripted-peer.ts';
import { admitByQuery, type ServedRelay, serveRelay } from './serve-relay.ts';

let served: ServedRelay;
afterEach(() => served.stop());

const agenda = (as: string) => `${served.url}/agenda:a1?as=${as}&ack=1`;
const isAck = (frame: Uint8Array) => frame[0] === messageAck;
const isSync = (step: number) => (frame: Uint8Array) => frame[0] === messageSync && frame[1] === step;

function createHeart() {
	const heart = {
		beat: () => {},
		heartbeat(beat: () => void) {
			heart.beat = beat;
			return () => {};
		},
	};
	return heart;
}
const megabyte = 1024 * 1024;
const askAll = encodeStep1(Y.encodeStateVector(new Y.Doc()));

test.each([
	'agenda',
	'agenda:',
	'nonsense:a1',
	'agenda:A1',
	'agenda:a1:b',
	'agenda:..%2Fa1',
	'..%2F..%2Fetc%2Fpasswd',
	'../agenda:a1',
	'agenda:a1%00',
	'agenda:%00',
	'agenda:a%ZZ',
	'directory:other',
	`agenda:${'a'.repeat(33)}`,
	'',
])('%j is the name of no document', async (name) => {
	served = await serveRelay();
	expect(await statusOf(`${served.url}/${name}?as=board:ada`)).toBe(404);
	expect(await served.store.list()).toEqual([]);
	expect(served.relay.counts()).toEqual({ connections: 0, rooms: 0, held: 0, unfinished: 0 });
});

test('a reader cannot bring a document into being, a writer does with the first update', async () => {
	served = await serveRelay();
	expect(await statusOf(agenda('member:cleo'))).toBe(404);
	const ada = await openRaw(agenda('board:ada'));
	expect(await statusOf(agenda('member:cleo'))).toBe(404);
	ada.socket.send(encodeUpdate(typing(new Y.Doc(), 'x')));
	await ada.until(isAck);
	expect(await statusOf(agenda('member:cleo'))).toBe(101);
});

test('a document that cannot be read is refused before the upgrade, and open again later', async () => {
	const store = createMemoryStore();
	served = await serveRelay({ store });
	store.failNext('load');
	expect(await statusOf(agenda('board:ada'))).toBe(503);
	expect(await statusOf(agenda('board:ada'))).toBe(101);
});

test('a frame above the limit closes with 1009 and has no effect', async () => {
	served = await serveRelay();
	const ada = await openRaw(agenda('board:ada'));
	ada.socket.send(encodeUpdate(typing(new Y.Doc(), 'x'.repeat(limits.frameBytes))));
	expect(await ada.closed).toBe(closeCodes.tooBig);
	expect(await served.store.list()).toEqual([]);
});

test('an illegal WebSocket frame ends its own connection and no other', async () => {
	served = await serveRelay();
	const ben = await openRaw(agenda('board:ben'));
	const ada = connect(served.port, '127.0.0.1');
	ada.write(
		'GET /sync/agenda:a1?as=board:ada HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
			'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
	);
	await once(ada, 'data');
	ada.resume().write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
	await once(ada, 'close');
	ben.socket.send(askAll);
	await ben.until(isSync(syncStep2));
});

test('text is not of the protocol, even when its bytes would be', async () => {
	served = await serveRelay();
	const ada = await openRaw(agenda('board:ada'));
	ada.socket.send(String.fromCharCode(...rawFrame(messageQueryAwareness)));
	expect(await ada.closed).toBe(closeCodes.badFrame);
});

test('a client that did not ask for acknowledgements gets none', async () => {
	served = await serveRelay();
	const ada = await openRaw(`${served.url}/agenda:a1?as=board:ada`);
	ada.socket.send(encodeUpdate(typing(new Y.Doc(), 'x')));
	ada.socket.send(askAll);
	await ada.until(isSync(syncStep2));
	expect(ada.frames.filter(isAck)).toEqual([]);
});

test('frames of every length of header arrive as they were sent', async () => {
	served = await serveRelay();
	const [ada, ben] = [await openRaw(agenda('board:ada')), await openRaw(agenda('board:ben'))];
	await ben.until(isSync(syncStep1));
	const around = (length: number) => Array.from({ length: 24 }, (_, at) => length - 20 + at);
	let sent = 0;
	for (const length of [...around(100), ...around(16 * 1024), ...around(65_520), 2 * megabyte]) {
		const frame = encodeUpdate(typing(new Y.Doc(), 'x'.repeat(length)));
		ada.socket.send(frame);
		sent += 1;
		await ada.until((each) => Buffer.compare(each, rawFrame(messageAck, sent)) === 0);
		expect(Buffer.compare(await ben.until(isSync(syncUpdate)), frame)).toBe(0);
		ben.frames.length = 0;
	}
});

test('a reader that does not read is cut off, and the others go on', async () => {
	served = await serveRelay();
	const [ada, slow] = [await openRaw(agenda('board:ada')), await openRaw(agenda('board:slow'))];
	await slow.until(isSync(syncStep1));
	slow.socket.pause();
	const doc = new Y.Doc();
	const pieces = (2 * limits.sendBufferBytes) / (2 * megabyte);
	for (let count = 1; count <= pieces; count++) {
		doc.once('update', (update: Uint8Array) => ada.socket.send(encodeUpdate(update)));
		doc.getMap('m').set('image', new Uint8Array(2 * megabyte));
		await ada.until((frame) => Buffer.compare(frame, rawFrame(messageAck, count)) === 0);
	}
	await served.whenLeft(1);
	expect(ada.socket.readyState).toBe(ada.socket.OPEN);
	slow.socket.terminate();
});

test('past who does not read nothing is written: what waits for them stays small', async () => {
	served = await serveRelay();
	const [ada, slow] = [await openRaw(agenda('board:ada')), await openRaw(agenda('board:slow'))];
	await slow.until(isSync(syncStep1));
	slow.socket.pause();
	const doc = new Y.Doc();
	for (let count = 1; count <= 56; count++) {
		doc.once('update', (update: Uint8Array) => ada.socket.send(encodeUpdate(update)));
		doc.getMap('map').set('image', new Uint8Array(megabyte / 4));
		await ada.until((frame) => Buffer.compare(frame, rawFrame(messageAck, count)) === 0);
		expect(served.relay.queuedBytes()).toBeLessThan(2 * megabyte);
	}
	expect(served.relay.counts().connections).toBe(2);
	slow.socket.terminate();
});

test('who asks again and again and does not read the answers is cut off', async () => {
	served = await serveRelay();
	const [ada, slow] = [await openRaw(agenda('board:ada')), await openRaw(agenda('board:slow'))];
	ada.socket.send(encodeUpdate(typing(new Y.Doc(), 'x'.repeat(2 * megabyte))));
	await ada.until(isAck);
	await slow.until(isSync(syncStep1));
	slow.socket.pause();
	for (let asked = 0; asked < 40 && served.relay.counts().connections === 2; asked++) {
		slow.socket.send(askAll);
		// A round trip of another's later it is answered, mostly.
		const heard = ada.frames.length;
		ada.socket.send(askAll);
		while (ada.frames.length === heard) await once(ada.socket, 'message');
		expect(served.relay.queuedBytes()).toBeLessThan(limits.sendBufferBytes + 8 * megabyte);
	}
	await served.whenLeft(1);
	slow.socket.terminate();
});

test('a peer that no longer answers is let go, one that does stays', async () => {
	const heart = createHeart();
	let silent = 0;
	const observe = { refused: () => {}, closed: () => {}, silent: () => void silent++ };
	served = await serveRelay({ heartbeat: heart.heartbeat, observe });
	const [gone, ben] = [await openRaw(agenda('board:gone')), await openRaw(agenda('board:ben'))];
	gone.socket.pause();
	heart.beat();
	heart.beat();
	await once(ben.socket, 'ping');
	ben.socket.send(askAll);
	await ben.until(isSync(syncStep2));
	expect(served.relay.counts().connections).toBe(2);
	heart.beat();
	// It is counted once, though it is not gone at once.
	heart.beat();
	await served.whenLeft(1);
	expect(ben.socket.readyState).toBe(ben.socket.OPEN);
	expect(silent).toBe(1);
	gone.socket.terminate();
});

test('who has just said something is not asked whether they are there', async () => {
	const heart = createHeart();
	served = await serveRelay({ heartbeat: heart.heartbeat });
	const [ada, ben] = [await openRaw(agenda('board:ada')), await openRaw(agenda('board:ben'))];
	let asked = 0;
	ada.socket.on('ping', () => (asked += 1));
	heart.beat();
	ada.socket.send(askAll);
	await ada.until(isSync(syncStep2));
	heart.beat();
	await once(ben.socket, 'ping');
	// Answered behind what the beat sent.
	ada.socket.ping();
	await once(ada.socket, 'pong');
	expect(asked).toBe(0);
});

test('a quiet connection hears something, so that stock clients keep it', async () => {
	const heart = createHeart();
	served = await serveRelay({ heartbeat: heart.heartbeat });
	const ada = await openRaw(agenda('board:ada'));
	await ada.until(isSync(syncStep1));
	heart.beat();
	ada.socket.ping();
	await once(ada.socket, 'pong');
	expect(ada.frames.filter((frame) => frame[0] === messageAwareness)).toEqual([]);
	heart.beat();
	expect(await ada.until((frame) => frame[0] === messageAwareness)).toEqual(rawFrame(messageAwareness, 1, 0));
});

test('signing out closes what the session has open, and that of nobody else', async () => {
	served = await serveRelay();
	const [ada, ben] = [await openRaw(agenda('board:ada')), await openRaw(agenda('board:ben'))];
	served.relay.disconnect({ sessionId: 'session-ada' });
	expect(await ada.closed).toBe(closeCodes.unauthorized);
	served.relay.disconnect({ personId: 'someone-else' });
	ben.socket.send(askAll);
	await ben.until(isSync(syncStep2));
	served.relay.disconnect({ personId: 'ben' });
	expect(await ben.closed).toBe(closeCodes.unauthorized);
});

test('what comes in one packet with the sign-out has no effect', async () => {
	served = await serveRelay();
	const ada = await openRaw(agenda('board:ada'));
	await ada.until(isSync(syncStep1));
	served.relay.disconnect({ personId: 'ada' });
	ada.socket.send(encodeUpdate(typing(new Y.Doc(), 'noch schnell')));
	expect(await ada.closed).toBe(closeCodes.unauthorized);
	expect(await served.store.list()).toEqual([]);
});

test('what waits in line behind a large frame when its person is signed out has no effect', async () => {
	const store = createMemoryStore();
	const signOut = (batch: Parameters<typeof store.append>[0]) => {
		served.relay.disconnect({ personId: 'ada' });
		return store.append(batch);
	};
	served = await serveRelay({ store: { ...store, append: signOut } });
	const ada = await openRaw(agenda('board:ada'));
	await ada.until(isSync(syncStep1));
	const doc = new Y.Doc();
	const [first, second] = [typing(doc, 'x'.repeat(20_000)), typing(doc, 'y')];
	const wire = (ada.socket as unknown as { _socket: Socket })._socket;
	wire.cork();
	for (const update of [first, second]) ada.socket.send(encodeUpdate(update));
	wire.uncork();
	expect(await ada.closed).toBe(closeCodes.unauthorized);
	expect((await store.load('agenda:a1')).tail).toEqual([first]);
});

test('whoever is signed out while the document is read does not get in', async () => {
	const store = createMemoryStore();
	const [reading, read] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
	let signedOut = false;
	served = await serveRelay({
		store: {
			...store,
			async load(name) {
				reading.resolve(undefined);
				await read.promise;
				return store.load(name);
			},
		},
		admit: async (request, name) => (signedOut ? { ok: false, status: 401 } : admitByQuery(request, name)),
	});
	const status = statusOf(agenda('board:ada'));
	await reading.promise;
	signedOut = true;
	served.relay.disconnect({ personId: 'ada' });
	read.resolve(undefined);
	expect(await status).toBe(401);
	expect(served.relay.counts().connections).toBe(0);
});

test('whoever is signed out while being let in does not get in', async () => {
	let signedOut = false;
	let deciding = () => {};
	const decides = new Promise<void>((resolve) => (deciding = resolve));
	let answer = () => {};
	const answers = new Promise<void>((resolve) => (answer = resolve));
	served = await serveRelay({
		async admit(request, name) {
			const decision = signedOut ? { ok: false as const, status: 401 as const } : await admitByQuery(request, name);
			deciding();
			await answers;
			return decision;
		},
	});
	const status = statusOf(agenda('board:ada'));
	await decides;
	signedOut = true;
	served.relay.disconnect({ personId: 'ada' });
	answer();
	expect(await status).toBe(401);
});

test('stopping commits and acknowledges what came, says so, and takes nothing new', async () => {
	const store = createMemoryStore();
	served = await serveRelay({ store });
	const ada = await openRaw(agenda('board:ada'));
	await ada.until(isSync(syncStep1));
	const release = store.hold();
	ada.socket.send(encodeUpdate(typing(new Y.Doc(), 'zuletzt')));
	ada.socket.ping();
	await once(ada.socket, 'pong');
	const stopped = served.relay.close();
	expect(await statusOf(agenda('board:ben'))).toBe(503);
	release();
	await stopped;
	expect(await ada.closed).toBe(closeCodes.restart);
	expect(ada.frames.filter(isAck)).toEqual([rawFrame(messageAck, 1)]);
	expect((await store.load('agenda:a1')).tail).toHaveLength(1);
	expect(served.relay.counts().connections).toBe(0);
});

test.each(['ends', 'hangs'])('stopping waits for no compaction that is due, when the one under way %s', async (how) => {
	let begun = 0;
	let end = () => {};
	const encode = () => {
		begun += 1;
		return new Promise<never>((_, reject) => (end = () => reject(new Error('not now'))));
	};
	served = await serveRelay({ compaction: { threshold: { updates: 1, bytes: 1 }, encode } });
	const documents = ['agenda:a1', 'agenda:a2', 'agenda:a3'];
	const all = await Promise.all(documents.map((name) => openRaw(`${served.url}/${name}?as=board:ada&ack=1`)));
	for (const one of all) {
		await one.until(isSync(syncStep1));
		one.socket.send(encodeUpdate(typing(new Y.Doc(), 'zuletzt')));
		await one.until(isAck);
	}
	expect(begun).toBe(1);
	const stopped = served.relay.close();
	const closed = Promise.all(all.map((one) => one.closed));
	const first = await Promise.race([closed, stopped.then(() => 'stopped'), sleep(1000).then(() => 'open')]);
	expect(first).toEqual([closeCodes.restart, closeCodes.restart, closeCodes.restart]);
	if (how === 'ends') end();
	await stopped;
	expect(begun).toBe(1);
	end();
});

test('stopping hears also the large frames that came and wait for their turn', async () => {
	const store = createMemoryStore();
	let stopped: Promise<void> | null = null;
	const stop = (batch: Parameters<typeof store.append>[0]) => {
		stopped ??= served.relay.close();
		return store.append(batch);
	};
	served = await serveRelay({ store: { ...store, append: stop } });
	const ada = await openRaw(agenda('board:ada'));
	await ada.until(isSync(syncStep1));
	const doc = new Y.Doc();
	const updates = [1, 2, 3].map(() => typing(doc, 'x'.repeat(20_000)));
	const wire = (ada.socket as unknown as { _socket: Socket })._socket;
	wire.cork();
	for (const update of updates) ada.socket.send(encodeUpdate(update));
	wire.uncork();
	expect(await ada.closed).toBe(closeCodes.restart);
	await stopped;
	expect(ada.frames.filter(isAck).at(-1)).toEqual(rawFrame(messageAck, 3));
	expect(toDocument(await store.load('agenda:a1')).getText('t').length).toBe(60_000);
});

test('one person has so many connections, another beside them is not refused, and whoever closes one may open one', async () => {
	served = await serveRelay({ connectionsPerPerson: 3 });
	const own = [];
	for (let at = 0; at < 3; at++) own.push(await openRaw(`${served.url}/agenda:a${at}?as=board:ada`));
	expect(
		await Promise.all(['a1', 'a9', 'a9'].map((id) => statusOf(`${served.url}/agenda:${id}?as=board:ada`))),
	).toEqual([429, 429, 429]);
	expect(served.relay.counts()).toEqual({ connections: 3, rooms: 3, held: 0, unfinished: 0 });
	expect(served.events.filter(({ event }) => event === 'refused')).toEqual([
		{
			event: 'refused',
			details: { status: 429, reason: 'too-many-connections', document: 'agenda:a1', person: 'ada' },
		},
	]);
	expect(await statusOf(agenda('board:ben'))).toBe(101);
	own[0]?.socket.close();
	await own[0]?.closed;
	await served.whenLeft(2);
	expect(await statusOf(agenda('board:ada'))).toBe(101);
});

test('many at once are counted before any of them is open, and what never was one counts no more', async () => {
	const store = createMemoryStore();
	served = await serveRelay({ connectionsPerPerson: 3, store });
	for (let at = 0; at < 5; at++) {
		store.failNext('load');
		expect(await statusOf(`${served.url}/agenda:b${at}?as=board:ada`)).toBe(503);
	}
	const statuses = await Promise.all(
		Array.from({ length: 8 }, async (_, at) => {
			const socket = new WebSocket(`${served.url}/agenda:a${at}?as=board:ada`);
			return new Promise((resolve) => {
				socket.on('open', () => resolve(101));
				socket.on('error', () => {});
				socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
			});
		}),
	);
	expect(statuses.filter((status) => status === 101)).toHaveLength(3);
	expect(statuses.filter((status) => status === 429)).toHaveLength(5);
});

test('who is asked about again while their document is read, and it cannot be read then, counts once and no more', async () => {
	const store = createMemoryStore();
	let asked = 0;
	const admit: Admit = async (request, name) => {
		asked += 1;
		// The second time, once the room that was opened the first time is forgotten.
		while (asked === 3 && served.relay.counts().rooms > 1) await new Promise(setImmediate);
		if (asked === 3) store.failNext('load');
		return admitByQuery(request, name);
	};
	const load = store.load.bind(store);
	store.load = async (name) => {
		if (name === 'agenda:b1') served.relay.disconnect({ personId: 'somebody' });
		return load(name);
	};
	served = await serveRelay({ connectionsPerPerson: 2, store, admit, idle: 1 });
	await openRaw(agenda('board:ada'));
	expect(await statusOf(`${served.url}/agenda:b1?as=board:ada`)).toBe(503);
	await openRaw(agenda('board:ada'));
	expect(await statusOf(agenda('board:ada'))).toBe(429);
});

test('a refusal before the upgrade is kept by nobody, also one of what is no proper upgrade', async () => {
	served = await serveRelay();
	const say = async (target: string, key: string) => {
		const socket = connect(served.port, '127.0.0.1');
		socket.write(
			`GET ${target} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
		);
		let answer = '';
		for await (const chunk of socket) answer += String(chunk);
		return answer;
	};
	const [forbidden, bad] = [
		await say('/sync/minutes:m1?as=member:cleo', 'AAAAAAAAAAAAAAAAAAAAAA=='),
		await say('/sync/agenda:a1?as=board:ada', 'nonsense'),
	];
	expect(forbidden).toMatch(/^HTTP\/1.1 403 /);
	expect(bad).toMatch(/^HTTP\/1.1 400 /);
	for (const answer of [forbidden, bad])
		expect(answer).toContain('Cache-Control: no-store\r\nX-Content-Type-Options: nosniff');
	await served.whenLeft(0);
	expect(served.relay.counts().connections).toBe(0);
});

test('whoever writes under another’s client id is in the log: who, where and which id, and nothing of what they wrote', async () => {
	served = await serveRelay();
	const doc = new Y.Doc();
	const ada = await openRaw(agenda('board:ada'));
	ada.socket.send(encodeUpdate(typing(doc, 'vertraulich')));
	await ada.until(isAck);
	ada.socket.close();
	await served.whenLeft(0);
	const forged = new Y.Doc();
	Y.applyUpdate(forged, Y.encodeStateAsUpdate(doc));
	forged.clientID = doc.clientID;
	const mallory = await openRaw(agenda('board:mallory'));
	mallory.socket.send(encodeUpdate(typing(forged, ' und falsch')));
	expect(await mallory.closed).toBe(closeCodes.foreignClient);
	const details = {
		code: closeCodes.foreignClient,
		reason: `client ${doc.clientID}`,
		document: 'agenda:a1',
		person: 'mallory',
	};
	expect(served.events).toContainEqual({ event: 'closed', details });
	expect(JSON.stringify(served.events)).not.toMatch(/vertraulich|falsch/);
});

test('who only reads may begin no message that a reader has no use for, in one piece or in many', async () => {
	served = await serveRelay();
	const ada = await openRaw(agenda('board:ada'));
	ada.socket.send(encodeUpdate(typing(new Y.Doc(), 'x')));
	await ada.until(isAck);
	const mia = await openRaw(agenda('member:mia'));
	const half = new Uint8Array(limits.readerFrameBytes / 2 + 1);
	for (const socket of [ada.socket, mia.socket]) {
		socket.send(half, { fin: false });
		socket.send(half, { fin: false });
	}
	const [code] = (await once(mia.socket, 'close')) as [number];
	expect(code).toBe(closeCodes.tooBig);
	ada.socket.send(new Uint8Array(), { fin: true });
	const [why] = (await once(ada.socket, 'close')) as [number];
	expect(why, 'who writes was heard to the end').toBe(closeCodes.badFrame);
});
