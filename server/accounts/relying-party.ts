/**
 * For which site passkeys are made. It comes from the configuration, never from a request: whoever could choose it could
 * have a passkey signed for a site of their own. Without configuration the site is this machine's `localhost`.
 */
export type RelyingParty = {
	/** The host that browsers bind passkeys to. */
	id: string;
	/** Whether a page of this origin may use them. */
	isOrigin(origin: string): boolean;
};

/**
 * @param origins public ones, from the configuration
 * @returns null where browsers offer no passkeys: without HTTPS, or under a bare address
 */
export function relyingPartyOf(origins: readonly string[]): RelyingParty | null {
	if (origins.length === 0)
		return { id: 'localhost', isOrigin: (origin) => URL.parse(origin)?.hostname === 'localhost' };
	const fitting = origins.filter(isTrustworthy);
	const id = URL.parse(fitting[0] ?? '')?.hostname;
	if (!id) return null;
	return { id, isOrigin: (origin) => fitting.includes(origin) && URL.parse(origin)?.hostname === id };
}

function isTrustworthy(origin: string): boolean {
	const { protocol, hostname } = new URL(origin);
	const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
	return hostname === 'localhost' || (protocol === 'https:' && !isAddress);
}
