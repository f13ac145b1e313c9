import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createServerMetrics } from '../../server/metrics/server-metrics.ts';
import type { UpdateStore } from '../../server/storage/contract.ts';
import { type Disk, openFolder } from '../../server/storage/log/disk.ts';
import { type LoggedStoreOptions, openLoggedStore } from '../../server/storage/logged-store.ts';
import { createProbedStore } from '../../server/storage/probed-store.ts';
import { openSqliteStore } from '../../server/storage/sqlite.ts';
import { createMemoryStore, type MemoryStore } from '../relay/memory-store.ts';
import { openFarApart } from '../support/remote/far-apart.ts';
import { createFailingDisk } from './failing-disk.ts';
import { breakDownSqlite, fillUpSqlite } from './failing-sqlite.ts';
import type { TestedStore } from './failing-storage.ts';
import { createMemoryDisk } from './memory-disk.ts';
import { describeStorage } from './storage.ts';
import { describeVersions } from './versions.ts';

const folder = mkdtempSync(join(tmpdir(), 'mitschrift-contract-'));
let files = 0;
afterAll(() => rmSync(folder, { recursive: true }));

const newPath = () => join(folder, `${++files}.sqlite`);
const newFolder = () => openFolder(join(folder, `${++files}-log`));
/** What an append has before the disk is full: part of what a test writes. Bytes. */
const room = 100;

function openSqlite(path: string): TestedStore {
	let store = openSqliteStore(path);
	return {
		store,
		fillUp: fillUpSqlite,
		breakDown: (meanwhile = () => {}) => breakDownSqlite(meanwhile),
		oneMoment: true,
		async reopen() {
			if (path === ':memory:') return store;
			await store.close();
			return (store = openSqliteStore(path));
		},
	};
}

async function openLogged(disk: Disk, options?: LoggedStoreOptions): Promise<TestedStore> {
	const path = newPath();
	const failing = createFailingDisk(disk);
	const open = () => openLoggedStore(openSqliteStore(path), failing, options);
	let store = await open();
	return {
		store,
		fillUp: () => failing.fillUp(room),
		breakDown: (meanwhile = () => {}) => failing.breakDown(meanwhile),
		oneMoment: false,
		async reopen() {
			await store.close();
			return (store = await open());
		},
	};
}

async function openRemote(): Promise<TestedStore> {
	const local = openSqlite(':memory:');
	const { sides, close } = await openFarApart(local.store, () => 0);
	const [store, again] = sides.map((side) => ({ ...side.store, close: () => side.store.close().then(close) }));
	return { ...local, store: store as UpdateStore, reopen: async () => again as UpdateStore };
}

function openDouble(wrap: (store: MemoryStore) => UpdateStore = (store) => store): TestedStore {
	const memory = createMemoryStore();
	const store = wrap(memory);
	return {
		store,
		fillUp: () => memory.failNext('append'),
		breakDown(meanwhile = () => {}) {
			memory.failNext('sync');
			const release = memory.holdSync();
			setImmediate(() => {
				meanwhile();
				release();
			});
		},
		oneMoment: false,
		reopen: async () => store,
	};
}

describeStorage('SQLite file', () => openSqlite(newPath()));
describeStorage('SQLite in memory', () => openSqlite(':memory:'));
describeStorage('log over SQLite', () => openLogged(newFolder()));
describeStorage('log over SQLite, each file followed by a new one, and moved at once', () =>
	openLogged(createMemoryDisk(), { segmentBytes: 1, segments: 0 }),
);
describeStorage('somewhere else', openRemote);
describeStorage('the test double', () => openDouble());
describeStorage('through what a server puts before it', () =>
	openDouble((memory) => createServerMetrics().measure(createProbedStore(memory, () => {}).store)),
);

describeVersions('SQLite file', () => openSqliteStore(newPath()));
describeVersions('log over SQLite', () => openLoggedStore(openSqliteStore(newPath()), newFolder()));
describeVersions('SQLite in memory', () => openSqliteStore(':memory:'));
describeVersions('somewhere else', async () => {
	const { sides, close } = await openFarApart(openSqliteStore(':memory:'), () => 0);
	const { store } = sides[0];
	return { ...store, close: () => store.close().then(close) };
});
