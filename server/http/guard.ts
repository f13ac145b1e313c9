/** What stands before the API's routes: the Origin check, the session, and how refusals are answered. */
import type { ApiError, ErrorCode } from '#lib/protocol/api.ts';
import type { Role } from '#lib/protocol/policy.ts';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Refusal } from '../accounts/refusal.ts';
import type { Environment, Services } from './environment.ts';
import { isOwnOrigin, isSecureHost } from './origin.ts';
import { readSessionToken, setSessionToken } from './session-cookie.ts';

const statuses: Record<ErrorCode, ContentfulStatusCode> = {
	'bad-request': 400,
	unauthorized: 401,
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
	'too-large': 413,
	'too-many-tries': 429,
	server: 500,
};

export function refuse(context: Context, code: ErrorCode): Response {
	return context.json({ error: code } satisfies ApiError, statuses[code]);
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses every change that no page of ours asked for. */
export function requireOwnOrigin(origins: readonly string[]): MiddlewareHandler {
	return async (context, next) => {
		const { method } = context.req;
		const headers = { origin: context.req.header('origin'), host: context.req.header('host') };
		if (!safeMethods.has(method) && !isOwnOrigin(headers, origins)) throw new Refusal('foreign-origin');
		await next();
	};
}

/**
 * Lets through who has a session, when `allows` does; slides the session's cookie along. Who needs a passkey and has none
 * comes through only where `withoutPasskey` says so: where they can add one, and leave.
 */
export function requireSession(
	{ accounts, origins }: Services,
	allows: (role: Role) => boolean = () => true,
	{ withoutPasskey = false } = {},
) {
	const middleware: MiddlewareHandler<Environment> = async (context, next) => {
		const secure = isSecureHost(context.req.header('host'), origins);
		const token = readSessionToken(context.req.header('cookie'), secure);
		const session = token === null ? null : accounts.sessions.find(token);
		if (token === null || !session) throw new Refusal(accounts.association.current() ? 'unauthorized' : 'not-set-up');
		if (!withoutPasskey && accounts.passkeys.shutsOut(session.person)) throw new Refusal('passkey-needed');
		if (!allows(session.person.role)) throw new Refusal('forbidden');
		if (session.renewed) setSessionToken(context, token, secure);
		context.set('session', session);
		await next();
	};
	return middleware;
}
