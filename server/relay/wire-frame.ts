/**
 * Binary WebSocket messages, written on the connection itself. Every listener of a room gets the same one: a small one is
 * framed once and written as it is, a large one is never copied. Writing past `ws` keeps the order of what both write,
 * because without compression `ws` writes at once, too.
 */
import type { Duplex } from 'node:stream';

/** Above this, putting header and payload together costs more than writing them one after the other. Bytes. */
const large = 16 * 1024;

/** RFC 6455, 5.2: a final binary frame. */
const finalBinary = 0x82;

let last: { frame: Uint8Array; wire: Buffer } | null = null;
let joined: { frame: Uint8Array; rest: Uint8Array; whole: Buffer } | null = null;

/**
 * @param frame is not to be changed any more
 * @param rest of it, where it is in two pieces; neither
 */
export function writeFrame(connection: Duplex, frame: Uint8Array, rest?: Uint8Array): void {
	const length = frame.length + (rest?.length ?? 0);
	if (length <= large) return void connection.write(toWire(rest ? join(frame, rest) : frame));
	connection.cork();
	connection.write(headerOf(length));
	connection.write(frame);
	if (rest) connection.write(rest);
	connection.uncork();
}

/** What many get is in memory once. */
function join(frame: Uint8Array, rest: Uint8Array): Buffer {
	if (joined?.rest !== rest || Buffer.compare(joined.frame, frame) !== 0) {
		joined = { frame, rest, whole: Buffer.concat([frame, rest]) };
	}
	return joined.whole;
}

function toWire(frame: Uint8Array): Buffer {
	if (last?.frame !== frame) last = { frame, wire: frame.length < 126 ? short(frame) : withHeader(frame) };
	return last.wire;
}

/** What is typed. */
function short(frame: Uint8Array): Buffer {
	const wire = Buffer.allocUnsafe(2 + frame.length);
	[wire[0], wire[1]] = [finalBinary, frame.length];
	wire.set(frame, 2);
	return wire;
}

function withHeader(frame: Uint8Array): Buffer {
	return Buffer.concat([headerOf(frame.length), frame]);
}

function headerOf(length: number): Buffer {
	if (length < 126) return Buffer.of(finalBinary, length);
	if (length < 65_536) return Buffer.of(finalBinary, 126, length >> 8, length & 255);
	const header = Buffer.alloc(10);
	header[0] = finalBinary;
	header[1] = 127;
	header.writeBigUInt64BE(BigInt(length), 2);
	return header;
}
