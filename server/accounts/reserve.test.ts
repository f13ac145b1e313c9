import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAudit } from './audit.ts';
import { openAccountsDatabase } from './database.ts';
import { createPeople } from './people.ts';
import { createReserve, type Reserve } from './reserve.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-reserve-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a megabyte is kept, is given up piece by piece until there is none, and is kept again', () => {
	const file = path.join(folder, 'reserve');
	const reserve = createReserve(file);
	expect(reserve.giveUp()).toBe(false);
	expect(existsSync(file)).toBe(false);
	for (let round = 0; round < 2; round++) {
		reserve.keep();
		reserve.keep();
		const { size, blocks } = statSync(file);
		expect([size, blocks * 512 >= size]).toEqual([1024 * 1024, true]);
		expect(reserve.giveUp()).toBe(true);
		expect(statSync(file).size).toBe(1024 * 1024 - 32 * 1024);
	}
	let times = 0;
	while (reserve.giveUp()) times += 1;
	expect([times, statSync(file).size]).toEqual([31, 0]);
});

/** SQLite says of a file that may not grow what it says of a full disk. */
function fill(database: DatabaseSync): Reserve & { times: number } {
	const pages = () => Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
	const freeze = (more: number) => database.exec(`PRAGMA max_page_count = ${pages() + more}`);
	const reserve = {
		times: 0,
		keep: () => {},
		giveUp: () => {
			if (reserve.times === 3) return false;
			reserve.times += 1;
			freeze(reserve.times === 1 ? 0 : 8);
			return true;
		},
	};
	freeze(0);
	return reserve;
}

function setting() {
	const database = openAccountsDatabase(path.join(folder, 'data'));
	const people = createPeople(database, Date.now);
	const berta = people.add('Berta', 'board', 'berta');
	const reserve: Reserve = { keep: () => {}, giveUp: () => full.giveUp() };
	const audit = createAudit(database, Date.now, reserve);
	// Each entry takes a page.
	const entry = { kind: 'person-removed', by: 'alma', about: berta.id, detail: { why: 'x'.repeat(20_000) } } as const;
	const full = fill(database);
	return { database, people, audit, entry, full };
}

test('on a full disk who is removed is gone, and what else is done with an entry is not', () => {
	const { database, people, audit, entry, full } = setting();
	expect(() =>
		audit.recording(
			() => people.add('Cem', 'member', 'cem'),
			() => entry,
		),
	).toThrow(/full/);
	expect([full.times, people.presentNameOf('cem')]).toEqual([0, '']);
	let tried = 0;
	audit.revoking(
		() => {
			tried += 1;
			people.remove('berta');
		},
		() => entry,
	);
	expect([tried, full.times, people.presentNameOf('berta')]).toEqual([3, 2, '']);
	expect(audit.page(null).entries.map(({ kind }) => kind)).toEqual(['person-removed']);
	database.close();
});

test('it fails when nothing is left to give up, and what fails otherwise takes nothing of it', () => {
	const { database, people, audit, entry, full } = setting();
	const other = () => {
		throw new Error('something else');
	};
	expect(() => audit.revoking(other, () => entry)).toThrow('something else');
	expect(full.times).toBe(0);
	const detail = { why: 'x'.repeat(200_000) };
	expect(() =>
		audit.revoking(
			() => people.remove('berta'),
			() => ({ ...entry, detail }),
		),
	).toThrow(/full/);
	expect([full.times, people.presentNameOf('berta')]).toEqual([3, 'Berta']);
	database.close();
});
