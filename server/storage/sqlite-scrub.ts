/**
 * Rewrites the data file without its free pages, which still hold what was deleted, and empties the write-ahead log, in
 * which pages are as they were before. The log cannot be emptied while somebody reads in it, as a backup does.
 */
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { StorageError } from './contract.ts';

/** A backup of a branch's data takes less. Milliseconds. */
const patience = { tries: 50, between: 100 };

/** @throws StorageError when somebody goes on reading; another error of SQLite when there is no space for the copy */
export async function scrubFile(database: DatabaseSync): Promise<void> {
	database.exec('VACUUM');
	for (let left = patience.tries; left > 0; left--) {
		if (emptyLog(database)) return;
		await setTimeout(patience.between);
	}
	throw new StorageError('failed', 'another program reads the data, and what was erased is still before its eyes');
}

/** Without waiting for anybody: everything else of this process would wait with us. */
function emptyLog(database: DatabaseSync): boolean {
	const before = Number(database.prepare('PRAGMA busy_timeout').get()?.['timeout']);
	database.exec('PRAGMA busy_timeout = 0');
	try {
		return Number(database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] ?? 1) === 0;
	} finally {
		database.exec(`PRAGMA busy_timeout = ${before}`);
	}
}
