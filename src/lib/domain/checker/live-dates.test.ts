import { describe, expect, test } from 'vitest';
import { checkText } from './check-text.ts';
import { testCalendar } from './corpus/calendar.ts';
import { asRead } from './live-dates.ts';
import type { FactMention } from './reading.ts';

/** Sentences in which {braces} hold a live fact: whose it is, and its form; what is marked and what is put there as in `corpus/`. */
const findings: Readonly<Record<string, readonly string[]>> = {
	'next-meeting': [
		'Die nächste Sitzung ist ⟦am {february}⟧. → 9. Januar',
		'Die nächste Vorstandssitzung ist ⟦am {february}⟧ um 18 Uhr. → 9. Januar',
		'Die nächste Sitzung findet ⟦am {november}⟧ statt. → 9. Januar',
		'Nächste ⟦Sitzung: {february de.when}⟧ → Do., 9. Januar 2025, 18 Uhr',
		'Die nächste Sitzung ⟦ist {february de.on}⟧. → am 9. Januar',
		'Die nächste Sitzung des Stadtvorstands ist am ⟦Donnerstag, {february}⟧. → 9. Januar',
		'⟦Am {february}⟧ ist die nächste Sitzung. → 9. Januar',
		'⟦{february de.when} ist⟧ unsere nächste Sitzung. → Do., 9. Januar 2025, 18 Uhr',
		'Zur nächsten Sitzung ⟦am {action}⟧ laden wir ein. → 20. Dezember',
		'Das nächste Treffen des Wahlbüros ist ⟦am {january}⟧. → 20. Dezember',
		'The next meeting is ⟦on {november en.day-month}⟧. → 9 January',
		'Our next board meeting is ⟦on {february en.date-full}⟧. → Thursday, 9 January 2025',
		'The next meeting ⟦is {february en.on}⟧. → on 9 January',
	],
	weekday: [
		'Am ⟦Freitag, dem {january}⟧, ist Sitzung. → Donnerstag',
		'⟦Freitag, {january}⟧, 18 Uhr: Sitzung → Donnerstag',
		'Kommt am ⟦Freitag, {action de.numeric}⟧ vorbei. → Samstag',
		'⟦Fr., {january de.numeric-short}⟧ Sitzung → Do',
		'Der Aktionstag ist am ⟦Sonntag ({action}⟧). → Samstag',
		'Wir sehen uns am ⟦{january}, einem Freitag⟧. → Donnerstag',
		'Am ⟦Mittwoch, {december}⟧, tagte der Vorstand. → Dienstag',
		'Am ⟦Freitag, {january de.date}⟧, ist Sitzung. → Donnerstag',
		'We meet on ⟦Friday, {january en.day-month}⟧. → Thursday',
		'The stall is on ⟦Sunday the {stall en.day-month}⟧. → Saturday',
	],
	past: [
		'Wir laden ein zur Sitzung ⟦am {november}⟧. → 10. Dezember',
		'Wir treffen uns ⟦am {november}⟧ im Büro. → 10. Dezember',
		'Die Sitzung findet am ⟦Dienstag, {november}⟧, statt. → 10. Dezember',
		'⟦Am {november}⟧ wird gewählt. → 10. Dezember',
		'Join us at the meeting ⟦on {november en.day-month}⟧. → 10 December',
		'The meeting will be ⟦on {november en.when}⟧. → Tue, 10 December 2024, 18:00',
	],
	'other-time': ['Die Sitzung am {january} beginnt um ⟦19 Uhr⟧. → 18 Uhr'],
};

const quiet = [
	'Die nächste Sitzung ist am {january}.',
	'Die nächste Sitzung ist am {december}.',
	'Die nächste Sitzung ist am {election}.',
	'Die nächste Sitzung ist am {january}, die übernächste am {february}.',
	'Die nächste Sitzung des Stadtrats ist am {february}.',
	'Die nächste Mitgliederversammlung ist am {members}.',
	'In der nächsten Sitzung sprechen wir über den Aktionstag am {action}.',
	'Das Protokoll der Sitzung vom {november} ist genehmigt.',
	'Die letzte Sitzung war am {november}.',
	'Am {november} hat der Stadtvorstand beschlossen, dass wir Plakate drucken.',
	'Donnerstag, {january}, 18 Uhr: Sitzung',
	'Am Donnerstag, dem {january}, ist Sitzung.',
	'Am Samstag, {action de.date}, ist Aktionstag.',
	'Sa/So {action}/19. Januar: Markt',
	// Its own source cannot contradict it, nor what else is named.
	'Der Stadtvorstand trifft sich am {action}.',
	'Der Aktionstag ist am {january}.',
	// What shows no day has none.
	'Am Freitag, {january de.place}, ist Sitzung.',
	'Am Freitag um {january de.time} ist Sitzung.',
	// Nothing is known of what is not in the calendar.
	'Die nächste Sitzung ist am {cancelled}.',
	'Am Freitag, dem {cancelled}, ist Sitzung.',
	'The next meeting is on Thursday, {january en.day-month}.',
	'The minutes of the meeting on {november en.day-month} are approved.',
	'We met on Tuesday, {november en.day-month}.',
];

const actions = new Set(['action', 'stall']);

function read(line: string): { text: string; facts: FactMention[] } {
	const facts: FactMention[] = [];
	let removed = 0;
	const text = line.replace(/\{(\S+?)(?: (\S+))?\}/g, (whole, of: string, form = 'de.day-month', at: number) => {
		facts.push({ at: at - removed, kind: actions.has(of) ? 'action' : 'meeting', of, form: String(form) });
		removed += whole.length - 1;
		return '\ufffc';
	});
	return { text, facts };
}

function whole(text: string, facts: readonly FactMention[]): string {
	return asRead(text, { from: 0, to: text.length }, facts, testCalendar);
}

describe.each(Object.entries(findings))('%s', (kind, lines) => {
	test.each(lines)('%s', (line) => {
		const [marked = '', first] = line.split(' → ');
		const { text, facts } = read(marked.replace(/[⟦⟧]/g, ''));
		const found = checkText(text, testCalendar, facts);
		const seen = found.map(({ says, from, to, mends }) => [
			says.kind,
			`${text.slice(0, from)}⟦${text.slice(from, to)}⟧${text.slice(to)}`,
			mends[0]?.text,
		]);
		expect(seen).toEqual([[kind, read(marked).text, first]]);
	});
});

test.each(quiet)('nothing: %s', (line) => {
	const { text, facts } = read(line);
	expect(checkText(text, testCalendar, facts)).toEqual([]);
});

test('a live date that is replaced stays live, and looks as it did', () => {
	const { text, facts } = read('Die nächste Sitzung ist am {february de.when}.');
	const [finding] = checkText(text, testCalendar, facts);
	const at = text.indexOf('\ufffc');
	const fact = { kind: 'meeting', of: 'january', form: 'de.when' };
	expect(finding?.mends[0]).toEqual({ from: at, to: at + 1, text: 'Do., 9. Januar 2025, 18 Uhr', fact, live: true });
});

test('a typed weekday beside a live date is mended in words, and the date stays', () => {
	const { text, facts } = read('Am Freitag, dem {january}, ist Sitzung.');
	const [mend] = checkText(text, testCalendar, facts)[0]?.mends ?? [];
	expect(mend).toEqual({ from: 3, to: 10, text: 'Donnerstag', fact: null });
});

test('what has no hour is written as a day where the live date had one', () => {
	const { text, facts } = read('Am Samstag, {january de.when}, ist Sitzung.');
	const mends = checkText(text, testCalendar, facts)[0]?.mends ?? [];
	expect(mends.map((mend) => mend.text)).toEqual(['Donnerstag', 'Sa., 18. Januar 2025']);
	expect(mends[1]?.fact).toEqual({ kind: 'action', of: 'action', form: 'de.date' });
});

test('when the meeting moves, the typed weekday that was right is found', () => {
	const { text, facts } = read('Am Donnerstag, dem {january}, ist Sitzung.');
	const known = testCalendar.known.map((each) => (each.id === 'january' ? { ...each, date: '2025-01-17' } : each));
	expect(checkText(text, { ...testCalendar, known }, facts)[0]).toMatchObject({ says: { kind: 'weekday' } });
});

test('what it reads is said with the words around it', () => {
	const { text, facts } = read('Am Freitag, dem {january}, und am {cancelled} um {february en.when}.');
	expect(whole(text, facts)).toBe('Am Freitag, dem 9. Januar, und am \ufffc um Thu, 13 February 2025, 18:00.');
});
