/** Messages that begin and do not end, over real sockets: they cost the server a bounded amount, and nobody else anything. */
import { closeCodes, type CloseCode } from '#lib/protocol/close-codes.ts';
import { messageAck } from '#lib/protocol/messages.ts';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeUpdate } from '../../server/relay/frames.ts';
import { openRaw, type RawSocket } from './raw-socket.ts';
import { typing } from './scripted-peer.ts';
import { type ServedRelay, serveRelay } from './serve-relay.ts';

const kilobyte = 1024;
const bounds = { perPerson: 512 * kilobyte, together: 1200 * kilobyte, least: kilobyte };

let served: ServedRelay;
let beat: () => void;
let closed: CloseCode[];
beforeEach(async () => {
	closed = [];
	served = await serveRelay({
		unfinished: bounds,
		observe: { refused: () => {}, closed: (code) => closed.push(code) },
		heartbeat: (given) => {
			beat = given;
			return () => {};
		},
	});
});
afterEach(() => served.stop());

/** Its messages are made by hand, so it puts no answer to a ping in their midst. */
const open = (person: string) => openRaw(`${served.url}/agenda:a1?as=board:${person}&ack=1`, { autoPong: false });
const isAck = (frame: Uint8Array) => frame[0] === messageAck;

/** What is on the wire, by hand. */
const wireOf = ({ socket }: RawSocket) => (socket as unknown as { _socket: Socket })._socket;

/** A message as one frame, its mask nought. */
function framed(payload: Uint8Array): Buffer {
	const head = Buffer.alloc(14);
	head.writeUInt8(0x82, 0);
	head.writeUInt8(0x80 | 127, 1);
	head.writeBigUInt64BE(BigInt(payload.length), 2);
	return Buffer.concat([head, payload]);
}

/** An update of about so many bytes. */
const written = (bytes: number) => encodeUpdate(typing(new Y.Doc(), 'x'.repeat(bytes)));

async function send(raw: RawSocket, bytes: Uint8Array): Promise<void> {
	const before = served.relay.counts().unfinished;
	wireOf(raw).write(bytes);
	while (served.relay.counts().unfinished < before + bytes.length && closed.length === 0)
		await new Promise(setImmediate);
}

test('beyond what one person may have begun, what began last is cut off, by name; what began first ends, and is kept', async () => {
	const [first, second, other] = await Promise.all([open('ada'), open('ada'), open('berta')]);
	const message = framed(written(300 * kilobyte));
	await send(first, message.subarray(0, 250 * kilobyte));
	await send(second, message.subarray(0, 250 * kilobyte));
	await send(other, message.subarray(0, 250 * kilobyte));
	expect(closed).toEqual([]);
	wireOf(second).write(message.subarray(250 * kilobyte, 290 * kilobyte));
	expect(await second.closed).toBe(closeCodes.unfinished);
	for (const one of [first, other]) {
		wireOf(one).write(message.subarray(250 * kilobyte));
		await one.until(isAck);
	}
	expect(closed).toEqual([closeCodes.unfinished]);
	await served.whenLeft(2);
	expect(served.relay.counts().unfinished).toBe(0);
});

test('what is cut off is thrown away from then on, and its connection gone, whatever its sender does', async () => {
	const raw = await open('ada');
	wireOf(raw).pause();
	const message = framed(new Uint8Array(2048 * kilobyte));
	wireOf(raw).write(message.subarray(0, 1024 * kilobyte));
	await served.whenLeft(0);
	expect([closed, served.relay.counts().unfinished]).toEqual([[closeCodes.unfinished], 0]);
	wireOf(raw).destroy();
});

test('a message that stands still is given up, pings answered or not; one that comes slowly is heard', async () => {
	const [slow, still] = await Promise.all([open('ada'), openRaw(`${served.url}/agenda:a1?as=board:berta`)]);
	const message = framed(written(20 * kilobyte));
	const more = async () => {
		const before = served.relay.counts().unfinished;
		while (served.relay.counts().unfinished <= before) await new Promise(setImmediate);
	};
	still.socket.send(new Uint8Array(10 * kilobyte), { fin: false });
	await more();
	let at = 0;
	for (let beats = 0; beats < 3; beats++, at += 4 * kilobyte) {
		await send(slow, message.subarray(at, at + 4 * kilobyte));
		expect(closed).toEqual([]);
		beat();
		// The answer of who stands still, when they are asked.
		if (beats === 1) await more();
	}
	expect(await still.closed).toBe(closeCodes.unfinished);
	wireOf(slow).write(message.subarray(at));
	await slow.until(isAck);
});

test('of what is said and heard nothing stays counted, in however many frames it comes', async () => {
	const raw = await open('ada');
	const doc = new Y.Doc();
	for (let count = 1; count <= 50; count++) raw.socket.send(encodeUpdate(typing(doc, 'x'.repeat(count * 100))));
	raw.socket.ping();
	await raw.until((frame) => isAck(frame) && frame[1] === 50);
	const update = encodeUpdate(typing(doc, 'Ende'));
	raw.socket.send(update.subarray(0, 5), { fin: false });
	raw.socket.send(update.subarray(5), { fin: true });
	await raw.until((frame) => isAck(frame) && frame[1] === 51);
	expect(served.relay.counts().unfinished).toBeLessThan(kilobyte);
	raw.socket.close();
	await once(raw.socket, 'close');
	await served.whenLeft(0);
	expect(served.relay.counts().unfinished).toBe(0);
});
