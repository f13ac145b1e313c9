/**
 * Who may do what with which kind of document: the one table that interface and relay both read. The relay checks it
 * before the upgrade and again for every message; the interface only uses it to leave out what would be refused.
 */
import { type DocumentKind, type DocumentName, parseDocumentName } from './document-name.ts';

export const roles = ['admin', 'board', 'member', 'guest'] as const;
export type Role = (typeof roles)[number];

export type Access = 'none' | 'read' | 'write';

/** What a guest is let in to: one meeting, and whether they write its minutes. */
export type Grant = { meetingId: string; minutes: boolean };

/** Of a person, what the policy looks at. */
export type Holder = { role: Role; guestOf?: Grant | undefined };

const writers: Record<DocumentKind, Access> = {
	directory: 'write',
	agenda: 'write',
	minutes: 'write',
	closed: 'none',
	register: 'none',
	roster: 'write',
	bulletin: 'write',
};

/** `closed` and `register` are reserved names: nobody may open them in this release. What a `guest` may is not of a kind. */
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

/** What a role may with every document of a kind. What one person may with one document is `accessTo`. */
export function accessOf(role: Role, kind: DocumentKind): Access {
	return policy[role][kind];
}

/** The whole policy: by role and kind, and for a guest by the one meeting that they were let in to. */
export function accessTo({ role, guestOf }: Holder, name: DocumentName): Access {
	const parsed = parseDocumentName(name);
	if (!parsed) return 'none';
	if (role !== 'guest') return accessOf(role, parsed.kind);
	if (parsed.id !== guestOf?.meetingId) return 'none';
	if (parsed.kind === 'minutes') return guestOf.minutes ? 'write' : 'none';
	return parsed.kind === 'agenda' ? 'read' : 'none';
}

/** May invite, remove and rename people. */
export function managesPeople(role: Role): boolean {
	return role === 'admin';
}

/** Whose work the association's documents are: sees its settings, needs a passkey where one is required. */
export function writesForAssociation(role: Role): boolean {
	return role === 'admin' || role === 'board';
}

/** Sees what a document was before: a guest is let in to a meeting as it is, not to what was taken out of it. */
export function readsHistory(role: Role): boolean {
	return role !== 'guest';
}

/** May add a person who gets no device, such as a guest of one meeting. */
export function addsGuests(role: Role): boolean {
	return role === 'admin' || role === 'board';
}
