import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createServerMetrics } from '../../server/metrics/server-metrics.ts';
import { openFolder } from '../../server/storage/log/disk.ts';
import { type LoggedStoreOptions, openLoggedStore } from '../../server/storage/logged-store.ts';
import { createProbedStore } from '../../server/storage/probed-store.ts';
import { openSqliteStore } from '../../server/storage/sqlite.ts';
import { createMemoryStore } from '../relay/memory-store.ts';
import { createMemoryDisk } from './memory-disk.ts';
import { describeStorage } from './storage.ts';
import { describeVersions } from './versions.ts';

const folder = mkdtempSync(join(tmpdir(), 'mitschrift-contract-'));
let files = 0;
afterAll(() => rmSync(folder, { recursive: true }));

function openOnDisk() {
	const path = join(folder, `${++files}.sqlite`);
	return openLoggedStore(openSqliteStore(path), openFolder(`${path}-log`));
}

function openLogged(options: LoggedStoreOptions) {
	return openLoggedStore(openSqliteStore(':memory:'), createMemoryDisk(), options);
}

describeStorage('SQLite file', () => openSqliteStore(join(folder, `${++files}.sqlite`)));
describeStorage('SQLite in memory', () => openSqliteStore(':memory:'));
describeStorage('log over SQLite', openOnDisk);
describeStorage('log over SQLite, each file followed by a new one, and moved at once', () =>
	openLogged({ segmentBytes: 1, segments: 0 }),
);
describeStorage('the test double', createMemoryStore);
describeStorage('through what a server puts before it', () =>
	createServerMetrics().measure(createProbedStore(createMemoryStore()).store),
);

describeVersions('SQLite file', () => openSqliteStore(join(folder, `${++files}.sqlite`)));
describeVersions('log over SQLite', openOnDisk);
describeVersions('SQLite in memory', () => openSqliteStore(':memory:'));
