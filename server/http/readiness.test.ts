import { beforeEach, expect, test, vi } from 'vitest';
import { StorageError } from '../storage/contract.ts';
import { createReadiness, leastFree, type Readiness } from './readiness.ts';

let trouble: Error | null;
let health: { trouble: 'full' | 'failed' | null };
let free: number;
let now: number;
let probes: number;
let ready: Readiness;

beforeEach(() => {
	trouble = null;
	health = { trouble: null };
	free = leastFree;
	now = 0;
	probes = 0;
	const probe = async () => {
		probes++;
		if (trouble) throw trouble;
	};
	ready = createReadiness({ store: { probe }, health, freeBytes: async () => free, now: () => now });
});

test('ready while the store writes and the disk has room', async () => {
	expect(await ready()).toBeNull();
});

test.each([
	[new StorageError('full', 'no space left'), 'store-full'],
	[new StorageError('failed', 'I/O error'), 'store-failed'],
	[new Error('anything'), 'store-failed'],
] as const)('%s: %s', async (cause, reason) => {
	trouble = cause;
	expect(await ready()).toBe(reason);
});

test.each(['full', 'failed'] as const)(
	'a relay that is read-only because its store is %s is not ready',
	async (trouble) => {
		health.trouble = trouble;
		expect([await ready(), probes]).toEqual([`store-${trouble}`, 0]);
	},
);

test('little room is told before it is none', async () => {
	free = leastFree - 1;
	expect(await ready()).toBe('disk-low');
});

test('what was found is not kept longer because the time of day is set back', async () => {
	vi.useFakeTimers({ toFake: ['Date', 'performance'] });
	try {
		const probe = async () => void probes++;
		const ready = createReadiness({ store: { probe }, health, freeBytes: async () => free });
		await ready();
		vi.setSystemTime(Date.now() - 3_600_000);
		vi.advanceTimersByTime(2000);
		await ready();
		expect(probes).toBe(2);
	} finally {
		vi.useRealTimers();
	}
});

test('a disk that cannot be asked is not ready', async () => {
	const broken = createReadiness({
		store: { probe: async () => {} },
		health,
		freeBytes: () => Promise.reject(new Error('EIO')),
		now: () => 0,
	});
	expect(await broken()).toBe('store-failed');
});

test('a flood of questions is one write, and trouble is seen to end', async () => {
	trouble = new StorageError('full', 'no space left');
	expect(await Promise.all(Array.from({ length: 100 }, ready))).toEqual(Array(100).fill('store-full'));
	expect(probes).toBe(1);
	trouble = null;
	expect(await ready()).toBe('store-full');
	now += 2000;
	expect(await ready()).toBeNull();
});
