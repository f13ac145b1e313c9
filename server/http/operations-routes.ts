/**
 * For whoever runs the server: does it live, can it save, and how much does it do. `/healthz` and `/readyz` say nothing
 * that a stranger may not know. `/metrics` is there only for who has the configured token: behind a proxy every request
 * comes from this machine, so an address would prove nothing.
 */
import { Hono } from 'hono';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Readiness } from './readiness.ts';

export type Operations = {
	readiness: Readiness;
	/** Null: there is no `/metrics`. */
	metricsToken: string | null;
	/** Prometheus text. */
	metrics(): string;
};

const uncached = { 'cache-control': 'no-store' };

export function operationsRoutes({ readiness, metricsToken, metrics }: Operations): Hono {
	return new Hono()
		.get('/healthz', (context) => context.json({ ok: true }, 200, uncached))
		.get('/readyz', async (context) => {
			const reason = await readiness();
			if (reason === null) return context.json({ ok: true }, 200, uncached);
			return context.json({ ok: false, reason }, 503, uncached);
		})
		.get('/metrics', (context) => {
			if (metricsToken === null) return context.text('Not found', 404);
			const shown = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
			if (shown === undefined || !isSame(shown, metricsToken)) {
				return context.text('Unauthorized', 401, { 'www-authenticate': 'Bearer', ...uncached });
			}
			return context.text(metrics(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', ...uncached });
		});
}

/** Of hashes, so that the time it takes says nothing about either, its length included. */
function isSame(a: string, b: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(a), digest(b));
}
