import { describe, expect, test } from 'vitest';
import { createClientAddress, isProxyName } from './client-address.ts';

function from(remoteAddress: string, forwarded?: string | string[]) {
	return {
		socket: { remoteAddress },
		headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
	} as unknown as Parameters<ReturnType<typeof createClientAddress>>[0];
}

describe('the address of a client', () => {
	const behindProxy = createClientAddress(['loopback', '10.1.0.0/16', 'fd00::/8']);

	test('is the one at the other end when nobody else may speak', () => {
		const alone = createClientAddress([]);
		expect(alone(from('203.0.113.7'))).toBe('203.0.113.7');
		expect(alone(from('127.0.0.1', '203.0.113.7'))).toBe('127.0.0.1');
	});

	test('is what a trusted proxy says', () => {
		expect(behindProxy(from('127.0.0.1', '203.0.113.7'))).toBe('203.0.113.7');
		expect(behindProxy(from('::1', '203.0.113.7'))).toBe('203.0.113.7');
		expect(behindProxy(from('::ffff:10.1.2.3', '203.0.113.7, 10.1.9.9'))).toBe('203.0.113.7');
		expect(behindProxy(from('127.0.0.1'))).toBe('127.0.0.1');
	});

	test('is not what a stranger writes into the header', () => {
		expect(behindProxy(from('203.0.113.7', '198.51.100.1'))).toBe('203.0.113.7');
		// The proxy appends whom it saw; what stood there before is the stranger's own word.
		expect(behindProxy(from('127.0.0.1', '198.51.100.1, 203.0.113.7'))).toBe('203.0.113.7');
		expect(behindProxy(from('127.0.0.1', ['198.51.100.1', '203.0.113.7']))).toBe('203.0.113.7');
		expect(behindProxy(from('127.0.0.1', 'noise, '))).toBe('127.0.0.1');
	});

	test('of IPv6 is the network, however it is written', () => {
		const alone = createClientAddress([]);
		const one = alone(from('2001:db8:1:2:3:4:5:6'));
		expect(alone(from('2001:db8:1:2::9'))).toBe(one);
		expect(alone(from('2001:db8:1:3::9'))).not.toBe(one);
	});

	test('proxies are named by address, by network, or as this machine', () => {
		for (const name of ['loopback', '10.0.0.1', '10.0.0.0/8', 'fd00::/8']) expect(isProxyName(name)).toBe(true);
		for (const name of ['caddy', '10.0.0.0/33', '10.0.0', '::1/129', '10.0.0.1/8/8', ''])
			expect(isProxyName(name)).toBe(false);
	});
});
