import * as encoding from 'lib0/encoding';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { toFrames } from './answer-frames.ts';
import { encodeStep2, encodeUpdate, headOfStep2, headOfUpdate } from './frames.ts';
import { writeFrame } from './wire-frame.ts';

/** Around where a length, or a WebSocket's header, takes a byte more. */
const lengths = [0, 1, 2, 121, 122, 123, 124, 125, 126, 127, 128, 129, 16_379, 16_383, 16_384, 65_531, 65_532, 2 ** 21];
const payload = (length: number) => Uint8Array.from({ length }, (_, at) => at & 255);

test.each(lengths)('an update of %i bytes is framed as lib0 does it', (length) => {
	const expected = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, 0);
		encoding.writeVarUint(encoder, 2);
		encoding.writeVarUint8Array(encoder, payload(length));
	});
	expect(Buffer.compare(encodeUpdate(payload(length)), expected)).toBe(0);
});

test.each(lengths)('a frame of %i bytes is a message by RFC 6455, and so is what comes after it', (length) => {
	const wire = new PassThrough({ highWaterMark: 2 ** 23 });
	for (const frame of [payload(length), Uint8Array.of(7)]) writeFrame(wire, frame);
	const messages = readMessages(wire.read() as Buffer);
	expect(messages.map(({ length }) => length)).toEqual([length, 1]);
	expect(Buffer.compare(messages[0] as Buffer, payload(length))).toBe(0);
	expect(messages[1]?.[0]).toBe(7);
});

test.each(lengths)('so is one in two pieces, of which the second has %i bytes', (length) => {
	const wire = new PassThrough({ highWaterMark: 2 ** 23 });
	const update = payload(length);
	writeFrame(wire, headOfStep2(update), update);
	writeFrame(wire, Uint8Array.of(7));
	const [message, ...after] = readMessages(wire.read() as Buffer);
	expect(Buffer.compare(message as Buffer, encodeStep2(update))).toBe(0);
	expect(after).toEqual([Buffer.of(7)]);
});

test('a document is sent as it lies in memory, and a short one to many is in memory once', () => {
	const written: unknown[] = [];
	const wire = Object.assign(new PassThrough(), { write: (bytes: unknown) => written.push(bytes) });
	const [long, short] = [payload(100_000), payload(1000)];
	for (const update of [long, short, short]) {
		for (const { head, body } of toFrames({ base: update, since: [] }, true)) writeFrame(wire, head, body);
	}
	expect(written[2]).toBe(long);
	expect(written[4]).toBe(written[3]);
	writeFrame(wire, headOfUpdate(short), short);
	expect(written[5]).not.toEqual(written[4]);
});

/** Final binary ones, each in the shortest form there is for its length. */
function readMessages(bytes: Buffer): Buffer[] {
	if (bytes.length === 0) return [];
	expect(bytes[0]).toBe(0x82);
	const short = bytes[1] as number;
	const [head, length] =
		short < 126 ? [2, short] : short === 126 ? [4, bytes.readUInt16BE(2)] : [10, Number(bytes.readBigUInt64BE(2))];
	expect(length).toBeGreaterThanOrEqual(short < 126 ? 0 : short === 126 ? 126 : 65_536);
	return [bytes.subarray(head, head + length), ...readMessages(bytes.subarray(head + length))];
}
