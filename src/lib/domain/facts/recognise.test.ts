import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weekdayNames, weekdayOf, languages } from './calendar-words.ts';
import { dateShapes, momentShapes, writeDate, writeShown } from './forms.ts';
import { dateFrom, findDates, findTimes } from './recognise.ts';

/** `day.month.year weekday`, with `-` for what is not there. */
function datesIn(text: string): string[] {
	return findDates(text).map(
		({ day, month, year, weekday }) =>
			`${day}.${month}.${year ?? '-'} ${weekday ? weekdayNames.en[weekday.day]?.slice(0, 3) : '-'}`,
	);
}

function timesIn(text: string): string[] {
	return findTimes(text).map(({ start, end }) => (end === null ? start : `${start}/${end}`));
}

describe('dates in ordinary text', () => {
	test.each<[text: string, ...dates: string[]]>([
		['29.11.2024', '29.11.2024 -'],
		['am 9. Januar statt', '9.1.- -'],
		['09. Januar 2025', '9.1.2025 -'],
		['18.1.2025', '18.1.2025 -'],
		['18. 1. 2025', '18.1.2025 -'],
		['9.1.25', '9.1.2025 -'],
		['Do 9.1.', '9.1.- Thu'],
		['Do., 9. Januar 2025, 18 Uhr', '9.1.2025 Thu'],
		['Donnerstag, den 9. Januar um 18:00', '9.1.- Thu'],
		['am Donnerstagabend, dem 9. Januar,', '9.1.- Thu'],
		['am Sonnabend (18.1.)', '18.1.- Sat'],
		['am 9. Januar (Donnerstag)', '9.1.- Thu'],
		['am 9. Januar, einem Donnerstag,', '9.1.- Thu'],
		['vom 9. bis 11. Januar 2025', '9.1.2025 -', '11.1.2025 -'],
		['9.–11. Januar', '9.1.- -', '11.1.- -'],
		['am 9./10.1.', '9.1.- -', '10.1.- -'],
		['Sa/So 18./19. Januar', '18.1.- -', '19.1.- -'],
		['zwischen 9.1. und 11.1.', '9.1.- -', '11.1.- -'],
		['am 9.1 treffen wir uns', '9.1.- -'],
		['am Abend des Donnerstags, des 9. Januars 2025', '9.1.2025 Thu'],
		['am Abend des neunten Märzes', '9.3.- -'],
		['3. Mrz. 2025', '3.3.2025 -'],
		['1. Mai', '1.5.- -'],
		['am 9. Januar 1400 Plakate', '9.1.- -'],
		['Thursday, 9 January 2025, 18:00', '9.1.2025 Thu'],
		['Thursday the 9th of January', '9.1.- Thu'],
		['Thu 9 Jan', '9.1.- Thu'],
		['January 9, 2025', '9.1.2025 -'],
		['Jan 9-11, 2025', '9.1.2025 -', '11.1.2025 -'],
		['9–11 January', '9.1.- -', '11.1.- -'],
		['2025-01-09', '9.1.2025 -'],
		['31. November', '31.11.- -'],
		['31.13.2024', '31.13.2024 -'],
		['am neunten Januar', '9.1.- -'],
		['Freitag, den einundzwanzigsten März 2025', '21.3.2025 Fri'],
		['Neunter Januar: Kino', '9.1.- -'],
		['the twenty-first of March', '21.3.- -'],
		['Thursday the ninth of January 2025', '9.1.2025 Thu'],
		['18/1/2025', '18.1.2025 -'],
		['1/18/2025', '18.1.2025 -'],
		['am 18/1', '18.1.- -'],
		['on 1/18', '18.1.- -'],
		['until September 30.', '30.9.- -'],
	])('%s', (text, ...dates) => {
		expect(datesIn(text)).toEqual(dates);
	});

	test.each([
		'the last 8 Aprils',
		'heute in acht Tagen',
		'heute in 8 Tagen',
		'in 14 Tagen',
		'§ 9.1. der Satzung',
		'TOP 3.2. Haushalt',
		'3.2.1 Haushalt',
		'1.400 Plakate für 2.350,50 Euro',
		'Version 9.1.2025',
		'45.13.',
		'In May 10 people came',
		'you may 10',
		'Im August 20 neue Mitglieder',
		'0151 12.34.5678',
		'Tel. 0421 12 34 56',
		'10.11.12.13',
		'www.example.org/2024/12/9',
		'2024/25',
		'ein Anteil von 3.5 Prozent',
		'am 9/1/2025, on 9/1',
		'Raum 18/3, 3/4 der Stimmen, open 24/7, on 24/7',
		'am 18/3-Regler',
		'www.example.org/13/12/2024',
		'the second March week',
		'der zweite Mai-Ausflug, die dritte Aprilwoche, am ersten Tag',
	])('%s holds none', (text) => {
		expect(datesIn(text)).toEqual([]);
	});
});

describe('times in ordinary text', () => {
	test.each<[text: string, ...times: string[]]>([
		['18 Uhr', '18:00'],
		['um 18:00', '18:00'],
		['18.30 Uhr', '18:30'],
		['18 Uhr 30', '18:30'],
		['9 Uhr', '09:00'],
		['10 bis 12 Uhr', '10:00/12:00'],
		['von 10:30–12:00 Uhr', '10:30/12:00'],
		['10:00–12:00', '10:00/12:00'],
		['6 pm', '18:00'],
		['6:30 p.m.', '18:30'],
		['12 am', '00:00'],
		['18:00 to 20:00', '18:00/20:00'],
		['2–6 pm', '14:00/18:00'],
		['from 7 to 9.30 pm', '19:00/21:30'],
		['11–1 pm', '11:00/13:00'],
		['10 am to 1 pm', '10:00/13:00'],
		['19.30 h', '19:30'],
		['Do., 9. Januar 2025, 18 Uhr', '18:00'],
	])('%s', (text, ...times) => {
		expect(timesIn(text)).toEqual(times);
	});

	test.each(['25 Uhr', '18:75', '3:2 Stimmen', 'dauert 2 h', '18.30 Euro', 'Uhrzeit', '1:100 verkleinert', '10:20:30'])(
		'%s holds none',
		(text) => {
			expect(timesIn(text)).toEqual([]);
		},
	);
});

describe('what is written is recognised', () => {
	const days = Array.from({ length: 3653 }, (_, day) =>
		new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10),
	);

	test.each(languages.flatMap((language) => dateShapes.map((shape) => [language, shape] as const)))(
		'%s.%s, every day of ten years',
		(language, shape) => {
			for (const date of days) {
				const text = `Es ist ${writeDate(date, shape, language)} bei uns.`;
				const [found, ...more] = findDates(text);
				if (!found) throw new Error(`nothing found in: ${text}`);
				expect(more).toEqual([]);
				const year = found.year ?? Number(date.slice(0, 4));
				expect(`${text} ${dateFrom(year, found.month, found.day)}`).toBe(`${text} ${date}`);
				if (found.weekday) expect(found.weekday.day).toBe(weekdayOf(date));
				// What holds a weekday is found with it, or a wrong one could not be seen.
				expect(found.weekday !== null).toBe(/date|weekday/.test(shape));
			}
		},
	);

	test('moments, with their time', () => {
		const minute = fc.integer({ min: 0, max: 1439 });
		fc.assert(
			fc.property(fc.constantFrom(...days), minute, fc.constantFrom(...languages), (date, of, language) => {
				const time = `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
				for (const shape of momentShapes) {
					const text = writeShown(`${date}T${time}`, { language, shape }) ?? '';
					expect(timesIn(text)).toEqual([time]);
					const [found] = findDates(text);
					expect(found && dateFrom(found.year ?? Number(date.slice(0, 4)), found.month, found.day)).toBe(date);
				}
			}),
		);
	});

	test('a text without digits holds neither', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 200 }), (text) => {
				const plain = text.replace(/\p{N}/gu, '');
				expect(findDates(plain)).toEqual([]);
				expect(findTimes(plain)).toEqual([]);
			}),
		);
	});

	test('any text at all is read without a fault, and mentions stand in order and apart', () => {
		const pieces = fc.constantFrom(
			'9',
			'31',
			'.',
			'. ',
			' ',
			'Januar',
			'May',
			'2025',
			'-',
			'–',
			'/',
			':',
			'Uhr',
			'Do',
			'bis ',
			', ',
			'th',
			'(',
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
				const text = parts.join('');
				let last = 0;
				for (const { dateFrom: from, dateTo: to } of findDates(text)) {
					expect(from).toBeGreaterThanOrEqual(last);
					expect(to).toBeGreaterThan(from);
					last = to;
				}
			}),
			{ numRuns: 2000 },
		);
	});
});
