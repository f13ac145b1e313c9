/** The HTTP API's shapes: what the server answers and the interface reads. Times are ISO 8601 in UTC. */
import type { Role } from './policy.ts';

export type Association = { name: string; timeZone: string };

/** What a device may know of a person. `contact` is what they let everyone in the association see (a phone number). */
export type Person = { id: string; name: string; role: Role; contact?: string | undefined };

/** `GET /api/session`, 401 when there is none. */
export type SessionAnswer = { person: Person; association: Association; epoch: string };

/** `GET /api/people`: everyone whom the asking person may see, removed people left out. */
export type PeopleAnswer = { people: Person[] };

/** `GET /api/documents`: what the role may read, and a version that changes with the document's content. */
export type DocumentsAnswer = { documents: { name: string; version: number }[] };

/** `GET /api/invitations` (admin). The token itself is shown once, when it is made. */
export type Invitation = { id: string; name: string; role: Role; expiresAt: string; usedAt: string | null };

/** `POST /api/invitations {name, role}` (admin). `token` goes into the link's fragment: `/join#<token>`. */
export type NewInvitation = Invitation & { token: string };

/** Every refusal's body: a code that the interface has a sentence for. */
export type ApiError = { error: ErrorCode };

export const errorCodes = [
	'bad-request',
	'unauthorized',
	'forbidden',
	'not-found',
	'link-unknown',
	'link-used',
	'link-expired',
	'already-set-up',
	'not-set-up',
	'last-admin',
	'too-large',
	'foreign-origin',
	'server',
] as const;
export type ErrorCode = (typeof errorCodes)[number];
