/**
 * Codes that people type, as the database keeps them. Fifty bits are little for a plain hash: whoever stole a backup could
 * try them all in days. So they are hashed slowly (scrypt, RFC 7914), which costs the server some milliseconds a try, and
 * trying them all millennia. There is one salt for all codes, because a code is looked up by its hash alone; codes are
 * drawn at random, so that no two people have the same.
 */
import { type CodeKind, codeLength, toCode } from '#lib/protocol/entry-code.ts';
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

const salt = 'mitschrift entry code';
const cost = { N: 2 ** 12, r: 8, p: 1 };

export function newCode(kind: CodeKind): string {
	return toCode(randomBytes(codeLength(kind)));
}

/** @param code as `readCode` gives it */
export function hashOfCode(code: string): Uint8Array {
	return scryptSync(code, salt, 32, cost);
}

/** Looks at every row, so that how long it takes tells nothing. @returns the row whose `column` holds the hash */
export function findByHash<Row extends Record<string, unknown>>(
	rows: Iterable<Row>,
	column: string,
	hash: Uint8Array,
): Row | null {
	let found: Row | null = null;
	for (const row of rows) {
		const kept = row[column];
		if (kept instanceof Uint8Array && kept.length === hash.length && timingSafeEqual(kept, hash)) found = row;
	}
	return found;
}
