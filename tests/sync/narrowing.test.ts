/** When a role is lowered, what it may not see goes from the device: content, list, and what a page left behind in haste. */
import { accessOf } from '#lib/protocol/policy.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import {
	forgetUnsent,
	makeRoom,
	narrowDevice,
	noteUnsentSaved,
	readUnsent,
	shelfLife,
	type Loss,
} from '#lib/state/departure.ts';
import type { Identity } from '#lib/state/identity.ts';
import { readUnsentFile } from '#lib/state/unsent-file.ts';
import { DeviceIndex } from '#lib/sync/device-index.ts';
import { databasePrefixOf } from '#lib/sync/device-database.ts';
import { forgetOthers } from '#lib/sync/forget.ts';
import { shelfName } from '#lib/sync/shelf.ts';
import { countStored } from '#lib/sync/stored-documents.ts';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { serveRelay, type ServedRelay } from '../relay/serve-relay.ts';
import { fetchFrom, openDevice, untilSaved, untilStatus } from '../support/peers.ts';

let served: ServedRelay;
let indexedDB: IDBFactory;
beforeEach(async () => {
	served = await serveRelay();
	indexedDB = new IDBFactory();
	vi.stubGlobal('indexedDB', indexedDB);
	vi.stubGlobal('localStorage', createStorage());
});
afterEach(async () => {
	vi.unstubAllGlobals();
	await served.stop();
});

/** Its values are its properties, as in a browser. */
function createStorage(): Record<string, unknown> {
	const methods = {
		getItem: (key: string) => (storage[key] as string | undefined) ?? null,
		setItem: (key: string, value: string) => void (storage[key] = value),
		removeItem: (key: string) => void Reflect.deleteProperty(storage, key),
	};
	const storage = Object.create(methods) as Record<string, unknown>;
	return storage;
}

const prefix = databasePrefixOf('mara');
const identity: Identity = {
	person: { id: 'mara', name: 'Mara', role: 'board' },
	association: { name: 'Stadtverband', timeZone: 'Europe/Berlin' },
	epoch: 'e1',
	lastContact: '2025-01-09T18:00:00Z',
	ended: false,
};
const toMember: Loss = ({ name, waits }) => {
	const kind = name.split(':')[0] as 'agenda';
	return accessOf('member', kind) === 'none' || (waits && accessOf('member', kind) === 'read');
};

const words = (name: string) => `last-words:${prefix}${name}:tab`;

async function listed(): Promise<DocumentName[]> {
	const index = new DeviceIndex(() => indexedDB, prefix, 1000);
	const rows = await index.read();
	await index.close();
	return [...(rows?.keys() ?? [])].sort();
}

/** A board member's device, which wrote a meeting and knows of another one that never came. */
async function useDevice(): Promise<void> {
	const documents = ['agenda:m1', 'minutes:m1'].map((name) => ({ name, version: 1 }));
	const workspace = openDevice({
		url: served.url,
		indexedDB,
		storagePrefix: 'mitschrift',
		fetch: fetchFrom({ '/api/documents': () => ({ status: 200, body: { documents } }) }),
	});
	for (const name of ['directory:main', 'agenda:m1', 'minutes:m1'] as const) {
		const handle = workspace.open(name);
		handle.doc.getText('t').insert(0, 'Wort');
		await untilSaved(handle);
		handle.release();
	}
	await untilStatus(workspace, ({ fetched }) => fetched.of > 0);
	await workspace.close();
	const index = new DeviceIndex(() => indexedDB, prefix, 1000);
	index.note('minutes:m2', {});
	await index.close();
}

test('its list names no document that the new role may not see, also none that never came', async () => {
	await useDevice();
	expect(await listed()).toEqual(['agenda:m1', 'directory:main', 'minutes:m1', 'minutes:m2']);
	await narrowDevice(identity, new Date(), toMember);
	expect(await listed()).toEqual(['agenda:m1', 'directory:main']);
	const names = (await indexedDB.databases()).map(({ name }) => name);
	expect(names).not.toContain(`${prefix}minutes:m1`);
	expect(names).toContain(`${prefix}agenda:m1`);
});

test('what goes because work waits in it is not taken for being here: it is fetched anew', async () => {
	await useDevice();
	Object.assign(localStorage, { [words('agenda:m1')]: '[[0,0]]' });
	expect((await narrowDevice(identity, new Date(), toMember))?.text).toContain('agenda:m1');
	expect(await listed()).toEqual(['directory:main']);
});

test('what waits is counted while the page that wrote it is open, with what a page left behind in haste', async () => {
	await useDevice();
	expect(await countStored('mara')).toBe(0);
	const away = openDevice({ url: 'ws://127.0.0.1:1/sync', indexedDB, storagePrefix: 'mitschrift' });
	for (const name of ['agenda:m1', 'minutes:m1'] as const) {
		const { doc, whenLoaded } = away.open(name);
		await whenLoaded;
		doc.getText('t').insert(0, 'Noch ein ');
	}
	await vi.waitFor(async () => expect(await countStored('mara')).toBe(2));
	Object.assign(localStorage, { [words('directory:main')]: '[[0,0]]' });
	expect(await countStored('mara')).toBe(3);
	await away.close();
});

test('what goes a second time, before the first was taken, is in one file with it', async () => {
	await useDevice();
	Object.assign(localStorage, { [words('agenda:m1')]: '[[0,0]]' });
	await narrowDevice(identity, new Date(), ({ name }) => name === 'agenda:m1');
	Object.assign(localStorage, { [words('minutes:m1')]: '[[0,0]]' });
	const file = await narrowDevice(identity, new Date(), toMember);
	expect(readUnsentFile(file?.text ?? '').map(({ name }) => name)).toEqual(['minutes:m1', 'agenda:m1']);
	expect(await readUnsent('mara', new Date())).toMatchObject({ file: { text: file?.text }, saved: false });
	await useDevice();
	Object.assign(localStorage, { [words('minutes:m1')]: '[[0,0]]' });
	const again = await narrowDevice(identity, new Date(), toMember);
	expect(
		readUnsentFile(again?.text ?? '')
			.map(({ name }) => name)
			.sort(),
		'each once',
	).toEqual(['agenda:m1', 'minutes:m1']);
});

test('when somebody else comes in, what waits is a file for its author alone, and all else is gone', async () => {
	await useDevice();
	Object.assign(localStorage, { [words('minutes:m1')]: '[[0,0]]' });
	await makeRoom(identity, new Date());
	expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([shelfName]);
	expect(await readUnsent('gerda', new Date())).toBeNull();
	await forgetUnsent();
	expect(await readUnsent(null, new Date()), 'also when she has left').toBeNull();
	expect(await readUnsent('mara', new Date())).toMatchObject({
		file: { text: expect.stringContaining('minutes:m1') },
		saved: false,
	});
	noteUnsentSaved();
	expect(await readUnsent(null, new Date())).toMatchObject({ saved: true });
	expect(await readUnsent('mara', new Date(Date.now() + shelfLife))).toBeNull();
	expect(await indexedDB.databases()).toEqual([]);
});

test('of several tabs each puts aside what waits in it, also what another deleted under it, in one file', async () => {
	await useDevice();
	const typed = (words: string, name: DocumentName = 'minutes:m1') => {
		const doc = new Y.Doc();
		doc.getText('t').insert(0, words);
		return { name, waits: true, update: Y.encodeStateAsUpdate(doc) };
	};
	const read = { ...typed('Gelesen.', 'agenda:m1'), waits: false };
	await Promise.all(
		[[typed('Im ersten. ')], [typed('Im zweiten. '), read], []].map((inPage) => makeRoom(identity, new Date(), inPage)),
	);
	expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([shelfName]);
	const file = (await readUnsent('mara', new Date()))?.file.text ?? '';
	expect(readUnsentFile(file).map(({ name }) => name)).toEqual(['minutes:m1']);
	const doc = new Y.Doc();
	for (const { update } of readUnsentFile(file)) Y.applyUpdate(doc, update);
	for (const words of ['Im ersten. ', 'Im zweiten. ']) expect(doc.getText('t').toString()).toContain(words);
});

test('what waits does not go where it cannot be put aside', async () => {
	await useDevice();
	Object.assign(localStorage, { [words('minutes:m1')]: '[[0,0]]' });
	const open = indexedDB.open.bind(indexedDB);
	vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
		if (name === shelfName) throw new DOMException('full', 'QuotaExceededError');
		return open(name, version);
	});
	await makeRoom(identity, new Date());
	expect((await indexedDB.databases()).map(({ name }) => name)).toContain(`${prefix}minutes:m1`);
});

test('what another page stored of somebody who has gone goes too, but not where work waits in it', async () => {
	await useDevice();
	const names = async () => (await indexedDB.databases()).map(({ name }) => name);
	const all = await names();
	expect(all.length).toBeGreaterThan(1);
	await forgetOthers('mara');
	expect(await names()).toEqual(all);
	Object.assign(localStorage, { [words('minutes:m1')]: '[[0,0]]' });
	await forgetOthers('gerda');
	expect(await names()).toEqual(all);
	Reflect.deleteProperty(localStorage, words('minutes:m1'));
	const open = indexedDB.open.bind(indexedDB);
	const opening = vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
		if (name.endsWith('minutes:m1')) throw new DOMException('full', 'QuotaExceededError');
		return open(name, version);
	});
	await forgetOthers('gerda');
	expect(await names(), 'what cannot be looked into').toEqual(all);
	opening.mockRestore();
	await forgetOthers('gerda');
	expect(await names()).toEqual([]);
});

test('what a page wrote down in its last moment goes with its document, and no other', async () => {
	await useDevice();
	Object.assign(localStorage, { [words('minutes:m1')]: '[]', [words('agenda:m1')]: '[]', other: '1' });
	await narrowDevice(identity, new Date(), toMember);
	expect(Object.keys(localStorage)).toEqual([words('agenda:m1'), 'other']);
});

test('a device that keeps no list has none afterwards that could not be used', async () => {
	await narrowDevice(identity, new Date(), toMember);
	const index = new DeviceIndex(() => indexedDB, prefix, 1000);
	index.note('agenda:m1', {});
	await index.close();
	expect(await listed()).toEqual(['agenda:m1']);
});
