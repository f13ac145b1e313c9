/** The HTTP API's shapes: what the server answers and the interface reads. Times are ISO 8601 in UTC. */
import type { Meeting } from '#lib/domain/meeting.ts';
import type { AuditEntry } from './audit.ts';
import type { Grant, Role } from './policy.ts';

export type Association = { name: string; timeZone: string };

/** What a device may know of a person. `contact` is what they let everyone in the association see (a phone number). */
export type Person = {
	id: string;
	name: string;
	role: Role;
	contact?: string | undefined;
	/** Of a guest, what they are let in to; without it nothing. */
	guestOf?: Grant | undefined;
	/** When that ends by itself. ISO 8601, UTC. */
	guestUntil?: string | undefined;
};

/**
 * `GET /api/session`, 401 when there is none: `unauthorized`, or `revoked` when it was taken away. `now`: the server's
 * clock, ISO 8601.
 */
export type SessionAnswer = {
	person: Person;
	association: Association;
	epoch: string;
	now?: string | undefined;
	/** This person needs a passkey, has none, and may do nothing but add one from this moment on. ISO 8601, UTC. */
	passkeyBy?: string | undefined;
};

/**
 * `POST /api/setup` with the token of the one-time set-up link: names the association and its first admin, and signs
 * this device in. Answers `SessionAnswer`; refusals: `link-unknown`, `already-set-up`, `bad-request`.
 */
export type SetUpRequest = { token: string; association: string; name: string };

/**
 * `POST /api/join/preview {token}`: whom an invitation is for, without using it up. Same refusals as `/api/join`. A guest's
 * names the meeting (`title` may be what the body is called) and its start, a wall-clock time, and nothing else of it.
 */
export type JoinPreview = {
	name: string;
	role: Role;
	association: string;
	meeting?: { title: string; start: string } | undefined;
};

/**
 * `POST /api/join {token}`: uses the invitation up, signs this device in, answers `SessionAnswer`. `token` is the link's,
 * or the code as somebody typed it. Refusals: `link-…`, `too-many-tries`.
 */
export type JoinRequest = { token: string };

// `DELETE /api/session` signs this device out: 204.

/**
 * `GET /api/people`: everyone whom the asking person may see. `former`: who was removed, because documents go on naming
 * them; of who was erased only the id is left, with an empty name. A guest is told of nobody who was.
 */
export type PeopleAnswer = { people: Person[]; former?: Former[] | undefined };
export type Former = { id: string; name: string };

/**
 * `POST /api/people/:id/erase` (admin) removes a person and takes their name and contact away for good, also of somebody
 * who was removed before: 204. Refusals `not-found`, `last-admin`.
 *
 * `GET /api/people/:id/export` (admin for everyone, everyone for themselves): all that is stored about a person.
 */
export type PersonExport = {
	/** When it was made. */
	at: string;
	person: { id: string; name: string; role: Role; contact: string | null; since: string; removedAt: string | null };
	devices: { name: string; platform: string; since: string; seenAt: string }[];
	/** Made by them, or for them. Somebody else is `…`, here and below. */
	invitations: {
		id: string;
		role: Role;
		by: string | null;
		for: string | null;
		since: string;
		usedAt: string | null;
	}[];
	passkeys: { name: string; since: string; usedAt: string | null }[];
	recoveryCodesLeft: number;
	/** Issues of a bulletin, by the names of their documents. */
	approvals: { name: string; at: string }[];
	audit: AuditEntry[];
	/** Where in documents their id stands, in which documents they wrote, and what they called versions of them. */
	documents: { name: string; wrote: boolean; versions: string[]; mentions: Mention[] }[];
};
/** `path`: roots, records and fields, separated by `/`; `value`: what of it is about this person. */
export type Mention = { path: string; value: string };

/**
 * `POST /api/people` (board; other roles than `guest`: admin): a person without a device. Answers `Person`. With an `id`
 * (`example…`, of an invented person) asking again changes nothing, and a removed one comes back.
 */
export type NewGuest = { name: string; role?: 'board' | 'member' | 'guest'; id?: string };

/**
 * `PATCH /api/people/:id` (admin; everyone their own `name` and `contact`). Answers `Person`; refusal `last-admin`.
 * An empty `contact` takes it away. Wherever somebody is named: `name-mixed`, `name-lookalike`. `DELETE /api/people/:id` (admin) removes a person and signs their devices out: 204.
 */
export type PersonChange = { name?: string; role?: Role; contact?: string };

/**
 * `GET /api/people/:id/guests` (admin): the guests who are in by an invitation that this person made. When the person is
 * removed, erased, or loses a role that lets guests in, their access ends in the same step, but with `?guests=stay`.
 */
export type GuestsAnswer = { guests: GuestOfHost[] };
export type GuestOfHost = {
	id: string;
	name: string;
	meetingId: string;
	/** When it ends by itself. ISO 8601, UTC. */
	until: string;
};
export type GuestChoice = 'end' | 'stay';

/**
 * `GET /api/documents`: what the role may read, and a version that changes with the document's content. `erased`: what was
 * deleted before is erased, and a device forgets what it keeps of earlier states.
 *
 * `POST /api/documents/:name/erase` (admin) erases what was deleted from a document, and its versions with it: 204.
 */
export type DocumentsAnswer = { documents: ListedDocument[] };
export type ListedDocument = { name: string; version: number; erased?: Erasure | undefined };
/** When it was erased last (ISO 8601, UTC), and the document's version then. */
export type Erasure = { at: string; version: number };

/**
 * `GET /api/documents/:name/versions`, the newest first, for who may read the document and is no guest.
 * `GET /api/documents/:name/versions/:id`: the state, as one Yjs update, as `application/octet-stream`.
 */
export type VersionsAnswer = { versions: VersionAnswer[] };
/** `name` and `personId` are null for a version that was made by itself. `at`: when. */
export type VersionAnswer = { id: string; name: string | null; at: string; personId: string | null };

/**
 * `POST /api/documents/:name/versions` names what is on the server's disk now, for who may write the document. Answers
 * `VersionAnswer`; `too-large` when they have named as many versions of the document as they may.
 */
export type VersionRequest = { name: string };

/**
 * `GET /api/documents/:name/authors`, for who may read the document: whose each Yjs client id is, by person id. Everything
 * under an id that is somebody's came from that person's devices. Null: nobody's, and what is under it proves nothing of
 * whoever it names. An id that is not in it is not known to the server, or was last written under before ids were bound.
 */
export type AuthorsAnswer = { authors: Record<string, string | null> };

/** `GET /api/invitations` (admin). The token itself is shown once, when it is made. */
export type InvitationsAnswer = { invitations: Invitation[] };
export type Invitation = { id: string; name: string; role: Role; expiresAt: string; usedAt: string | null };

// `DELETE /api/invitations/:id` (admin) withdraws one: 204.

/**
 * What `POST /api/invitations` asks for: somebody new, or (`personId`) another device of somebody who is here already,
 * whose name and role are then taken from the person. Admin; everyone for themselves with their own `personId`.
 */
export type InvitationRequest =
	| { name: string; role: Role }
	| { personId: string }
	/** Lets a guest in to one meeting (board); takes the place of another one. */
	| { personId: string; guestOf: Grant };

/** Its answer. `token` goes into the link's fragment: `/join#<token>`; `code` is typed, see `entry-code.ts`. */
export type NewInvitation = Invitation & { token: string; code: string };

/**
 * `GET /api/devices`: one's own, `GET /api/devices/all` (admin) everyone's, the latest contact first.
 * `PATCH /api/devices/:id {name}` names one of one's own, `DELETE /api/devices/:id` signs out one's own, or (admin)
 * anyone's: 204.
 */
export type DevicesAnswer = { devices: Device[] };
export type Device = {
	id: string;
	personId: string;
	/** What its person calls it; at first its platform. */
	name: string;
	platform: string;
	/** Exact to an hour. */
	seenAt: string;
	since: string;
	/** The one that asks. */
	current: boolean;
	/** Signed out; what was made on it (links, passkeys, recovery codes) still lets somebody in, until it is called lost. */
	out: boolean;
};

/**
 * `GET /api/guests` (a guest): the one meeting that they are let in to; `body` is what the body that meets is called.
 * `DELETE /api/guests/:id` (board) takes a guest's way in, and signs their devices out: 204. They stay on lists.
 */
export type GuestAnswer = { meeting: Meeting & { body: string } };

/**
 * `GET /api/passkeys`: one's own. `host` is where passkeys work, null: nowhere; `codesLeft` counts recovery codes, which were
 * made at `codesSince`.
 * `POST /api/passkeys/options` answers what the browser's `create` takes, `POST /api/passkeys {name, response}` what it
 * made: `Passkey`. `PATCH /api/passkeys/:id {name}`, `DELETE /api/passkeys/:id`: 204; refusal `passkey-last`.
 * `GET /api/passkeys/all` (admin): everyone's. An admin takes away another's too, the last one as well.
 */
export type PasskeysAnswer = {
	passkeys: Passkey[];
	codesLeft: number;
	codesSince?: string | null | undefined;
	host: string | null;
};
export type Passkey = { id: string; name: string; since: string; usedAt: string | null };
export type AllPasskeysAnswer = { passkeys: (Passkey & { personId: string })[] };

// `POST /api/sign-in/options` answers what the browser's `get` takes, `POST /api/sign-in {response}` signs this device in
// and answers `SessionAnswer`. Refusals: `passkey-refused`, `passkeys-unavailable`, `too-many-tries`.

/** `POST /api/passkeys/recovery-codes`: ten new ones, to be typed as an invitation's code is; those before are void. */
export type RecoveryCodesAnswer = { codes: string[]; since: string };

/**
 * `GET /api/bulletins/:id`, for who may write the issue: what the server knows of its approval and publication. All
 * changes below answer with it, too.
 *
 * `POST …/approvals {hash}` approves the content that has this hash; `DELETE …/approvals` takes one's own back. Refusals:
 * `content-differs` when the server has another content, because something is not saved yet or has changed meanwhile;
 * `content-unknown` when a newer app wrote part of it, `suggestions-open`: with one accepted it would be another content.
 * `POST …/publications {hash, note, page}` publishes it. Refusals besides: `page-differs` when the public page is not the
 * one that the preview showed, `approvals-missing`, `content-missing`, `note-missing` for a correction that does not say what it corrects, `already-published`.
 * `DELETE …/page` withdraws the public page, `POST …/page` shows it again as it was. What is published over a withdrawn page
 * shows itself alone: the versions before it stay withdrawn.
 */
export type IssueAnswer = {
	/** Of the content on the server's disk. */
	hash: string;
	approvals: ApprovalAnswer[];
	/** How many of the present content it takes. */
	needed: number;
	/** Null before the first publication. `withdrawn`: not to be seen now. */
	page: { name: string; withdrawn: boolean } | null;
	/** The first one first. */
	versions: PublicationAnswer[];
};
/** `outline`: what was approved, as `documents/bulletin-content.ts` reads it. */
export type ApprovalAnswer = { personId: string; at: string; hash: string; outline: unknown };
/**
 * `hash`: of the words that went out, whatever has become since of what they are from. `readable`: to be seen where the page
 * is; one that was withdrawn before another was published is not.
 */
export type PublicationAnswer = {
	version: number;
	at: string;
	by: string;
	note: string | null;
	hash: string;
	readable: boolean;
};
export type ApprovalRequest = { hash: string };
/**
 * `page`: `seen` of the preview that the person looked at, null where nothing was public then. Left out by an app that knows
 * of none: what is public already it is refused with `content-unknown`, for which every app has a sentence that helps.
 */
export type PublicationRequest = { hash: string; note?: string; page?: string | null };

/**
 * `GET /api/bulletins/:id/preview`: the public page as it would be, made by what makes the real one, and the hash of what
 * it shows. A correction's note is a query parameter, `note`. `page`: what is public of it, and whether that was taken off;
 * null before the first publication.
 */
export type PreviewAnswer = { hash: string; html: string; page: { seen: string; withdrawn: boolean } | null };

/** `GET /api/bulletins/:id/mail`: the published issue to paste into a mail. `…/mail.eml`: the same as a draft. */
export type MailAnswer = { subject: string; html: string; text: string };

/** Every refusal's body: a code that the interface has a sentence for. */
export type ApiError = { error: ErrorCode };

/** Whose page it is that asks for a change: the browser's session may be another person's by now. */
export const personHeader = 'x-mitschrift-person';

export const errorCodes = [
	'bad-request',
	'unauthorized',
	/** Somebody else came in in another page of this browser. */
	'another-person',
	/** The device was signed out by somebody, or its person was removed: it empties itself. */
	'revoked',
	'forbidden',
	'not-found',
	'link-unknown',
	'link-used',
	'link-expired',
	/** The meeting to which a guest's invitation leads is not in the directory. */
	'meeting-gone',
	'too-many-tries',
	'passkey-needed',
	'passkey-refused',
	'passkey-last',
	'passkeys-unavailable',
	'already-set-up',
	'not-set-up',
	'last-admin',
	/** Its letters are of several alphabets. */
	'name-mixed',
	/** It looks like the name of somebody who is here or invited, and is written in other letters. */
	'name-lookalike',
	'too-large',
	'foreign-origin',
	'server',
	'content-differs',
	'content-unknown',
	'content-missing',
	'suggestions-open',
	'approvals-missing',
	'note-missing',
	'already-published',
	'page-differs',
] as const;
export type ErrorCode = (typeof errorCodes)[number];
/** What only approving and publishing are refused for. */
export type PublishingCode = Extract<
	ErrorCode,
	`content-${string}` | 'suggestions-open' | 'approvals-missing' | 'note-missing' | 'already-published' | 'page-differs'
>;
