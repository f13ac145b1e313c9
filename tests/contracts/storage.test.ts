import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openSqliteStore } from '../../server/storage/sqlite.ts';
import { createMemoryStore } from '../relay/memory-store.ts';
import { describeStorage } from './storage.ts';
import { describeVersions } from './versions.ts';

const folder = mkdtempSync(join(tmpdir(), 'mitschrift-contract-'));
let files = 0;
afterAll(() => rmSync(folder, { recursive: true }));

describeStorage('SQLite file', () => openSqliteStore(join(folder, `${++files}.sqlite`)));
describeStorage('SQLite in memory', () => openSqliteStore(':memory:'));
describeStorage('the test double', createMemoryStore);

describeVersions('SQLite file', () => openSqliteStore(join(folder, `${++files}.sqlite`)));
describeVersions('SQLite in memory', () => openSqliteStore(':memory:'));
