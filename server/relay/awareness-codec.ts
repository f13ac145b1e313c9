/** Awareness updates, read without trust. An update is a list of (client, clock, state as JSON). */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export type AwarenessEntry = { client: number; clock: number; json: Uint8Array };

/** Stock clients send back the states of everyone whom they heard of, so there may be as many as people in the room. */
const maxEntries = 1000;

/** @returns null when it is malformed or too many */
export function decodeAwareness(update: Uint8Array): AwarenessEntry[] | null {
	try {
		const decoder = decoding.createDecoder(update);
		const count = decoding.readVarUint(decoder);
		if (count > maxEntries) return null;
		const entries: AwarenessEntry[] = [];
		while (entries.length < count) entries.push(readEntry(decoder));
		return decoding.hasContent(decoder) ? null : entries;
	} catch {
		return null;
	}
}

function readEntry(decoder: decoding.Decoder): AwarenessEntry {
	const client = decoding.readVarUint(decoder);
	const clock = decoding.readVarUint(decoder);
	return { client, clock, json: decoding.readVarUint8Array(decoder) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @returns the state that a client says it has, null for "gone", undefined when it is neither */
export function parseState(json: Uint8Array): Record<string, unknown> | null | undefined {
	try {
		const state: unknown = JSON.parse(utf8.decode(json));
		if (state === null) return null;
		return typeof state === 'object' && !Array.isArray(state) ? (state as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}

export type Entry = { client: number; clock: number; state: string };

export function encodeEntries(entries: readonly Entry[]): Uint8Array {
	return joinEntries(entries.map(encodeEntry));
}

/** One entry, to be put together with others. */
export function encodeEntry({ client, clock, state }: Entry): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, state);
	});
}

/**
 * Measured before it is made: an encoder that grows copies it again and again, for each listener who gets one of their own.
 * @param entries as `encodeEntry` made them
 */
export function joinEntries(entries: readonly Uint8Array[]): Uint8Array {
	return Buffer.concat([encodeVarUint(entries.length), ...entries]);
}

function encodeVarUint(value: number): Uint8Array {
	return encoding.encode((encoder) => encoding.writeVarUint(encoder, value));
}
