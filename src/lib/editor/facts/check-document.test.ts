import type { Calendar } from '#lib/domain/checker/calendar.ts';
import type { Node } from 'prosemirror-model';
import { expect, test } from 'vitest';
import { schema } from '../schema.ts';
import { checkDocument, type Checked } from './check-document.ts';

const calendar: Calendar = {
	today: '2024-12-10',
	known: [
		{ kind: 'meeting', id: 'm', date: '2025-01-09', start: '18:00', end: null, names: ['Stadtvorstand'] },
		{ kind: 'action', id: 'a', date: '2025-01-18', start: null, end: null, names: ['Aktionstag'] },
		{ kind: 'meeting', id: 'b', date: '2025-01-18', start: '19:00', end: null, names: ['Feier'] },
	],
	people: [],
};

function paragraph(...content: (string | Node)[]): Node {
	return schema.nodes.paragraph.create(
		null,
		content.map((each) => (typeof each === 'string' ? schema.text(each) : each)),
	);
}

function checked(...paragraphs: Node[]): Checked {
	return checkDocument(schema.nodes.doc.create(null, paragraphs), calendar, new WeakMap());
}

test('a typed date that is right can be made each fact of its day, and stands where it was typed', () => {
	const first = paragraph('Wir tagen am Do., 9. Januar 2025, wie immer.');
	const second = paragraph('Alle kommen am 18.1. zusammen.');
	const doc = schema.nodes.doc.create(null, [first, second]);
	const { found, offers } = checkDocument(doc, calendar, new WeakMap());
	expect(found).toEqual([]);
	expect(offers.map(({ from, to }) => doc.textBetween(from, to))).toEqual(['Do., 9. Januar 2025', '18.1.']);
	const facts = offers.map(({ matches }) =>
		matches.map(({ mend }) => `${mend.fact?.kind} ${mend.fact?.of} ${mend.fact?.form} ${mend.text}`),
	);
	expect(facts).toEqual([
		['meeting m de.date Do., 9. Januar 2025'],
		['action a de.numeric-short 18.1.', 'meeting b de.numeric-short 18.1.'],
	]);
	for (const { from, to, matches } of offers)
		for (const { mend } of matches) expect([mend.from, mend.to]).toEqual([from, to]);
});

test('what there is something to say about is not offered; nor is a day of nothing, nor what is struck', () => {
	const del = schema.marks.del.create({ by: 'p', at: 1, id: 's' });
	const struck = schema.text('am 9. Januar', [del]);
	expect(checked(paragraph('Wir tagen am Freitag, 9. Januar 2025.'))).toMatchObject({ found: [{}], offers: [] });
	expect(checked(paragraph('Wir tagen am 11. Januar.'), paragraph('Wir tagen ', struck, ' bald.'))).toEqual({
		found: [],
		offers: [],
	});
});

test('one of both struck: what stays is offered at its own place', () => {
	const del = schema.marks.del.create({ by: 'p', at: 1, id: 's' });
	const doc = schema.nodes.doc.create(null, [paragraph('Am ', schema.text('8.', [del]), '9. Januar')]);
	const [offer] = checkDocument(doc, calendar, new WeakMap()).offers;
	expect(offer && doc.textBetween(offer.from, offer.to)).toBe('9. Januar');
});

test('a live date is said with what it reads, and its place is its own', () => {
	const fact = (of: string) =>
		schema.nodes.fact.create({ kind: 'meeting', of, form: 'de.day-month', text: 'x', was: '' });
	const doc = schema.nodes.doc.create(null, [
		paragraph('Vorab.'),
		paragraph('Am Freitag, dem ', fact('m'), ', ist Sitzung.'),
		paragraph('Die nächste Sitzung ist am ', fact('b'), '.'),
	]);
	const { found } = checkDocument(
		doc,
		{ ...calendar, known: calendar.known.map((known) => ({ ...known, names: ['Vorstand'] })) },
		new WeakMap(),
	);
	expect(found.map(({ key, typed }) => [key, typed])).toEqual([
		['weekday:Freitag, dem 9. Januar', 'Freitag, dem 9. Januar'],
		['next-meeting:am 18. Januar', 'am 18. Januar'],
	]);
	const [weekday, next] = found.map(({ finding }) => finding.mends[0]);
	expect(weekday && doc.textBetween(weekday.from, weekday.to)).toBe('Freitag');
	expect(next && doc.nodeAt(next.from)?.attrs.of).toBe('b');
	expect(next).toMatchObject({ live: true, fact: { kind: 'meeting', of: 'm', form: 'de.day-month' } });
});
