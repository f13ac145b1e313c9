import { describe, expect, test } from 'vitest';
import { checkText } from './check-text.ts';
import { testCalendar } from './corpus/calendar.ts';

/** What is said to be the association's own is no stranger's: its name silences nothing. */
const kinds = (text: string, own: string) => checkText(text, { ...testCalendar, own }).map(({ says }) => says.kind);

const findings: Readonly<Record<string, readonly (readonly [kind: string, text: string])[]>> = {
	'SPD Musterstadt': [
		['next-meeting', 'Die nächste Sitzung der SPD Musterstadt ist am 16. Januar.'],
		['next-meeting', 'Die nächste Sitzung des Stadtvorstands der SPD Musterstadt ist am 16. Januar.'],
		['other-date', 'Der Vorstand der SPD Musterstadt tagt am 16. Januar.'],
		['other-date', 'The board of SPD Musterstadt meets on 16 January.'],
		['other-date', 'SPD Musterstadt’s Aktionstag is on 17 January.'],
		['other-time', 'Die Sitzung der SPD Musterstadt am 9. Januar beginnt um 19 Uhr.'],
		['weekday', 'Die Sitzung der SPD Musterstadt ist am Freitag, 9. Januar.'],
	],
	'Ortsverein Nord': [
		['next-meeting', 'Die nächste Sitzung des Ortsvereins Nord ist am 16. Januar.'],
		['next-meeting', 'Die nächste Sitzung des Ortsvereins ist am 16. Januar.'],
		['next-meeting', 'The next meeting of the Ortsverein is on 16 January.'],
		['other-date', 'Der Aktionstag des Ortsvereins Nord ist am 17. Januar.'],
		['other-time', 'Die Sitzung des Ortsvereins am 9. Januar beginnt um 19 Uhr.'],
	],
	'Die Linke Musterstadt': [['other-date', 'Der Aktionstag der Linken Musterstadt ist am 17. Januar.']],
	'Musikverein Musterstadt 1890 e. V.': [
		['other-date', 'Der Aktionstag des Musikvereins Musterstadt 1890 ist am 17. Januar.'],
		['other-date', 'Der Aktionstag vom Musikverein ist am 17. Januar.'],
	],
	'Bündnis 90/Die Grünen (Nord)': [
		['other-date', 'Der Aktionstag von Bündnis 90/Die Grünen (Nord) ist am 17. Januar.'],
	],
};

describe.each(Object.entries(findings))('%s', (own, sentences) => {
	test.each(sentences)('%s: %s', (kind, text) => {
		expect(kinds(text, own)).toEqual([kind]);
		// A weekday is wrong whosever day it is.
		expect(kinds(text, 'Turnverein')).toEqual(kind === 'weekday' ? [kind] : []);
	});
});

test.each([
	['SPD Musterstadt', 'Der Aktionstag der SPD ist am 17. Januar.'],
	['SPD Musterstadt', 'Der Aktionstag der SPD-Fraktion ist am 17. Januar.'],
	['SPD Musterstadt', 'Der Aktionstag der SPD Musterstadt Süd ist am 17. Januar.'],
	['SPD Musterstadt', 'Der Aktionstag der SPD Musterstadt ist am 18. Januar.'],
	['Ortsverein Nord', 'Die nächste Sitzung des Ortsvereins Süd ist am 16. Januar.'],
	['Ortsverein Nord', 'Die nächste Sitzung der Ortsvereine ist am 16. Januar.'],
	['Ortsverein Nord', 'Die Sitzung des Ortsvereins Nord am 9. Dezember'],
	['Ortsverein Nord', 'Die nächste Sitzung des Ortsvereinsrats ist am 16. Januar.'],
	['Ortsverein Nord', 'Der Aktionstag des Ortsvereins Süd ist am 17. Januar.'],
	['Ortsverein Nord', 'Die nächste Sitzung des Ortsvereins Nord ist am 9. Januar.'],
])('%s, nothing: %s', (own, text) => {
	expect(kinds(text, own)).toEqual([]);
});
