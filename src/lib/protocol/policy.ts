/**
 * Who may do what with which kind of document: the one table that interface and relay both read. The relay checks it
 * before the upgrade and again for every message; the interface only uses it to leave out what would be refused.
 */
import type { DocumentKind } from './document-name.ts';

export const roles = ['admin', 'board', 'member', 'guest'] as const;
export type Role = (typeof roles)[number];

export type Access = 'none' | 'read' | 'write';

const writers: Record<DocumentKind, Access> = {
	directory: 'write',
	agenda: 'write',
	minutes: 'write',
	closed: 'none',
	register: 'none',
	roster: 'write',
	bulletin: 'write',
};

/** `closed` and `register` are reserved names: nobody may open them in this release. A `guest` has no way in yet. */
const policy: Record<Role, Record<DocumentKind, Access>> = {
	admin: writers,
	board: writers,
	member: {
		directory: 'read',
		agenda: 'read',
		minutes: 'none',
		closed: 'none',
		register: 'none',
		roster: 'read',
		bulletin: 'none',
	},
	guest: {
		directory: 'none',
		agenda: 'none',
		minutes: 'none',
		closed: 'none',
		register: 'none',
		roster: 'none',
		bulletin: 'none',
	},
};

export function accessOf(role: Role, kind: DocumentKind): Access {
	return policy[role][kind];
}

/** May invite, remove and rename people. */
export function managesPeople(role: Role): boolean {
	return role === 'admin';
}

/** Whose work the association's documents are: sees its settings, needs a passkey where one is required. */
export function writesForAssociation(role: Role): boolean {
	return role === 'admin' || role === 'board';
}

/** May add a person who gets no device, such as a guest of one meeting. */
export function addsGuests(role: Role): boolean {
	return role === 'admin' || role === 'board';
}
