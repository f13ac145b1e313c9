import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { policyOfWorker, securityHeaders } from './security-headers.ts';

test('the service worker runs under the page’s policy, but for trusted types', () => {
	const policy =
		"default-src 'self'; script-src 'self'; require-trusted-types-for 'script'; trusted-types a b; base-uri 'self'";
	expect(policyOfWorker(policy)).toBe("default-src 'self'; script-src 'self'; base-uri 'self'");
});

test('an answer is dressed as it is: its body is not copied for the headers', async () => {
	const untouched = new Response('here');
	Object.defineProperty(untouched, 'body', {
		get: () => {
			throw new Error('The body was taken out.');
		},
	});
	const app = new Hono().use(securityHeaders([])).get('/', () => untouched);
	const answer = await app.request('/');
	expect(answer).toBe(untouched);
	expect(answer.headers.get('x-frame-options')).toBe('DENY');
	expect(answer.headers.get('content-security-policy')).toMatch(/default-src/);
});
