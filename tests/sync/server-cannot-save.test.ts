/** The server's disk is full: people are told so, lose nothing, and are saved by themselves once there is room. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { DocumentHandle, DocumentStatus, SyncState, Workspace } from '#lib/sync/contract.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { StoreProbe, UpdateStore } from '../../server/storage/contract.ts';
import { createProbedStore } from '../../server/storage/probed-store.ts';
import { openSqliteStore } from '../../server/storage/sqlite.ts';
import { createMemoryStore } from '../relay/memory-store.ts';
import { serveRelay } from '../relay/serve-relay.ts';
import { connectStock, untilTrue, whenSynced } from '../relay/stock-client.ts';
import { fetchFrom, openDevice, socketAs, untilSaved, untilStatus, untilText } from '../support/peers.ts';

/** A relay whose store is probed when the test says so. */
async function serve(store: UpdateStore & StoreProbe) {
	const waiting: (() => void)[] = [];
	const health = createProbedStore(store, (work) => waiting.push(work));
	const served = await serveRelay({ store: health.store, health });
	onTestFinished(() => served.stop());
	return { url: served.url, probe: () => waiting.splice(0).forEach((work) => work()) };
}

function device(url: string, personId = 'mara', role: 'board' | 'member' = 'board'): Workspace {
	const workspace = openDevice({ url, personId, role });
	onTestFinished(() => workspace.close());
	return workspace;
}

const type = ({ doc }: DocumentHandle, text: string) => doc.getText('t').insert(doc.getText('t').length, text);
const untilState = (workspace: Workspace, state: SyncState) =>
	untilStatus(workspace, (status) => status.state === state);
const isOffline = ({ connection }: DocumentStatus) => connection === 'offline';
/** It has come back after being closed, and was told. */
const untilTold = (handle: DocumentHandle) =>
	untilStatus(handle, ({ connection, serverSaves }) => connection === 'online' && !serverSaves);

test('writers are told, readers read on, and all is saved when there is room again', async () => {
	const store = createMemoryStore();
	const { url, probe } = await serve(store);
	const [desk, other, phone] = [device(url), device(url, 'jonas'), device(url, 'kim', 'member')];
	const mara = desk.open('roster:r1');
	type(mara, 'vorher');
	await untilSaved(mara);
	const [jonas, kim] = [other.open('roster:r1'), phone.open('roster:r1')];
	await Promise.all([untilText(jonas, 't', 'vorher'), untilSaved(jonas), untilSaved(kim)]);

	const free = store.fill();
	const tried = store.tried;
	const closed = Promise.all([mara, jonas].map((handle) => untilStatus(handle, isOffline)));
	type(mara, ' nachher');
	await closed;
	expect(desk.status.state).toBe('cannot-save');
	await Promise.all([untilTold(mara), untilTold(jonas)]);
	expect(desk.status).toMatchObject({ state: 'cannot-save', waiting: 1 });
	expect(other.status).toMatchObject({ state: 'cannot-save', waiting: 0 });
	expect(phone.status.state).toBe('saved');

	const states: SyncState[] = [];
	desk.onStatus(() => states.push(desk.status.state));
	type(mara, '!');
	const late = device(url, 'lea').open('roster:r1');
	await Promise.all([untilText(late, 't', 'vorher'), untilTold(late)]);
	probe();
	// What changes with every letter is said together, a moment later.
	await expect.poll(() => states.length).toBeGreaterThan(0);
	expect(new Set(states)).toEqual(new Set(['cannot-save']));
	expect(mara.status.waiting).toBe(2);
	// One failure told the relay: it did not try and fail with everything that came after.
	expect(store.tried).toBe(tried + 1);
	expect(kim.doc.getText('t').toJSON()).toBe('vorher');

	free();
	probe();
	await Promise.all([mara, jonas, late].map(untilSaved));
	await Promise.all([jonas, kim, late].map((handle) => untilText(handle, 't', 'vorher nachher!')));
	expect([desk, other].map(({ status }) => [status.state, status.waiting])).toEqual(Array(2).fill(['saved', 0]));
});

test('a stock client loses nothing either, though nobody can tell it', async () => {
	const store = createMemoryStore();
	const { url, probe } = await serve(store);
	const mara = device(url).open('roster:r1');
	const stock = connectStock(url, 'roster:r1', 'board:jonas');
	onTestFinished(stock.stop);
	await Promise.all([whenSynced(stock), untilSaved(mara)]);
	const free = store.fill();
	type(mara, 'a');
	await untilTold(mara);
	stock.doc.getText('t').insert(0, 'b');
	await whenSynced(stock);
	free();
	probe();
	await untilTrue([mara.doc, stock.doc], () =>
		[mara, stock].every(({ doc }) => /^(ab|ba)$/.test(doc.getText('t').toJSON())),
	);
	await untilSaved(mara);
});

test('with a real file that may not grow: full, and well again when there is room in it', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-full-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const file = path.join(folder, 'small.sqlite');
	const store = openSqliteStore(file, { pageLimit: 100 });
	await store.append([{ name: 'agenda:old', updates: [new Uint8Array(200 * 1024)] }]).durable;
	const { url, probe } = await serve(store);
	const desk = device(url);
	const handle = desk.open('minutes:m1');
	type(handle, 'klein');
	await untilSaved(handle);
	const large = 'groß '.repeat(50_000);
	type(handle, large);
	await untilState(desk, 'cannot-save');
	await untilTold(handle);
	const admin = new DatabaseSync(file);
	admin.exec(`DELETE FROM document_update WHERE document = (SELECT id FROM document WHERE name = 'agenda:old')`);
	admin.close();
	probe();
	await untilSaved(handle);
	expect(desk.status).toMatchObject({ state: 'saved', waiting: 0 });
	await untilText(device(url, 'jonas').open('minutes:m1'), 't', `klein${large}`);
});

test('the background fetch brings everything onto a device all the same, and is not held up', async () => {
	const store = createMemoryStore();
	const names = Array.from({ length: 6 }, (_, at): DocumentName => `roster:r${at}`);
	await store.append(names.map((name) => ({ name, updates: [stateOf(name)] }))).durable;
	const { url } = await serve(store);
	store.fill();
	const mara = device(url);
	const handle = mara.open('agenda:a1');
	type(handle, 'x');
	await untilTold(handle);

	const documents = names.map((name) => ({ name, version: 1 }));
	const opened = new Set<string>();
	const all = Promise.withResolvers<number>();
	class CountingSocket extends socketAs('board', 'jonas') {
		constructor(address: string | URL, protocols?: string | string[]) {
			super(address, protocols);
			opened.add(new URL(address).pathname);
			if (opened.size === names.length) all.resolve(opened.size);
		}
	}
	const phone = openDevice({
		url,
		WebSocket: CountingSocket as unknown as typeof WebSocket,
		fetch: fetchFrom({ '/api/documents': () => ({ status: 200, body: { documents } }) }),
	});
	onTestFinished(() => phone.close());
	await all.promise;
	expect(phone.status.waiting).toBe(0);
});

function stateOf(text: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}
