import { expect, test } from 'vitest';
import { checkText } from './check-text.ts';
import { testCalendar } from './corpus.ts';

/** What is said to be the association's own is no stranger's: its name silences nothing. */
const calendar = { ...testCalendar, own: 'Ortsverein Nord' };
const kinds = (text: string, given = calendar) => checkText(text, given).map(({ says }) => says.kind);

test.each([
	['next-meeting', 'Die nächste Sitzung des Ortsvereins Nord ist am 16. Januar.'],
	['next-meeting', 'Die nächste Sitzung des Ortsvereins ist am 16. Januar.'],
	['next-meeting', 'The next meeting of the Ortsverein is on 16 January.'],
	['other-date', 'Der Aktionstag des Ortsvereins Nord ist am 17. Januar.'],
	['other-time', 'Die Sitzung des Ortsvereins am 9. Januar beginnt um 19 Uhr.'],
])('%s: %s', (kind, text) => {
	expect(kinds(text)).toEqual([kind]);
	expect(kinds(text, { ...calendar, own: 'Turnverein' })).toEqual([]);
});

test.each([
	'Die nächste Sitzung des Ortsvereins Süd ist am 16. Januar.',
	'Die nächste Sitzung der Ortsvereine ist am 16. Januar.',
	'Die Sitzung des Ortsvereins Nord am 9. Dezember',
	'Die nächste Sitzung des Ortsvereinsrats ist am 16. Januar.',
	'Der Aktionstag des Ortsvereins Süd ist am 17. Januar.',
	'Die nächste Sitzung des Ortsvereins Nord ist am 9. Januar.',
])('nothing: %s', (text) => {
	expect(kinds(text)).toEqual([]);
});
