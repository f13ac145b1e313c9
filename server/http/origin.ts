/**
 * Who may ask for a change, or open a socket: only pages that this server served. Browsers send `Origin` with both and
 * no page can forge it; a request without one comes from no page of ours and is refused as well.
 */

type Headers = { origin: string | undefined; host: string | undefined };

/** @param allowed public origins; when there are none, the Origin must name the Host that was asked */
export function isOwnOrigin({ origin, host }: Headers, allowed: readonly string[]): boolean {
	if (!origin || !host) return false;
	if (allowed.length > 0) return allowed.includes(origin);
	return URL.parse(origin)?.host === host;
}

/** Whether this request says that its page came by HTTPS, and from here. Only some requests say where they come from. */
export function isHttpsOrigin({ origin, host }: Headers): boolean {
	return host !== undefined && origin === `https://${host}`;
}

/**
 * Whether people reach us by HTTPS under this Host. TLS ends at a proxy, so only the configuration can know. A Host that
 * it does not name is a proxy's own (many put the address behind them there): then one public origin on HTTPS is enough,
 * because no page of another origin gets in anyway.
 */
export function isSecureHost(host: string | undefined, allowed: readonly string[]): boolean {
	const named = allowed.filter((origin) => URL.parse(origin)?.host === host);
	return (named.length > 0 ? named : allowed).some((origin) => origin.startsWith('https://'));
}

/**
 * Where people reach us, for what everybody gets: the public origin that they came by, else the first one. Null when there
 * is none: what a request says of its Host is anybody's word, and what is made of it must not reach anybody else.
 */
export function publicOriginOf(host: string | undefined, allowed: readonly string[]): string | null {
	return allowed.find((origin) => URL.parse(origin)?.host === host) ?? allowed[0] ?? null;
}

/** The same for an answer that only who asks gets, who has a session and came by this Host: never null. */
export function ownOriginOf(host: string | undefined, allowed: readonly string[]): string {
	return publicOriginOf(host, allowed) ?? URL.parse(`http://${host ?? ''}`)?.origin ?? 'http://localhost';
}
