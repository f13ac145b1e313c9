import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	copyFileSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { StorageError } from '../../server/storage/contract.ts';
import { openSqliteStore } from '../../server/storage/sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'mitschrift-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));
const bytes = (...values: number[]) => Uint8Array.from(values);

test('every commit is synced to disk: WAL, synchronous FULL', async () => {
	const store = openSqliteStore(join(folder, 'durable.sqlite'));
	expect(store.durability()).toEqual({ journal: 'wal', synchronous: 2 });
	await store.close();
});

test('a write-ahead log that grew while somebody read is cut back when they are done', async () => {
	const path = join(folder, 'grown.sqlite');
	const store = openSqliteStore(path);
	const megabyte = new Uint8Array(1024 * 1024);
	const write = () => store.append([{ name: 'agenda:a1', updates: [megabyte] }]).durable;
	await write();
	const reader = new DatabaseSync(path);
	reader.exec('BEGIN');
	reader.prepare('SELECT count(*) FROM document').get();
	for (let count = 0; count < 12; count++) await write();
	const sizeOfLog = () => statSync(`${path}-wal`).size;
	expect(sizeOfLog()).toBeGreaterThan(12 * megabyte.length);
	reader.close();
	for (let count = 0; count < 3; count++) await write();
	expect(sizeOfLog()).toBeLessThanOrEqual(8 * megabyte.length);
	await store.close();
});

test('what was appended is there after closing and opening', async () => {
	const path = join(folder, 'again.sqlite');
	const store = openSqliteStore(path);
	await store.append([{ name: 'agenda:a1', updates: [bytes(1)] }]).durable;
	await store.close();
	const again = openSqliteStore(path);
	expect((await again.load('agenda:a1')).tail).toEqual([bytes(1)]);
	await again.close();
});

test('a batch of which one update cannot be written leaves nothing, and writing goes on', async () => {
	const path = join(folder, 'atomic.sqlite');
	const store = openSqliteStore(path);
	const trigger = new DatabaseSync(path);
	trigger.exec(`CREATE TRIGGER refuse BEFORE INSERT ON document_update WHEN NEW.content = x'ff'
		BEGIN SELECT RAISE(ABORT, 'refused'); END`);
	trigger.close();
	const batch = [
		{ name: 'agenda:a1' as const, updates: [bytes(1)] },
		{ name: 'agenda:a2' as const, updates: [bytes(2), bytes(0xff)] },
	];
	await expect(store.append(batch).durable).rejects.toThrow(StorageError);
	expect(await store.list()).toEqual([]);
	expect(await store.append([{ name: 'agenda:a1', updates: [bytes(1)] }]).written).toEqual([1]);
	await store.close();
});

test('a snapshot of other bytes is not said to hold what was noted for it', async () => {
	const path = join(folder, 'changed.sqlite');
	const store = openSqliteStore(path);
	await store.append([{ name: 'agenda:a1', updates: [bytes(1), bytes(2)] }]).durable;
	await store.compact('agenda:a1', bytes(1, 2, 3), 2, 1, bytes(7, 2));
	await store.close();
	const damaging = new DatabaseSync(path);
	damaging.exec(`UPDATE document_snapshot SET state = x'010204'`);
	damaging.close();
	const again = openSqliteStore(path);
	expect(await again.load('agenda:a1')).toEqual({ snapshot: bytes(1, 2, 4), tail: [], sequence: 2 });
	await again.close();
});

test('a full disk is told from other failures', async () => {
	const path = join(folder, 'full.sqlite');
	const store = openSqliteStore(path, { pageLimit: 40 });
	const megabyte = new Uint8Array(1024 * 1024);
	await expect(store.append([{ name: 'agenda:a1', updates: [megabyte] }]).durable).rejects.toMatchObject({
		kind: 'full',
	});
	expect(await store.exists('agenda:a1')).toBe(false);
	expect(await store.append([{ name: 'agenda:a1', updates: [bytes(1)] }]).written).toEqual([1]);
	await store.close();
	await expect(store.append([{ name: 'agenda:a1', updates: [bytes(1)] }]).durable).rejects.toMatchObject({
		kind: 'failed',
	});
});

test('a probe writes as much as people do: a few pages that are left do not pass for room', async () => {
	const path = join(folder, 'probed.sqlite');
	const store = openSqliteStore(path);
	await store.append([{ name: 'agenda:a1', updates: [bytes(1)] }]).durable;
	await store.probe();
	await store.close();
	const database = new DatabaseSync(path);
	database.exec('VACUUM');
	const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
	database.close();
	const tight = openSqliteStore(path, { pageLimit: pages + 4 });
	await expect(tight.probe()).rejects.toMatchObject({ kind: 'full' });
	expect(await tight.append([{ name: 'agenda:a1', updates: [bytes(2)] }]).written).toEqual([2]);
	await tight.close();
});

test('a second store on the same file is refused, and accepted once the first is closed', async () => {
	const path = join(folder, 'once.sqlite');
	const store = openSqliteStore(path);
	expect(() => openSqliteStore(path)).toThrow(/in use by another running server/);
	await store.close();
	await openSqliteStore(path).close();
});

test('a second store is refused when the lock file was deleted, and when it comes by another name', async () => {
	const [path, link] = [join(folder, 'held.sqlite'), join(folder, 'link.sqlite')];
	const store = openSqliteStore(path);
	symlinkSync(path, link);
	writeFileSync(`${link}-lock`, '');
	expect(() => openSqliteStore(link)).toThrow(/in use by another running server/);
	rmSync(`${path}-lock`);
	for (const name of [path, path, link]) expect(() => openSqliteStore(name)).toThrow(/when its lock was deleted/);
	for (const ending of ['', '-wal']) copyFileSync(path + ending, join(folder, `of-its-own.sqlite${ending}`));
	await openSqliteStore(join(folder, 'of-its-own.sqlite')).close();
	await store.close();
	await openSqliteStore(link).close();
});

test('a lock file that was deleted holds up nobody once somebody has looked, or the machine has started again', async () => {
	const path = join(folder, 'fallen.sqlite');
	const holder = spawn(process.execPath, [join(import.meta.dirname, 'hold-store.ts'), path]);
	await once(holder.stdout, 'data');
	const gone = once(holder, 'exit');
	holder.kill('SIGKILL');
	await gone;
	rmSync(`${path}-lock`);
	expect(() => openSqliteStore(path)).toThrow(`make an empty file ${path}-lock`);
	writeFileSync(`${path}-lock`, '');
	await openSqliteStore(path).close();

	const before = openSqliteStore(path, { moment: { now: Date.now, bootedAt: 1_000_000 } });
	rmSync(`${path}-lock`);
	await openSqliteStore(path).close();
	await before.close();
});

test('a lock file that is no database is named as what it is, not as another server', () => {
	const path = join(folder, 'lock.sqlite');
	writeFileSync(`${path}-lock`, 'this is a letter and no lock. '.repeat(200));
	expect(() => openSqliteStore(path)).toThrow(/lock\.sqlite-lock: file is not a database/);
});

test('a second process is refused while the first lives, and not after its SIGKILL', async () => {
	const path = join(folder, 'process.sqlite');
	const holder = spawn(process.execPath, [join(import.meta.dirname, 'hold-store.ts'), path]);
	await once(holder.stdout, 'data');
	expect(() => openSqliteStore(path)).toThrow(/in use by another running server/);
	const gone = once(holder, 'exit');
	holder.kill('SIGKILL');
	await gone;
	const store = openSqliteStore(path);
	expect((await store.load('agenda:a1')).tail).toEqual([bytes(1)]);
	await store.close();
});

test('a torn end of the write-ahead log costs only what was being written', async () => {
	const [path, copy] = [join(folder, 'torn.sqlite'), join(folder, 'copy.sqlite')];
	const store = openSqliteStore(path);
	await store.append([{ name: 'agenda:a1', updates: [bytes(1)] }]).durable;
	const whole = statSync(`${path}-wal`).size;
	await store.append([{ name: 'agenda:a1', updates: [bytes(2)] }]).durable;
	copyFileSync(path, copy);
	copyFileSync(`${path}-wal`, `${copy}-wal`);
	await store.close();
	expect(readFileSync(`${copy}-wal`).length).toBeGreaterThan(whole);
	truncateSync(`${copy}-wal`, readFileSync(`${copy}-wal`).length - 100);
	const torn = openSqliteStore(copy);
	expect((await torn.load('agenda:a1')).tail).toEqual([bytes(1)]);
	await torn.close();
});

test('a file that is no database is refused as it is', async () => {
	const path = join(folder, 'foreign.sqlite');
	writeFileSync(path, 'this is a letter, not a database, and it is long enough to be looked at as one. '.repeat(40));
	expect(() => openSqliteStore(path)).toThrow(StorageError);
	expect(readFileSync(path, 'utf8')).toMatch(/^this is a letter/);
});
