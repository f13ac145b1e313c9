/** Tells one data file from every other. A copy that goes its own way gets an identity of its own. */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

export const identitySchema = `
CREATE TABLE IF NOT EXISTS identity (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	id TEXT NOT NULL
) STRICT;
`;

/** @returns 32 letters */
export function identityOf(database: DatabaseSync): string {
	const read = () => database.prepare('SELECT id FROM identity').get()?.['id'];
	if (read() === undefined) renewIdentity(database);
	return String(read());
}

export function renewIdentity(database: DatabaseSync): void {
	database.prepare('INSERT OR REPLACE INTO identity VALUES (1, ?)').run(randomBytes(16).toString('hex'));
}
