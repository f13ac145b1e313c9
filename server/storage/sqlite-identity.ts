/**
 * Tells one data file from every other. A copy that goes its own way gets an identity of its own. What tells a copy from
 * what became of the file since are the starts: each is called by a name, which the log beside the file has too.
 */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

export const identitySchema = `
CREATE TABLE IF NOT EXISTS identity (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	id TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS start (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	name TEXT NOT NULL,
	before TEXT NOT NULL
) STRICT;
`;

export type Starts = {
	/** The last one, and the one before as its log had it: the machine may have fallen between the two. */
	names(): string[];
	/** One more. @param before as the log has it; empty: it has none. @returns its name, 32 letters */
	note(before: string): string;
};

export function startsOf(database: DatabaseSync): Starts {
	return {
		names() {
			const row = database.prepare('SELECT name, before FROM start').get();
			return row ? [String(row['name']), String(row['before'])] : [];
		},
		note(before) {
			const name = newName();
			database.prepare('INSERT OR REPLACE INTO start VALUES (1, ?, ?)').run(name, before);
			return name;
		},
	};
}

/** @returns 32 letters */
export function identityOf(database: DatabaseSync): string {
	const read = () => database.prepare('SELECT id FROM identity').get()?.['id'];
	if (read() === undefined) renewIdentity(database);
	return String(read());
}

export function renewIdentity(database: DatabaseSync): void {
	database.prepare('INSERT OR REPLACE INTO identity VALUES (1, ?)').run(newName());
}

const newName = () => randomBytes(16).toString('hex');
