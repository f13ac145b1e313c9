import { describe, expect, test } from 'vitest';
import { beginLease, elapsedSince, isOver, leaseMs, noteElapsed } from './lease.ts';

const day = 24 * 3_600_000;
const year = 365 * day;
const then = Date.UTC(2025, 0, 9, 18);

describe('the lease of a device', () => {
	test('is over after thirty days, and not a moment before', () => {
		const lease = beginLease(then, then);
		expect(isOver(lease, then + leaseMs - 1, 0)).toBe(false);
		expect(isOver(lease, then + leaseMs, 0)).toBe(true);
	});

	test.each([
		['a year ahead, all the time', year, year],
		['a year behind, all the time', -year, -year],
		['a year ahead at contact, put right since', year, 0],
		['a year behind at contact, put right since', -year, 0],
		['five minutes off', 300_000, 300_000],
	])('counts what passed on a clock that is %s', (_, offThen, offNow) => {
		const lease = beginLease(then, then + offThen);
		for (const passed of [0, day, 29 * day, 31 * day]) {
			expect(elapsedSince(lease, then + passed + offNow, 0)).toBe(passed);
		}
	});

	test('a clock that is turned back wins nothing of what was seen to pass', () => {
		const seen = noteElapsed(beginLease(then, then), then + 20 * day, 0);
		for (const turnedTo of [then, then + day, then - year]) {
			expect(elapsedSince(seen, turnedTo, 0)).toBe(20 * day);
			expect(isOver(seen, turnedTo, 10 * day)).toBe(true);
		}
	});

	test('a clock that stands still is outrun by the one that nobody turns', () => {
		const lease = beginLease(then, then);
		expect(isOver(lease, then, 30 * day)).toBe(true);
		expect(elapsedSince(noteElapsed(lease, then, 3 * day), then, 2 * day)).toBe(5 * day);
	});

	test('what was noted once over stays over until there is contact', () => {
		const seen = noteElapsed(beginLease(then, then), then + 31 * day, 0);
		expect(isOver(seen, then, 0)).toBe(true);
		expect(isOver(beginLease(then + 31 * day, then), then, 0)).toBe(false);
	});

	test('a monotonic clock that began anew takes nothing away', () => {
		expect(elapsedSince({ server: then, device: then, elapsed: day }, then, -5)).toBe(day);
	});
});
