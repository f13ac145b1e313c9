import { expect, test } from 'vitest';
import { policyOfWorker } from './security-headers.ts';

test('the service worker runs under the page’s policy, but for trusted types', () => {
	const policy =
		"default-src 'self'; script-src 'self'; require-trusted-types-for 'script'; trusted-types a b; base-uri 'self'";
	expect(policyOfWorker(policy)).toBe("default-src 'self'; script-src 'self'; base-uri 'self'");
});
