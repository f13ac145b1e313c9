import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
	formatDate,
	formatDateTime,
	formatDaysAway,
	formatInstant,
	formatList,
	formatMinutes,
	formatNumber,
	formatSpan,
	formatTime,
	formatTimeSpan,
} from './format.ts';
import { overwriteGetLocale } from './paraglide/runtime.js';

// Other files are run beside this one, and are German.
afterAll(() => overwriteGetLocale(() => 'de'));

describe('German', () => {
	beforeEach(() => overwriteGetLocale(() => 'de'));

	test('dates and times', () => {
		expect(formatDateTime('2025-01-09T18:00')).toBe('Do., 9. Januar 2025, 18:00\u00a0Uhr');
		expect(formatDate('2025-01-18', 'medium')).toBe('Sa., 18. Januar');
		expect(formatDate('2025-01-09', 'short')).toBe('9.1.2025');
		expect(formatTime('08:30')).toBe('08:30\u00a0Uhr');
	});

	test('spans name the day once', () => {
		expect(formatSpan('2025-01-09T18:00', '2025-01-09T20:00')).toBe('Do., 9. Januar 2025, 18:00–20:00\u00a0Uhr');
		expect(formatSpan('2025-01-09T22:00', '2025-01-10T01:00', 'medium')).toBe(
			'Do., 9. Januar, 22:00\u00a0Uhr – Fr., 10. Januar, 01:00\u00a0Uhr',
		);
		expect(formatSpan('2025-01-09T18:00', null)).toBe('Do., 9. Januar 2025, 18:00\u00a0Uhr');
		expect(formatTimeSpan('10:00', '12:00')).toBe('10:00–12:00\u00a0Uhr');
	});

	test('days away, lists, numbers', () => {
		expect([9, 1, 0, -1, -3].map(formatDaysAway)).toEqual(['in 9 Tagen', 'morgen', 'heute', 'gestern', 'vor 3 Tagen']);
		expect(formatList(['Ada', 'Cem', 'Li'])).toBe('Ada, Cem und Li');
		expect(formatList([])).toBe('');
		expect(formatNumber(1400)).toBe('1.400');
		expect(formatMinutes(95)).toBe('95 Minuten');
		expect(formatMinutes(1)).toBe('1 Minute');
	});

	test('a server’s moment is shown in the association’s time zone', () => {
		expect(formatInstant('2024-12-10T17:00:00Z', 'Europe/Berlin')).toBe('Di., 10. Dezember 2024, 18:00\u00a0Uhr');
		expect(formatInstant('soon', 'Europe/Berlin')).toBe('soon');
	});
});

describe('English', () => {
	beforeEach(() => overwriteGetLocale(() => 'en'));

	test('dates, times, spans', () => {
		expect(formatDateTime('2025-01-09T18:00')).toMatch(/^Thu,? 9 January 2025, 18:00$/);
		expect(formatDate('2025-01-09', 'short')).toBe('09/01/2025');
		expect(formatSpan('2025-01-09T18:00', '2025-01-09T20:00', 'medium')).toMatch(/^Thu,? 9 January, 18:00–20:00$/);
		expect(formatDaysAway(9)).toBe('in 9 days');
		expect(formatList(['Ada', 'Cem', 'Li'])).toBe('Ada, Cem and Li');
	});
});

test('what is no date or time comes back as it is', () => {
	expect(formatDate('2025-02-30')).toBe('2025-02-30');
	expect(formatDateTime('')).toBe('');
	expect(formatTime('25:00')).toBe('25:00');
	expect(formatTimeSpan('', '12:00')).toBe('–12:00');
});
