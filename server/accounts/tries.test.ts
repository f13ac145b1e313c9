import { beforeEach, describe, expect, test } from 'vitest';
import { createTries, triesLimits, type Tries } from './tries.ts';

let time: number;
let tries: Tries;
beforeEach(() => {
	time = Date.UTC(2025, 0, 9);
	tries = createTries(() => time);
});

function fail(times: number, keys: string[] = ['a']): void {
	for (let time = 0; time < times; time++) tries.failed(keys);
}

describe('guessing', () => {
	test('some mistakes are free, each further one doubles the wait', () => {
		fail(triesLimits.free);
		expect(tries.wait(['a'])).toBe(0);
		fail(1);
		expect(tries.wait(['a'])).toBe(2000);
		time += 1999;
		expect(tries.wait(['a'])).toBe(1);
		time += 1;
		expect(tries.wait(['a'])).toBe(0);
		fail(1);
		expect(tries.wait(['a'])).toBe(4000);
	});

	test('the wait ends in a lock, which is not longer for more guesses', () => {
		fail(triesLimits.free + 10);
		expect(tries.wait(['a'])).toBe(triesLimits.longest);
		fail(1000);
		expect(tries.wait(['a'])).toBe(triesLimits.longest);
	});

	test('an hour of silence forgives', () => {
		fail(100);
		time += triesLimits.forgivenAfter;
		expect(tries.wait(['a'])).toBe(0);
		fail(triesLimits.free);
		expect(tries.wait(['a'])).toBe(0);
	});

	test('one who waits does not hold up another, and of several the longest wait counts', () => {
		fail(10, ['address', 'code']);
		expect(tries.wait(['other address', 'other code'])).toBe(0);
		expect(tries.wait(['other address', 'code'])).toBeGreaterThan(0);
		expect(tries.wait(['address', 'other code'])).toBeGreaterThan(0);
	});

	test('a flood of guessers is not remembered without bound, and those of late are', () => {
		fail(10, ['early']);
		for (let at = 0; at < triesLimits.capacity; at++) tries.failed([`flood ${at}`]);
		fail(10, ['late']);
		expect(tries.remembered).toBe(triesLimits.capacity);
		expect(tries.wait(['early'])).toBe(0);
		expect(tries.wait(['late'])).toBeGreaterThan(0);
	});
});
