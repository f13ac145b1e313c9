import { expect, test } from 'vitest';
import type { Calendar } from './calendar.ts';
import { checkTitle } from './check-title.ts';

const calendar: Calendar = {
	today: '2024-12-10',
	known: [
		{ kind: 'meeting', id: 'm', date: '2025-01-09', start: '18:00', end: null, names: ['Vorstand'] },
		{ kind: 'action', id: 'a', date: '2025-01-18', start: null, end: null, names: ['Aktionstag'] },
	],
	people: ['Frieda Baumgart'],
};

function said(title: string): string[] {
	return checkTitle(title, calendar).map(
		({ says, from, to, mends }) => `${says.kind}: ${title.slice(from, to)} → ${mends.map(({ text }) => text).join()}`,
	);
}

test.each([
	['Aktionstag am 17. Januar', 'other-date: 17. Januar → 18. Januar'],
	['Nächste Sitzung: 9. Dezember', 'next-meeting: 9. Dezember → 9. Januar'],
	['Kino am Freitag, 9. Januar 2025', 'weekday: Freitag, 9. Januar 2025 → Donnerstag'],
	['Frist bis 31. November', 'no-such-date: 31. November → '],
	['Frida Baumgart im Gespräch', 'name: Frida Baumgart → Frieda Baumgart'],
])('%s', (title, finding) => expect(said(title)).toEqual([finding]));

test.each([
	'',
	'Aktionstag am 18. Januar',
	'Rundbrief Dezember 2024',
	'Rundbrief vom 3. Dezember 2024',
	'Rundbrief 3. Dezember 2024',
	'Aus dem Vorstand: Sitzung vom 5. Dezember',
	'Rückblick auf den 1. Mai',
])('nothing to say of: %s', (title) => expect(said(title)).toEqual([]));

test('a date in a title stays words', () => {
	const facts = checkTitle('Aktionstag am 17. Januar', calendar).flatMap(({ mends }) => mends.map(({ fact }) => fact));
	expect(facts).toEqual([null]);
});
