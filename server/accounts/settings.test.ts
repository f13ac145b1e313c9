import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAccounts, type Accounts } from './accounts.ts';

let folder: string;
let file: string;
let accounts: Accounts;
let time: number;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-settings-'));
	file = path.join(folder, 'mitschrift.sqlite');
	time = Date.UTC(2025, 0, 9);
	accounts = openAccounts(file, () => time);
	const token = accounts.association.setUpToken() ?? '';
	accounts.association.setUp({ token, association: 'Stadtverband', name: 'Alma' }, 'Linux');
});

afterEach(() => {
	accounts.close();
	rmSync(folder, { recursive: true });
});

test('a change touches what it names, and stays', () => {
	expect(accounts.settings.read()).toEqual({
		name: 'Stadtverband',
		timeZone: 'Europe/Berlin',
		passkeysFrom: null,
		approvalsNeeded: 2,
	});
	accounts.settings.change({ name: 'Kreisverband' });
	accounts.settings.change({ timeZone: 'Europe/Vienna' });
	accounts.close();
	accounts = openAccounts(file, () => time);
	expect(accounts.settings.read()).toMatchObject({ name: 'Kreisverband', timeZone: 'Europe/Vienna' });
	expect(accounts.association.current()?.association).toEqual({ name: 'Kreisverband', timeZone: 'Europe/Vienna' });
});

test('passkeys are required after two weeks, which asking again neither cuts short nor begins anew', () => {
	const { passkeysFrom } = accounts.settings.change({ passkeysRequired: true });
	expect(passkeysFrom).toBe('2025-01-23T00:00:00.000Z');
	time += 3_600_000;
	expect(accounts.settings.change({ passkeysRequired: true }).passkeysFrom).toBe(passkeysFrom);
	expect(accounts.settings.change({ name: 'Anders' }).passkeysFrom).toBe(passkeysFrom);
	expect(accounts.settings.change({ passkeysRequired: false }).passkeysFrom).toBeNull();
});

test('a row that nobody here understands counts as not there', () => {
	const database = new DatabaseSync(file);
	database.exec(`INSERT INTO setting VALUES ('passkeysFrom', 'soon'), ('colour', 'red')`);
	database.close();
	expect(accounts.settings.read()).toEqual({
		name: 'Stadtverband',
		timeZone: 'Europe/Berlin',
		passkeysFrom: null,
		approvalsNeeded: 2,
	});
});
