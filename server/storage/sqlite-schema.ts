import { DatabaseSync } from 'node:sqlite';
import { StorageError } from './contract.ts';
import { identitySchema } from './sqlite-identity.ts';
import { lifeSchema } from './sqlite-life.ts';
import { holderSchema } from './sqlite-lock.ts';

/**
 * A document exists while it has a row in `document`. Its last sequence is that of its last update, or of its snapshot
 * when no update came after it: appending writes one row and nothing else. What the log was freed of is in
 * `document_run`: updates that follow each other, each with its length before it. What a snapshot holds is in
 * `snapshot_vector`, with the sequence and the checksum of the snapshot that it was noted for.
 */
const schema = `
CREATE TABLE IF NOT EXISTS document (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE IF NOT EXISTS document_snapshot (
	document INTEGER PRIMARY KEY REFERENCES document (id),
	sequence INTEGER NOT NULL,
	state BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS snapshot_vector (
	document INTEGER PRIMARY KEY REFERENCES document (id),
	sequence INTEGER NOT NULL,
	checksum INTEGER NOT NULL,
	vector BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS document_update (
	document INTEGER NOT NULL REFERENCES document (id),
	sequence INTEGER NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (document, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document_author (
	document INTEGER NOT NULL REFERENCES document (id),
	client INTEGER NOT NULL,
	person TEXT,
	PRIMARY KEY (document, client)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document_run (
	document INTEGER NOT NULL REFERENCES document (id),
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	updates BLOB NOT NULL,
	PRIMARY KEY (document, first)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS document_version (
	id TEXT NOT NULL UNIQUE,
	document INTEGER NOT NULL REFERENCES document (id),
	label TEXT,
	made_at INTEGER NOT NULL,
	person_id TEXT,
	sequence INTEGER NOT NULL,
	state BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS version_of_document ON document_version (document, made_at);
CREATE TABLE IF NOT EXISTS probe (
	content BLOB NOT NULL
) STRICT;
`;

/** What the write-ahead log is cut back to when a long backup had it grow; at rest it is smaller. Bytes. */
const logAtRest = 8 * 1024 * 1024;

export type Durability = { journal: string; synchronous: number };

/** What the connection really runs with: a pragma that SQLite does not take is ignored in silence. */
export function durabilityOf(database: DatabaseSync): Durability {
	return {
		journal: String(database.prepare('PRAGMA journal_mode').get()?.['journal_mode']),
		synchronous: Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']),
	};
}

/**
 * Opens the file with every commit on disk before it returns (WAL, `synchronous=FULL`).
 * @throws StorageError when that cannot be had
 */
export function openDatabase(path: string, pageLimit?: number): DatabaseSync {
	const database = new DatabaseSync(path);
	try {
		database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
		const { journal, synchronous } = durabilityOf(database);
		if (synchronous !== 2 || (path !== ':memory:' && journal !== 'wal')) {
			throw new StorageError('failed', `${path}: journal ${journal}, synchronous ${synchronous}, not wal and 2`);
		}
		// Of a backup that was copied here by hand: what is written from now on is in no digest.
		if (database.prepare('PRAGMA application_id').get()?.['application_id'] !== 0)
			database.exec('PRAGMA application_id = 0');
		database.exec(`PRAGMA journal_size_limit = ${logAtRest}`);
		if (pageLimit !== undefined) database.exec(`PRAGMA max_page_count = ${pageLimit}`);
		database.exec(schema + lifeSchema + identitySchema + holderSchema);
		return database;
	} catch (error) {
		database.close();
		throw error;
	}
}
