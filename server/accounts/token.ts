/**
 * Secrets that open something: set-up links, invitations, sessions. A token leaves the server once; what stays is its
 * SHA-256, so that whoever reads the database, or a backup, cannot come in with it. 128 random bits need no salt.
 */
import { createHash, randomBytes } from 'node:crypto';

/** 22 characters of base64url. */
export function newToken(): string {
	return randomBytes(16).toString('base64url');
}

export function hashOf(token: string): Uint8Array {
	return createHash('sha256').update(token).digest();
}
