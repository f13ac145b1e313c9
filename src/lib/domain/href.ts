/** Addresses that a text may link to: the web and e-mail, nothing that could run or read anything. */

const safeProtocols: readonly string[] = ['http:', 'https:', 'mailto:'];

/** The address when it is whole and of a safe kind, else null. Takes anything. */
export function safeHref(value: unknown): string | null {
	if (typeof value !== 'string' || value.length > 4000) return null;
	try {
		const url = new URL(value.trim());
		return safeProtocols.includes(url.protocol) ? url.href : null;
	} catch {
		return null;
	}
}

/**
 * What a person typed as an address, completed: `example.org/a` becomes `https://…`, `a@example.org` becomes
 * `mailto:…`. Null when it is none.
 */
export function hrefFromInput(input: string): string | null {
	const text = input.trim();
	if (text === '' || /\s/.test(text)) return null;
	if (/^[^@/:]+@[^@/:]+\.[^@/:]{2,}$/.test(text)) return safeHref(`mailto:${text}`);
	if (/^(https?:\/\/|mailto:)/i.test(text)) return safeHref(text);
	// A host needs a dot; what has another scheme (`javascript:`) is not completed into an address.
	return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d+)?([/?#].*)?$/u.test(text) ? safeHref(`https://${text}`) : null;
}
