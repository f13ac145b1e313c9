/** Makes SQLite itself fail, in the next transaction that writes: its own connection is brought into trouble there. */
import { DatabaseSync } from 'node:sqlite';
import { vi } from 'vitest';

/** The file may not grow any more: an insert of the transaction fails, after others. */
export function fillUpSqlite(): void {
	inNextTransaction((database, execute) => {
		const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
		const { max_page_count: most } = database.prepare('PRAGMA max_page_count').get() as { max_page_count: number };
		execute(`PRAGMA max_page_count = ${pages + 1}`);
		return () => execute(`PRAGMA max_page_count = ${most}`);
	});
}

/** The commit fails, after everything was inserted. @param meanwhile called as soon as anything else can be done */
export function breakDownSqlite(meanwhile: () => void): void {
	inNextTransaction((_, execute) => {
		// A reference to nowhere that is looked at when the transaction is to be committed, and goes with it.
		execute(`PRAGMA defer_foreign_keys = ON; INSERT INTO document_update VALUES (-1, 1, x'')`);
		return () => queueMicrotask(meanwhile);
	});
}

type Execute = (sql: string) => void;

const { exec } = DatabaseSync.prototype;

/** @param trouble @returns what ends it; called when the transaction has failed */
function inNextTransaction(trouble: (database: DatabaseSync, execute: Execute) => () => void): void {
	let failing: { database: DatabaseSync; end: () => void } | null = null;
	const spy = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
		const execute: Execute = (each) => exec.call(this, each);
		if (failing && sql !== 'COMMIT') {
			// It is to be rolled back; or SQLite has done so, and what comes next begins, here or in the file opened anew.
			spy.mockRestore();
			if (failing.database === this) failing.end();
		}
		execute(sql);
		if (!failing && sql === 'BEGIN IMMEDIATE') failing = { database: this, end: trouble(this, execute) };
	});
}
