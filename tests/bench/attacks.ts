/** What one client can do to a relay: the rows that every peer failed at least two of, and what came to mind since. */
import { limits } from '#lib/protocol/limits.ts';
import { messageAwareness } from '#lib/protocol/messages.ts';
import * as encoding from 'lib0/encoding';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { encodeEntries } from '../../server/relay/awareness-codec.ts';
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '../../server/relay/frames.ts';
import { createRandom } from '../support/random.ts';
import { openBench } from './talk.ts';

export type Attack = {
	name: string;
	/** Honest work that the attack contains, done once before: what it costs is nobody's attack. */
	before?(url: string): Promise<void>;
	/** @param url of a document in which others talk */
	run(url: string, port: number): Promise<void>;
};

const empty = encodeStep2(Y.encodeStateAsUpdate(new Y.Doc()));

/** Sends these one after the other, and comes back as often as it is thrown out. */
async function sendAll(url: string, frames: readonly Uint8Array[]): Promise<void> {
	let socket = await openBench(url);
	for (const frame of frames) {
		if (socket.readyState !== socket.OPEN) socket = await openBench(url);
		await new Promise<void>((resolve) => socket.send(frame, () => resolve()));
	}
	socket.terminate();
}

function updateOf(client: number, write: (doc: Y.Doc) => void): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = client;
	doc.transact(() => write(doc));
	return Y.encodeStateAsUpdate(doc);
}

function collected(client: number, count: number): Uint8Array {
	return encoding.encode((encoder) => {
		for (const part of [1, count, client, 0]) encoding.writeVarUint(encoder, part);
		for (let clock = 0; clock < count; clock++) for (const part of [0, 1]) encoding.writeVarUint(encoder, part);
		encoding.writeVarUint(encoder, 0);
	});
}

/** Typing at so many places: each a struct. */
const scattered = (client: number, count: number, root = 'scattered') =>
	updateOf(client, (doc) => {
		for (let at = 0; at < count; at++) doc.getText(root).insert(0, 'x');
	});

/** 40 MiB, each text in the place of the one before. */
async function writeALot(url: string): Promise<void> {
	const writer = await openBench(url);
	writer.send(empty);
	const doc = new Y.Doc();
	doc.on('update', (update: Uint8Array) => writer.send(encodeUpdate(update)));
	for (let count = 0; count < 200; count++) {
		doc.getMap('long').set('text', String(count % 10).repeat(200 * 1024));
		await sleep(10);
	}
	writer.terminate();
}

async function slowReader(url: string): Promise<void> {
	const reader = await openBench(url);
	reader.send(encodeStep1(Y.encodeStateVector(new Y.Doc())));
	reader.pause();
	await writeALot(url);
	reader.terminate();
}

async function ghosts(url: string): Promise<void> {
	const ghost = (client: number) => ({ client, clock: 1, state: JSON.stringify({ user: { name: 'nobody' } }) });
	const many = encodeAwareness(encodeEntries(Array.from({ length: 20_000 }, (_, at) => ghost(at))));
	const single = Array.from({ length: 2000 }, (_, at) => encodeAwareness(encodeEntries([ghost(at)])));
	await sendAll(url, [many, ...single, many]);
}

async function missing(url: string): Promise<void> {
	const doc = new Y.Doc();
	doc.getText('gap').insert(0, 'a');
	const vector = Y.encodeStateVector(doc);
	doc.getText('gap').insert(1, 'b');
	const gap = encodeUpdate(Y.encodeStateAsUpdate(doc, vector));
	// Each connection says 20,000 at once; the answer that they wait for never comes.
	for (let count = 0; count < 5; count++)
		await sendAll(
			url,
			Array.from({ length: 4000 }, () => gap),
		);
	const answered = await openBench(url);
	answered.send(empty);
	for (let count = 0; count < 20_000; count++) answered.send(gap);
	await sleep(500);
	answered.terminate();
}

async function tooLarge(url: string): Promise<void> {
	const socket = await openBench(url);
	socket.send(Buffer.alloc(100 * 1024 * 1024, 1));
	await Promise.race([once(socket, 'close'), sleep(5000)]);
	socket.terminate();
}

async function illegal(_url: string, port: number): Promise<void> {
	const head =
		`GET /sync/bulletin:same HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
		`Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n` +
		`Cookie: mitschrift_session=bench\r\nOrigin: http://127.0.0.1:${port}\r\n\r\n`;
	// A reserved opcode, no mask, a fragment of nothing, a length of 2^63, a ping that is too long.
	const frames = [
		[0x83, 0x80, 0, 0, 0, 0],
		[0x82, 1, 0],
		[0x80, 0x80, 0, 0, 0, 0],
	];
	frames.push([0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], [0x89, 0xfe, 1, 0, 0, 0, 0, 0]);
	for (let round = 0; round < 20; round++) {
		for (const frame of frames) {
			const socket = connect(port, '127.0.0.1');
			socket.on('error', () => {});
			await once(socket, 'connect');
			socket.write(head);
			await Promise.race([once(socket, 'data'), sleep(2000)]);
			socket.write(Buffer.from(frame));
			await Promise.race([once(socket, 'close'), sleep(20)]);
			socket.destroy();
		}
	}
}

async function garbage(url: string): Promise<void> {
	const random = createRandom(7);
	const bytes = () => Uint8Array.from({ length: 1 + random.nat(2000) }, () => random.nat(256));
	const good = updateOf(9, (doc) => doc.getText('t').insert(0, 'gut'));
	const mutated = () => good.map((byte) => (random.nat(8) === 0 ? random.nat(256) : byte));
	const presence = () => Uint8Array.from([messageAwareness, ...bytes()]);
	const frames = Array.from({ length: 600 }, () => [
		bytes(),
		encodeUpdate(bytes()),
		encodeUpdate(mutated()),
		presence(),
	]);
	await sendAll(url, frames.flat());
}

/** As many as an update may have, from ten connections at once, each under ids of its own; and far more than it may. */
async function manyParts(url: string): Promise<void> {
	await Promise.all(
		Array.from({ length: 10 }, async (_, at) => {
			const frames = [collected, scattered].map((make, kind) =>
				encodeStep2(make(1000 * at + kind + 1, limits.updateParts)),
			);
			await sendAll(url, [...frames, encodeUpdate(collected(1000 * at + 9, 300_000))]);
		}),
	);
}

/** What each of so many insertions sends, at the place that is named. */
function lettersOf(client: number, known: readonly Uint8Array[], count: number, place: (at: number) => number) {
	const doc = new Y.Doc();
	doc.clientID = client;
	for (const update of known) Y.applyUpdate(doc, update);
	const letters: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => letters.push(update));
	for (let at = 0; at < count; at++) doc.getText('crowd').insert(place(at), 'x');
	return letters;
}

/** Of its own: what is full of a crowd takes nothing from anybody any more, by intent. */
const crowded = (url: string) => url.replace(/[^:]*$/, 'crowded');

/** Two write to the left of their last, none of it dear where it comes; then the document is built from its bytes. */
async function crowd(others: string): Promise<void> {
	const url = crowded(others);
	const start = updateOf(9, (doc) => doc.getText('crowd').insert(0, 'Z'));
	const [behind = start] = lettersOf(1, [start], 1, () => 1);
	const [first, second] = [lettersOf(2, [start], 10_000, () => 1), lettersOf(3, [start, behind], 10_000, () => 2)];
	await sendAll(url, [start, behind, ...first, ...second].map(encodeUpdate));
	// Nothing needs it for two beats, and it is its bytes again.
	await sleep(37_000);
	await sendAll(url, [encodeStep2(updateOf(4, (doc) => doc.getMap('m').set('k', new Y.Array())))]);
}

/** Letters here and there in a document that is as long as it may be, from one who writes as fast as it goes. */
async function manyPlaces(others: string): Promise<void> {
	const url = crowded(others);
	const pieces = [1, 2, 3, 4].map((client) => scattered(client, 19_000, `long${client}`));
	await sendAll(url, [empty, ...pieces.map(encodeUpdate)]);
	const start = updateOf(5, (doc) => doc.getText('crowd').insert(0, 'Z'.repeat(9000)));
	const letters = lettersOf(6, [start], 8000, (at) => (at * 37) % 9000);
	await sendAll(url, [start, ...letters].map(encodeUpdate));
}

export const attacks: readonly Attack[] = [
	{ name: 'slow reader, 40 MiB', before: writeALot, run: slowReader },
	{ name: '20,000 ghost presences', run: ghosts },
	{ name: '40,000 updates with a missing dependency', run: missing },
	{ name: 'frame of 100 MiB', run: tooLarge },
	{ name: 'illegal frames', run: illegal },
	{ name: 'garbage', run: garbage },
	{ name: '400,000 structs in twenty updates, and 300,000 in one', run: manyParts },
	{ name: 'two crowds in 20,002 updates, then a building', run: crowd },
	{ name: '8,000 places in a document of 76,000 structs', run: manyPlaces },
];
