/** Messages of a few bytes, as fast as the network takes them: everybody else is heard between them. */
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts';
import { messageAck } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStep1, encodeUpdate } from '../../server/relay/frames.ts';
import { openRaw, type RawSocket } from './raw-socket.ts';
import { rawFrame, typing } from './scripted-peer.ts';
import { type ServedRelay, serveRelay } from './serve-relay.ts';

let served: ServedRelay;
let beat: () => void;
let closed: CloseCode[];
/** Contributions that were heard. */
let heard: number;
beforeEach(async () => {
	closed = [];
	heard = 0;
	served = await serveRelay({
		observe: { refused: () => {}, closed: (code) => closed.push(code) },
		heartbeat: (given) => {
			beat = given;
			return () => {};
		},
		health: {
			// Asked once for each.
			get trouble() {
				heard += 1;
				return null;
			},
			onChange: () => () => {},
		},
	});
});
afterEach(() => served.stop());

const open = () => openRaw(`${served.url}/agenda:a1?as=board:ada&ack=1`);
const wireOf = ({ socket }: RawSocket) => (socket as unknown as { _socket: Socket })._socket;

/** The same message again and again, its mask nought. */
function flood(payload: Uint8Array, count: number, opcode = 2): Buffer {
	const { length } = payload;
	const [first, ...rest] = length < 126 ? [length] : [126, length >> 8, length & 0xff];
	const frame = Buffer.concat([Buffer.of(0x80 | opcode, 0x80 | (first ?? 0), ...rest, 0, 0, 0, 0), payload]);
	return Buffer.concat(Array<Buffer>(count).fill(frame));
}

/** An update with nothing in it. */
const nothing = encodeUpdate(Uint8Array.of(0, 0));
const says: [string, Uint8Array, number][] = [
	['questions who is here', rawFrame(3), 2],
	['questions for the document', encodeStep1(Uint8Array.of(0)), 2],
	['presence of nobody', rawFrame(1, 1, 0), 2],
	['pongs', new Uint8Array(), 10],
];

/** Counts what is heard in each turn of the loop, until `whole` is. @returns of each turn in which anything was, how much */
async function eachTurn(whole: number): Promise<number[]> {
	const turns: number[] = [];
	for (let [before, last] = [heard, heard]; heard < before + whole; last = heard) {
		await new Promise(setImmediate);
		if (heard > last) turns.push(heard - last);
	}
	return turns;
}

/** What is read of a connection at once. Bytes. */
const piece = 64 * 1024;

const sizes: [string, Uint8Array, number][] = [
	['a few bytes', nothing, 60_000],
	['some hundred bytes, of which a piece holds few', encodeUpdate(typing(new Y.Doc(), 'x'.repeat(300))), 4000],
];

test.each(sizes)(
	'in a turn only a piece of them is heard, whoever sent them, and in the end all are: %s',
	async (_, payload, each) => {
		const senders = 4;
		const raws = await Promise.all(Array.from({ length: senders }, open));
		const turns = eachTurn(senders * each);
		for (const raw of raws) wireOf(raw).write(flood(payload, each));
		const all = (frame: Uint8Array) => frame[0] === messageAck && count(frame) === each;
		await Promise.all(raws.map((raw) => raw.until(all)));
		// All of them once, at their first piece.
		expect(Math.max(...(await turns))).toBeLessThan((senders + 2) * (piece / (payload.length + 6)));
		expect(closed).toEqual([]);
	},
);

test('many who each send a little in every turn are heard one after the other, too', async () => {
	const [senders, rounds, each] = [40, 10, 1000];
	const raws = await Promise.all(Array.from({ length: senders }, open));
	const turns = eachTurn(senders * rounds * each);
	for (let round = 0; round < rounds; round++) {
		for (const raw of raws) wireOf(raw).write(flood(nothing, each));
		await new Promise(setImmediate);
	}
	const [, ...later] = await turns;
	expect(Math.max(...later)).toBeLessThan(2 * (piece / (nothing.length + 6)));
	expect(closed).toEqual([]);
});

const count = (frame: Uint8Array) => {
	const decoder = decoding.createDecoder(frame);
	decoding.readVarUint(decoder);
	return decoding.readVarUint(decoder);
};

test.each(says)('too many %s close the connection, by name', async (_, payload, opcode) => {
	const raw = await open();
	wireOf(raw).write(flood(payload, 6001, opcode));
	expect(await raw.closed).toBe(closeCodes.chatter);
	await served.whenLeft(0);
	expect(closed).toEqual([closeCodes.chatter]);
	const details = { code: closeCodes.chatter, reason: 'says too much', document: 'agenda:a1', person: 'ada' };
	expect(served.events).toEqual([{ event: 'closed', details }]);
});

test.each(says)('as many %s as a beat allows do not, again and again', async (_, payload, opcode) => {
	const raw = await open();
	for (let round = 1; round <= 3; round++) {
		wireOf(raw).write(Buffer.concat([flood(payload, 6000, opcode), flood(nothing, 1)]));
		await raw.until((frame) => frame[0] === messageAck && count(frame) === round);
		beat();
	}
	expect(closed).toEqual([]);
});

test('who pings and does not read the answers is closed, and that is counted once', async () => {
	const raw = await open();
	wireOf(raw).write(flood(new Uint8Array(), 3000, 9));
	await raw.closed;
	await served.whenLeft(0);
	expect(closed).toEqual([closeCodes.chatter]);
	expect(served.events.map(({ event, details }) => [event, details.code])).toEqual([['closed', closeCodes.chatter]]);
});

test('who pings and reads the answers may do so for long, and not without end', async () => {
	const raw = await open();
	const ping = async () => {
		wireOf(raw).write(Buffer.concat([flood(new Uint8Array(), 40, 9), flood(nothing, 1)]));
		const before = raw.frames.length;
		while (raw.frames.length === before && raw.socket.readyState === raw.socket.OPEN) await new Promise(setImmediate);
	};
	for (let sent = 0; sent < 6000; sent += 40) await ping();
	beat();
	for (let sent = 0; sent < 6000; sent += 40) await ping();
	expect(closed).toEqual([]);
	await ping();
	expect(await raw.closed).toBe(closeCodes.chatter);
	expect(closed).toEqual([closeCodes.chatter]);
});
