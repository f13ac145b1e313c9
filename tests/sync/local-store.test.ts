/** Each way in which a browser fails to keep data is said, and nothing is lost that could be kept. */
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { databasePrefixOf } from '#lib/sync/device-database.ts';
import { DeviceIndex } from '#lib/sync/device-index.ts';
import { IDBFactory } from 'fake-indexeddb';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { serveRelay } from '../relay/serve-relay.ts';
import { openDevice, untilSaved, untilStatus, untilText, type DeviceOptions } from '../support/peers.ts';
import { deniedStorage, FaultyStorage, inspect } from '../support/storage.ts';

/** Nobody listens there. */
const nowhere = 'ws://127.0.0.1:9/sync';
const prefix = 'device';

function device(options: Partial<DeviceOptions> = {}) {
	const workspace = openDevice({ url: nowhere, storagePrefix: prefix, ...options });
	onTestFinished(() => workspace.close());
	return workspace;
}

function type({ doc }: DocumentHandle, text: string) {
	const target = doc.getText('t');
	target.insert(target.length, text);
}

const textOf = ({ doc }: DocumentHandle) => doc.getText('t').toJSON();

/** Opens the document on a device that starts anew with this storage, without a network. */
async function afterRestart(
	indexedDB: IDBFactory,
	name: Parameters<ReturnType<typeof device>['open']>[0] = 'minutes:m1',
) {
	const handle = device({ indexedDB }).open(name);
	await handle.whenLoaded;
	return handle;
}

test.each(['throws', 'rejects'] as const)('denied (opening %s): said, and writing goes on', async (how) => {
	const workspace = device({ indexedDB: deniedStorage(how) });
	const handle = workspace.open('minutes:m1');
	await handle.whenLoaded;
	type(handle, 'a');
	expect(handle.status).toMatchObject({ loaded: true, keeping: 'denied', waiting: 1, saved: false });
	expect(workspace.status.state).toBe('not-kept');
});

test('denied: what the relay confirms is saved there, and still not called kept here', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const workspace = device({ url: served.url, indexedDB: deniedStorage('throws') });
	const handle = workspace.open('minutes:m1');
	type(handle, 'a');
	expect(await untilSaved(handle)).toMatchObject({ keeping: 'denied', waiting: 0 });
	expect(workspace.status.state).toBe('not-kept');
});

test('a released document that is nowhere else stays open until the relay has it', async () => {
	const served = await serveRelay();
	await served.stop();
	const workspace = device({ url: served.url, indexedDB: deniedStorage('throws') });
	const handle = workspace.open('minutes:m1');
	await handle.whenLoaded;
	type(handle, 'only here');
	handle.release();
	const later = await serveRelay({}, served.port);
	onTestFinished(() => later.stop());
	const other = device({ url: later.url, personId: 'jonas' }).open('minutes:m1');
	await untilText(other, 't', 'only here');
	await untilStatus(workspace, ({ waiting }) => waiting === 0);
});

test('a store that does not answer: shown after the limit, kept once it answers after all', async () => {
	const storage = new FaultyStorage();
	const before = await afterRestart(storage);
	type(before, 'before ');
	await expect.poll(() => storedText(storage)).toBe('before ');
	before.release();
	storage.silent = true;
	const workspace = device({ indexedDB: storage, storageLimit: 20 });
	const handle = workspace.open('minutes:m1');
	await handle.whenLoaded;
	expect(handle.status).toMatchObject({ keeping: 'timeout', loaded: true });
	expect(workspace.status.state).toBe('not-kept');
	type(handle, 'after');
	storage.answer();
	await untilStatus(handle, ({ keeping }) => keeping === 'kept');
	await workspace.close();
	expect(textOf(await afterRestart(storage))).toBe('before after');
});

/** What the rows hold, read past the code that is tested. */
async function storedText(storage: IDBFactory): Promise<string> {
	const doc = new Y.Doc();
	for (const update of (await inspect(storage, prefix)).updates) Y.applyUpdate(doc, update);
	return doc.getText('t').toJSON();
}

test('that something waits is noted at once, for the start after a page that goes before it is written', async () => {
	const workspace = device({ indexedDB: new IDBFactory() });
	const handle = workspace.open('minutes:m1');
	await handle.whenLoaded;
	const noted = vi.spyOn(DeviceIndex.prototype, 'note');
	onTestFinished(() => noted.mockRestore());
	type(handle, 'a');
	expect(noted).toHaveBeenCalledWith('minutes:m1', { waiting: 1 });
});

test('a page that nobody sees any more writes at once: a phone ends it without a word', async () => {
	const page = Object.assign(new EventTarget(), { hidden: false });
	vi.stubGlobal('document', page);
	onTestFinished(() => void vi.unstubAllGlobals());
	const storage = new IDBFactory();
	const handle = await afterRestart(storage);
	// The storage goes on; whoever waits for a moment waits for good.
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	onTestFinished(() => void vi.useRealTimers());
	type(handle, 'a');
	expect(await storedText(storage)).toBe('');
	page.hidden = true;
	page.dispatchEvent(new Event('visibilitychange'));
	expect(await storedText(storage)).toBe('a');
});

test('what a page could not write any more is there before what it had written: nobody sees that alone', async () => {
	const storage = new IDBFactory();
	const page = device({ indexedDB: storage });
	const before = page.open('minutes:m1');
	await before.whenLoaded;
	type(before, 'auf');
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(before.doc));
	await page.close();
	const vector = Y.encodeStateVector(doc);
	doc.getText('t').insert(3, 'hängen');
	const key = `last-words:${databasePrefixOf('mara', prefix)}minutes:m1:tab`;
	vi.stubGlobal('localStorage', { [key]: JSON.stringify([[...Y.encodeStateAsUpdate(doc, vector)]]) });
	onTestFinished(() => void vi.unstubAllGlobals());
	const seen: string[] = [];
	const handle = device({ indexedDB: storage }).open('minutes:m1');
	handle.doc.on('update', () => seen.push(textOf(handle)));
	await handle.whenLoaded;
	expect([...new Set(seen)]).toEqual(['aufhängen']);
	expect(Object.keys(localStorage)).toEqual([]);
});

test('full: said, and once there is room the next change brings everything', async () => {
	const storage = new FaultyStorage();
	const workspace = device({ indexedDB: storage });
	const handle = workspace.open('minutes:m1');
	await handle.whenLoaded;
	type(handle, 'a');
	await expect.poll(() => storedText(storage)).toBe('a');
	storage.full = true;
	type(handle, 'b');
	await untilStatus(handle, ({ keeping }) => keeping === 'full');
	expect(workspace.status.state).toBe('not-kept');
	expect(await storedText(storage)).toBe('a');
	storage.full = false;
	type(handle, 'c');
	await untilStatus(handle, ({ keeping }) => keeping === 'kept');
	expect(await storedText(storage)).toBe('abc');
});

test('full, and then there is room: what could not be kept is, though nobody writes any more', async () => {
	const storage = new FaultyStorage();
	const workspace = device({ indexedDB: storage });
	const handle = workspace.open('minutes:m1');
	await handle.whenLoaded;
	storage.full = true;
	type(handle, 'a');
	await untilStatus(handle, ({ keeping }) => keeping === 'full');
	storage.full = false;
	await untilStatus(handle, ({ keeping }) => keeping === 'kept');
	expect(await storedText(storage)).toBe('a');
});

test('closed by the system: opened once more with all that is here, the second time it is said', async () => {
	const storage = new FaultyStorage();
	const workspace = device({ indexedDB: storage });
	const handle = workspace.open('minutes:m1');
	await handle.whenLoaded;
	type(handle, 'a');
	storage.closeAll();
	type(handle, 'b');
	await expect.poll(() => storedText(storage)).toBe('ab');
	expect(handle.status.keeping).toBe('kept');
	storage.closeAll();
	expect(() => type(handle, 'c')).not.toThrow();
	expect(await untilStatus(handle, ({ keeping }) => keeping !== 'kept')).toMatchObject({ keeping: 'closed' });
});

test('a damaged row: said, left alone, and fetched again from the relay', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const storage = new IDBFactory();
	const writer = openDevice({ url: served.url, indexedDB: storage, storagePrefix: prefix });
	const first = writer.open('minutes:m1');
	await first.whenLoaded;
	type(first, 'eins ');
	type(first, 'zwei ');
	await untilSaved(first);
	await writer.close();
	await inspect(storage, prefix, (updates) => {
		const request = updates.openCursor(2);
		request.onsuccess = () => request.result?.update((request.result.value as Uint8Array).toReversed());
	});
	const offline = await afterRestart(storage);
	expect(offline.status).toMatchObject({ loaded: true, keeping: 'corrupt', saved: false });
	type(offline, 'drei');
	expect((await inspect(storage, prefix)).aside).toHaveLength(1);
	offline.release();

	const online = device({ url: served.url, indexedDB: storage }).open('minutes:m1');
	await untilSaved(online);
	expect(textOf(online)).toContain('eins zwei ');
	expect(online.status.keeping).toBe('corrupt');
	expect((await inspect(storage, prefix)).aside).toHaveLength(1);
	const mended = await afterRestart(storage);
	expect(mended.status.keeping).toBe('kept');
	expect(textOf(mended)).toBe(textOf(online));
});

test('that the relay’s content is here is not noted before it is', async () => {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	const writer = device({ url: served.url, personId: 'jonas' }).open('minutes:m1');
	type(writer, 'vom Relay');
	await untilSaved(writer);
	const storage = new IDBFactory();
	device({ url: served.url, indexedDB: storage }).open('minutes:m1');
	let rows: Uint8Array[] = [];
	const noted = async () => {
		const { updates, known } = await inspect(storage, prefix);
		rows = updates;
		return known?.everSynced;
	};
	await expect.poll(noted, { interval: 10 }).toBe(true);
	const doc = new Y.Doc();
	for (const update of rows) Y.applyUpdate(doc, update);
	expect(doc.getText('t').toJSON()).toBe('vom Relay');
});

test('another person on the same device reads nothing of it', async () => {
	const storage = new IDBFactory();
	type(await afterRestart(storage), 'secret');
	await expect.poll(() => storedText(storage)).toBe('secret');
	const other = device({ indexedDB: storage, personId: 'jonas' }).open('minutes:m1');
	await other.whenLoaded;
	expect(textOf(other)).toBe('');
});

test('looking at a document writes nothing anew, however often', async () => {
	const storage = new IDBFactory();
	const look = async (change: (handle: DocumentHandle) => void = () => {}) => {
		const workspace = device({ indexedDB: storage });
		const handle = workspace.open('minutes:m1');
		await handle.whenLoaded;
		change(handle);
		handle.release();
		await workspace.close();
	};
	await look((handle) => type(handle, 'einmal'));
	let keys: IDBValidKey[] = [];
	const rows = async () => {
		await inspect(storage, prefix, (updates) => {
			const all = updates.getAllKeys();
			all.onsuccess = () => (keys = all.result);
		});
		return keys;
	};
	// y-indexeddb adds a row without content at each opening.
	const [, written] = await rows();
	for (let times = 0; times < 4; times++) await look();
	expect(await rows()).toHaveLength(2);
	expect(keys[0]).toBe(written);
	expect(await storedText(storage)).toBe('einmal');
});

test('what one leaves is put away when there is time for it', async () => {
	const asked: (() => void)[] = [];
	const workspace = device({ indexedDB: new IDBFactory(), whenIdle: (work) => asked.push(work) });
	const open = () => workspace.inPage().length;
	const [left, again] = (['minutes:m1', 'minutes:m2'] as const).map((name) => workspace.open(name));
	await Promise.all([left?.whenLoaded, again?.whenLoaded]);
	left?.release();
	again?.release();
	workspace.open('minutes:m2');
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(open()).toBe(2);
	for (const work of asked) work();
	await expect.poll(open).toBe(1);
	expect(workspace.inPage()[0]?.name).toBe('minutes:m2');
});

test('two tabs compact one store, and nothing is lost or grows', async () => {
	const storage = new IDBFactory();
	const tabs = [device({ indexedDB: storage }), device({ indexedDB: storage })];
	const handles = tabs.map((tab) => tab.open('minutes:m1'));
	await Promise.all(handles.map(({ whenLoaded }) => whenLoaded));
	for (let at = 0; at < 250; at++)
		for (const handle of handles) handle.doc.getMap('m').set(`${handle.doc.clientID}/${at}`, at);
	await Promise.all(tabs.map((tab) => tab.close()));
	const { updates } = await inspect(storage, prefix);
	expect(updates.length).toBeLessThan(700);
	expect((await afterRestart(storage)).doc.getMap('m').size).toBe(500);
});
