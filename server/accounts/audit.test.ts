import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAccounts, type Accounts } from './accounts.ts';
import { Refusal } from './refusal.ts';

let folder: string;
let file: string;
let accounts: Accounts;
let time: number;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-audit-'));
	file = path.join(folder, 'mitschrift.sqlite');
	time = Date.UTC(2025, 0, 9);
	accounts = openAccounts(file, () => time);
});

afterEach(() => {
	accounts.close();
	rmSync(folder, { recursive: true });
});

const kinds = () => accounts.audit.page(null).entries.map(({ kind }) => kind);

describe('the audit log', () => {
	test('says who did what to whom, and when', () => {
		accounts.audit.record({
			kind: 'role-changed',
			by: 'alma',
			about: 'berta',
			detail: { from: 'board', to: 'member' },
		});
		const [entry] = accounts.audit.page(null).entries;
		expect(entry).toMatchObject({
			kind: 'role-changed',
			by: 'alma',
			about: 'berta',
			at: '2025-01-09T00:00:00.000Z',
			detail: { from: 'board', to: 'member' },
		});
	});

	test.each([
		['changed', `UPDATE audit SET by_id = 'berta'`],
		['deleted', 'DELETE FROM audit'],
		['replaced', `INSERT OR REPLACE INTO audit SELECT sequence, id, at, 'invited', by_id, about_id, detail FROM audit`],
		[
			'replaced under its id',
			`INSERT OR REPLACE INTO audit SELECT NULL, id, at, 'invited', by_id, about_id, detail FROM audit`,
		],
	])('an entry is not %s, whatever SQL the app runs', (_, statement) => {
		accounts.audit.record({ kind: 'person-removed', by: 'alma', about: 'berta' });
		const database = new DatabaseSync(file);
		expect(() => database.exec(statement)).toThrow('the audit log only grows');
		database.close();
		expect(accounts.audit.page(null).entries).toMatchObject([{ kind: 'person-removed', by: 'alma' }]);
	});

	test('what did not happen is not in it, and what is not in it did not happen', () => {
		accounts.people.add('Alma', 'admin', 'alma');
		const remove = () =>
			accounts.audit.recording(
				() => accounts.people.remove('alma'),
				() => ({ kind: 'person-removed', by: 'alma', about: 'alma' }),
			);
		expect(remove).toThrow(Refusal);
		expect(kinds()).toEqual([]);

		accounts.people.add('Berta', 'admin', 'berta');
		const saboteur = new DatabaseSync(file);
		saboteur.exec(`CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'disk gone'); END`);
		saboteur.close();
		expect(remove).toThrow('disk gone');
		expect(accounts.people.list()).toHaveLength(2);
	});

	test('is read a page at a time, the latest first, also where many entries are of one moment', () => {
		for (let count = 0; count < 120; count++) accounts.audit.record({ kind: 'invited', by: null, detail: { count } });
		const seen: number[] = [];
		let before: string | null = null;
		for (;;) {
			const { entries, more } = accounts.audit.page(before);
			seen.push(...entries.map(({ detail }) => Number(detail['count'])));
			before = entries.at(-1)?.id ?? null;
			if (!more) break;
		}
		expect(seen).toEqual(Array.from({ length: 120 }, (_, at) => 119 - at));
	});

	test('finds what concerns a person: what they did, and what was done to them', () => {
		accounts.audit.record({ kind: 'invited', by: 'alma', about: 'berta' });
		accounts.audit.record({ kind: 'joined', by: 'berta', about: 'berta' });
		accounts.audit.record({ kind: 'joined', by: 'cem', about: 'cem' });
		expect(accounts.audit.concerning('berta').map(({ kind }) => kind)).toEqual(['invited', 'joined']);
	});
});
