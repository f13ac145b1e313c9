import { expect, test } from 'vitest';
import { ago } from './ago.ts';

const now = Date.parse('2025-01-09T12:00:00Z');
const days = (count: number) => now - count * 86_400_000;

test('what was a moment ago is counted, what is long ago has a date', () => {
	expect(ago(now - 5 * 60_000, now, 'de')).toBe('vor 5 Min.');
	expect(ago(days(1), now, 'de')).toBe('gestern');
	expect(ago(days(30), now, 'de')).toBe('vor 30 Tagen');
	expect(ago(days(942), now, 'de')).toBe('12.06.2022');
	expect(ago(days(942), now, 'en')).toBe('12 Jun 2022');
	expect(ago(days(-3), now, 'de')).toBe('in dieser Minute');
});
