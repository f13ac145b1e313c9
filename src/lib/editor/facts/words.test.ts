import { afterEach, expect, test } from 'vitest';
import type { Caveat } from '#lib/domain/facts/fact.ts';
import { getLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { caveatWords, findingTitle, findingWords, kindWords } from './words.ts';

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

test('what is not decided, or was rejected, is called a motion', () => {
	overwriteGetLocale(() => 'de');
	expect(
		[null, 'gone', 'undecided', 'rejected'].map((caveat) => kindWords('resolution', caveat as Caveat | null)),
	).toEqual(['Beschluss', 'Beschluss', 'Antrag', 'Antrag']);
	expect([caveatWords.rejected(), caveatWords.undecided()]).toEqual(['abgelehnt', 'noch nicht beschlossen']);
});
