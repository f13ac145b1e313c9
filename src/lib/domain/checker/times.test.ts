import { expect, test } from 'vitest';
import { writeLike } from './times.ts';

test.each([
	['19:00', ['09:30'], '09:30'],
	['9:00', ['10:00'], '10:00'],
	['19 Uhr', ['09:30'], '9:30 Uhr'],
	['12 pm', ['00:30'], '12:30 am'],
	['noon', ['12:00'], null],
	['8–10 pm', ['10:00', '13:00'], '10–1 pm'],
	// As "10–11 pm" it would begin in the evening.
	['8–10 pm', ['10:00', '23:00'], null],
] as const)('%s: %s is written %s', (typed, times, written) => {
	expect(writeLike(typed, times)).toBe(written);
});
