/** What stands before the API's routes: the Origin check, the session, and how refusals are answered. */
import { type ApiError, type ErrorCode, personHeader } from '#lib/protocol/api.ts';
import type { Role } from '#lib/protocol/policy.ts';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '../accounts/refusal.ts';
import { addressIn } from './client-address.ts';
import type { Environment, Services } from './environment.ts';
import { goneMeetingOf, withoutMeeting } from './guest-meeting.ts';
import { isOwnOrigin } from './origin.ts';
import type { Place } from './requests-under-way.ts';
import { readSessionToken, setSessionToken } from './session-cookie.ts';

const statuses: Record<ErrorCode, ContentfulStatusCode> = {
	'bad-request': 400,
	unauthorized: 401,
	'another-person': 409,
	revoked: 401,
	forbidden: 403,
	'foreign-origin': 403,
	'passkey-needed': 403,
	'passkey-refused': 403,
	'not-found': 404,
	'link-unknown': 404,
	'already-set-up': 409,
	'not-set-up': 409,
	'last-admin': 409,
	'passkey-last': 409,
	'passkeys-unavailable': 409,
	'link-used': 410,
	'link-expired': 410,
	'meeting-gone': 410,
	'content-differs': 409,
	'content-unknown': 409,
	'content-missing': 409,
	'suggestions-open': 409,
	'approvals-missing': 409,
	'note-missing': 400,
	'name-mixed': 400,
	'name-lookalike': 409,
	'already-published': 409,
	'page-differs': 409,
	'too-large': 413,
	'too-many-tries': 429,
	server: 500,
};

export function refuse(context: Context, code: ErrorCode): Response {
	return context.json({ error: code } satisfies ApiError, statuses[code]);
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

const otherSites = new Set(['cross-site', 'same-site']);

/**
 * Refuses every change that no page of ours asked for, and all else that a browser says another site led to: a link must not
 * make somebody take data out.
 */
export function requireOwnOrigin(origins: readonly string[]): MiddlewareHandler {
	return async (context, next) => {
		const { method } = context.req;
		const headers = { origin: context.req.header('origin'), host: context.req.header('host') };
		if (!safeMethods.has(method) && !isOwnOrigin(headers, origins)) throw new Refusal('foreign-origin');
		if (otherSites.has(context.req.header('sec-fetch-site') ?? '')) throw new Refusal('foreign-origin');
		await next();
	};
}

/**
 * Reads what was sent before anybody is asked who they are. So nothing waits between that question and the work: a
 * session that is taken away while its body is still on the way has no effect any more.
 */
export const bodyFirst: MiddlewareHandler = async (context, next) => {
	if (!safeMethods.has(context.req.method)) await context.req.text();
	await next();
};

/**
 * People, devices and settings are in the file that erasing rewrites: who changes them waits for its end here, and not in
 * SQLite, where everybody would wait with them. Before anybody is asked who they are, as for a body.
 */
export function whenNotRewritten({ documents }: Pick<Services, 'documents'>): MiddlewareHandler {
	return async (context, next) => {
		if (!safeMethods.has(context.req.method)) await documents.rewritten();
		await next();
	};
}

/**
 * Lets through who has a session, when `allows` does; slides the session's cookie along. Changes are paced for each person,
 * but for those that take a device or a way in away (`unpaced`): whoever has somebody's lost device must not be able to
 * keep them from that. Who needs a passkey and has none
 * comes through only where `withoutPasskey` says so: where they can add one, and leave. An answer that took its time is
 * given only to who still has the session, and to whom each decision of the route still lets through. A guest whose
 * meeting is gone is here as one whom none is open to. A page that is still another's than the browser's session changes
 * nothing. Of what one person asks for only so much is worked on at once, and what is as `large` as a document by itself;
 * for a device that does not read what it is answered, nothing.
 */
export function requireSession(
	services: Services,
	allows: (role: Role) => boolean = () => true,
	{ withoutPasskey = false, unpaced = false, large = false } = {},
) {
	const { accounts, origins } = services;
	const middleware: MiddlewareHandler<Environment> = async (context, next) => {
		const headers = { cookie: context.req.header('cookie'), host: context.req.header('host') };
		const sent = readSessionToken(headers, origins);
		const token = sent?.token ?? null;
		const isSafe = safeMethods.has(context.req.method);
		const page = context.req.header(personHeader);
		// Where routes lie behind two of these, both ask all of it.
		const outer = context.get('decisions');
		const decisions = outer ?? [];
		context.set('decisions', decisions);
		let gone: string | null = null;
		const admit = () => {
			const found = token === null ? null : accounts.sessions.find(token);
			if (sent === null || !found) {
				paceStranger(services, context);
				throw new Refusal(whyNot(accounts, token));
			}
			if (!isSafe && page !== undefined && page !== found.person.id) throw new Refusal('another-person');
			const session = { ...found, person: withoutMeeting(found.person, gone) };
			if (!withoutPasskey && accounts.passkeys.shutsOut(session.person)) throw new Refusal('passkey-needed');
			if (!allows(session.person.role)) throw new Refusal('forbidden');
			if (session.renewed) setSessionToken(context, sent);
			context.set('session', session);
			for (const decision of decisions) decision();
			return session;
		};
		context.set('admitAgain', admit);
		const { person, id } = admit();
		if (!unpaced && !outer && !isSafe) paceChange(services, person.id);
		const place = unpaced || outer ? null : await services.underWay.enter(person.id, id, large);
		if (!outer) context.set('stepAside', () => place?.leave());
		const answered = place && !isGone(context) ? untilItIsRead(context, place) : () => place?.leave();
		try {
			if (isGone(context)) return context.body(null);
			gone = await goneMeetingOf(person, services.meetings);
			// Who came in the same moment may have taken the access away.
			admit();
			await next();
			if (isSafe) admit();
		} finally {
			answered();
		}
	};
	return middleware;
}

/**
 * Decides now what more than a role does: for a document, or a person. And again, with the session as it is then, whenever
 * `admitAgain` is asked, and before an answer goes out.
 * @param decision looks at the context's session; throws a Refusal
 */
export function decide<T>(context: Context<Environment>, decision: () => T): T {
	context.get('decisions').push(decision);
	return decision();
}

/** What Node has of it; nothing where it did not come over the network. */
type OverNetwork = { incoming?: IncomingMessage; outgoing?: ServerResponse };

/** Whether nobody waits for the answer any more. */
function isGone(context: Context): boolean {
	const { incoming } = (context.env ?? {}) as OverNetwork;
	return incoming?.socket?.destroyed ?? false;
}

/** The place is given back as the answer is made, and read. @returns to be called when it is made */
function untilItIsRead(context: Context, place: Place): () => void {
	const { outgoing } = (context.env ?? {}) as OverNetwork;
	if (!outgoing) return () => place.leave();
	// What Node has is all in memory, until the last of it is with the system.
	outgoing.once('prefinish', () => place.answered(outgoing.writableLength));
	outgoing.once('close', () => place.leave());
	return () => {};
}

/** @throws Refusal `too-many-tries` */
export function paceStranger({ strangers }: Services, context: Context): void {
	const wait = strangers.pace.take(addressIn(context, strangers.addressOf));
	if (wait > 0) throw new Refusal('too-many-tries', wait);
}

/** @throws Refusal `too-many-tries` */
function paceChange({ changes }: Services, personId: string): void {
	const wait = changes.take(personId);
	if (wait > 0) throw new Refusal('too-many-tries', wait);
}

/**
 * What takes the server a while, or leaves an entry in the audit log, one person may ask for now and then only.
 * @throws Refusal `too-many-tries`
 */
export function paceEffort({ effort }: Pick<Services, 'effort'>, what: string, personId: string): void {
	const wait = effort.take(`${what} ${personId}`);
	if (wait > 0) throw new Refusal('too-many-tries', wait);
}

function whyNot({ association, sessions }: Services['accounts'], token: string | null): ErrorCode {
	if (!association.current()) return 'not-set-up';
	return token !== null && sessions.wasRevoked(token) ? 'revoked' : 'unauthorized';
}
