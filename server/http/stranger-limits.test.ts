import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createPace, createPendingConnections } from './stranger-limits.ts';

class FakeSocket extends EventEmitter {
	readonly remoteAddress: string;
	destroyed = false;
	constructor(remoteAddress: string) {
		super();
		this.remoteAddress = remoteAddress;
	}
	destroy(): void {
		this.destroyed = true;
	}
}
const socket = (address: string) => new FakeSocket(address) as FakeSocket & Socket;

describe('connections without a session', () => {
	const limits = { connections: 5, connectionsPerAddress: 3 };

	test('are bounded per address, and together', () => {
		const pending = createPendingConnections(() => false, limits);
		const open = (address: string) => {
			const one = socket(address);
			pending.opened(one);
			return one;
		};
		const flood = Array.from({ length: 100 }, () => open('203.0.113.7'));
		expect(flood.filter(({ destroyed }) => !destroyed)).toHaveLength(3);
		expect([open('a'), open('b'), open('c')].map(({ destroyed }) => destroyed)).toEqual([false, false, true]);
		expect(pending.count).toBe(5);
	});

	test('a proxy is bounded only with all others', () => {
		const pending = createPendingConnections((address) => address === '127.0.0.1', limits);
		const all = Array.from({ length: 6 }, () => socket('127.0.0.1'));
		for (const one of all) pending.opened(one);
		expect(all.filter(({ destroyed }) => !destroyed)).toHaveLength(5);
	});

	test('make room when they close or are let in, once each', () => {
		const pending = createPendingConnections(() => false, limits);
		const first = socket('a');
		pending.opened(first);
		pending.left(first);
		first.emit('close');
		expect(pending.count).toBe(0);
		for (let count = 0; count < 3; count++) pending.opened(socket('a'));
		const fourth = socket('a');
		pending.opened(fourth);
		expect(fourth.destroyed).toBe(true);
	});
});

describe('the pace of strangers', () => {
	test('is a burst, then so many a second, for each address by itself', () => {
		let time = 0;
		const pace = createPace(() => time, { burst: 3, perSecond: 2, addresses: 10 });
		expect(Array.from({ length: 5 }, () => pace.take('a') > 0)).toEqual([false, false, false, true, true]);
		expect(pace.take('b')).toBe(0);
		time += 500;
		expect([pace.take('a') > 0, pace.take('a') > 0]).toEqual([false, true]);
		time += 60_000;
		expect(Array.from({ length: 4 }, () => pace.take('a') > 0)).toEqual([false, false, false, true]);
	});

	test('a clock that is put back gives nobody anything, and a flood of addresses is forgotten', () => {
		let time = 1000;
		const pace = createPace(() => time, { burst: 1, perSecond: 1, addresses: 10 });
		pace.take('a');
		time = 0;
		expect(pace.take('a')).toBeGreaterThan(0);
		for (let count = 0; count < 1000; count++) pace.take(`flood ${count}`);
		expect(pace.remembered).toBe(10);
	});
});
