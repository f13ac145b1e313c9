/** Headers that every answer carries. */
import type { MiddlewareHandler } from 'hono';
import { isHttpsOrigin, isSecureHost } from './origin.ts';

/** For answers that are no page: they load nothing, and nobody frames them. */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'";

export function securityHeaders(origins: readonly string[]): MiddlewareHandler {
	return async (context, next) => {
		await next();
		// Set in the answer that is there: another one made of it would be a copy of all of its body.
		const { headers } = context.res;
		if (!headers.has('content-security-policy')) headers.set('content-security-policy', closedPolicy);
		const asked = { host: context.req.header('host'), origin: context.req.header('origin') };
		for (const [name, value] of headersOfAll(asked, origins)) headers.set(name, value);
	};
}

type Asked = { host: string | undefined; origin: string | undefined };

/** @param asked as far as it is known */
function headersOfAll(asked: Asked, origins: readonly string[]): [name: string, value: string][] {
	const all: [string, string][] = [
		['x-content-type-options', 'nosniff'],
		['x-frame-options', 'DENY'],
		['referrer-policy', 'no-referrer'],
		['cross-origin-opener-policy', 'same-origin'],
		['cross-origin-resource-policy', 'same-origin'],
		['permissions-policy', 'geolocation=(), microphone=(), payment=()'],
	];
	if (origins.length > 0 ? isSecureHost(asked.host, origins) : isHttpsOrigin(asked))
		all.push(['strict-transport-security', 'max-age=31536000']);
	return all;
}

/** For what is answered before any page or route is known. */
export function headersOfRefusal(asked: Asked, origins: readonly string[]): [name: string, value: string][] {
	return [['cache-control', 'no-store'], ['content-security-policy', closedPolicy], ...headersOfAll(asked, origins)];
}

/**
 * The page's own policy, which SvelteKit writes into it with the hash of its one inline script, as a header: the same
 * words, and who may frame it, which only a header can say.
 */
export function policyOf(page: string): string {
	const content = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(page)?.[1];
	if (!content) throw new Error('the built page has no content security policy');
	return `${content}; frame-ancestors 'none'`;
}

/**
 * The service worker has no page into which HTML could come. It loads its own parts by their addresses, from here alone
 * (`script-src`), which trusted types know no name for.
 */
export function policyOfWorker(policy: string): string {
	return policy
		.split('; ')
		.filter((directive) => !/^(require-)?trusted-types/.test(directive))
		.join('; ');
}
