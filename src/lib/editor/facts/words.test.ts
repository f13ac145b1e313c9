import { afterEach, expect, test } from 'vitest';
import { getLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { findingTitle, findingWords } from './words.ts';

const locale = getLocale;
afterEach(() => overwriteGetLocale(locale));

const known = {
	kind: 'meeting' as const,
	id: 'm',
	date: '2025-01-09',
	start: '18:00',
	end: '20:00',
	names: ['Vorstand'],
};

test.each([
	['de', 'Uhrzeit prüfen', 'Im Kalender endet „Vorstand“ um 20:00 Uhr.'],
	['en', 'Check the time', 'In the calendar “Vorstand” ends at 20:00.'],
] as const)('when a meeting ends is said with its own hour: %s', (language, title, words) => {
	overwriteGetLocale(() => language);
	const says = { kind: 'other-end', known } as const;
	expect(findingTitle(says)).toBe(title);
	expect(findingWords(says, '2024-12-10').replaceAll('\u00a0', ' ')).toBe(words);
});
