/** The session's cookie: read by nobody but this server, sent by no foreign page. `__Host-` where HTTPS allows it. */
import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import { sessionLifetime } from '../accounts/sessions.ts';
import { isHttpsOrigin, isSecureHost } from './origin.ts';

const plainName = 'mitschrift_session';
const hostName = '__Host-mitschrift_session';

/** `secure`: it came in the cookie that a browser keeps on HTTPS only. */
export type SentToken = { token: string; secure: boolean };
type Headers = { cookie: string | undefined; host: string | undefined };

/**
 * Where the configuration says by what people reach us, one name counts. Without it either does, and the one that no page
 * on plain HTTP can have set before the other.
 */
export function readSessionToken({ cookie, host }: Headers, origins: readonly string[]): SentToken | null {
	const forms = origins.length > 0 ? [isSecureHost(host, origins)] : [true, false];
	for (const secure of forms) {
		const name = nameOf(secure);
		const token = parse(cookie ?? '', name)[name];
		if (token !== undefined) return { token, secure };
	}
	return null;
}

/** Whether a session that this request makes is one for HTTPS. */
export function beginsSecure(context: Context, origins: readonly string[]): boolean {
	const host = context.req.header('host');
	if (origins.length > 0) return isSecureHost(host, origins);
	return isHttpsOrigin({ origin: context.req.header('origin'), host });
}

/** The one under the other name would come back when this one is gone. */
export function setSessionToken(context: Context, { token, secure }: SentToken): void {
	const maxAge = sessionLifetime / 1000;
	setCookie(context, nameOf(secure), token, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge });
	if (secure) clear(context, false);
}

export function clearSessionToken(context: Context): void {
	clear(context, true);
	clear(context, false);
}

function clear(context: Context, secure: boolean): void {
	const name = nameOf(secure);
	const sent = parse(context.req.header('cookie') ?? '', name)[name] !== undefined;
	if (sent) deleteCookie(context, name, { path: '/', secure });
}

function nameOf(secure: boolean): string {
	return secure ? hostName : plainName;
}
