/** Faults of the list in the design that have no better place; docs/faults.md says where each of them is. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { messageAck, messageAwareness, messageSync, syncStep1, syncStep2 } from '#lib/protocol/messages.ts';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { encodeStep1, encodeUpdate } from '../../server/relay/frames.ts';
import { StorageError } from '../../server/storage/contract.ts';
import { openSqliteStore } from '../../server/storage/sqlite.ts';
import { openRaw, type RawSocket } from './raw-socket.ts';
import { createSetting } from './room-setting.ts';
import { rawFrame, ScriptedPeer, textOf, typing } from './scripted-peer.ts';
import { serveRelay } from './serve-relay.ts';

const isAck = (frame: Uint8Array) => frame[0] === messageAck;
const isSync = (step: number) => (frame: Uint8Array) => frame[0] === messageSync && frame[1] === step;
const askAll = encodeStep1(Y.encodeStateVector(new Y.Doc()));

test('a session that ends in the middle of a frame: the rest of it has no effect', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const ada = await openRaw(`${served.url}/agenda:a1?as=board:ada&ack=1`);
	await ada.until(isSync(syncStep1));
	// As one would write it by hand: a masked binary frame in two pieces.
	const payload = encodeUpdate(typing(new Y.Doc(), 'noch schnell'));
	const frame = Buffer.concat([Buffer.of(0x82, 0x80 | payload.length, 0, 0, 0, 0), payload]);
	const wire = (ada.socket as unknown as { _socket: Socket })._socket;
	wire.write(frame.subarray(0, 12));
	// A round trip, so that the first piece is there.
	const ben = await openRaw(`${served.url}/agenda:a1?as=board:ben&ack=1`);
	ben.socket.send(askAll);
	await ben.until(isSync(syncStep2));
	served.relay.disconnect({ personId: 'ada' });
	wire.write(frame.subarray(12));
	expect(await ada.closed).toBe(closeCodes.unauthorized);
	expect(await served.store.list()).toEqual([]);
});

/** A cable that can fall silent: nothing comes through, and neither end is told. */
async function layCable(port: number): Promise<{ port: number; fallSilent(): void }> {
	let silent = false;
	const ends: Socket[] = [];
	const server = createServer((near) => {
		const far = connect(port, '127.0.0.1');
		ends.push(near, far);
		near.on('data', (bytes) => silent || far.write(bytes));
		far.on('data', (bytes) => silent || near.write(bytes));
		for (const [one, other] of [
			[near, far],
			[far, near],
		] as const) {
			one.on('error', () => {});
			one.on('close', () => silent || other.destroy());
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		for (const end of ends) end.destroy();
		server.close();
	});
	return { port: (server.address() as AddressInfo).port, fallSilent: () => void (silent = true) };
}

test('a half-open connection: whoever fell silent is let go, and nobody sees them any more', async () => {
	let beat = () => {};
	const served = await serveRelay({
		heartbeat: (each) => {
			beat = each;
			return () => {};
		},
	});
	onTestFinished(() => served.stop());
	const cable = await layCable(served.port);
	const ada = await openRaw(`ws://127.0.0.1:${cable.port}/sync/agenda:a1?as=board:ada`);
	const ben = await openRaw(`${served.url}/agenda:a1?as=board:ben`);
	const shown = rawFrame(1, 7, 1, 2, Buffer.from('{}'));
	ada.socket.send(rawFrame(messageAwareness, shown.length, shown));
	await ben.until((frame) => frame[0] === messageAwareness && Buffer.from(frame).includes('"ada"'));
	cable.fallSilent();
	beat();
	beat();
	ben.socket.send(askAll);
	await ben.until(isSync(syncStep2));
	beat();
	await served.whenLeft(1);
	await ben.until((frame) => frame[0] === messageAwareness && Buffer.from(frame).includes('null'));
});

test('500 clients that come back at once all get the document, and it is in memory once', async () => {
	const setting = createSetting();
	const text = 'Protokoll '.repeat(5000);
	const ada = await setting.join('ada');
	ada.sayUpdate(typing(new Y.Doc(), text));
	await setting.rooms.drained();
	const load = vi.spyOn(setting.store, 'load');
	setting.idle();
	ada.leave();
	setting.idle();
	const clients = Array.from({ length: 500 }, (_, at) => new ScriptedPeer(`p${at}`, at % 5 ? 'read' : 'write'));
	await Promise.all(clients.map((client) => client.enter(setting.rooms, 'agenda:a1')));
	const begun = clients[0] as ScriptedPeer;
	for (const client of clients) client.askAll();
	begun.sayStep2(Y.encodeStateAsUpdate(new Y.Doc()));
	begun.sayUpdate(typing(new Y.Doc(), 'und weiter'));
	await setting.rooms.drained();
	expect(clients.every((client) => client.frames.some(isSync(syncStep2)))).toBe(true);
	const answers = new Set(clients.map(({ shared }) => shared[0]));
	expect([answers.size, [...answers][0] !== undefined, load.mock.calls.length]).toEqual([1, true, 1]);
	for (const client of clients.slice(1, 6)) {
		expect(textOf(...client.received('step2'), ...client.received('update'))).toHaveLength(text.length + 10);
	}
	expect(begun.acknowledged).toBe(2);
});

test('the same with sockets, after the relay began anew', { timeout: 60_000 }, async () => {
	const store = openSqliteStore(':memory:');
	const keep = { ...store, close: async () => {} };
	onTestFinished(() => store.close());
	const first = await serveRelay({ store: keep });
	const ada = await openRaw(`${first.url}/agenda:a1?as=board:ada&ack=1`);
	ada.socket.send(encodeUpdate(typing(new Y.Doc(), 'Beschluss')));
	await ada.until(isAck);
	await first.stop();
	const second = await serveRelay({ store: keep }, first.port);
	onTestFinished(() => second.stop());
	const raws = await Promise.all(
		Array.from({ length: 500 }, (_, at) => openRaw(`${second.url}/agenda:a1?as=${at % 5 ? 'member' : 'board'}:p${at}`)),
	);
	for (const { socket } of raws) socket.send(askAll);
	const answers = await Promise.all(raws.map((raw) => raw.until(isSync(syncStep2))));
	expect(new Set(answers.map((answer) => Buffer.from(answer).includes('Beschluss')))).toEqual(new Set([true]));
	expect(second.relay.counts()).toEqual({ connections: 500, rooms: 1, held: 0, unfinished: 0 });
	await Promise.all(raws.map((raw: RawSocket) => (raw.socket.terminate(), raw.closed)));
});

test('a disk that is full during compaction: the log stays as it is, and writing goes on', async () => {
	const setting = createSetting();
	const compact = vi.spyOn(setting.store, 'compact').mockRejectedValue(new StorageError('full', 'no space left'));
	const ada = await setting.join('ada');
	const doc = new Y.Doc();
	for (let count = 0; count < 5; count++) ada.sayUpdate(typing(doc, 'a'.repeat(60_000)));
	await setting.rooms.drained();
	expect([compact.mock.calls.length, setting.events.includes('compaction-failed')]).toEqual([1, true]);
	ada.sayUpdate(typing(doc, 'b'));
	await setting.rooms.drained();
	expect([ada.acknowledged, ada.closed, (await setting.loggedText()).length]).toEqual([6, null, 300_001]);
});

test('a lease that cannot be given back: what was compacted under it is compacted', async () => {
	const giveBack = () => Promise.reject(new Error('nobody there'));
	const setting = createSetting({ leases: { take: async () => ({ token: 1, giveBack }) } });
	const ada = await setting.join('ada');
	ada.sayUpdate(typing(new Y.Doc(), 'kurz'));
	await setting.rooms.drained();
	await setting.rooms.forgetDeleted('agenda:a1');
	expect((await setting.store.load('agenda:a1')).tail).toEqual([]);
	expect([setting.events, await setting.loggedText()]).toEqual([['lease-not-given-back'], 'kurz']);
});
