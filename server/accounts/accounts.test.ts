import type { ErrorCode, InvitationRequest } from '#lib/protocol/api.ts';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAccounts, type Accounts } from './accounts.ts';
import { openAccountsDatabase } from './database.ts';
import { invitationLifetime } from './invitations.ts';
import { Refusal } from './refusal.ts';
import { sessionLifetime, type NewSession } from './sessions.ts';

let folder: string;
let file: string;
let accounts: Accounts;
let time: number;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-accounts-'));
	file = path.join(folder, 'mitschrift.sqlite');
	time = Date.UTC(2025, 0, 9);
	accounts = openAccounts(file, () => time);
});

afterEach(() => {
	accounts.close();
	rmSync(folder, { recursive: true });
});

function setUp(): NewSession {
	const token = accounts.association.setUpToken() ?? '';
	return accounts.association.setUp({ token, association: 'Stadtverband', name: 'Alma' }, 'Linux');
}

function refusalOf(work: () => unknown): ErrorCode | null {
	try {
		work();
		return null;
	} catch (cause) {
		if (cause instanceof Refusal) return cause.code;
		throw cause;
	}
}

/** Every row of a table, past the accounts' own connection. */
function rowsOf(table: string): Record<string, unknown>[] {
	const database = new DatabaseSync(file, { readOnly: true });
	const rows = database.prepare(`SELECT * FROM ${table}`).all();
	database.close();
	return rows;
}

test('guests from before their time was counted have it from the day they came', () => {
	setUp();
	const day = 24 * 3_600_000;
	const [came, listed] = ['Gustav', 'Gerda'].map((name) => accounts.people.add(name, 'guest').id);
	time += day;
	const { token } = accounts.invitations.invite(
		{ personId: came ?? '', guestOf: { meetingId: 'm1', minutes: true } },
		null,
	);
	time += day;
	accounts.invitations.redeem(token, 'Linux');
	accounts.close();
	const database = new DatabaseSync(file);
	// A row that no invitation and no device tells the day of.
	database.prepare('INSERT INTO guest VALUES (?, ?, 0, 0)').run(listed ?? '', 'm1');
	database.exec('DROP TRIGGER device_left_things; DROP TABLE left_device');
	database.exec('ALTER TABLE guest DROP COLUMN ends_at; UPDATE accounts_version SET version = version - 2');
	database.close();
	time += day;
	accounts = openAccounts(file, () => time);
	const untilOf = (id = '') => accounts.people.get(id).guestUntil;
	expect(untilOf(came)).toBe(new Date(Date.UTC(2025, 0, 11) + 60 * day).toISOString());
	expect(untilOf(listed)).toBe(new Date(Date.UTC(2025, 0, 9) + 60 * day).toISOString());
	expect(accounts.people.get(came ?? '').guestOf).toEqual({ meetingId: 'm1', minutes: true });
});

test('a name from before it was asked for its letters is no hindrance to another role', () => {
	setUp();
	const { id } = accounts.people.add('Mara', 'member');
	const before = 'M\u0430ra';
	const database = new DatabaseSync(file);
	database.prepare('UPDATE person SET name = ? WHERE id = ?').run(before, id);
	database.close();
	expect(accounts.people.change(id, { name: before, role: 'board' })).toMatchObject({ name: before, role: 'board' });
	expect(refusalOf(() => accounts.people.change(id, { name: `${before} L` }))).toBe('name-mixed');
});

describe('set-up', () => {
	test('the link names the association and lets its first admin in', () => {
		const { person, token } = setUp();
		expect(person).toMatchObject({ name: 'Alma', role: 'admin' });
		expect(accounts.association.current()?.association).toEqual({ name: 'Stadtverband', timeZone: 'Europe/Berlin' });
		expect(accounts.sessions.find(token)?.person).toEqual(person);
	});

	test('another token is unknown, and leaves everything as it was', () => {
		accounts.association.setUpToken();
		const request = { token: 'guessed', association: 'Fremd', name: 'Fremd' };
		expect(refusalOf(() => accounts.association.setUp(request, ''))).toBe('link-unknown');
		expect(accounts.association.current()).toBeNull();
		expect(accounts.people.list()).toEqual([]);
	});

	test('without a printed link nobody sets up', () => {
		const request = { token: '', association: 'Fremd', name: 'Fremd' };
		expect(refusalOf(() => accounts.association.setUp(request, ''))).toBe('link-unknown');
	});

	test('the link works once, and there is no other one afterwards', () => {
		const token = accounts.association.setUpToken() ?? '';
		const request = { token, association: 'Stadtverband', name: 'Alma' };
		accounts.association.setUp(request, '');
		expect(refusalOf(() => accounts.association.setUp({ ...request, name: 'Zweite' }, ''))).toBe('already-set-up');
		expect(accounts.association.setUpToken()).toBeNull();
		expect(accounts.people.list()).toHaveLength(1);
	});

	test('a link that was printed again voids the one before', () => {
		const first = accounts.association.setUpToken() ?? '';
		accounts.association.setUpToken();
		const request = { token: first, association: 'Stadtverband', name: 'Alma' };
		expect(refusalOf(() => accounts.association.setUp(request, ''))).toBe('link-unknown');
	});

	test('a reopened file still knows its association, its epoch and its sessions', () => {
		const { token } = setUp();
		const before = accounts.association.current();
		accounts.close();
		accounts = openAccounts(file, () => time);
		expect(accounts.association.current()).toEqual(before);
		expect(accounts.sessions.find(token)).not.toBeNull();
	});
});

test('who writes to the file holds up nobody who is in: contact is noted the next time', () => {
	const { token } = setUp();
	time += 2 * 3_600_000;
	const writer = new DatabaseSync(file);
	writer.exec('BEGIN IMMEDIATE');
	const begun = performance.now();
	expect(accounts.sessions.find(token)).toMatchObject({ renewed: false });
	expect(performance.now() - begun).toBeLessThan(1000);
	writer.exec('ROLLBACK');
	writer.close();
	expect(accounts.sessions.find(token)).toMatchObject({ renewed: true });
	expect(accounts.sessions.find(token)).toMatchObject({ renewed: false });
});

test('what is more than that waits for who writes', async () => {
	const { token } = setUp();
	time += 2 * 3_600_000;
	accounts.sessions.find(token);
	const writer = new Worker(
		`const { DatabaseSync } = require('node:sqlite');
		const { parentPort, workerData } = require('node:worker_threads');
		const database = new DatabaseSync(workerData);
		database.exec('BEGIN IMMEDIATE');
		parentPort.postMessage('writes');
		setTimeout(() => database.close(), 300);`,
		{ eval: true, workerData: file },
	);
	await once(writer, 'message');
	expect(accounts.people.add('Mara', 'member')).toMatchObject({ name: 'Mara' });
	await once(writer, 'exit');
});

test('who guesses waits no longer because the time of day was set back', () => {
	let passed = 0;
	accounts.close();
	accounts = openAccounts(
		file,
		() => time,
		[],
		() => passed,
	);
	for (let times = 0; times < 7; times++) accounts.tries.failed(['a']);
	time -= 3_600_000;
	expect(accounts.tries.wait(['a'])).toBe(4000);
	passed += 4000;
	expect(accounts.tries.wait(['a'])).toBe(0);
});

describe('invitations', () => {
	beforeEach(() => void setUp());

	test('one lets one device in, as the person and in the role that it names', () => {
		const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		const session = accounts.invitations.redeem(token, 'Android');
		expect(session.person).toMatchObject({ name: 'Berta', role: 'board' });
		expect(accounts.sessions.find(session.token)?.person).toEqual(session.person);
	});

	test('an open link falls with the role of the admin who made it', () => {
		const made = (): [string, string] => {
			const { person } = accounts.invitations.redeem(
				accounts.invitations.invite({ name: 'Berta', role: 'admin' }, null).token,
				'',
			);
			return [person.id, accounts.invitations.invite({ name: 'Berta', role: 'admin' }, person.id).token];
		};
		const [removed, afterRemoval] = made();
		accounts.people.remove(removed);
		expect(refusalOf(() => accounts.invitations.redeem(afterRemoval, ''))).toBe('link-unknown');
		const [demoted, afterDemotion] = made();
		accounts.people.change(demoted, { name: 'Berta B.' });
		expect(accounts.invitations.preview(afterDemotion).role).toBe('admin');
		accounts.people.change(demoted, { role: 'member' });
		expect(refusalOf(() => accounts.invitations.redeem(afterDemotion, ''))).toBe('link-unknown');
	});

	test('used, expired and unknown are told apart, by a look at it too', () => {
		const used = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null).token;
		const late = accounts.invitations.invite({ name: 'Cem', role: 'member' }, null).token;
		accounts.invitations.redeem(used, '');
		time += invitationLifetime;
		for (const look of [
			(token: string) => accounts.invitations.redeem(token, ''),
			(token: string) => accounts.invitations.preview(token),
		]) {
			expect(refusalOf(() => look(used))).toBe('link-used');
			expect(refusalOf(() => look(late))).toBe('link-expired');
			expect(refusalOf(() => look('AAAAAAAAAAAAAAAAAAAAAA'))).toBe('link-unknown');
		}
		expect(rowsOf('device')).toHaveLength(2);
	});

	test('it is good until the last millisecond of its 120 hours', () => {
		const { token, expiresAt } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		expect(Date.parse(expiresAt) - time).toBe(120 * 3_600_000);
		time += invitationLifetime - 1;
		expect(refusalOf(() => accounts.invitations.redeem(token, ''))).toBeNull();
	});

	test('a look at it does not use it up', () => {
		const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		expect(accounts.invitations.preview(token)).toMatchObject({ name: 'Berta', role: 'board', usedAt: null });
		expect(refusalOf(() => accounts.invitations.redeem(token, ''))).toBeNull();
	});

	test('two servers that redeem one at once make exactly one device', () => {
		const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		const other = openAccounts(file, () => time);
		const outcomes = [accounts, other].map((one) => refusalOf(() => one.invitations.redeem(token, '')));
		other.close();
		expect(outcomes.sort()).toEqual(['link-used', null]);
		expect(rowsOf('device')).toHaveLength(2);
		expect(accounts.people.list()).toHaveLength(2);
	});

	test('a redeeming that breaks off leaves the invitation open and nobody let in', () => {
		const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		const saboteur = new DatabaseSync(file);
		saboteur.exec(`CREATE TRIGGER broken BEFORE INSERT ON device BEGIN SELECT raise(ABORT, 'disk gone'); END`);
		expect(() => accounts.invitations.redeem(token, '')).toThrow('disk gone');
		saboteur.exec('DROP TRIGGER broken');
		saboteur.close();
		expect(accounts.people.list()).toHaveLength(1);
		expect(refusalOf(() => accounts.invitations.redeem(token, ''))).toBeNull();
	});

	test('a withdrawn one is unknown', () => {
		const { id, token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		accounts.invitations.withdraw(id);
		expect(refusalOf(() => accounts.invitations.redeem(token, ''))).toBe('link-unknown');
		expect(refusalOf(() => accounts.invitations.withdraw(id))).toBe('not-found');
	});

	test('a used one is not withdrawn: somebody is in by it', () => {
		const { id, token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		accounts.invitations.redeem(token, '');
		expect(refusalOf(() => accounts.invitations.withdraw(id))).toBe('link-used');
		expect(accounts.invitations.list()).toMatchObject([{ id, usedAt: expect.any(String) }]);
	});

	test('one for a further device lets the same person in, under the name they have by then', () => {
		const berta = accounts.people.add('Berta', 'board');
		const { token, name } = accounts.invitations.invite({ personId: berta.id }, null);
		accounts.people.change(berta.id, { name: 'Berta B.' });
		expect(name).toBe('Berta');
		expect(accounts.invitations.preview(token)).toMatchObject({ name: 'Berta B.', role: 'board' });
		expect(accounts.invitations.redeem(token, '').person).toEqual({ id: berta.id, name: 'Berta B.', role: 'board' });
		expect(accounts.people.list()).toHaveLength(2);
	});

	test('one that was open when its person got another role lets nobody in: who made it could not give that role', () => {
		const board = accounts.people.add('Mara', 'board');
		for (const role of ['admin', 'board', 'member'] as const) {
			const guest = accounts.people.add('Gustav', 'guest');
			const request = { personId: guest.id, guestOf: { meetingId: 'm1', minutes: false } };
			const { token, code } = accounts.invitations.invite(request, board.id);
			accounts.people.change(guest.id, { role });
			for (const secret of [token, code])
				expect(refusalOf(() => accounts.invitations.redeem(secret, ''))).toBe('link-unknown');
		}
	});

	test('an invitation to a meeting voids the one before: used later, it would take that back', () => {
		const guest = accounts.people.add('Gustav', 'guest');
		const to = (meetingId: string, minutes: boolean) =>
			accounts.invitations.invite({ personId: guest.id, guestOf: { meetingId, minutes } }, null).token;
		const first = to('m1', true);
		const second = to('m2', false);
		expect(refusalOf(() => accounts.invitations.redeem(first, ''))).toBe('link-unknown');
		expect(accounts.invitations.redeem(second, '').person.guestOf).toEqual({ meetingId: 'm2', minutes: false });
	});

	test('whoever is a guest no more leaves the devices behind that came in as a guest’s, and no others', () => {
		const mara = accounts.people.add('Mara', 'member');
		const enter = (request: InvitationRequest) =>
			accounts.invitations.redeem(accounts.invitations.invite(request, mara.id).token, '').token;
		const own = enter({ personId: mara.id });
		accounts.people.change(mara.id, { role: 'guest' });
		const visit = enter({ personId: mara.id, guestOf: { meetingId: 'm1', minutes: false } });
		const second = enter({ personId: mara.id });
		accounts.people.change(mara.id, { role: 'guest', name: 'Mara M.' });
		expect(accounts.sessions.devices(mara.id, '')).toHaveLength(3);
		accounts.people.change(mara.id, { role: 'board' });
		expect(accounts.sessions.find(own)?.person).toMatchObject({ id: mara.id, role: 'board' });
		for (const token of [visit, second]) {
			expect(accounts.sessions.find(token)).toBeNull();
			expect(accounts.sessions.wasRevoked(token)).toBe(true);
		}
	});

	test('a device of a guest who came before that was noted is a guest’s too', () => {
		const guest = accounts.people.add('Gustav', 'guest');
		const visit = { personId: guest.id, guestOf: { meetingId: 'm1', minutes: false } };
		const { token } = accounts.invitations.redeem(accounts.invitations.invite(visit, null).token, '');
		accounts.close();
		const database = new DatabaseSync(file);
		database.exec('DROP TRIGGER device_left_things; DROP TABLE left_device');
		for (const table of ['invitation', 'recovery_code', 'passkey'])
			database.exec(`ALTER TABLE ${table} DROP COLUMN made_on`);
		database.exec('ALTER TABLE guest DROP COLUMN ends_at');
		database.exec('ALTER TABLE device DROP COLUMN as_guest; UPDATE accounts_version SET version = version - 4');
		database.close();
		accounts = openAccounts(file, () => time);
		accounts.people.change(guest.id, { role: 'member' });
		expect(accounts.sessions.find(token)).toBeNull();
	});

	test('a link to a meeting lets in a guest, and nobody who is more by now', () => {
		const guest = accounts.people.add('Gustav', 'guest');
		accounts.people.change(guest.id, { role: 'admin' });
		const guestOf = { meetingId: 'm1', minutes: false };
		const { token } = accounts.invitations.invite({ personId: guest.id, guestOf }, null);
		expect(refusalOf(() => accounts.invitations.redeem(token, ''))).toBe('link-unknown');
		expect(accounts.people.get(guest.id).guestOf).toBeUndefined();
	});

	test('a new one for a device voids the one before, of who made it: unused, it would lie open for days', () => {
		const berta = accounts.people.add('Berta', 'member');
		const admin = accounts.people.add('Alma', 'admin');
		const make = (by: string) => accounts.invitations.invite({ personId: berta.id }, by).token;
		const [used, byAdmin] = [make(berta.id), make(admin.id)];
		accounts.invitations.redeem(used, '');
		const [first, second] = [make(berta.id), make(berta.id)];
		expect(refusalOf(() => accounts.invitations.preview(first))).toBe('link-unknown');
		for (const open of [second, byAdmin]) expect(refusalOf(() => accounts.invitations.preview(open))).toBeNull();
		expect(refusalOf(() => accounts.invitations.preview(used))).toBe('link-used');
	});

	test('whoever becomes a guest keeps no recovery code', () => {
		const berta = accounts.people.add('Berta', 'member');
		const [code = ''] = accounts.recovery.create(berta.id);
		accounts.people.change(berta.id, { role: 'guest' });
		expect(refusalOf(() => accounts.recovery.redeem(code, ''))).toBe('link-unknown');
	});

	test('removing a person withdraws the links to their further devices', () => {
		const berta = accounts.people.add('Berta', 'member');
		const { token } = accounts.invitations.invite({ personId: berta.id }, null);
		accounts.people.remove(berta.id);
		expect(refusalOf(() => accounts.invitations.redeem(token, ''))).toBe('link-unknown');
		expect(refusalOf(() => accounts.invitations.invite({ personId: berta.id }, null))).toBe('not-found');
	});
});

describe('sessions', () => {
	test('silence of 90 days ends one, contact within them carries it on', () => {
		const { token } = setUp();
		time += sessionLifetime;
		expect(accounts.sessions.find(token)?.renewed).toBe(true);
		time += sessionLifetime;
		expect(accounts.sessions.find(token)).not.toBeNull();
		time += sessionLifetime + 1;
		expect(accounts.sessions.find(token)).toBeNull();
		expect(rowsOf('device')).toEqual([]);
	});

	test('contact is noted at most once an hour', () => {
		const { token } = setUp();
		time += 3_600_000;
		expect(accounts.sessions.find(token)?.renewed).toBe(false);
		time += 1;
		expect(accounts.sessions.find(token)?.renewed).toBe(true);
		expect(accounts.sessions.find(token)?.renewed).toBe(false);
		expect(rowsOf('device')).toMatchObject([{ seen_at: time, name: 'Linux' }]);
	});

	test('an ended one, and one of a removed person, let nobody in', () => {
		const admin = setUp();
		const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		const berta = accounts.invitations.redeem(token, '');
		accounts.people.remove(berta.person.id);
		accounts.sessions.end(admin.id);
		expect(accounts.sessions.find(berta.token)).toBeNull();
		expect(accounts.sessions.find(admin.token)).toBeNull();
	});
});

describe('people', () => {
	test('the last admin stays one, until there is another', () => {
		const { person } = setUp();
		const berta = accounts.people.add('Berta', 'board');
		expect(refusalOf(() => accounts.people.remove(person.id))).toBe('last-admin');
		expect(refusalOf(() => accounts.people.change(person.id, { role: 'board' }))).toBe('last-admin');
		expect(refusalOf(() => accounts.people.change(person.id, { name: 'Alma A.' }))).toBeNull();
		accounts.people.change(berta.id, { role: 'admin' });
		expect(refusalOf(() => accounts.people.remove(person.id))).toBeNull();
		expect(refusalOf(() => accounts.people.remove(berta.id))).toBe('last-admin');
	});

	test('a change touches what it names, and an empty contact takes the contact away', () => {
		const { id } = accounts.people.add('Berta', 'board');
		accounts.people.change(id, { contact: '0151 23' });
		expect(accounts.people.change(id, { name: 'Berta B.' })).toEqual({
			id,
			name: 'Berta B.',
			role: 'board',
			contact: '0151 23',
		});
		expect(accounts.people.change(id, { contact: '' })).not.toHaveProperty('contact');
	});

	test('whoever was removed is not listed and cannot be changed', () => {
		const { id } = accounts.people.add('Berta', 'board');
		accounts.people.remove(id);
		expect(accounts.people.list()).toEqual([]);
		expect(refusalOf(() => accounts.people.change(id, { name: 'Geist' }))).toBe('not-found');
		expect(refusalOf(() => accounts.people.remove(id))).toBe('not-found');
	});

	test('an invented person under a fixed id is made once, and comes back when removed', () => {
		const first = accounts.people.add('Beispiel', 'guest', 'example1');
		expect(accounts.people.add('Anders', 'board', 'example1')).toEqual(first);
		accounts.people.remove('example1');
		expect(accounts.people.add('Anders', 'guest', 'example1')).toEqual(first);
	});

	test('an invented person who was erased comes back under the name that is asked for, and nothing else of them', () => {
		setUp();
		accounts.people.add('Beispiel', 'board', 'example1');
		accounts.people.change('example1', { name: 'Umbenannt', contact: '0151' });
		accounts.people.erase('example1');
		const back = { id: 'example1', name: 'Beispiel', role: 'board' };
		expect(accounts.people.add('Beispiel', 'board', 'example1')).toEqual(back);
		// Who is here keeps the name that they have.
		expect(accounts.people.add('Anders', 'board', 'example1')).toEqual(back);
	});

	test('whoever brings an invented person back gives them no role but the one asked for', () => {
		setUp();
		accounts.people.add('Beispiel', 'admin', 'example1');
		accounts.people.remove('example1');
		expect(accounts.people.add('Beispiel', 'guest', 'example1')).toMatchObject({ role: 'guest' });
	});
});

describe('a disk that takes nothing more', () => {
	/** Lets every write of this kind fail, as a full disk does. */
	function refuse(write: 'UPDATE ON device' | 'DELETE ON device' | 'INSERT ON accounts_version'): void {
		const database = new DatabaseSync(file);
		database.exec(`CREATE TRIGGER full BEFORE ${write} BEGIN SELECT RAISE(ABORT, 'full'); END`);
		database.close();
	}

	test('still knows who is in, though their contact cannot be noted', () => {
		const { token, person } = setUp();
		refuse('UPDATE ON device');
		time += 2 * 3_600_000;
		expect(accounts.sessions.find(token)).toMatchObject({ person: { id: person.id }, renewed: false });
	});

	test('lets nobody in whose session has ended', () => {
		const { token } = setUp();
		refuse('DELETE ON device');
		time += sessionLifetime + 1;
		expect(accounts.sessions.find(token)).toBeNull();
	});

	test('does not keep the server from starting', () => {
		setUp();
		accounts.close();
		refuse('INSERT ON accounts_version');
		accounts = openAccounts(file, () => time);
		expect(accounts.people.list()).toHaveLength(1);
	});
});

test('data of a newer Mitschrift is left alone', () => {
	accounts.close();
	const database = new DatabaseSync(file);
	database.exec('UPDATE accounts_version SET version = version + 1');
	const versions = () => database.prepare('SELECT version FROM accounts_version').all();
	const before = versions();
	expect(() => openAccounts(file)).toThrow('newer version');
	expect(versions()).toEqual(before);
	database.exec('UPDATE accounts_version SET version = version - 1');
	database.close();
	accounts = openAccounts(file);
});

test('the bytes on disk hold no token', () => {
	const setUpToken = accounts.association.setUpToken() ?? '';
	const request = { token: setUpToken, association: 'Stadtverband', name: 'Alma' };
	const session = accounts.association.setUp(request, '');
	const invitation = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
	const joined = accounts.invitations.redeem(invitation.token, '');
	const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(path.join(folder, name))));
	expect(bytes.includes('Berta')).toBe(true);
	for (const secret of [setUpToken, session.token, invitation.token, joined.token]) {
		expect(bytes.includes(secret)).toBe(false);
		expect(bytes.includes(Buffer.from(secret, 'base64url'))).toBe(false);
	}
});

test('what is answered is on disk: every commit is synced', () => {
	const database = openAccountsDatabase(file);
	expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
	expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
	expect(database.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
	database.close();
});
