import { expect, test } from 'vitest';
import { checkText } from './check-text.ts';
import { testCalendar } from './corpus/calendar.ts';
import { nearTexts, otherCalendar, otherTexts } from './ordinary-more.ts';
import { ordinaryTexts } from './ordinary-pages.ts';

/** Characters of a typed page. */
const page = 1800;

const paragraphs = ordinaryTexts.flatMap((text) => text.split(/\n+/)).filter((line) => line !== '');
const pages = paragraphs.join('\n').length / page;

/** The days around the one on which it was written, for a bulletin that lies about for a while. */
const near = ['2024-12-09', '2024-12-10', '2024-12-11', '2024-12-12'];

function alarms(today: string): string[] {
	return paragraphs.flatMap((text) =>
		checkText(text, { ...testCalendar, today }).map(({ says, from, to }) => `${says.kind}: ${text.slice(from, to)}`),
	);
}

test('there are several pages to count on', () => {
	expect(pages).toBeGreaterThan(6);
});

test.each(near)('false alarms on ordinary text, read on %s, stay under one in two pages', (today) => {
	const found = alarms(today);
	expect(found.length / pages).toBeLessThan(1 / 2);
});

test('and without any calendar, there is none at all', () => {
	const alone = { today: '2024-12-10', known: [], people: [] };
	expect(paragraphs.flatMap((text) => checkText(text, alone))).toEqual([]);
});

test('the same text with its weekdays moved alarms: the quiet is not deafness', () => {
	const wrong = paragraphs.map((text) =>
		text.replace(/Donnerstag(?=, 9)/g, 'Mittwoch').replace(/Friday(?=, 20)/g, 'Monday'),
	);
	expect(wrong.flatMap((text) => checkText(text, testCalendar)).map(({ says }) => says.kind)).toEqual([
		'weekday',
		'weekday',
	]);
});

test.each([
	['another association, German', otherTexts[0], otherCalendar],
	['another association, English', otherTexts[1], otherCalendar],
	['close to a slip, German', nearTexts[0], testCalendar],
	['close to a slip, English', nearTexts[1], testCalendar],
])('further pages alarm less than once in two pages: %s', (_name, text = '', calendar) => {
	const found = text
		.split(/\n+/)
		.flatMap((line) => checkText(line, calendar).map(({ says, from, to }) => `${says.kind}: ${line.slice(from, to)}`));
	expect(found.length / (text.length / page), found.join('\n')).toBeLessThan(1 / 2);
});
