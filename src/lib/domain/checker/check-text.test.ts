import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weekdayNames, weekdayOf, type Language } from '../facts/calendar-words.ts';
import { writeDate } from '../facts/forms.ts';
import type { Known } from './calendar.ts';
import { checkText, matchesIn } from './check-text.ts';
import { testCalendar } from './corpus/calendar.ts';
import { findings, quiet } from './corpus/corpus.ts';

type Seen = { kind: string; marked: string; first: string | undefined };

function seen(text: string): Seen[] {
	return checkText(text, testCalendar).map(({ says, from, to, mends }) => ({
		kind: says.kind,
		marked: `${text.slice(0, from)}⟦${text.slice(from, to)}⟧${text.slice(to)}`,
		first: mends[0]?.text,
	}));
}

describe.each(Object.entries(findings))('%s', (kind, lines) => {
	test.each(lines)('%s', (line) => {
		const [marked = '', first] = line.split(' → ');
		expect(seen(marked.replace(/[⟦⟧]/g, ''))).toEqual([{ kind, marked, first }]);
	});
});

test.each(quiet)('nothing: %s', (text) => {
	expect(seen(text)).toEqual([]);
});

describe('every weekday', () => {
	const days = Array.from({ length: 366 }, (_, day) =>
		new Date(Date.UTC(2024, 11, 11 + day)).toISOString().slice(0, 10),
	);

	test.each<Language>(['de', 'en'])(
		'in %s: the right one is quiet, each wrong one is seen and mended by one press',
		(language) => {
			for (const date of days) {
				const right = weekdayNames[language][weekdayOf(date)] ?? '';
				const written = writeDate(date, 'date-full', language);
				for (const name of weekdayNames[language]) {
					const text = `${written.replace(right, name)}: Kino`;
					const [finding] = checkText(text, { ...testCalendar, known: [] });
					if (name === right) expect(finding).toBeUndefined();
					else {
						expect(`${text} ${finding?.says.kind}`).toBe(`${text} weekday`);
						const [mend] = finding?.mends ?? [];
						expect(mend && text.slice(0, mend.from) + mend.text + text.slice(mend.to)).toBe(`${written}: Kino`);
					}
				}
			}
		},
	);
});

describe('one press mends', () => {
	test.each(
		Object.values(findings)
			.flat()
			.filter((line) => line.includes(' → ')),
	)('%s', (line) => {
		const text = (line.split(' → ')[0] ?? '').replace(/[⟦⟧]/g, '');
		const [finding] = checkText(text, testCalendar);
		const [mend] = finding?.mends ?? [];
		const mended = mend && text.slice(0, mend.from) + mend.text + text.slice(mend.to);
		// A weekday behind a moved date is the next thing to say, and no more than that.
		expect(mended && seen(mended).filter(({ kind }) => kind === finding?.says.kind)).toEqual([]);
	});

	test('a date that is known becomes a fact of the same look', () => {
		const text = 'Die Sitzung ist am Donnerstag, 9. Januar, der Aktionstag am 18.1.2025.';
		const matches = matchesIn(text, testCalendar);
		expect(matches.map(({ from, to, mend }) => [text.slice(from, to), mend.text, mend.fact])).toEqual([
			['Donnerstag, 9. Januar', 'Donnerstag, 9. Januar', { kind: 'meeting', of: 'january', form: 'de.weekday-day' }],
			['18.1.2025', '18.1.2025', { kind: 'action', of: 'action', form: 'de.numeric' }],
		]);
	});
});

describe('beside a live fact', () => {
	const fact = { at: 'Die nächste Sitzung ist am '.length, kind: 'meeting', of: 'january', form: 'de.day-month' };

	test('another hour is seen', () => {
		const text = 'Die nächste Sitzung ist am \ufffc um 19 Uhr.';
		const [finding] = checkText(text, testCalendar, [fact]);
		expect(finding?.says).toMatchObject({ kind: 'other-time', known: { id: 'january' } });
	});

	test.each([
		'Die nächste Sitzung ist am \ufffc um 18 Uhr.',
		'Die nächste Sitzung ist am \ufffc, Rückmeldung bis 3. Januar.',
	])('%s', (text) => {
		expect(checkText(text, testCalendar, [fact])).toEqual([]);
	});
});

test('without a calendar only what contradicts itself is said', () => {
	const alone = { today: '2024-12-10', known: [], people: [] };
	expect(checkText('Die nächste Sitzung ist am 9. Januar, einem Freitag.', alone).map(({ says }) => says.kind)).toEqual(
		['weekday'],
	);
	expect(checkText('Die nächste Sitzung ist am 16. Januar.', alone)).toEqual([]);
});

test('two first names that are both misspelt are each found beside the other', () => {
	const text = 'Den Kuchen bringen Jonass und Marra.';
	expect(checkText(text, testCalendar).map(({ from, to, mends }) => [text.slice(from, to), mends[0]?.text])).toEqual([
		['Jonass', 'Jonas'],
		['Marra', 'Mara'],
	]);
});

describe('a text made to keep others waiting', () => {
	const slip = 'Am Donnerstag, 10. Januar 2025.';

	// With no bound each of these takes minutes.
	test.each(['A-', "A'", '9.1. ', '9 December ', 'December 9, ', 'Januar '])('is looked at in part: %s', (unit) => {
		const text = unit.repeat(1_000_000 / unit.length);
		expect(checkText(`${slip} ${text}`, testCalendar)[0]).toMatchObject({ from: 3 });
		expect(matchesIn(text, testCalendar).length).toBeLessThan(10_000);
	});

	test('what stands behind the hundredth date of one sentence is let pass', () => {
		const slip = 'Donnerstag, 10. Januar 2025.';
		expect(checkText(`Am ${'9. Januar 2025 und '.repeat(90)}${slip}`, testCalendar)).toHaveLength(1);
		expect(checkText(`Am ${'9. Januar 2025 und '.repeat(110)}${slip}`, testCalendar)).toEqual([]);
	});

	// Followed to the end, it takes half a minute with a thousand meetings.
	test('whose it is, is asked of what stands near', () => {
		const [meeting] = testCalendar.known as [Known];
		const known = Array.from({ length: 1000 }, (_, at) => ({
			...{ ...meeting, id: `${at}`, date: '2025-01-09' },
			names: [`Sitzung ${at}`, 'Stadtvorstand'],
		}));
		const asked = performance.now();
		checkText(`Die nächste Sitzung des ${'Vorstands der '.repeat(640)}am 16. Januar.`, { ...testCalendar, known });
		expect(performance.now() - asked).toBeLessThan(5000);
	});

	test('what stands behind three pages without a break is let pass', () => {
		expect(checkText(`${'Text. '.repeat(1600)}${slip}`, testCalendar)).toHaveLength(1);
		expect(checkText(`${'Text. '.repeat(1700)}${slip}`, testCalendar)).toEqual([]);
	});
});

describe('any text', () => {
	const nobody = { ...testCalendar, people: [] };

	test('without digits never alarms', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
				expect(checkText(text.replace(/\p{N}/gu, ''), nobody)).toEqual([]);
			}),
		);
	});

	test('without words for days and months, and without two numbers side by side, never alarms', () => {
		const words =
			'die nächste Sitzung findet am statt Stadtvorstand Aktionstag um Uhr laden ein 7 12 18 , . Plakate der'.split(
				' ',
			);
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), (parts) => {
				const text = parts.join(' ').replace(/(\d+) [.,]/g, '$1');
				expect(checkText(text, nobody)).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});

	test('is read without a fault, and what is said of it lies in it', () => {
		const pieces = [
			...['9', '31', '.', ' ', ' ', 'Januar', 'May', '2025', '–', ':', 'Uhr', 'Do', ', ', '(', '\n', '! '],
			...[
				'Die nächste Sitzung ',
				'Aktionstag ',
				'ist am ',
				'next meeting ',
				'Frida Baumgart ',
				'Stadtvorstand ',
				'\u{1f600}',
			],
		];
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 20 }), (parts) => {
				const text = parts.join('');
				for (const { from, to, mends } of checkText(text, testCalendar)) {
					expect([from >= 0, from < to, to <= text.length]).toEqual([true, true, true]);
					for (const mend of mends) expect([mend.from < mend.to, mend.to <= text.length]).toEqual([true, true]);
				}
			}),
			{ numRuns: 3000 },
		);
	});
});

describe('titles of meetings', () => {
	const meeting = (id: string, date: string, ...names: string[]): Known => ({
		kind: 'meeting',
		id,
		date,
		start: '18:00',
		end: '20:00',
		names,
	});
	const kinds = (text: string, known: Known[]) =>
		checkText(text, { today: '2024-12-10', known, people: [] }).map(({ says }) => says.kind);

	test('the meetings of one body follow each other, whatever each is called', () => {
		const known = [
			meeting('a', '2025-01-09', 'Januarsitzung', 'Vorstand'),
			meeting('b', '2025-02-13', 'Februarsitzung', 'Vorstand'),
		];
		expect(kinds('Die nächste Sitzung ist am 13. Februar.', known)).toEqual(['next-meeting']);
		expect(kinds('Die nächste Sitzung ist am 9. Januar.', known)).toEqual([]);
		const retreat = meeting('c', '2025-01-04', 'Klausur', 'Vorstand');
		expect(kinds('Die nächste Sitzung ist am 9. Januar.', [retreat, ...known])).toEqual([]);
	});

	test('one that is called as any meeting is names none', () => {
		const known = [meeting('a', '2025-01-09', 'Sitzung', 'Stadtvorstand')];
		expect(kinds('Die Sitzung der Jugend ist am 8. Januar.', known)).toEqual([]);
		expect(kinds('Die Sitzung des Stadtvorstands ist am 8. Januar.', known)).toEqual(['other-date']);
	});
});
