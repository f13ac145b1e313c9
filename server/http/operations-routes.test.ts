import { expect, test } from 'vitest';
import { operationsRoutes } from './operations-routes.ts';
import type { Unready } from './readiness.ts';

const token = 'a-token-of-some-length';

function serve({ reason = null, metricsToken = null }: { reason?: Unready | null; metricsToken?: string | null }) {
	return operationsRoutes({ readiness: async () => reason, metricsToken, metrics: () => 'open 1\n' });
}

test('it lives, and says so even when it cannot save', async () => {
	const answer = await serve({ reason: 'store-full' }).request('/healthz');
	expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
});

test('ready is 200, not ready is 503 with its reason, and neither is cached', async () => {
	const ready = await serve({}).request('/readyz');
	expect([ready.status, await ready.json(), ready.headers.get('cache-control')]).toEqual([
		200,
		{ ok: true },
		'no-store',
	]);
	const not = await serve({ reason: 'disk-low' }).request('/readyz');
	expect([not.status, await not.json()]).toEqual([503, { ok: false, reason: 'disk-low' }]);
});

test('without a token configured there are no metrics, whoever asks', async () => {
	expect((await serve({}).request('/metrics')).status).toBe(404);
	expect((await serve({}).request('/metrics', { headers: { authorization: 'Bearer ' } })).status).toBe(404);
});

test.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer wrong', `Basic ${token}`, token])(
	'metrics are refused to %j',
	async (authorization) => {
		const headers: HeadersInit = authorization === undefined ? [] : [['authorization', authorization]];
		const answer = await serve({ metricsToken: token }).request('/metrics', { headers });
		expect([answer.status, await answer.text()]).toEqual([401, 'Unauthorized']);
	},
);

test('metrics are shown to who has the token', async () => {
	const headers = { authorization: `Bearer ${token}` };
	const answer = await serve({ metricsToken: token }).request('/metrics', { headers });
	expect([answer.status, await answer.text()]).toEqual([200, 'open 1\n']);
	expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
});
