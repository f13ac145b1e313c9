/** Headers that every answer carries. */
import type { MiddlewareHandler } from 'hono';
import { isSecureHost } from './origin.ts';

/** For answers that are no page: they load nothing, and nobody frames them. */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'";

export function securityHeaders(origins: readonly string[]): MiddlewareHandler {
	return async (context, next) => {
		await next();
		const { headers } = context.res;
		if (!headers.has('content-security-policy')) context.header('content-security-policy', closedPolicy);
		context.header('x-content-type-options', 'nosniff');
		context.header('x-frame-options', 'DENY');
		context.header('referrer-policy', 'no-referrer');
		context.header('cross-origin-opener-policy', 'same-origin');
		context.header('cross-origin-resource-policy', 'same-origin');
		context.header('permissions-policy', 'geolocation=(), microphone=(), payment=()');
		if (isSecureHost(context.req.header('host'), origins))
			context.header('strict-transport-security', 'max-age=31536000');
	};
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
