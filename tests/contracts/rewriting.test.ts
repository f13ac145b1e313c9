/** While the data file is rewritten, whoever writes in documents is answered; who writes to the file waits for its end. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLoggedStore } from '../../server/storage/logged-store.ts';
import { scrubFile } from '../../server/storage/sqlite-scrub.ts';
import { openSqliteStore, type SqliteStore } from '../../server/storage/sqlite.ts';
import { createMemoryDisk } from './memory-disk.ts';

const agenda: DocumentName = 'agenda:a1';
const bytes = (...values: number[]) => Uint8Array.from(values);

let folder: string;
let file: string;
let base: SqliteStore;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-rewriting-'));
	file = path.join(folder, 'data.sqlite');
	base = openSqliteStore(file);
});
afterEach(() => {
	base.closeBase();
	rmSync(folder, { recursive: true });
});

/** Keeps the file's place for one writer, as a long rewriting does, until the returned function is called. */
function occupy(): () => void {
	const other = new DatabaseSync(file);
	other.exec('BEGIN IMMEDIATE');
	return () => {
		other.exec('COMMIT');
		other.close();
	};
}

test('it takes nobody’s turn: what is asked meanwhile is answered', async () => {
	await base.append([{ name: agenda, updates: [bytes(1)] }]).durable;
	const release = occupy();
	let over = false;
	const scrubbed = base.scrub().finally(() => (over = true));
	expect(await base.load(agenda)).toMatchObject({ tail: [bytes(1)] });
	for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
	expect(over).toBe(false);
	release();
	await scrubbed;
	await base.rewritten();
});

test('its end is heard of by who was busy when it came', async () => {
	const scrubbed = scrubFile(file);
	// Until the thread is there, which is started by ours; then it is through before we listen again.
	await new Promise((resolve) => setTimeout(resolve, 100));
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
	await scrubbed;
});

test('who appends is acknowledged, and what goes to the file waits until it is there', async () => {
	let end = () => {};
	const rewriting = new Promise<void>((resolve) => (end = resolve));
	const held = { ...base, scrub: () => rewriting, rewritten: () => rewriting };
	const store = await openLoggedStore(held, createMemoryDisk());
	await store.append([{ name: agenda, updates: [bytes(1)] }]).durable;
	const scrubbed = store.scrub();
	await store.append([{ name: agenda, updates: [bytes(2)] }]).durable;
	let compacted = false;
	const compacting = store.compact(agenda, bytes(9), 2, 1).then(() => (compacted = true));
	await store.append([{ name: agenda, updates: [bytes(3)] }]).durable;
	expect([compacted, base.read(agenda).snapshot]).toEqual([false, null]);
	end();
	await Promise.all([scrubbed, compacting]);
	expect(await store.load(agenda)).toEqual({ snapshot: bytes(9), tail: [bytes(3)], sequence: 3 });
});

test('who goes on reading in the file is said to be in the way, and afterwards it can be done', async () => {
	const secret = Buffer.from('unverwechselbar '.repeat(1000));
	await base.append([{ name: agenda, updates: [new Uint8Array(secret)] }]).durable;
	const reader = new DatabaseSync(file, { readOnly: true });
	reader.exec('BEGIN');
	reader.prepare('SELECT count(*) FROM document').get();
	await base.compact(agenda, bytes(9), 1, 1);
	await expect(scrubFile(file, { tries: 2, between: 1 })).rejects.toThrow('another program reads the data');
	reader.close();
	await base.scrub();
	expect(readFileSync(file).includes('unverwechselbar')).toBe(false);
});

test('what was written before is in the write-ahead log until then, and in no file afterwards', async () => {
	const holds = (name: string) => readFileSync(name).includes('unverwechselbar');
	await base.append([{ name: agenda, updates: [new Uint8Array(Buffer.from('unverwechselbar'))] }]).durable;
	await base.compact(agenda, bytes(9), 1, 1);
	expect(holds(`${file}-wal`)).toBe(true);
	await base.scrub();
	expect([holds(file), holds(`${file}-wal`)]).toEqual([false, false]);
});

test('documents are listed without reading the file each time, and as they are', async () => {
	const reading = vi.spyOn(base, 'all');
	const store = await openLoggedStore(base, createMemoryDisk());
	const append = (name: DocumentName) => store.append([{ name, updates: [bytes(1)] }]).durable;
	const sequences = async () => Object.fromEntries((await store.list()).map(({ name, sequence }) => [name, sequence]));
	await append(agenda);
	expect([await sequences(), await sequences()]).toEqual([{ [agenda]: 1 }, { [agenda]: 1 }]);
	expect(reading).toHaveBeenCalledTimes(1);
	await append(agenda);
	await append('minutes:m1');
	expect(await sequences()).toEqual({ [agenda]: 2, 'minutes:m1': 1 });
	expect(reading).toHaveBeenCalledTimes(1);
	await store.compact(agenda, bytes(2), 2, 1);
	expect(await sequences()).toEqual({ [agenda]: 2, 'minutes:m1': 1 });
	await store.scrub();
	expect(await sequences()).toEqual({ [agenda]: 2, 'minutes:m1': 1 });
	expect(reading).toHaveBeenCalledTimes(3);
	await store.close();
});
