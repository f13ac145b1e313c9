/**
 * What a restored data file must not bring back: access that was taken away since the backup was made, and pages that were
 * withdrawn from the public. And it gets a new epoch, by which devices know that what they know of the server's versions
 * is void. The audit log is kept: the restored file has the entries of both.
 */
import { newId } from '#lib/domain/id.ts';
import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../storage/contract.ts';
import { createAudit } from './audit.ts';
import { openAccountsDatabase, transaction } from './database.ts';

/** Where people, devices, invitations and what is required of people come from. */
export type AccessSource = 'data' | 'backup';

// Emptied from the last on: what devices leave behind when they go is emptied after them.
const tables = [
	'person',
	'left_device',
	'guest',
	'invitation',
	'device',
	'passkey',
	'recovery_code',
	'setting',
] as const;

/**
 * People, their roles, devices and invitations, and what is required of them, are taken from the file that is replaced
 * when that is the same association's and can be read: then whoever was removed since stays out, and whoever came stays
 * in. Otherwise they are the backup's, without its open invitations and its recovery codes: one of them may have been used
 * since.
 * @param path of the restored file, which nobody has open
 * @param before the file that it replaces, or null
 * @throws StorageError when the restored file is not for this Mitschrift
 */
export function beginRestoredLife(path: string, before: string | null): AccessSource {
	const database = openRestored(path);
	try {
		const source = before !== null && attach(database, before) ? 'data' : 'backup';
		transaction(database, () => {
			if (source === 'data') {
				takeAccess(database);
				takeWithdrawals(database);
				takeAudit(database);
			} else database.exec('DELETE FROM invitation WHERE used_at IS NULL; DELETE FROM recovery_code');
			database.prepare('UPDATE association SET epoch = ?').run(newId());
			createAudit(database, Date.now).record({ kind: 'restored', by: null, detail: { access: source } });
		});
		return source;
	} finally {
		database.close();
	}
}

function openRestored(path: string): DatabaseSync {
	try {
		return openAccountsDatabase(path);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new StorageError('failed', `the backup cannot be used: ${reason}`, { cause });
	}
}

/** @returns whether `before` is now attached and is the same association's: ids are drawn, so one in common is enough */
function attach(database: DatabaseSync, before: string): boolean {
	try {
		openAccountsDatabase(before).close();
		database.prepare('ATTACH ? AS before').run(before);
		const shared = 'SELECT count(*) AS count FROM person JOIN before.person AS other USING (id) WHERE id NOT LIKE ?';
		return Number(database.prepare(shared).get('example%')?.['count']) > 0;
	} catch {
		return false;
	}
}

function takeAccess(database: DatabaseSync): void {
	// Emptying the table tells every device of the backup that it was taken away, also one that had only fallen silent since.
	database.exec(
		`CREATE TEMP TABLE taken_away AS
		 SELECT token_hash FROM main.revoked_device UNION SELECT token_hash FROM before.revoked_device`,
	);
	for (const table of tables.toReversed()) database.exec(`DELETE FROM main.${table}`);
	for (const table of tables) {
		const columns = database
			.prepare(`PRAGMA main.table_info(${table})`)
			.all()
			.map((column) => String(column['name']));
		database.exec(`INSERT INTO main.${table} (${columns.join()}) SELECT ${columns.join()} FROM before.${table}`);
	}
	database.exec(
		`DELETE FROM main.revoked_device;
		 INSERT INTO main.revoked_device SELECT token_hash FROM taken_away
		 WHERE token_hash NOT IN (SELECT token_hash FROM main.device);
		 DROP TABLE taken_away`,
	);
}

/**
 * Also of what was shown again meanwhile, and withdrawn before the backup: what counts is how the page was left. Of a page
 * that the backup does not know, that it was withdrawn is kept, for the backup that is restored after this one; another
 * page may have its name there.
 */
function takeWithdrawals(database: DatabaseSync): void {
	database.exec(
		`UPDATE main.bulletin_page SET withdrawn_at = other.withdrawn_at, changed_at = other.changed_at
		 FROM before.bulletin_page AS other WHERE other.issue_id = main.bulletin_page.issue_id;
		 INSERT INTO main.bulletin_page (issue_id, name, uid, withdrawn_at, changed_at)
		 SELECT issue_id,
			CASE WHEN name IN (SELECT name FROM main.bulletin_page) THEN name || '-' || issue_id ELSE name END,
			uid, withdrawn_at, changed_at
		 FROM before.bulletin_page
		 WHERE withdrawn_at IS NOT NULL AND issue_id NOT IN (SELECT issue_id FROM main.bulletin_page)`,
	);
}

function takeAudit(database: DatabaseSync): void {
	const columns = 'id, at, kind, by_id, about_id, detail';
	database.exec(
		`INSERT INTO main.audit (${columns}) SELECT ${columns} FROM before.audit
		 WHERE id NOT IN (SELECT id FROM main.audit) ORDER BY sequence`,
	);
}
