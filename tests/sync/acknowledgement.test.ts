/** "Saved" is said only of what the relay has on disk. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { messageAwareness, messageSync } from '#lib/protocol/messages.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { IDBFactory } from 'fake-indexeddb';
import { expect, onTestFinished, test } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { serveScript, type ScriptedConnection } from '../support/scripted-relay.ts';
import { fetchFrom, openDevice, socketAs, untilSaved, untilStatus, untilText } from '../support/peers.ts';
import { serveRelay } from '../relay/serve-relay.ts';

async function relay() {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	return served;
}

function device(options: Parameters<typeof openDevice>[0]) {
	const workspace = openDevice(options);
	onTestFinished(() => workspace.close());
	return workspace;
}

test('two people write and both are told that it is saved', async () => {
	const { url } = await relay();
	const mara = device({ url }).open('bulletin:b1');
	const jonas = device({ url, personId: 'jonas' }).open('bulletin:b1');
	mara.doc.getText('t').insert(0, 'Hallo');
	expect(mara.status).toMatchObject({ waiting: 1, saved: false });
	await untilText(jonas, 't', 'Hallo');
	await untilSaved(mara);
	await untilSaved(jonas);
	jonas.doc.getText('t').insert(5, ' du');
	expect(jonas.status).toMatchObject({ waiting: 1, saved: false });
	await untilText(mara, 't', 'Hallo du');
	expect(await untilSaved(jonas)).toMatchObject({ waiting: 0, everSynced: true, keeping: 'kept' });
});

test('a reader is saved when the content has arrived, and contributes nothing', async () => {
	const { url } = await relay();
	const mara = device({ url }).open('roster:r1');
	mara.doc.getText('t').insert(0, 'Stand');
	await untilSaved(mara);
	const member = device({ url, role: 'member', personId: 'kim' }).open('roster:r1');
	await untilText(member, 't', 'Stand');
	expect(await untilSaved(member)).toMatchObject({ connection: 'online', refusal: null });
});

test('offline the changes are counted, also after a restart', async () => {
	const { url, stop } = await serveRelay();
	await stop();
	const indexedDB = new IDBFactory();
	const first = openDevice({ url, indexedDB, storagePrefix: 'd' });
	const handle = first.open('minutes:m1');
	await handle.whenLoaded;
	handle.doc.getText('t').insert(0, 'a');
	handle.doc.getText('t').insert(1, 'b');
	await untilStatus(first, ({ state }) => state === 'offline');
	expect(first.status.waiting).toBe(2);
	await first.close();
	const second = device({ url, indexedDB, storagePrefix: 'd' });
	await untilStatus(second, ({ waiting }) => waiting === 2);
	expect(second.status.state).not.toBe('saved');
	const again = second.open('minutes:m1');
	await again.whenLoaded;
	expect(again.doc.getText('t').toJSON()).toBe('ab');
	expect(again.status).toMatchObject({ waiting: 2, saved: false });
});

async function scripted(onConnection: (connection: ScriptedConnection) => void = () => {}) {
	const script = await serveScript(onConnection);
	onTestFinished(() => script.stop());
	const workspace = device({ url: script.url });
	const handle = workspace.open('minutes:m1');
	await handle.whenLoaded;
	return { script, workspace, handle };
}

const type = ({ doc }: DocumentHandle, text: string) => doc.getText('t').insert(0, text);

/** Everything the client sees of the relay has been dealt with once this comes back. */
async function roundTrip({ socket }: ScriptedConnection): Promise<void> {
	socket.ping();
	await new Promise((resolve) => socket.once('pong', resolve));
}

test('connected alone is not saved: content, answer and acknowledgement must all be there', async () => {
	const { script, workspace, handle } = await scripted();
	const connection = await script.connection(0);
	await untilStatus(handle, ({ connection }) => connection === 'online');
	expect(handle.status).toMatchObject({ saved: false, everSynced: false });
	connection.sendContent();
	await untilStatus(handle, ({ everSynced }) => everSynced);
	expect(handle.status.saved).toBe(false);
	connection.ask();
	await connection.until(1);
	await roundTrip(connection);
	expect(handle.status.saved).toBe(false);
	expect(workspace.status.state).toBe('saving');
	connection.acknowledge(1);
	await untilSaved(handle);
	expect(workspace.status.state).toBe('saved');
});

test('all of ours acknowledged is not saved while the content of the relay has not come', async () => {
	const { script, handle } = await scripted((connection) => connection.ask());
	const connection = await script.connection(0);
	await connection.until(1);
	connection.acknowledge(1);
	await roundTrip(connection);
	expect(handle.status).toMatchObject({ connection: 'online', waiting: 0, saved: false });
	connection.sendContent();
	await untilSaved(handle);
});

test('a relay that never acknowledges: the changes wait', async () => {
	const { script, handle } = await scripted((connection) => (connection.ask(), connection.sendContent()));
	const connection = await script.connection(0);
	await connection.until(1);
	connection.acknowledge(1);
	await untilSaved(handle);
	type(handle, 'a');
	type(handle, 'b');
	await connection.until(3);
	await roundTrip(connection);
	expect(handle.status).toMatchObject({ waiting: 2, saved: false });
	connection.acknowledge(2);
	await untilStatus(handle, ({ waiting }) => waiting === 1);
	expect(handle.status.saved).toBe(false);
	connection.acknowledge(3);
	expect(await untilSaved(handle)).toMatchObject({ waiting: 0 });
});

test('an acknowledgement of more than was sent confirms nothing', async () => {
	const { script, handle } = await scripted((connection) => (connection.ask(), connection.sendContent()));
	type(handle, 'a');
	const connection = await script.connection(0);
	await connection.until(1);
	connection.acknowledge(1000);
	await roundTrip(connection);
	expect(handle.status).toMatchObject({ waiting: 1, saved: false });
});

test('a relay that dies before it acknowledges: everything is sent again and counted until then', async () => {
	const { script, handle } = await scripted((connection) => (connection.ask(), connection.sendContent()));
	const first = await script.connection(0);
	await first.until(1);
	first.acknowledge(1);
	await untilSaved(handle);
	type(handle, 'lost on the way');
	await first.until(2);
	first.socket.terminate();
	await untilStatus(handle, ({ connection }) => connection === 'offline');
	expect(handle.status).toMatchObject({ waiting: 1, saved: false });
	const second = await script.connection(1);
	await second.until(1);
	const received = new Y.Doc();
	for (const contribution of second.contributions) Y.applyUpdate(received, contribution.subarray(3));
	expect(received.getText('t').toJSON()).toBe('lost on the way');
	second.acknowledge(1);
	expect(await untilSaved(handle)).toMatchObject({ waiting: 0 });
});

test('what is typed while the connection opens is not sent ahead of what it builds on', async () => {
	const script = await serveScript(() => {});
	onTestFinished(() => script.stop());
	const handle = device({ url: script.url }).open('minutes:m1');
	type(handle, 'before ');
	await untilStatus(handle, ({ connection }) => connection === 'online');
	type(handle, 'meanwhile ');
	const connection = await script.connection(0);
	await roundTrip(connection);
	expect(connection.contributions).toHaveLength(0);
	connection.ask();
	connection.sendContent();
	await connection.until(1);
	expect(handle.status).toMatchObject({ waiting: 2 });
	connection.acknowledge(1);
	await untilSaved(handle);
});

test.each([
	[closeCodes.badFrame, 'bad-frame'],
	[closeCodes.unauthorized, 'signed-out'],
	[closeCodes.forbidden, 'forbidden'],
	[closeCodes.tooOld, 'outdated'],
	[closeCodes.tooBig, 'too-large'],
] as const)('closed with %i: said as %s, the work stays here and counted', async (code, refusal) => {
	const { script, workspace, handle } = await scripted();
	type(handle, 'a');
	(await script.connection(0)).socket.close(code, 'no');
	await untilStatus(handle, (status) => status.refusal === refusal);
	expect(handle.status).toMatchObject({ waiting: 1, saved: false, keeping: 'kept', connection: 'offline' });
	expect(workspace.status.state).not.toBe('saved');
	expect(script.connections).toHaveLength(1);
});

test('closed for a gap again and again: tried a few times, then said', async () => {
	const { script, handle } = await scripted(({ socket }) => socket.close(closeCodes.gap, 'gap'));
	type(handle, 'a');
	await untilStatus(handle, ({ refusal }) => refusal === 'bad-frame');
	expect(script.connections).toHaveLength(4);
	expect(handle.status).toMatchObject({ waiting: 1, saved: false, keeping: 'kept' });
});

test.each([
	[401, {}, 'signed-out'],
	[200, { person: { id: 'mara', name: 'Mara', role: 'guest' } }, 'forbidden'],
] as const)(
	'an upgrade refused while the session answers %i: the reason is found out',
	async (status, body, refusal) => {
		const { url } = await relay();
		const api = { '/api/session': () => ({ status, body }) };
		const workspace = device({ url, WebSocket: socketAs('guest', 'mara'), fetch: fetchFrom(api) });
		const handle = workspace.open('minutes:m1');
		await untilStatus(handle, (now) => now.refusal === refusal);
		expect(handle.status.saved).toBe(false);
	},
);

test('signed out in one document is signed out in all, and the work is counted', async () => {
	const { script, workspace, handle } = await scripted();
	const other = workspace.open('agenda:a1');
	await script.connection(1);
	type(other, 'a');
	(await script.connection(0)).socket.close(closeCodes.unauthorized, 'no');
	await untilStatus(handle, ({ refusal }) => refusal === 'signed-out');
	await untilStatus(other, ({ refusal }) => refusal === 'signed-out');
	expect(workspace.status).toMatchObject({ state: 'signed-out', waiting: 1 });
});

test('what was written leaves when it is painted, where the caret is after it, and it waits until then', async () => {
	const script = await serveScript((connection) => (connection.ask(), connection.sendContent()));
	onTestFinished(() => script.stop());
	const painted: (() => void)[] = [];
	const mara = device({ url: script.url, afterPaint: (work) => painted.push(work) }).open('bulletin:b1');
	const paint = () => painted.splice(0).forEach((work) => work());
	const relay = await script.connection(0);
	const frames: number[] = [];
	relay.socket.on('message', (data: Buffer) => frames.push(data[0] as number));
	await expect.poll(() => (paint(), relay.contributions.length)).toBe(1);
	relay.acknowledge(1);
	await untilSaved(mara);
	frames.length = 0;
	mara.doc.getText('t').insert(0, 'Hallo');
	mara.doc.getText('t').insert(5, ' du');
	mara.awareness.setLocalStateField('caret', 8);
	// What the relay hears of this comes after all that was sent before it.
	const heard = new Promise((resolve) => relay.socket.once('pong', resolve));
	relay.socket.ping();
	await heard;
	expect(frames).toEqual([]);
	expect(mara.status).toMatchObject({ waiting: 2, saved: false });
	paint();
	await relay.until(3);
	await expect.poll(() => frames).toEqual([messageSync, messageSync, messageAwareness]);
	relay.acknowledge(3);
	await untilSaved(mara);
});

test('what others write is put in together where a page gathers it, in its order, and before what the relay answers', async () => {
	const script = await serveScript((connection) => (connection.ask(), connection.sendContent()));
	onTestFinished(() => script.stop());
	const gathered: (() => void)[] = [];
	const mara = device({ url: script.url, gather: (work) => gathered.push(work) }).open('bulletin:b1');
	const text = () => mara.doc.getText('t').toJSON();
	const relay = await script.connection(0);
	await relay.until(1);
	relay.acknowledge(1);
	await untilSaved(mara);
	const theirs = new Y.Doc();
	theirs.on('update', (update: Uint8Array) => relay.sendUpdate(update));
	const write = (letter: string) => theirs.getText('t').insert(theirs.getText('t').length, letter);

	write('a');
	write('b');
	type(mara, '!');
	await relay.until(2);
	relay.acknowledge(2);
	// Confirmed while theirs still waits: its answer is no part of what they wrote.
	await untilSaved(mara);
	expect(gathered).toHaveLength(1);
	expect(text()).toBe('!');
	gathered.shift()?.();
	expect([...text()].toSorted().join('')).toBe('!ab');
	expect(text()).toContain('ab');

	write('c');
	relay.sendContent();
	await untilText(mara, 't', text().replace('ab', 'abc'));

	write('d');
	relay.socket.close();
	await untilText(mara, 't', text().replace('abc', 'abcd'));
	expect(gathered).toHaveLength(2);
	gathered.splice(0).forEach((work) => work());
	expect(text()).toContain('abcd');
	expect(text()).toHaveLength(5);
});

test('what others write together is one change; what is written here because a caret has moved is none of theirs', async () => {
	const script = await serveScript((connection) => (connection.ask(), connection.sendContent()));
	onTestFinished(() => script.stop());
	const gathered: (() => void)[] = [];
	const mara = device({ url: script.url, gather: (work) => gathered.push(work) }).open('bulletin:b1');
	const relay = await script.connection(0);
	await relay.until(1);
	relay.acknowledge(1);
	await untilSaved(mara);
	const theirs = new Y.Doc();
	theirs.on('update', (update: Uint8Array) => relay.sendUpdate(update));
	const awareness = new Awareness(theirs);
	awareness.setLocalStateField('caret', 0);
	const changes: string[] = [];
	mara.doc.on('update', (_update: Uint8Array, origin: unknown) => changes.push(origin === null ? 'ours' : 'theirs'));
	mara.awareness.on('change', () => mara.doc.getText('t').insert(0, '!'));

	theirs.getText('t').insert(0, 'a');
	relay.sendAwareness(encodeAwarenessUpdate(awareness, [theirs.clientID]));
	theirs.getText('t').insert(1, 'b');
	await relay.heard();
	gathered.shift()?.();
	expect(changes).toEqual(['theirs', 'ours']);
	expect(mara.doc.getText('t').toJSON()).toBe('!ab');
	await relay.until(2);
	relay.acknowledge(2);
	await untilSaved(mara);
});
