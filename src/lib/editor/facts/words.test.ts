import { afterEach, describe, expect, test } from 'vitest';
import { checkText } from '#lib/domain/checker/check-text.ts';
import { testCalendar } from '#lib/domain/checker/corpus/calendar.ts';
import { parish } from '#lib/domain/checker/corpus/clubs/parish.ts';
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
		[[], ['gone'], ['undecided'], ['closed', 'rejected']].map((caveats) =>
			kindWords('resolution', caveats as Caveat[]),
		),
	).toEqual(['Beschluss', 'Beschluss', 'Antrag', 'Antrag']);
	expect([caveatWords.rejected(), caveatWords.undecided()]).toEqual(['abgelehnt', 'noch nicht beschlossen']);
});

function said(text: string, language: 'de' | 'en', against = parish.calendar): string[] {
	overwriteGetLocale(() => language);
	return checkText(text, against).map(({ says }) => findingWords(says, against.today));
}

describe('what is said of a next meeting', () => {
	test('names what comes before the likeliest', () => {
		expect(said('The next meeting is on 19 February 2027.', 'en')).toEqual([
			'For this the calendar has next “Klausur” on Sat, 12 December 2026, “Vorstandsklausur” on Mon, 14 December 2026 and “Vorstandssitzung” on Sat, 9 January 2027.',
		]);
		expect(said('Die nächste Sitzung ist am 9. Dezember.', 'de', testCalendar)).toEqual([
			'Im Kalender steht dazu als Nächstes „Stadtvorstand“ am Di., 10. Dezember 2024, „Wahlbüro“ am Fr., 20. Dezember 2024 und „Stadtvorstand“ am Do., 9. Januar 2025.',
		]);
	});

	test('says of one name when that is next, whatever else comes before', () => {
		expect(said('The next annual general meeting is on 19 February 2027.', 'en')).toEqual([
			'In the calendar “Annual general meeting” is next on Thu, 18 February 2027.',
		]);
		expect(said('Die nächste Vorstandssitzung ist am 16. Januar.', 'de')).toEqual([
			'Im Kalender steht „Vorstandssitzung“ als Nächstes am Sa., 9. Januar 2027.',
		]);
	});
});
