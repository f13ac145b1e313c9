/**
 * Attacks on presence over real sockets: nobody appears as somebody else, moves somebody else, or makes them vanish,
 * whatever they send, and those who are there go on seeing who is there.
 */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { limits } from '#lib/protocol/limits.ts';
import { messageAwareness } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeAwareness, encodeEntries, type Entry, parseState } from '../../server/relay/awareness-codec.ts';
import { encodeAwareness } from '../../server/relay/frames.ts';
import { openRaw, type RawSocket } from './raw-socket.ts';
import { typing } from './scripted-peer.ts';
import { type ServedRelay, serveRelay } from './serve-relay.ts';

let served: ServedRelay;
let ben: RawSocket;
let witness: RawSocket;

const document = 'agenda:a1';
const shows = (socket: RawSocket, ...entries: Entry[]) => socket.socket.send(encodeAwareness(encodeEntries(entries)));
const open = (as: string) => openRaw(`${served.url}/${document}?as=${as}`);

/** What a socket was told of a client, in order; null: that it is gone. */
function toldOf({ frames }: RawSocket, client: number): (Record<string, unknown> | null)[] {
	return frames.flatMap((frame) => {
		if (frame[0] !== messageAwareness) return [];
		const decoder = decoding.createDecoder(frame.subarray(1));
		const entries = decodeAwareness(decoding.readVarUint8Array(decoder)) ?? [];
		return entries.filter((entry) => entry.client === client).map(({ json }) => parseState(json) ?? null);
	});
}

beforeEach(async () => {
	served = await serveRelay();
	// A reader brings no document into being.
	await served.store.append([{ name: document, updates: [typing(new Y.Doc(), 'da')] }]).durable;
	[ben, witness] = [await open('board:ben'), await open('board:cleo')];
	shows(ben, { client: 2, clock: 1, state: '{"cursor":1}' });
	await expect.poll(() => toldOf(witness, 2)).toEqual([{ cursor: 1, user: { id: 'ben' } }]);
});
afterEach(() => served.stop());

/** Everything that was sent before has been dealt with: a presence that is sent after it has arrived. */
async function settled(after: RawSocket, client: number): Promise<void> {
	shows(after, { client, clock: 9, state: '{"last":true}' });
	await expect.poll(() => toldOf(witness, client).at(-1)).toMatchObject({ last: true });
}

test('nobody appears as somebody else: the name, the id and the colour are the session’s', async () => {
	const ada = await open('board:ada');
	const lie = { user: { id: 'ben', name: 'Ben', color: '#f00' }, cursor: 3 };
	shows(ada, { client: 1, clock: 1, state: JSON.stringify(lie) });
	await expect.poll(() => toldOf(witness, 1)).toEqual([{ user: { id: 'ada' }, cursor: 3 }]);
});

test.each([
	['moves', '{"cursor":99}'],
	['makes vanish', 'null'],
])('nobody %s somebody else, with whatever clock', async (_, state) => {
	const ada = await open('board:ada');
	for (const clock of [2, 1000, 2 ** 32, 2 ** 52]) shows(ada, { client: 2, clock, state });
	// Nor when they have shown one of their own.
	shows(ada, { client: 1, clock: 1, state: '{}' });
	for (const clock of [2, 1000, 2 ** 32, 2 ** 52]) shows(ada, { client: 2, clock, state });
	shows(ada, { client: 1, clock: 2, state: '{}' }, { client: 2, clock: 2 ** 52, state });
	await settled(ada, 1);
	expect(toldOf(witness, 2)).toEqual([{ cursor: 1, user: { id: 'ben' } }]);
	// Ben is where he was, moves on, and a newcomer sees him.
	shows(ben, { client: 2, clock: 2, state: '{"cursor":2}' });
	await expect.poll(() => toldOf(witness, 2).at(-1)).toEqual({ cursor: 2, user: { id: 'ben' } });
	const newcomer = await open('board:dora');
	await expect.poll(() => toldOf(newcomer, 2)).toEqual([{ cursor: 2, user: { id: 'ben' } }]);
});

test('an attacker who goes takes only their own presence along', async () => {
	const ada = await open('board:ada');
	shows(ada, { client: 2, clock: 50, state: '{}' }, { client: 1, clock: 1, state: '{}' });
	await settled(ada, 1);
	ada.socket.close();
	await expect.poll(() => toldOf(witness, 1).at(-1)).toBe(null);
	expect(toldOf(witness, 2)).toEqual([{ cursor: 1, user: { id: 'ben' } }]);
});

test('a connection shows one client: a second one is not heard', async () => {
	const ada = await open('board:ada');
	shows(ada, { client: 1, clock: 1, state: '{}' });
	shows(ada, ...[11, 12, 13].map((client) => ({ client, clock: 1, state: '{}' })));
	await settled(ada, 1);
	expect([11, 12, 13].flatMap((client) => toldOf(witness, client))).toEqual([]);
});

test('a reader is present and nothing more', async () => {
	const reader = await open('member:eva');
	shows(reader, { client: 5, clock: 1, state: '{"cursor":1,"note":"x","user":{"id":"ben"}}' });
	const writer = await openRaw(`${served.url}/${document}?as=board:fritz`);
	await expect.poll(() => toldOf(writer, 5)).toEqual([{ user: { id: 'eva' } }]);
});

test('2 KiB is the bound: what is above it costs the connection, and nobody sees it', async () => {
	const state = (bytes: number) => JSON.stringify({ text: 'x'.repeat(bytes - '{"text":""}'.length) });
	expect(limits.awarenessBytes).toBe(2048);
	const ada = await open('board:ada');
	shows(ada, { client: 1, clock: 1, state: state(2048) });
	await expect.poll(() => toldOf(witness, 1)).toHaveLength(1);
	shows(ada, { client: 1, clock: 2, state: state(2049) });
	expect(await ada.closed).toBe(closeCodes.badFrame);
	await expect.poll(() => toldOf(witness, 1)).toHaveLength(2);
	expect(toldOf(witness, 1)[1]).toBe(null);
});

test('20,000 entries in one message cost the connection, and nobody else notices', async () => {
	const ada = await open('board:ada');
	shows(ada, ...Array.from({ length: 20_000 }, (_, client) => ({ client, clock: 1, state: '{}' })));
	expect(await ada.closed).toBe(closeCodes.badFrame);
	await settled(ben, 2);
	expect(toldOf(witness, 3)).toEqual([]);
});
