/** The session's cookie: read by nobody but this server, sent by no foreign page. `__Host-` where HTTPS allows it. */
import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import { sessionLifetime } from '../accounts/sessions.ts';

const plainName = 'mitschrift_session';
const hostName = '__Host-mitschrift_session';

/** @param header of the request, whole */
export function readSessionToken(header: string | undefined, secure: boolean): string | null {
	const name = secure ? hostName : plainName;
	return parse(header ?? '', name)[name] ?? null;
}

export function setSessionToken(context: Context, token: string, secure: boolean): void {
	const maxAge = sessionLifetime / 1000;
	const name = secure ? hostName : plainName;
	setCookie(context, name, token, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge });
}

export function clearSessionToken(context: Context, secure: boolean): void {
	deleteCookie(context, secure ? hostName : plainName, { path: '/', secure });
}
