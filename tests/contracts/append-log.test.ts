/** The log over a disk that tears, fails and loses: what was durable is there afterwards, and what is damaged is said. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { afterEach, expect, test } from 'vitest';
import type { StorageError } from '../../server/storage/contract.ts';
import { type LoggedStore, type LoggedStoreOptions, openLoggedStore } from '../../server/storage/logged-store.ts';
import { openSqliteStore, type SqliteStore } from '../../server/storage/sqlite.ts';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';

const agenda: DocumentName = 'agenda:a1';
const roster: DocumentName = 'roster:r1';
const bytes = (...values: number[]) => Uint8Array.from(values);

const opened: SqliteStore[] = [];
afterEach(() => opened.splice(0).forEach((base) => base.closeBase()));

/** Nobody has to wait for a sync. */
const hurried = { now: () => 0, rest: () => new Promise<void>(setImmediate) };

type Told = { event: string; fields: Readonly<Record<string, number>> | undefined };

type Setting = { store: LoggedStore; disk: MemoryDisk; base: SqliteStore; told: Told[] };

async function open(disk = createMemoryDisk(), base = openBase(), options: LoggedStoreOptions = {}): Promise<Setting> {
	const told: Told[] = [];
	const tell = (event: string, fields?: Told['fields']) => void told.push({ event, fields });
	const store = await openLoggedStore(base, disk, { tell, clock: hurried, ...options });
	return { store, disk, base, told };
}

function openBase(): SqliteStore {
	const base = openSqliteStore(':memory:');
	opened.push(base);
	return base;
}

function append({ store }: Setting, name: DocumentName, ...values: number[]): Promise<void> {
	return store.append([{ name, updates: values.map((value) => bytes(value)) }]).durable;
}

async function valuesOf({ store }: Setting, name: DocumentName): Promise<number[]> {
	return (await store.load(name)).tail.map((update) => update[0] ?? -1);
}

const only = (disk: MemoryDisk) => [...disk.files.keys()].at(-1) ?? '';

test('a torn end costs only what was being written, wherever it tears, and is said', async () => {
	const setting = await open();
	await append(setting, agenda, 1);
	const whole = setting.disk.read(only(setting.disk)).length;
	await append(setting, agenda, 2);
	const file = setting.disk.read(only(setting.disk));
	for (let length = whole; length < file.length; length++) {
		const disk = createMemoryDisk(new Map([[only(setting.disk), file.slice(0, length)]]));
		const torn = await open(disk);
		expect(await valuesOf(torn, agenda)).toEqual([1]);
		const cut = { event: 'log-end-cut', fields: { bytes: length - whole } };
		expect(torn.told).toEqual(length > whole ? [cut] : []);
		await append(torn, agenda, 3);
		expect(await valuesOf(await open(disk), agenda)).toEqual([1, 3]);
	}
});

test('a file that was only being begun holds nothing, and the one before is the last', async () => {
	const setting = await open(undefined, undefined, { segmentBytes: 1 });
	await append(setting, agenda, 1);
	await append(setting, agenda, 2);
	const [first = '', second = ''] = setting.disk.list();
	for (let length = 0; length < 20; length++) {
		const head = setting.disk.read(second).slice(0, length);
		const disk = createMemoryDisk(
			new Map([
				[first, setting.disk.read(first)],
				[second, head],
			]),
		);
		expect(await valuesOf(await open(disk), agenda)).toEqual([1]);
	}
});

test('damage in the middle is refused in one sentence: what comes after it was on disk', async () => {
	const setting = await open();
	for (const value of [1, 2, 3, 4]) await append(setting, agenda, value);
	const file = setting.disk.read(only(setting.disk));
	const last = file.length - 20;
	for (let at = 40; at < last; at++) {
		const damaged = file.slice();
		damaged[at] = (damaged[at] as number) ^ 0x10;
		const reopened = open(createMemoryDisk(new Map([[only(setting.disk), damaged]])));
		await expect(reopened).rejects.toThrow(/^the log's file 0{11}1 is damaged at byte \d+: .* Restore a backup$/);
	}
});

test('damage in a file that has a successor is refused, its end included', async () => {
	const setting = await open(undefined, undefined, { segmentBytes: 60 });
	for (let value = 1; value < 8; value++) await append(setting, agenda, value);
	const [first = ''] = setting.disk.list();
	const file = setting.disk.read(first);
	expect(setting.disk.list().length).toBeGreaterThan(1);
	for (const damaged of [file.slice(0, -1), file.map((byte, at) => (at === file.length - 1 ? byte ^ 1 : byte))]) {
		const files = new Map(
			setting.disk.list().map((name) => [name, name === first ? damaged : setting.disk.read(name)]),
		);
		await expect(open(createMemoryDisk(files))).rejects.toThrow(/is damaged at byte/);
	}
});

test('a hole in what was never synced is a torn end, also when later pages reached the disk', async () => {
	const setting = await open();
	await append(setting, agenda, 1);
	setting.disk.holdSync();
	for (const value of [2, 3, 4]) void append(setting, agenda, value).catch(() => {});
	const crashed = setting.disk.crashed((unsynced) => unsynced.map((byte, at) => (at < 6 ? 0 : byte)));
	expect(await valuesOf(await open(crashed), agenda)).toEqual([1]);
});

test('what people write cannot pass for a frame of the file', async () => {
	const setting = await open(undefined, undefined, { salt: () => 1 });
	for (const value of [1, 2, 3]) await append(setting, agenda, value);
	const forged = setting.disk.read(only(setting.disk)).slice(-14);
	const victim = await open(undefined, undefined, { salt: () => 2 });
	await append(victim, agenda, 1);
	const whole = victim.disk.read(only(victim.disk)).length;
	await victim.store.append([{ name: agenda, updates: [forged] }]).durable;
	const torn = victim.disk.read(only(victim.disk)).map((byte, at) => (at === whole + 1 ? byte ^ 1 : byte));
	expect(await valuesOf(await open(createMemoryDisk(new Map([[only(victim.disk), torn]]))), agenda)).toEqual([1]);
});

test('a crash between writing and syncing keeps nothing that was acknowledged from being there', async () => {
	const setting = await open();
	await append(setting, agenda, 1);
	const release = setting.disk.holdSync();
	const appending = setting.store.append([{ name: agenda, updates: [bytes(2)] }]);
	expect(await appending.written).toEqual([2]);
	expect(await valuesOf(setting, agenda)).toEqual([1, 2]);
	expect(await valuesOf(await open(setting.disk.crashed()), agenda)).toEqual([1]);
	expect(await valuesOf(await open(setting.disk.crashed((unsynced) => unsynced)), agenda)).toEqual([1, 2]);
	release();
	await appending.durable;
	expect(await valuesOf(await open(setting.disk.crashed()), agenda)).toEqual([1, 2]);
});

test('what was only written when the process ended is on disk once the log is open again: it counts as that from then on', async () => {
	const setting = await open();
	await append(setting, agenda, 1);
	const name = only(setting.disk);
	const synced = setting.disk.read(name).length;
	await append(setting, agenda, 2);
	const left = createMemoryDisk(new Map([[name, setting.disk.read(name)]]));
	Object.assign(left.files.get(name) ?? {}, { synced });
	expect(await valuesOf(await open(left.crashed()), agenda)).toEqual([1]);
	await open(left);
	expect(await valuesOf(await open(left.crashed()), agenda)).toEqual([1, 2]);
});

test('many that come while a sync is under way share the next one', async () => {
	const setting = await open();
	await append(setting, agenda, 0);
	const before = setting.disk.syncs;
	const release = setting.disk.holdSync();
	const all = [1, 2, 3, 4, 5].map((value) => append(setting, agenda, value));
	release();
	await Promise.all(all);
	expect(setting.disk.syncs - before).toBeLessThanOrEqual(2);
});

test('a sync that fails takes back all that is not on disk, and writing goes on behind it', async () => {
	const setting = await open();
	await append(setting, agenda, 1);
	setting.disk.fail({ sync: true, truncate: true });
	const lost = [2, 3].map((value) => setting.store.append([{ name: agenda, updates: [bytes(value)] }]));
	expect(await lost[0]?.written).toEqual([2]);
	for (const { durable } of lost) await expect(durable).rejects.toMatchObject({ kind: 'failed' });
	expect(await valuesOf(setting, agenda)).toEqual([1]);
	const again = setting.store.append([{ name: agenda, updates: [bytes(4)] }]);
	expect(await again.written).toEqual([4]);
	await again.durable;
	expect(await valuesOf(setting, agenda)).toEqual([1, 4]);
	expect(await valuesOf(await open(setting.disk.crashed((unsynced) => unsynced)), agenda)).toEqual([1, 4]);
});

test.each([0, 5, 12])(
	'a full disk that takes %i bytes of an append has nothing of it, and goes on when there is room',
	async (part) => {
		const setting = await open();
		await append(setting, agenda, 1);
		setting.disk.fail({ appendAfter: part });
		await expect(append(setting, roster, 2)).rejects.toMatchObject({ kind: 'full' } satisfies Partial<StorageError>);
		expect(await setting.store.exists(roster)).toBe(false);
		await append(setting, roster, 3);
		const reopened = await open(setting.disk.crashed());
		expect([await valuesOf(reopened, agenda), await valuesOf(reopened, roster)]).toEqual([[1], [3]]);
	},
);

test('what cannot be cut off again is left behind in a file that is not written to any more', async () => {
	const setting = await open();
	await append(setting, agenda, 1);
	setting.disk.fail({ appendAfter: 9, truncate: true });
	await expect(append(setting, agenda, 2)).rejects.toMatchObject({ kind: 'full' });
	await append(setting, agenda, 3);
	expect(setting.disk.list()).toHaveLength(2);
	expect(await valuesOf(await open(setting.disk.crashed()), agenda)).toEqual([1, 3]);
});

test('the oldest files are moved beneath the log, and a start reads no more than the rest', async () => {
	const options = { segmentBytes: 200, segments: 2 };
	const setting = await open(undefined, undefined, options);
	for (let value = 0; value < 200; value++) await append(setting, value % 3 === 0 ? roster : agenda, value % 250);
	while (setting.disk.list().length > 3) await new Promise(setImmediate);
	const expected = Array.from({ length: 200 }, (_, value) => value).filter((value) => value % 3 !== 0);
	expect(await valuesOf(setting, agenda)).toEqual(expected);
	const again = await open(setting.disk.crashed(), setting.base, options);
	expect(await valuesOf(again, agenda)).toEqual(expected);
	expect((await again.store.list()).map(({ sequence }) => sequence)).toEqual([133, 67]);
});

test('a crash after moving and before removing doubles nothing', async () => {
	const setting = await open(undefined, undefined, { segmentBytes: 60, segments: 1 });
	const copies: MemoryDisk[] = [];
	for (let value = 1; value < 30; value++) {
		await append(setting, agenda, value);
		copies.push(setting.disk.crashed());
	}
	while (setting.disk.list().length > 2) await new Promise(setImmediate);
	const expected = Array.from({ length: 29 }, (_, at) => at + 1);
	for (const [at, disk] of copies.entries()) {
		const reopened = await open(disk, setting.base);
		expect((await valuesOf(reopened, agenda)).slice(0, at + 1)).toEqual(expected.slice(0, at + 1));
		expect(new Set(await valuesOf(reopened, agenda)).size).toBe((await valuesOf(reopened, agenda)).length);
	}
});

test('compaction while files are moved and read: every reading is a state and all that came after it', async () => {
	const options = { segmentBytes: 80, segments: 1 };
	const setting = await open(undefined, undefined, options);
	let [written, compacted] = [0, 0];
	const check = async () => {
		const { snapshot, tail, sequence } = await setting.store.load(agenda);
		const from = snapshot ? new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(0) : 0;
		expect(tail.map((update) => new DataView(update.buffer, update.byteOffset).getUint32(0))).toEqual(
			Array.from({ length: sequence - from }, (_, at) => from + 1 + at),
		);
	};
	const number = (value: number) => new Uint8Array(new Uint32Array([value]).buffer).reverse();
	for (let round = 0; round < 300; round++) {
		const appending = setting.store.append([{ name: agenda, updates: [number(++written)] }]);
		const reading = check();
		if (round % 37 === 36) {
			compacted = written - (round % 5);
			void setting.store.compact(agenda, number(compacted), compacted, 1);
		}
		if (round % 3 === 0) await new Promise(setImmediate);
		await Promise.all([appending.durable, reading]);
	}
	await check();
	while (setting.disk.list().length > 2) await new Promise(setImmediate);
	const reopened = await open(setting.disk.crashed(), setting.base, options);
	expect((await reopened.store.load(agenda)).sequence).toBe(300);
	expect(compacted).toBeGreaterThan(200);
});

test('what a snapshot covers is not read with what comes after it, an entry that lies across its end is', async () => {
	const setting = await open();
	const early = Array.from({ length: 1000 }, (_, at) => at % 250);
	for (const value of early) await append(setting, agenda, value);
	await append(setting, agenda, 1, 2, 3);
	await setting.store.compact(agenda, bytes(99), 1002, 1);
	await append(setting, agenda, 4);
	for (const each of [setting, await open(setting.disk.crashed(), setting.base)]) {
		const before = each.disk.bytesRead;
		expect(await valuesOf(each, agenda)).toEqual([3, 4]);
		expect(each.disk.bytesRead - before).toBeLessThan(50);
	}
});

test('a file of which everything is covered goes', async () => {
	const setting = await open(undefined, undefined, { segmentBytes: 60 });
	for (let value = 1; value <= 20; value++) await append(setting, agenda, value);
	expect(setting.disk.list().length).toBeGreaterThan(3);
	await setting.store.compact(agenda, bytes(99), 20, 1);
	expect(setting.disk.list()).toHaveLength(1);
	expect(await setting.store.load(agenda)).toEqual({ snapshot: bytes(99), tail: [], sequence: 20 });
});

test('a data file of the version before opens as it is, and goes on', async () => {
	const base = openBase();
	await base.append([{ name: agenda, updates: [bytes(1), bytes(2)] }]).durable;
	await base.compact(agenda, bytes(12), 1, 1);
	const setting = await open(undefined, base);
	expect(await setting.store.load(agenda)).toEqual({ snapshot: bytes(12), tail: [bytes(2)], sequence: 2 });
	await append(setting, agenda, 3);
	const again = await open(setting.disk.crashed(), base);
	expect(await again.store.load(agenda)).toEqual({ snapshot: bytes(12), tail: [bytes(2), bytes(3)], sequence: 3 });
});

test('whose a client id is comes and goes with its update: after a loss, a crash, moving and compaction', async () => {
	const options = { segmentBytes: 60, segments: 1 };
	const setting = await open(undefined, undefined, options);
	const authorsAt = async ({ store }: Setting) => [...(await store.authors(agenda))].sort(([a], [b]) => a - b);
	const write = (...authors: [number, string | null][]) =>
		setting.store.append([{ name: agenda, updates: [bytes(1)], authors }]).durable;
	setting.disk.fail({ sync: true });
	await expect(write([7, 'bernd'])).rejects.toThrow();
	expect(await authorsAt(setting)).toEqual([]);
	await write([7, 'anna'], [2 ** 40, 'bernd']);
	await write([8, null]);
	await write([8, 'anna']);
	const known = [
		[7, 'anna'],
		[8, null],
		[2 ** 40, 'bernd'],
	];
	expect(await authorsAt(setting)).toEqual(known);
	expect(await authorsAt(await open(setting.disk.crashed()))).toEqual(known);
	for (let round = 0; round < 9; round++) await write();
	while (setting.disk.list().length > 2) await new Promise(setImmediate);
	expect(await authorsAt(await open(setting.disk.crashed(), setting.base))).toEqual(known);
	await write([9, 'cleo']);
	await setting.store.compact(agenda, bytes(9), (await setting.store.load(agenda)).sequence, 1);
	expect(await authorsAt(await open(setting.disk.crashed(), setting.base))).toEqual([
		...known.slice(0, 2),
		[9, 'cleo'],
		...known.slice(2),
	]);
});

test('scrubbed, no file holds what was compacted away, nothing else is lost, and whoever writes meanwhile goes on', async () => {
	const setting = await open();
	const secret = Buffer.from('unverwechselbar');
	const holds = () => [...setting.disk.files.values()].some(({ bytes: all }) => Buffer.from(all).includes(secret));
	await setting.store.append([{ name: agenda, updates: [new Uint8Array(secret)] }]).durable;
	await append(setting, roster, 1);
	await setting.store.compact(agenda, bytes(9), 1, 1);
	expect(holds()).toBe(true);
	const scrubbed = setting.store.scrub();
	await append(setting, roster, 2);
	await scrubbed;
	await append(setting, agenda, 3);
	expect(holds()).toBe(false);
	const again = await open(setting.disk.crashed(), setting.base);
	expect(await valuesOf(again, roster)).toEqual([1, 2]);
	expect(await again.store.load(agenda)).toEqual({ snapshot: bytes(9), tail: [bytes(3)], sequence: 2 });
});

test('a version can be kept of what is only in the log', async () => {
	const setting = await open();
	await append(setting, agenda, 1);
	await setting.store.keepVersion(agenda, { id: 'v', label: null, madeAt: 1, personId: null, sequence: 1 }, bytes(1));
	expect((await setting.store.versions(agenda)).map(({ id }) => id)).toEqual(['v']);
	expect(await setting.store.list()).toEqual([{ name: agenda, sequence: 1 }]);
});
