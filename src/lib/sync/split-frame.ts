/** Contributions as the relay takes them: no frame of more than it reads at once. Loaded only when there is a large one. */
import { limits } from '#lib/protocol/limits.ts';
import { messageSync, syncStep2 } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { splitUpdate } from './split-update.ts';

/** Far below what the relay refuses, so that nobody waits long for any of them. */
const most = { bytes: 256 * 1024, parts: 4000 };

export type FramePiece = {
	frame: Uint8Array<ArrayBuffer>;
	/** How much has gone out with it; 1 with the last. */ done: number;
};

/** A single value that is larger than a frame cannot be cut. */
export function isTooLarge(frame: Uint8Array): boolean {
	return frame.length > limits.frameBytes;
}

/** @param frame SyncStep2 or Update; what it comes to is all SyncStep2: it may hold others' work */
export function* splitFrame(frame: Uint8Array<ArrayBuffer>): Generator<FramePiece> {
	const update = decoding.readVarUint8Array(decoding.createDecoder(frame.subarray(2)));
	let held: Uint8Array | null = null;
	let sent = 0;
	for (const piece of splitUpdate(update, most)) {
		if (held) {
			sent += held.length;
			yield { frame: toFrame(held), done: Math.min(0.99, sent / update.length) };
		}
		held = piece;
	}
	// What fits into one piece goes out as it came.
	yield { frame: held && held !== update ? toFrame(held) : frame, done: 1 };
}

function toFrame(update: Uint8Array): Uint8Array<ArrayBuffer> {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageSync);
		encoding.writeVarUint(encoder, syncStep2);
		encoding.writeVarUint8Array(encoder, update);
	}) as Uint8Array<ArrayBuffer>;
}
