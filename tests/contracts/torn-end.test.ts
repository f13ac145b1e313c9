/**
 * The machine falls, and of the end of SQLite's write-ahead log a part is there, or something else. Whatever was answered
 * by then is in the data, of all tables: who belongs to the association, what was published, snapshots, versions. And what
 * was not answered is in it as a whole or not at all.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { hash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAccounts } from '../../server/accounts/accounts.ts';
import { type Disk, openFolder } from '../../server/storage/log/disk.ts';
import { openLoggedStore } from '../../server/storage/logged-store.ts';
import { openSqliteStore } from '../../server/storage/sqlite.ts';

const agenda: DocumentName = 'agenda:a1';
const roster: DocumentName = 'roster:r1';
const bytes = (...values: number[]) => Uint8Array.from(values);
/** Over several pages, and no two alike. */
const large = (seed: number) => new Uint8Array(20_000).map((_, at) => (at * at + seed) % 251);

let folder: string;
let file: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-torn-'));
	file = path.join(folder, 'data.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is on disk at one moment, and what it holds. */
type Moment = { after: string; data: Uint8Array; wal: Uint8Array; content: unknown };

function look(after: string): Moment {
	const [data, wal] = [file, `${file}-wal`].map((each) => (existsSync(each) ? readFileSync(each) : Buffer.alloc(0)));
	return { after, data: data as Uint8Array, wal: wal as Uint8Array, content: contentOf(file) };
}

/** Of each table, a digest of all its rows. */
function contentOf(of: string): unknown {
	const database = new DatabaseSync(of);
	const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
	const rowsOf = (table: unknown) => serialize(database.prepare(`SELECT * FROM ${String(table)}`).all());
	const content = tables.map(({ name }) => [name, hash('sha256', rowsOf(name))]);
	database.close();
	return content;
}

function contentWith(data: Uint8Array, wal: Uint8Array): unknown {
	const fallen = path.join(folder, 'fallen.sqlite');
	writeFileSync(fallen, data);
	writeFileSync(`${fallen}-wal`, wal);
	rmSync(`${fallen}-shm`, { force: true });
	return contentOf(fallen);
}

/** @returns what else may be there than `wal`, of which everything up to `sure` is */
function tornEnds(wal: Uint8Array, sure: number): [how: string, wal: Uint8Array][] {
	const noise = wal.map((byte, at) => (at < sure ? byte : (at * 7 + 3) % 256));
	const lengths = [sure, sure + 1, sure + 24, sure + 4000, sure + 4120, wal.length - 4120, wal.length - 1];
	const cut = lengths.filter((length) => length >= sure && length < wal.length);
	const holed = wal.map((byte, at) => (at >= sure && at < sure + 512 ? 0 : byte));
	return [
		...cut.map((length): [string, Uint8Array] => [`cut at ${length - sure}`, wal.slice(0, length)]),
		['other bytes', noise],
		['a hole where it begins', holed],
	];
}

/** What is answered, one after the other: by the association's tables, and by the documents'. */
function openEverything() {
	const accounts = openAccounts(file, () => 1_736_380_800_000);
	const store = openSqliteStore(file);
	const version = (id: string, sequence: number) => ({ id, label: null, madeAt: 1, personId: null, sequence });
	let [admin, invited] = ['', ''];
	const acts: [answered: string, act: () => unknown][] = [
		[
			'set up',
			() => {
				const token = accounts.association.setUpToken() ?? '';
				const session = accounts.association.setUp({ token, association: 'Auenbrück', name: 'Alma' }, 'Linux');
				admin = session.person.id;
			},
		],
		['invited', () => (invited = accounts.invitations.invite({ name: 'Berta', role: 'board' }, admin).token)],
		['joined', () => accounts.invitations.redeem(invited, 'iPhone')],
		['settings', () => accounts.settings.change({ name: 'Stadtverband', approvalsNeeded: 2 })],
		['recovery codes', () => accounts.recovery.create(admin)],
		['audit', () => accounts.audit.record({ kind: 'invited', by: admin, about: admin })],
		['written', () => store.append([{ name: agenda, updates: [bytes(1), large(1)], authors: [[7, admin]] }]).durable],
		['snapshot', () => store.compact(agenda, large(2), 2, 1, bytes(7, 2))],
		['version', () => store.keepVersion(agenda, version('a', 2), large(3))],
		[
			'moved out of the log',
			() => store.adopt([{ name: roster, first: 1, updates: [large(4)], authors: [[8, admin]] }]),
		],
		['folded', () => accounts.foldLog()],
		['approved', () => accounts.approvals.approve('b1', admin, { hash: 'h', outline: '[]' })],
		[
			'published',
			() => {
				const publication = { hash: 'h', outline: '[]', content: 'x'.repeat(9000), note: null, by: admin };
				accounts.publications.publish('b1', publication, () => 'erste-ausgabe');
			},
		],
		['a later snapshot', () => store.compact(roster, large(5), 1, 1, bytes(8, 1))],
		['another version', () => store.keepVersion(roster, version('b', 1), large(6))],
		['forgotten', () => store.forgetVersions(agenda, ['a'])],
		['removed', () => accounts.people.remove(accounts.people.list().find(({ name }) => name === 'Berta')?.id ?? '')],
	];
	return {
		acts,
		close() {
			accounts.close();
			store.closeBase();
		},
	};
}

test('whatever was answered is there, and the rest as a whole or not at all, however the end is torn', async () => {
	const { acts, close } = openEverything();
	const moments = [look('nothing')];
	for (const [answered, act] of acts) {
		await act();
		const [before, now] = [moments.at(-1), look(answered)];
		expect([answered, isDeepStrictEqual(now.content, before?.content)]).toEqual([answered, answered === 'folded']);
		moments.push(now);
	}
	close();
	let torn = 0;
	for (const [at, { after, data, wal, content }] of moments.entries()) {
		expect([after, contentWith(data, wal)]).toEqual([after, content]);
		const next = moments[at + 1];
		// Beyond a fold there is no end of the one before.
		if (!next || next.wal.length <= wal.length) continue;
		for (const [how, end] of tornEnds(next.wal, wal.length)) {
			expect([after, how, contentWith(next.data, end)]).toEqual([after, how, content]);
			torn += 1;
		}
	}
	expect(torn).toBeGreaterThan(100);
});

test('what leaves the log for the file is in it by then, or still in the log', async () => {
	const log = path.join(folder, 'log');
	const disk = openFolder(log);
	let copies = 0;
	let acknowledged = 0;
	const certain: number[] = [];
	/** When a file of the log goes, the machine falls. */
	const watched: Disk = {
		...disk,
		remove(name) {
			disk.remove(name);
			const copy = path.join(folder, `copy-${copies++}`);
			cpSync(log, `${copy}-log`, { recursive: true });
			for (const ending of ['', '-wal']) copyFileSync(file + ending, `${copy}.sqlite${ending}`);
			certain.push(acknowledged);
		},
	};
	const store = await openLoggedStore(openSqliteStore(file), watched, { segmentBytes: 1, segments: 1 });
	for (let value = 1; value <= 8; value++) {
		await store.append([{ name: agenda, updates: [bytes(value)] }]).durable;
		acknowledged = value;
		if (value === 4) await store.compact(agenda, bytes(1, 2, 3), 3, 1);
	}
	while (disk.list().length > 2) await new Promise(setImmediate);
	await store.close();
	expect(copies).toBeGreaterThan(4);
	for (const [at, count] of certain.entries()) {
		const copy = path.join(folder, `copy-${at}`);
		const fallen = await openLoggedStore(openSqliteStore(`${copy}.sqlite`), openFolder(`${copy}-log`));
		const { snapshot, tail } = await fallen.load(agenda);
		const content = [...(snapshot ?? []), ...tail.flatMap((update) => [...update])];
		expect(content.slice(0, count)).toEqual(Array.from({ length: count }, (_, each) => each + 1));
		await fallen.close();
	}
});
