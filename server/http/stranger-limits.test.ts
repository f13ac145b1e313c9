import { describe, expect, test } from 'vitest';
import { createPace } from './stranger-limits.ts';

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
