/** Everything that the role may see gets onto the device, a few documents at a time, and only what is new. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { IDBFactory } from 'fake-indexeddb';
import { expect, onTestFinished, test } from 'vitest';
import { serveRelay, type ServedRelay } from '../relay/serve-relay.ts';
import {
	fetchFrom,
	openDevice,
	socketAs,
	untilSaved,
	untilStatus,
	untilText,
	type DeviceOptions,
} from '../support/peers.ts';

const names = Array.from({ length: 12 }, (_, at): DocumentName => `roster:r${at}`);

async function relayWithRosters(): Promise<ServedRelay> {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const writer = openDevice({ url: served.url });
	for (const name of [...names, 'minutes:m1' as DocumentName]) {
		const handle = writer.open(name);
		handle.doc.getText('t').insert(0, name);
		await untilSaved(handle);
	}
	await writer.close();
	return served;
}

/** As the server's `GET /api/documents` for a member. */
function listOf(served: ServedRelay, onAsked: () => void = () => {}): typeof fetch {
	return async (input, init) => {
		onAsked();
		const listed = await served.store.list();
		const documents = listed
			.filter(({ name }) => name.startsWith('roster:'))
			.map(({ name, sequence }) => ({ name, version: sequence }));
		return fetchFrom({ '/api/documents': () => ({ status: 200, body: { documents } }) })(input, init);
	};
}

/** Counts connections, and how many were there at once. */
function countingSocket() {
	const count = { opened: 0, now: 0, most: 0 };
	const Base = socketAs('member', 'kim');
	class CountingSocket extends Base {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			count.opened++;
			count.most = Math.max(count.most, ++count.now);
			this.addEventListener('close', () => count.now--);
		}
	}
	return { count, WebSocket: CountingSocket as unknown as typeof WebSocket };
}

function member(served: { url: string }, options: Partial<DeviceOptions> = {}) {
	const workspace = openDevice({
		url: served.url,
		role: 'member',
		personId: 'kim',
		storagePrefix: 'phone',
		...options,
	});
	onTestFinished(() => workspace.close());
	return workspace;
}

test('all rosters are read offline by somebody who never opened one', async () => {
	const served = await relayWithRosters();
	const storage = new IDBFactory();
	const { count, WebSocket } = countingSocket();
	const phone = member(served, { indexedDB: storage, fetch: listOf(served), WebSocket });
	await untilStatus(phone, ({ fetched }) => fetched.of === names.length && fetched.done === names.length);
	expect(count.most).toBeLessThanOrEqual(4);
	expect(count.opened).toBe(names.length);
	expect(phone.status.documents).toEqual([]);
	await phone.close();

	const restarted = member({ url: 'ws://127.0.0.1:9/sync' }, { indexedDB: storage });
	for (const name of names) {
		const handle = restarted.open(name);
		await handle.whenLoaded;
		expect(handle.doc.getText('t').toJSON()).toBe(name);
		expect(handle.status).toMatchObject({ everSynced: true, saved: false });
	}
	expect(restarted.status.fetched).toEqual({ done: names.length, of: names.length });
});

test('what is here in the listed version is not fetched again; what changed is', async () => {
	const served = await relayWithRosters();
	const storage = new IDBFactory();
	const first = member(served, { indexedDB: storage, fetch: listOf(served) });
	await untilStatus(first, ({ fetched }) => fetched.of > 0 && fetched.done === fetched.of);
	await first.close();
	const writer = openDevice({ url: served.url });
	const handle = writer.open('roster:r3');
	handle.doc.getText('t').insert(0, 'neu ');
	await untilSaved(handle);
	await writer.close();

	const { count, WebSocket } = countingSocket();
	const second = member(served, { indexedDB: storage, fetch: listOf(served), WebSocket });
	await untilStatus(second, ({ fetched }) => fetched.of > 0 && fetched.done === fetched.of && count.opened > 0);
	await second.close();
	expect(count.opened).toBe(1);

	const other = countingSocket();
	const restored = member(served, {
		indexedDB: storage,
		fetch: listOf(served),
		WebSocket: other.WebSocket,
		epoch: 'restored from a backup',
	});
	await untilStatus(restored, ({ fetched }) => fetched.done === names.length && other.count.opened === names.length);
});

test('a change of the directory makes the device look again', async () => {
	const served = await relayWithRosters();
	let asked = 0;
	const board = openDevice({ url: served.url, fetch: listOf(served, () => asked++) });
	onTestFinished(() => board.close());
	const directory = board.open('directory:main');
	await untilSaved(directory);
	await untilStatus(board, ({ fetched }) => fetched.of > 0 && fetched.done === fetched.of);
	const later = openDevice({ url: served.url, personId: 'jonas' });
	onTestFinished(() => later.close());
	const roster = later.open('roster:new');
	roster.doc.getText('t').insert(0, 'neu');
	await untilSaved(roster);
	later.open('directory:main').doc.getMap('rosters').set('new', true);
	await untilStatus(board, ({ fetched }) => fetched.of === names.length + 1 && fetched.done === fetched.of);
	expect(asked).toBeGreaterThan(1);
});

test('a server that says the session is over: signed out, nothing is fetched', async () => {
	const served = await relayWithRosters();
	const phone = member(served, { fetch: fetchFrom({ '/api/documents': () => ({ status: 401 }) }) });
	phone.open('roster:r1');
	await untilStatus(phone, ({ state }) => state === 'signed-out');
	expect(phone.status.fetched).toEqual({ done: 0, of: 0, unknown: true });
});

test('how many there are is not known before the server or the device has said it, and none is an answer too', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const storage = new IDBFactory();
	let answer = () => ({ status: 500, body: {} });
	const first = member(served, { indexedDB: storage, fetch: fetchFrom({ '/api/documents': () => answer() }) });
	expect(first.status.fetched.unknown).toBe(true);
	await first.close();
	expect(first.status.fetched.unknown).toBe(true);
	answer = () => ({ status: 200, body: { documents: [] } });
	const second = member(served, { indexedDB: storage, fetch: fetchFrom({ '/api/documents': () => answer() }) });
	await untilStatus(second, ({ fetched }) => !fetched.unknown);
	expect(second.status.fetched).toEqual({ done: 0, of: 0 });
});

test('a reader who waits for a document sees it once somebody has made it, without a hand on the device', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const listed = listOf(served);
	const session = fetchFrom({
		'/api/session': () => ({ status: 200, body: { person: { id: 'kim', name: 'Kim', role: 'member' } } }),
	});
	const phone = member(served, {
		fetch: (input, init) => (String(input) === '/api/session' ? session(input, init) : listed(input, init)),
	});
	const waiting = phone.open('roster:r1');
	await untilStatus(waiting, ({ refusal }) => refusal === 'not-found');
	const writer = openDevice({ url: served.url });
	onTestFinished(() => writer.close());
	writer.open('roster:r1').doc.getText('t').insert(0, 'Stand');
	await untilText(waiting, 't', 'Stand');
	expect(waiting.status.refusal).toBeNull();
});
