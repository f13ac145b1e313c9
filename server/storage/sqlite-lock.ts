/**
 * One process per data file. Node has no file lock, SQLite has: an exclusive transaction on a small file beside the data
 * is a lock that the kernel drops when the process dies, by SIGKILL too, so nothing stale is left behind. The data file
 * itself stays open to other connections of this process (accounts) and to a backup.
 *
 * Who deletes the small file deletes the lock, and another one would be no lock. So the data says itself which file it is and
 * that it is held, and that counts where there was no small file. A copy of the data is another file.
 */
import { existsSync, realpathSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from './contract.ts';
import { attempt, isSameBoot, type Moment, systemMoment } from './sqlite-life.ts';

export const holderSchema = `
CREATE TABLE IF NOT EXISTS holder (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	file TEXT NOT NULL,
	held_since_boot INTEGER NOT NULL
) STRICT;
`;

export type FileLock = {
	/** The data is open, and says that it is held. */
	noteIn(database: DatabaseSync): void;
	/** It is about to be closed. */
	forgetIn(database: DatabaseSync): void;
	giveBack(): void;
};

/** SQLITE_BUSY */
const busy = 5;

/**
 * @param path of the data file
 * @throws StorageError when another process, or another store of this one, holds it
 */
export function lockFile(path: string, moment: Moment = systemMoment()): FileLock {
	const file = existsSync(path) ? realpathSync(path) : path;
	const lockPath = `${file}-lock`;
	const isNew = !existsSync(lockPath);
	const lock = new DatabaseSync(lockPath);
	try {
		lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
	} catch (cause) {
		lock.close();
		const { errcode, message } = cause as Error & { errcode?: number };
		const reason = errcode === busy ? `${path} is in use by another running server` : `${lockPath}: ${message}`;
		throw new StorageError('failed', reason, { cause });
	}
	if (isNew && saysHeld(file, moment)) {
		lock.close();
		rmSync(lockPath);
		const way = `if none runs, make an empty file ${lockPath} and start again`;
		throw new StorageError(
			'failed',
			`${path} is in use by another running server, or was when its lock was deleted: ${way}`,
		);
	}
	const hold = 'INSERT OR REPLACE INTO holder VALUES (1, ?, ?)';
	return {
		noteIn: (database) => attempt(() => database.prepare(hold).run(identityOf(file), moment.bootedAt)),
		forgetIn: (database) => attempt(() => database.exec('DELETE FROM holder')),
		giveBack: () => lock.close(),
	};
}

/** What cannot be read is said by nobody. */
function saysHeld(path: string, { bootedAt }: Moment): boolean {
	if (!existsSync(path)) return false;
	try {
		const database = new DatabaseSync(path, { readOnly: true });
		try {
			const holder = database.prepare('SELECT file, held_since_boot FROM holder').get();
			return holder?.['file'] === identityOf(path) && isSameBoot(Number(holder['held_since_boot']), bootedAt);
		} finally {
			database.close();
		}
	} catch {
		return false;
	}
}

function identityOf(path: string): string {
	const { dev, ino } = statSync(path, { bigint: true });
	return `${dev}:${ino}`;
}
