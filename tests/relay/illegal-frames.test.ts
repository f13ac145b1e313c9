/** What the WebSocket library refuses by itself is counted and said as our own closings are. */
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts';
import { messageAck } from '#lib/protocol/messages.ts';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeUpdate } from '../../server/relay/frames.ts';
import { openRaw } from './raw-socket.ts';
import { typing } from './scripted-peer.ts';
import { type ServedRelay, serveRelay } from './serve-relay.ts';

let served: ServedRelay;
let closed: CloseCode[];
beforeEach(async () => {
	closed = [];
	served = await serveRelay({ observe: { refused: () => {}, closed: (code) => closed.push(code) } });
});
afterEach(() => served.stop());

/** The mask is nought. */
function head(first: number, payload: number): Buffer {
	const bytes = Buffer.alloc(14);
	bytes.writeUInt8(first, 0);
	bytes.writeUInt8(0x80 | 127, 1);
	bytes.writeBigUInt64BE(BigInt(payload), 2);
	return bytes;
}

const open = () => openRaw(`${served.url}/agenda:a1?as=board:ada&ack=1`);
const wireOf = (raw: Awaited<ReturnType<typeof open>>) => (raw.socket as unknown as { _socket: Socket })._socket;
const empty = Buffer.of(0x80, 0, 0, 0, 0);
const pieces = Buffer.concat([Buffer.of(0x02, ...empty), ...Array<Buffer>(200_000).fill(Buffer.of(0x00, ...empty))]);

test.each([
	['a reserved bit is set', Buffer.of(0xf2, ...empty), closeCodes.illegalFrame],
	['an unknown opcode', Buffer.of(0x83, ...empty), closeCodes.illegalFrame],
	['a frame that is announced as 100 MiB', head(0x82, 100 * 1024 * 1024), closeCodes.tooBig],
	['a length beyond 2^53', head(0x82, 2 ** 60), closeCodes.tooBig],
	['a message in 200,000 pieces', pieces, closeCodes.tooManyPieces],
	['text that is none', Buffer.of(0x81, 0x81, 0, 0, 0, 0, 0xff), closeCodes.notText],
])('%s', async (_, bytes, code) => {
	const raw = await open();
	wireOf(raw).write(bytes);
	expect(await raw.closed).toBe(code);
	await served.whenLeft(0);
	expect(closed).toEqual([code]);
	expect(served.events).toEqual([
		{ event: 'closed', details: { code, reason: expect.any(String) as string, document: 'agenda:a1', person: 'ada' } },
	]);
});

test('whom we have closed already is not counted twice', async () => {
	const raw = await open();
	wireOf(raw).write(Buffer.concat([Buffer.of(0x82, 0x81, 0, 0, 0, 0, 99), Buffer.of(0xf2, ...empty)]));
	await raw.closed;
	await served.whenLeft(0);
	expect(closed).toEqual([closeCodes.badFrame]);
	expect(served.events.map(({ event }) => event)).toEqual(['closed']);
});

test('who is there meanwhile writes on', async () => {
	const [raw, other] = [await open(), await open()];
	wireOf(raw).write(head(0x82, 100 * 1024 * 1024));
	await raw.closed;
	other.socket.send(encodeUpdate(typing(new Y.Doc(), 'x')));
	await other.until((frame) => frame[0] === messageAck);
	expect(closed).toEqual([closeCodes.tooBig]);
});
