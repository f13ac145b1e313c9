import { expect, test } from 'vitest';
import { relyingPartyOf } from './relying-party.ts';

test.each([
	['nothing configured: this machine', [], 'localhost'],
	['one public origin', ['https://notizen.example.org'], 'notizen.example.org'],
	['the first on HTTPS of several', ['http://brett.lan', 'https://notizen.example.org'], 'notizen.example.org'],
	['localhost, without HTTPS', ['http://localhost:3000'], 'localhost'],
	['no HTTPS', ['http://brett.lan'], undefined],
	['a bare address', ['https://192.168.0.7'], undefined],
	['a bare address of IPv6', ['https://[fe80::1]'], undefined],
])('%s', (_what, origins, host) => {
	expect(relyingPartyOf(origins)?.id).toBe(host);
});

test('a page is ours by the configuration, and on localhost by its name, whatever its port', () => {
	const configured = relyingPartyOf(['https://notizen.example.org', 'https://alt.example.org']);
	expect(configured?.isOrigin('https://notizen.example.org')).toBe(true);
	for (const other of ['https://alt.example.org', 'http://notizen.example.org', 'https://notizen.example.org:444', 'x'])
		expect(configured?.isOrigin(other)).toBe(false);
	const local = relyingPartyOf([]);
	expect(local?.isOrigin('http://localhost:5173')).toBe(true);
	for (const other of ['http://localhost.evil.example', 'http://127.0.0.1:3000', 'null'])
		expect(local?.isOrigin(other)).toBe(false);
});
