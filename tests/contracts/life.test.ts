/** When a store says that devices may hold more than it does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { beginLife, lifeSchema, noteRestored } from '../../server/storage/sqlite-life.ts';

const folder = mkdtempSync(join(tmpdir(), 'mitschrift-life-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function openFile(path = join(folder, `${++files}.sqlite`)): DatabaseSync {
	const database = new DatabaseSync(path);
	database.exec(lifeSchema);
	return database;
}

const begin = (database: DatabaseSync, bootedAt: number, now = 5_000_000) =>
	beginLife(database, { now: () => now, bootedAt });

test('after an orderly end nothing is missing, whatever the machine did', () => {
	const database = openFile();
	begin(database, 1000).end();
	expect(begin(database, 900_000).lossPossibleSince).toBeNull();
	database.close();
});

test('the end of the process alone loses nothing: the same machine still runs', () => {
	const database = openFile();
	begin(database, 1000);
	expect(begin(database, 1900).lossPossibleSince).toBeNull();
	database.close();
});

test('when the machine fell meanwhile something may be missing, and stays so', () => {
	const database = openFile();
	begin(database, 1000);
	const after = begin(database, 900_000, 7_000_000);
	expect(after.lossPossibleSince).toBe(7_000_000);
	after.end();
	expect(begin(database, 900_000, 8_000_000).lossPossibleSince).toBe(7_000_000);
	database.close();
});

test('a restore and a disk that failed are such moments, too', () => {
	const database = openFile();
	noteRestored(database, 42);
	const life = begin(database, 1000);
	expect(life.lossPossibleSince).toBe(42);
	life.noteLoss();
	expect([life.lossPossibleSince, begin(database, 1000).lossPossibleSince]).toEqual([5_000_000, 5_000_000]);
	database.close();
});
