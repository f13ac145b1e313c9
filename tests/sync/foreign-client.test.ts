/** A client id that turns out to be somebody else's: the device takes another, and nothing that was written is lost. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { IDBFactory } from 'fake-indexeddb';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { encodeUpdate } from '../../server/relay/frames.ts';
import { openSqliteStore } from '../../server/storage/sqlite.ts';
import { openRaw } from '../relay/raw-socket.ts';
import { serveRelay } from '../relay/serve-relay.ts';
import { openDevice, untilSaved, untilStatus, untilText } from '../support/peers.ts';

const name = 'minutes:m1';

async function relay(store = openSqliteStore(':memory:')) {
	const served = await serveRelay({ store });
	onTestFinished(() => served.stop());
	return served;
}

type Device = { indexedDB: IDBFactory; storagePrefix: string; personId: string };

const phoneOf = (personId: string): Device => ({ indexedDB: new IDBFactory(), storagePrefix: 'd', personId });

/** Writes on a device that reaches no relay. @returns the client id under which it stands */
async function writeOffline(device: Device, text: string): Promise<number> {
	const workspace = openDevice({ url: 'ws://127.0.0.1:9/sync', ...device });
	const handle = workspace.open(name);
	await handle.whenLoaded;
	handle.doc.getText('t').insert(0, text);
	await workspace.close();
	return handle.doc.clientID;
}

/** Somebody writes under a client id that is not theirs. */
async function occupy(url: string, client: number, update: (doc: Y.Doc) => void): Promise<void> {
	const doc = new Y.Doc();
	doc.clientID = client;
	update(doc);
	const raw = await openRaw(`${url}/${name}?as=board:mallory&ack=1`);
	raw.socket.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
	await raw.until((frame) => frame[0] === 100);
	raw.socket.terminate();
}

async function untilReopened(url: string, device: Device, during?: (doc: Y.Doc) => void): Promise<void> {
	let reopen = () => {};
	const asked = new Promise<void>((resolve) => (reopen = resolve));
	const workspace = openDevice({ url, ...device, reopen });
	const handle = workspace.open(name);
	await asked;
	expect(handle.status).toMatchObject({ refusal: 'reopening', saved: false });
	during?.(handle.doc);
	await workspace.close();
}

test('somebody wrote under it first: what was written is sent under another', async () => {
	const { url, store } = await relay();
	const phone = phoneOf('mara');
	const client = await writeOffline(phone, 'Beschluss');
	await occupy(url, client, (doc) => doc.getText('t').insert(0, 'x'));
	await untilReopened(url, phone);
	const workspace = openDevice({ url, ...phone });
	onTestFinished(() => workspace.close());
	const handle = workspace.open(name);
	await untilSaved(handle);
	expect(handle.doc.getText('t').toJSON()).toContain('Beschluss');
	expect(handle.status).toMatchObject({ waiting: 0, refusal: null });
	const authors = await store.authors(name);
	expect(authors.get(client)).toBe('mallory');
	expect([...authors.values()].filter((person) => person === 'mara')).toHaveLength(1);
});

test('what is written until the page loads itself again is kept, too, and its references with it', async () => {
	const { url } = await relay();
	const phone = phoneOf('mara');
	await occupy(url, await writeOffline(phone, 'Beschluss'), (doc) => doc.getMap('m').set('a', 1));
	await untilReopened(url, phone, (doc) => {
		doc.getText('t').insert(4, '--');
		doc.getText('t').delete(0, 1);
	});
	const workspace = openDevice({ url, ...phone });
	onTestFinished(() => workspace.close());
	const handle = workspace.open(name);
	await untilSaved(handle);
	expect(handle.doc.getText('t').toJSON()).toBe('esc--hluss');
	const other = openDevice({ url, personId: 'jonas' });
	onTestFinished(() => other.close());
	await untilText(other.open(name), 't', 'esc--hluss');
});

test('what the relay has as it was written stays where it is: nothing is doubled', async () => {
	const { url, store } = await relay();
	const first = openDevice({ url, ...phoneOf('anna') });
	const anna = first.open(name);
	await anna.whenLoaded;
	anna.doc.getText('t').insert(0, 'Annas Wort');
	await untilSaved(anna);
	// Bernd has more of it than the relay, and no loss is known of: his device keeps what only it has.
	const phone = phoneOf('bernd');
	const bernd = openDevice({ url, ...phone });
	const handle = bernd.open(name);
	await untilText(handle, 't', 'Annas Wort');
	await bernd.close();
	await first.close();
	const offline = openDevice({ url: 'ws://127.0.0.1:9/sync', ...phone });
	const again = offline.open(name);
	await again.whenLoaded;
	again.awareness.clientID = again.doc.clientID = anna.doc.clientID;
	again.awareness.setLocalState({});
	again.doc.getText('t').insert(10, ' und mehr');
	await offline.close();
	await untilReopened(url, phone);
	const back = openDevice({ url, ...phone });
	onTestFinished(() => back.close());
	const saved = back.open(name);
	await untilSaved(saved);
	expect(saved.doc.getText('t').toJSON()).toBe('Annas Wort und mehr');
	expect([...(await store.authors(name)).values()].sort()).toEqual(['anna', 'bernd']);
});

test('an id that others saw and under which nothing is written is given up with the connection', async () => {
	const served = await relay();
	const workspace = openDevice({ url: served.url, personId: 'mara' });
	onTestFinished(() => workspace.close());
	const handle = workspace.open(name);
	await untilSaved(handle);
	const seen = handle.doc.clientID;
	expect(handle.awareness.clientID).toBe(seen);
	served.relay.disconnect({ personId: 'mara' });
	await untilStatus(handle, ({ connection }) => connection === 'offline');
	const { clientID } = handle.doc;
	expect([clientID === seen, handle.awareness.clientID]).toEqual([false, clientID]);
	expect(handle.awareness.getLocalState()).toEqual({});
});

test('one under which something is written stays', async () => {
	const served = await relay();
	const workspace = openDevice({ url: served.url, personId: 'mara' });
	onTestFinished(() => workspace.close());
	const handle = workspace.open(name);
	await handle.whenLoaded;
	handle.doc.getText('t').insert(0, 'x');
	const { clientID } = handle.doc;
	await untilSaved(handle);
	served.relay.disconnect({ personId: 'mara' });
	await untilStatus(handle, ({ connection }) => connection === 'offline');
	expect([handle.doc.clientID, handle.awareness.clientID]).toEqual([clientID, clientID]);
	expect(closeCodes.foreignClient).toBe(4409);
});
