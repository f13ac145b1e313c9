/** A log is read with the data file that it was written with, and with no other. */
import {
	copyFileSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { backUpFile } from '../../server/storage/sqlite-backup.ts';
import { foldLog, logFolderOf, openStore } from '../../server/storage/store-files.ts';

const name: DocumentName = 'agenda:a1';
const refusal = /belongs to another data file/;
let folder: string;
let file: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-log-'));
	file = path.join(folder, 'mitschrift.sqlite');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function write(to: string, ...updates: number[]): Promise<void> {
	const store = await openStore(to);
	for (const update of updates) await store.append([{ name, updates: [Uint8Array.of(update)] }]).durable;
	await store.close();
}

async function read(from: string): Promise<number[]> {
	const store = await openStore(from);
	const { tail } = await store.load(name);
	await store.close();
	return tail.map(([only]) => only ?? -1);
}

test('the log of another data file is refused, and nothing is done to it', async () => {
	const other = path.join(folder, 'other.sqlite');
	await write(file, 1, 2);
	await write(other, 7);
	renameSync(logFolderOf(file), path.join(folder, 'aside'));
	renameSync(logFolderOf(other), logFolderOf(file));
	await expect(openStore(file)).rejects.toThrow(refusal);
	renameSync(logFolderOf(file), logFolderOf(other));
	renameSync(path.join(folder, 'aside'), logFolderOf(file));
	expect([await read(file), await read(other)]).toEqual([[1, 2], [7]]);
});

test('a backup that is copied over the data file by hand is not read with the log of today', async () => {
	await write(file, 1);
	const database = new DatabaseSync(file);
	database.exec('CREATE TABLE association (name TEXT)');
	database.close();
	const backup = path.join(folder, 'yesterday.sqlite');
	await backUpFile(file, backup);
	await write(file, 2);
	copyFileSync(backup, file);
	for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true });
	await expect(openStore(file)).rejects.toThrow(refusal);
	renameSync(logFolderOf(file), path.join(folder, 'aside'));
	expect(await read(file)).toEqual([1]);
});

test('a data file of an earlier day that is put back is not read with the log of today; put away, it is read alone', async () => {
	await write(file, 1);
	const earlier = path.join(folder, 'earlier.sqlite');
	copyFileSync(file, earlier);
	const store = await openStore(file);
	await store.append([{ name, updates: [Uint8Array.of(2)] }]).durable;
	await store.scrub();
	await store.append([{ name, updates: [Uint8Array.of(3)] }]).durable;
	await store.close();
	const later = path.join(folder, 'later.sqlite');
	copyFileSync(file, later);
	copyFileSync(earlier, file);
	const backup = path.join(folder, 'backup.sqlite');
	for (const use of [openStore, foldLog, (data: string) => backUpFile(data, backup)])
		await expect(use(file)).rejects.toThrow(/of different times/);
	copyFileSync(later, file);
	expect(await read(file)).toEqual([1, 2, 3]);
	copyFileSync(earlier, file);
	renameSync(logFolderOf(file), path.join(folder, 'aside'));
	expect(await read(file)).toEqual([]);
});

test('a start that did not come to write its name beside the log, or half of it, is one all the same', async () => {
	await write(file, 1);
	const name = path.join(logFolderOf(file), 'start');
	const before = readFileSync(name);
	await write(file, 2);
	writeFileSync(name, before);
	await write(file, 3);
	writeFileSync(name, 'abc');
	await write(file, 4);
	rmSync(name);
	expect(await read(file)).toEqual([1, 2, 3, 4]);
});

test('a log from before logs said whose they are is taken, and says it from then on', async () => {
	await write(file, 1);
	const said = path.join(logFolderOf(file), 'database');
	rmSync(said);
	await write(file, 2);
	expect([existsSync(said), await read(file)]).toEqual([true, [1, 2]]);
	// The machine fell while that was written.
	writeFileSync(said, 'abc');
	expect(await read(file)).toEqual([1, 2]);
});

test('an empty folder is whoever comes first', async () => {
	await write(file, 1);
	for (const each of readdirSync(logFolderOf(file)))
		if (each !== 'database') rmSync(path.join(logFolderOf(file), each));
	const other = path.join(folder, 'other.sqlite');
	renameSync(logFolderOf(file), logFolderOf(other));
	await write(other, 3);
	expect(await read(other)).toEqual([3]);
});
