import { describe, expect, test } from 'vitest';
import { acknowledged, caveatsOf, maxFactText, readFact, type Fact, type FactSources } from './fact.ts';

const january = {
	start: '2025-01-09T18:00',
	end: '2025-01-09T20:00',
	place: 'Geschäftsstelle',
	status: 'invited',
} as const;

const posters = { text: 'Es werden 1.400 Plakate bestellt.', vote: null, status: 'adopted' } as const;

const sources: FactSources = {
	meeting: (id) => (id === 'january' ? january : id === 'hidden' ? undefined : null),
	action: (id) => (id === 'action' ? { date: '2025-01-18', place: 'Markt', status: 'cancelled' } : null),
	shift: (action, id) =>
		action === 'action' && id === 'first' ? { start: '2025-01-18T10:00', end: '2025-01-18T12:30' } : null,
	resolution: (_meeting, id) => (id === 'posters' ? posters : undefined),
	office: (id) => (id === 'chair' ? { title: 'Vorsitz', personId: 'mara' } : null),
	personName: (id) => (id === 'mara' ? 'Mara Sander' : ''),
};

function fact(kind: string, of: string, form: string, kept: Partial<Fact> = {}): Fact {
	return { kind, of, form, text: '', was: '', ...kept };
}

/** As it stands after an acknowledgement. */
function textOf(kind: string, of: string, form: string): string {
	const made = acknowledged({ kind, of, form }, sources);
	if (!made) return 'nothing';
	const reading = readFact(made, sources);
	expect(reading).toMatchObject({ state: 'live', old: null });
	return reading.text;
}

describe('a fact reads', () => {
	test.each([
		['meeting', 'january', 'de.when', 'Do., 9. Januar 2025, 18 Uhr'],
		['meeting', 'january', 'en.when', 'Thu, 9 January 2025, 18:00'],
		['meeting', 'january', 'de.when-full', 'Donnerstag, 9. Januar 2025, 18 Uhr'],
		['meeting', 'january', 'de.when-short', '9.1., 18 Uhr'],
		['meeting', 'january', 'de.date-full', 'Donnerstag, 9. Januar 2025'],
		['meeting', 'january', 'de.weekday-day', 'Donnerstag, 9. Januar'],
		['meeting', 'january', 'de.date-short', 'Do., 9.1.'],
		['meeting', 'january', 'en.date-short', 'Thu, 9 Jan'],
		['meeting', 'january', 'de.day', '9. Januar 2025'],
		['meeting', 'january', 'en.day-month', '9 January'],
		['meeting', 'january', 'de.numeric', '9.1.2025'],
		['meeting', 'january', 'de.on', 'am 9. Januar'],
		['meeting', 'january', 'de.time', '18 Uhr'],
		['meeting', 'january', 'en.time', '18:00'],
		['meeting', 'january', 'de.span', '18 bis 20 Uhr'],
		['meeting', 'january', 'en.span', '18:00 to 20:00'],
		['meeting', 'january', 'de.place', 'Geschäftsstelle'],
		['action', 'action', 'de.on-short', 'am 18.1.'],
		['action', 'action', 'de.place', 'Markt'],
		['shift', 'action/first', 'de.span', '10 bis 12:30 Uhr'],
		['resolution', 'december/posters', 'de.text', 'Es werden 1.400 Plakate bestellt.'],
		['office', 'chair', 'de.holder', 'Mara Sander'],
		['office', 'chair', 'de.office', 'Vorsitz'],
		['office', 'chair', 'de.holder-office', 'Mara Sander (Vorsitz)'],
		['action', 'action', 'de.time', 'nothing'],
		['meeting', 'gone', 'de.when', 'nothing'],
		['meeting', 'january', 'fr.when', 'nothing'],
		['weather', 'january', 'de.when', 'nothing'],
	])('%s %s as %s: %s', (kind, of, form, text) => {
		expect(textOf(kind, of, form)).toBe(text);
	});
});

describe('a source that changes', () => {
	const december = fact('meeting', 'january', 'de.when', {
		text: 'Mo., 9. Dezember 2024, 18 Uhr',
		was: '2024-12-09T18:00',
	});

	test('shows the old beside the new until it is acknowledged', () => {
		expect(readFact(december, sources)).toMatchObject({
			old: 'Mo., 9. Dezember 2024, 18 Uhr',
			text: 'Do., 9. Januar 2025, 18 Uhr',
		});
		const seen = acknowledged(december, sources);
		expect(seen && readFact(seen, sources)).toMatchObject({ old: null, text: 'Do., 9. Januar 2025, 18 Uhr' });
	});

	test('by an hour is no change for who wrote the day alone', () => {
		expect(readFact(fact('meeting', 'january', 'de.day', { was: '2025-01-09' }), sources)).toMatchObject({ old: null });
	});

	test('and comes back is no change', () => {
		const was = acknowledged({ kind: 'meeting', of: 'january', form: 'de.time' }, sources) as Fact;
		const moved = { ...sources, meeting: () => ({ ...january, start: '2025-01-09T19:00' }) };
		expect(readFact(was, moved)).toMatchObject({ old: '18 Uhr', text: '19 Uhr' });
		expect(readFact(was, sources)).toMatchObject({ old: null });
	});

	test('while another person chooses another form: the old value is written in that form', () => {
		expect(readFact({ ...december, form: 'en.when' }, sources)).toMatchObject({ old: 'Mon, 9 December 2024, 18:00' });
		expect(readFact({ ...december, form: 'en.day' }, sources)).toMatchObject({ old: 'Mo., 9. Dezember 2024, 18 Uhr' });
	});
});

describe('a source that is not there', () => {
	const kept = { text: '9. Januar 2025', was: '2025-01-09' };

	test('says that it was deleted, and stays readable', () => {
		expect(readFact(fact('meeting', 'gone', 'de.day', kept), sources)).toEqual({
			state: 'gone',
			text: '9. Januar 2025',
		});
	});

	test('or is hidden from this reader says something else', () => {
		expect(readFact(fact('meeting', 'hidden', 'de.day', kept), sources)).toEqual({
			state: 'unreadable',
			text: '9. Januar 2025',
		});
	});

	test('a form or kind of a newer version is read as it was kept', () => {
		for (const each of [fact('meeting', 'january', 'de.moon', kept), fact('weather', 'x', 'de.day', kept)])
			expect(readFact(each, sources)).toEqual({ state: 'unreadable', text: '9. Januar 2025' });
	});

	test('who held an office that was dissolved is read from the people, not from the text', () => {
		const holder = fact('office', 'gone', 'de.holder-office', { text: 'Vorsitz', was: 'mara' });
		expect(readFact(holder, sources)).toEqual({ state: 'gone', text: 'Mara Sander (Vorsitz)' });
		expect(readFact({ ...holder, was: 'erased' }, sources)).toEqual({ state: 'gone', text: 'Vorsitz' });
	});
});

test('a name never comes into a document, and nothing longer than it may hold', () => {
	const holder = acknowledged({ kind: 'office', of: 'chair', form: 'de.holder' }, sources);
	expect(holder).toEqual({ kind: 'office', of: 'chair', form: 'de.holder', text: 'Vorsitz', was: 'mara' });
	const long = { ...sources, resolution: () => ({ ...posters, text: 'a'.repeat(3000) }) };
	const made = acknowledged({ kind: 'resolution', of: 'm/r', form: 'de.text' }, long) as Fact;
	expect([made.text.length, made.was.length]).toEqual([maxFactText, maxFactText]);
	expect(readFact(made, long)).toMatchObject({ old: null, text: 'a'.repeat(3000) });
});

describe('a source that does not hold is live and says why', () => {
	const voted = (yes: number, no: number) => ({ ...posters, vote: { yes, no, abstention: 2 } });
	const undecided = { ...posters, status: 'draft' } as const;
	test.each<[string, Fact, Partial<FactSources>, string[]]>([
		['a meeting', fact('meeting', 'january', 'de.day'), {}, []],
		[
			'a cancelled meeting',
			fact('meeting', 'january', 'de.day'),
			{ meeting: () => ({ ...january, status: 'cancelled' }) },
			['cancelled'],
		],
		['a cancelled action', fact('action', 'action', 'de.day'), {}, ['cancelled']],
		['a shift of a cancelled action', fact('shift', 'action/first', 'de.span'), {}, ['cancelled']],
		['a resolution without votes', fact('resolution', 'm/posters', 'de.text'), {}, []],
		['one with a majority', fact('resolution', 'm/posters', 'de.text'), { resolution: () => voted(5, 1) }, []],
		['a tie', fact('resolution', 'm/posters', 'de.text'), { resolution: () => voted(4, 4) }, ['rejected']],
		['a motion', fact('resolution', 'm/posters', 'de.text'), { resolution: () => undecided }, ['undecided']],
		[
			'one of an item that is not public',
			fact('resolution', 'm/posters', 'de.text'),
			{ resolution: () => ({ ...posters, closed: true }) },
			['closed'],
		],
		[
			'a tie on an item that is not public',
			fact('resolution', 'm/posters', 'de.text'),
			{ resolution: () => ({ ...voted(4, 4), closed: true }) },
			['closed', 'rejected'],
		],
		['an office', fact('office', 'chair', 'de.holder'), {}, []],
	])('%s', (_what, given, change, doubts) => {
		const reading = readFact(given, { ...sources, ...change });
		expect(reading).toMatchObject({ state: 'live', doubts });
		expect(caveatsOf(reading)).toEqual(doubts);
	});

	test('one that is gone has a caveat of its own, one that cannot be read has none', () => {
		expect(caveatsOf(readFact(fact('meeting', 'gone', 'de.day'), sources))).toEqual(['gone']);
		expect(caveatsOf(readFact(fact('meeting', 'hidden', 'de.day'), sources))).toEqual([]);
	});
});
