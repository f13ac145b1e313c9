/** What a restored file takes from the one that it replaces, without the commands; those are in `tests/relay/backup.test.ts`. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAccounts, type Accounts } from './accounts.ts';
import { beginRestoredLife } from './restored.ts';
import { sessionLifetime, type NewSession } from './sessions.ts';

let folder: string;
let file: string;
let time: number;
let alma: NewSession;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-restored-'));
	file = path.join(folder, 'data.sqlite');
	time = Date.UTC(2025, 0, 9);
	alma = inData(({ association }) =>
		association.setUp({ token: association.setUpToken() ?? '', association: 'Stadtverband', name: 'Alma' }, 'Linux'),
	);
});

afterEach(() => rmSync(folder, { recursive: true }));

function inData<T>(work: (accounts: Accounts) => T): T {
	const accounts = openAccounts(file, () => time);
	try {
		return work(accounts);
	} finally {
		accounts.close();
	}
}

function backUp(name: string): string {
	const backup = path.join(folder, name);
	copyFileSync(file, backup);
	return backup;
}

function restore(backup: string): void {
	const staged = path.join(folder, 'staged.sqlite');
	copyFileSync(backup, staged);
	expect(beginRestoredLife(staged, file)).toBe('data');
	copyFileSync(staged, file);
}

function publish(issueId: string): void {
	const publication = { hash: issueId, outline: '{}', content: '{}', note: null, by: alma.person.id };
	inData(({ publications }) => publications.publish(issueId, publication, () => 'januar'));
}

test('a page that was withdrawn stays so through a backup that does not know it, restored before the one that does', () => {
	const empty = backUp('empty');
	publish('i1');
	const full = backUp('full');
	inData(({ publications }) => publications.withdraw('i1'));
	const withdrawnAt = time;
	time += 1000;
	restore(empty);
	// Nothing of it is there to be shown again.
	expect(() => inData(({ publications }) => publications.showAgain('i1'))).toThrow();
	restore(full);
	expect(inData(({ publications }) => publications.page('i1'))).toMatchObject({ name: 'januar', withdrawnAt });
	expect(inData(({ publications }) => publications.shown())).toEqual([]);
});

test('and so it does where another page has its name in the backup', () => {
	const before = backUp('before');
	publish('i1');
	inData(({ publications }) => publications.withdraw('i1'));
	const withdrawn = backUp('withdrawn');
	copyFileSync(before, file);
	publish('i2');
	const other = backUp('other');
	copyFileSync(withdrawn, file);
	restore(other);
	expect(inData(({ publications }) => publications.pages().map(({ issueId, name }) => [issueId, name]))).toEqual([
		['i1', 'januar-i1'],
		['i2', 'januar'],
	]);
	expect(inData(({ publications }) => publications.shown().map(({ issueId }) => issueId))).toEqual(['i2']);
});

test('a device that fell silent since the backup was not taken away, and one that was is told so', () => {
	const invite = (personId: string) =>
		inData(({ invitations }) => invitations.redeem(invitations.invite({ personId }, null).token, ''));
	const [silent, lost] = [invite(alma.person.id), invite(alma.person.id)];
	const backup = backUp('backup');
	inData(({ sessions }) => sessions.end(lost.id));
	time += sessionLifetime + 1;
	inData(({ sessions }) => expect(sessions.find(silent.token)).toBeNull());
	const isRevoked = ({ token }: NewSession) => inData(({ sessions }) => sessions.wasRevoked(token));
	expect([silent, lost].map(isRevoked)).toEqual([false, true]);
	restore(backup);
	expect([silent, lost].map(isRevoked)).toEqual([false, true]);
});
