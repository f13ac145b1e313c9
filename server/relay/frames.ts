/**
 * Frames in and out. lib0 reads a string or a byte array by making a view of the *underlying* buffer, so that in a shared
 * one (Node pools them) a forged length reads what other connections sent. It cannot do so and end where the frame ends:
 * a frame, and each update in one, counts only when it was read to exactly its last byte.
 */
import {
	messageAck,
	messageAwareness,
	messageQueryAwareness,
	messageSync,
	syncStep1,
	syncStep2,
	syncUpdate,
} from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export type Frame =
	| { type: 'step1'; stateVector: Uint8Array }
	| { type: 'contribution'; step2: boolean; update: Uint8Array }
	| { type: 'awareness'; update: Uint8Array }
	| { type: 'query-awareness' };

/** @returns null when it is not a frame of the protocol, to its last byte */
export function decodeFrame(bytes: Uint8Array): Frame | null {
	try {
		const decoder = decoding.createDecoder(bytes);
		const frame = readFrame(decoder);
		return decoding.hasContent(decoder) ? null : frame;
	} catch {
		return null;
	}
}

function readFrame(decoder: decoding.Decoder): Frame | null {
	switch (decoding.readVarUint(decoder)) {
		case messageSync:
			return readSync(decoder);
		case messageAwareness:
			return { type: 'awareness', update: decoding.readVarUint8Array(decoder) };
		case messageQueryAwareness:
			return { type: 'query-awareness' };
		default:
			return null;
	}
}

function readSync(decoder: decoding.Decoder): Frame | null {
	const step = decoding.readVarUint(decoder);
	const payload = decoding.readVarUint8Array(decoder);
	if (step === syncStep1) return { type: 'step1', stateVector: payload };
	if (step === syncStep2 || step === syncUpdate) {
		return { type: 'contribution', step2: step === syncStep2, update: payload };
	}
	return null;
}

export const encodeStep1 = (stateVector: Uint8Array): Uint8Array => encodeSync(syncStep1, stateVector);
export const encodeStep2 = (update: Uint8Array): Uint8Array => encodeSync(syncStep2, update);
export const encodeUpdate = (update: Uint8Array): Uint8Array => encodeSync(syncUpdate, update);

/** What comes before the update in a frame. */
export const headOfStep2 = (update: Uint8Array): Uint8Array => beginSync(syncStep2, update, 0);
export const headOfUpdate = (update: Uint8Array): Uint8Array => beginSync(syncUpdate, update, 0);

function encodeSync(step: number, payload: Uint8Array): Uint8Array {
	const frame = beginSync(step, payload, payload.length);
	frame.set(payload, frame.length - payload.length);
	return frame;
}

/**
 * In one piece of just its length: there is one for every letter that is typed, and an encoder begins with more.
 * @param room for so many bytes after it
 */
function beginSync(step: number, { length }: Uint8Array, room: number): Uint8Array {
	let head = 3;
	for (let left = length; left > 127; left >>>= 7) head += 1;
	const frame = new Uint8Array(head + room);
	[frame[0], frame[1]] = [messageSync, step];
	let at = 2;
	let left = length;
	for (; left > 127; left >>>= 7) frame[at++] = (left & 127) | 128;
	frame[at] = left;
	return frame;
}

/** @param contributions how many of the connection's contributions are durable */
export function encodeAck(contributions: number): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageAck);
		encoding.writeVarUint(encoder, contributions);
	});
}

/** The update is copied once, as in `joinEntries`. */
export function encodeAwareness(update: Uint8Array): Uint8Array {
	const head = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageAwareness);
		encoding.writeVarUint(encoder, update.length);
	});
	return Buffer.concat([head, update]);
}
