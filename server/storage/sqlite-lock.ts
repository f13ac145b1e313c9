/**
 * One process per data file. Node has no file lock, SQLite has: an exclusive transaction on a small file beside the data
 * is a lock that the kernel drops when the process dies, by SIGKILL too, so nothing stale is left behind. The data file
 * itself stays open to other connections of this process (accounts) and to a backup.
 */
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from './contract.ts';

/** SQLITE_BUSY */
const busy = 5;

/**
 * @param path of the data file
 * @returns a function that gives the lock back
 * @throws StorageError when another process, or another store of this one, holds it
 */
export function lockFile(path: string): () => void {
	const lock = new DatabaseSync(`${path}-lock`);
	try {
		lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
	} catch (cause) {
		lock.close();
		const { errcode, message } = cause as Error & { errcode?: number };
		const reason = errcode === busy ? `${path} is in use by another running server` : `${path}-lock: ${message}`;
		throw new StorageError('failed', reason, { cause });
	}
	return () => lock.close();
}
