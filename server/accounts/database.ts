/**
 * The accounts' tables live in the same file as the documents, on a connection of their own, so that a backup holds both
 * and neither can end up inside the other's transaction. The store of documents holds the file's lock.
 */
import { DatabaseSync } from 'node:sqlite';

/** Applied in order, each once; a step that was released is never changed. */
const migrations = [
	`CREATE TABLE association (
		only INTEGER PRIMARY KEY CHECK (only = 1),
		name TEXT NOT NULL,
		time_zone TEXT NOT NULL,
		epoch TEXT NOT NULL
	) STRICT;
	CREATE TABLE person (
		id TEXT PRIMARY KEY,
		name TEXT NOT NULL,
		role TEXT NOT NULL CHECK (role IN ('admin', 'board', 'member', 'guest')),
		contact TEXT,
		created_at INTEGER NOT NULL,
		removed_at INTEGER
	) STRICT, WITHOUT ROWID;
	CREATE TABLE invitation (
		id TEXT PRIMARY KEY,
		name TEXT NOT NULL,
		role TEXT NOT NULL,
		token_hash BLOB NOT NULL UNIQUE,
		created_at INTEGER NOT NULL,
		expires_at INTEGER NOT NULL,
		used_at INTEGER
	) STRICT, WITHOUT ROWID;
	CREATE TABLE device (
		id TEXT PRIMARY KEY,
		person_id TEXT NOT NULL REFERENCES person (id),
		name TEXT NOT NULL,
		token_hash BLOB NOT NULL UNIQUE,
		created_at INTEGER NOT NULL,
		seen_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE INDEX device_of_person ON device (person_id);`,
	`ALTER TABLE invitation ADD COLUMN person_id TEXT REFERENCES person (id);`,
	`ALTER TABLE invitation ADD COLUMN invited_by TEXT REFERENCES person (id);`,
	`CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
	`ALTER TABLE invitation ADD COLUMN code_hash BLOB;
	ALTER TABLE invitation ADD COLUMN meeting_id TEXT;
	ALTER TABLE invitation ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE device ADD COLUMN platform TEXT NOT NULL DEFAULT '';
	UPDATE device SET platform = name;
	CREATE TABLE guest (
		person_id TEXT PRIMARY KEY REFERENCES person (id),
		meeting_id TEXT NOT NULL,
		minutes INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;`,
	`CREATE TABLE passkey (
		id TEXT PRIMARY KEY,
		person_id TEXT NOT NULL REFERENCES person (id),
		name TEXT NOT NULL,
		public_key BLOB NOT NULL,
		counter INTEGER NOT NULL,
		transports TEXT NOT NULL,
		created_at INTEGER NOT NULL,
		used_at INTEGER
	) STRICT, WITHOUT ROWID;
	CREATE INDEX passkey_of_person ON passkey (person_id);
	CREATE TABLE recovery_code (
		hash BLOB PRIMARY KEY,
		person_id TEXT NOT NULL REFERENCES person (id),
		created_at INTEGER NOT NULL,
		used_at INTEGER
	) STRICT, WITHOUT ROWID;`,
	// An insert that replaces a row deletes without a word to the other triggers: hence the third.
	`CREATE TABLE audit (
		sequence INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		at INTEGER NOT NULL,
		kind TEXT NOT NULL,
		by_id TEXT,
		about_id TEXT,
		detail TEXT NOT NULL
	) STRICT;
	CREATE INDEX audit_by_time ON audit (at, sequence);
	CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
		BEGIN SELECT raise(ABORT, 'the audit log only grows'); END;
	CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
		BEGIN SELECT raise(ABORT, 'the audit log only grows'); END;
	CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
		WHEN EXISTS (SELECT 1 FROM audit WHERE id = new.id OR sequence = new.sequence)
		BEGIN SELECT raise(ABORT, 'the audit log only grows'); END;`,
	// Whoever takes a device away, and how: it is told so when it asks next, and empties itself.
	`CREATE TABLE revoked_device (
		token_hash BLOB PRIMARY KEY
	) STRICT, WITHOUT ROWID;
	CREATE TRIGGER device_is_revoked AFTER DELETE ON device
		BEGIN INSERT OR IGNORE INTO revoked_device VALUES (old.token_hash); END;`,
	// Whom a used invitation was for is said by the person whom it made, whose name can be erased.
	`UPDATE invitation SET name = '' WHERE used_at IS NOT NULL;`,
	`CREATE TABLE bulletin_approval (
		issue_id TEXT NOT NULL,
		person_id TEXT NOT NULL,
		hash TEXT NOT NULL,
		outline TEXT NOT NULL,
		approved_at INTEGER NOT NULL,
		PRIMARY KEY (issue_id, person_id)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE bulletin_page (
		issue_id TEXT PRIMARY KEY,
		name TEXT NOT NULL UNIQUE,
		uid TEXT NOT NULL UNIQUE,
		withdrawn_at INTEGER,
		changed_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE TABLE bulletin_publication (
		issue_id TEXT NOT NULL REFERENCES bulletin_page (issue_id),
		version INTEGER NOT NULL,
		hash TEXT NOT NULL,
		outline TEXT NOT NULL,
		content TEXT NOT NULL,
		note TEXT,
		published_at INTEGER NOT NULL,
		published_by TEXT NOT NULL,
		PRIMARY KEY (issue_id, version)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE bulletin_feed (
		only INTEGER PRIMARY KEY CHECK (only = 1),
		uid TEXT NOT NULL
	) STRICT;`,
	// A device that came in while its person was a guest was let in to a meeting, and to nothing more.
	`ALTER TABLE device ADD COLUMN as_guest INTEGER NOT NULL DEFAULT 0;
	UPDATE device SET as_guest = 1 WHERE person_id IN (SELECT id FROM person WHERE role = 'guest');`,
	// A device that is lost loses what was made on it to come in by.
	`ALTER TABLE invitation ADD COLUMN made_on TEXT;
	ALTER TABLE recovery_code ADD COLUMN made_on TEXT;
	ALTER TABLE passkey ADD COLUMN made_on TEXT;`,
	// A guest's time is 60 days. Who is in already has theirs from the day they came.
	`ALTER TABLE guest ADD COLUMN ends_at INTEGER NOT NULL DEFAULT 0;
	UPDATE guest SET ends_at = 5184000000 + coalesce(
		(SELECT max(used_at) FROM invitation
		 WHERE invitation.person_id = guest.person_id AND invitation.meeting_id = guest.meeting_id),
		(SELECT max(created_at) FROM device WHERE device.person_id = guest.person_id),
		(SELECT created_at FROM person WHERE person.id = guest.person_id));`,
	// What was made on a device to come in by outlives its signing itself out, so that its person can still call it lost.
	`CREATE TABLE left_device (
		id TEXT PRIMARY KEY,
		person_id TEXT NOT NULL REFERENCES person (id),
		name TEXT NOT NULL,
		platform TEXT NOT NULL,
		created_at INTEGER NOT NULL,
		seen_at INTEGER NOT NULL
	) STRICT;
	CREATE TRIGGER device_left_things AFTER DELETE ON device
		WHEN EXISTS (SELECT 1 FROM invitation WHERE made_on = old.id AND used_at IS NULL)
			OR EXISTS (SELECT 1 FROM passkey WHERE made_on = old.id)
			OR EXISTS (SELECT 1 FROM recovery_code WHERE made_on = old.id AND used_at IS NULL)
		BEGIN INSERT OR REPLACE INTO left_device
			VALUES (old.id, old.person_id, old.name, old.platform, old.created_at, old.seen_at); END;`,
];

/** For another connection to end its writing. Milliseconds. */
const patience = 5000;

/**
 * Opens the file and brings the accounts' tables up to date. What is up to date is not written to: a server also starts
 * on a full disk, so that people can read.
 * @throws Error when a newer Mitschrift has been here: its steps would be forgotten, and taken twice later
 */
export function openAccountsDatabase(path: string): DatabaseSync {
	const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: patience });
	// What is deleted is overwritten, not only forgotten.
	database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
	transaction(database, () => migrate(database));
	return database;
}

function migrate(database: DatabaseSync): void {
	database.exec('CREATE TABLE IF NOT EXISTS accounts_version (version INTEGER NOT NULL) STRICT');
	const version = Number(database.prepare('SELECT version FROM accounts_version').get()?.['version'] ?? 0);
	if (version > migrations.length) throw new Error('it was written by a newer version of Mitschrift');
	if (version === migrations.length) return;
	for (const step of migrations.slice(version)) database.exec(step);
	database.exec('DELETE FROM accounts_version');
	database.prepare('INSERT INTO accounts_version VALUES (?)').run(migrations.length);
}

/**
 * All of `work` or nothing. It is synchronous, so nothing else of this process comes in between. Inside another one it is
 * a part of that: whoever refuses inside must not be caught before the outer one ends.
 */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
	if (database.isTransaction) return work();
	database.exec('BEGIN IMMEDIATE');
	try {
		const result = work();
		database.exec('COMMIT');
		return result;
	} catch (cause) {
		if (database.isTransaction) database.exec('ROLLBACK');
		throw cause;
	}
}

/** @throws Error at once while another connection writes: all of this process would wait with this one */
export function withoutWaiting(database: DatabaseSync, work: () => void): void {
	database.exec('PRAGMA busy_timeout = 0');
	try {
		work();
	} finally {
		database.exec(`PRAGMA busy_timeout = ${patience}`);
	}
}

/** SQLITE_FULL, also as an extended code. */
const full = 13;

/** Whether this was thrown because the disk has no room. */
export function isFull(cause: unknown): boolean {
	return (((cause as { errcode?: number } | null)?.errcode ?? 0) & 0xff) === full;
}

/**
 * What was erased leaves the write-ahead log too, as soon as nobody reads in it.
 * @returns whether it has
 */
export function foldLog(database: DatabaseSync): boolean {
	return Number(database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] ?? 1) === 0;
}
