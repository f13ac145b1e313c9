/**
 * Finds dates and times of day in ordinary German and English text. What is only near to one (a price, a section's number,
 * *in acht Tagen*) is left alone: a date that is missed costs a hint, one that is none costs trust in all hints.
 */
import { isLocalDate, isLocalTime, type LocalDate, type LocalTime } from '../local-time.ts';
import {
	englishMonthPattern,
	languageOfMonth,
	languageOfWeekday,
	monthNamed,
	monthNames,
	monthPattern,
	type Language,
} from './calendar-words.ts';
import { dayNamed, dayWords } from './day-words.ts';
import { notADate, weekdaysAround, type WeekdayMention } from './weekday-words.ts';

export type DateMention = {
	/** The whole of it: weekday, day, month, year. */
	from: number;
	to: number;
	/** The day, month and year alone. */
	dateFrom: number;
	dateTo: number;
	day: number;
	/** 1 to 12, or a number that is no month where a year says that a date is meant. */
	month: number;
	year: number | null;
	weekday: WeekdayMention | null;
	/** By its words, of numbers by the weekday beside them; numbers alone are written as in German, an ISO date as in no language. */
	language: Language | null;
	/** Whether the month is a number. */
	numeric: boolean;
};

export type TimeMention = { from: number; to: number; start: LocalTime; end: LocalTime | null };

const edge = String.raw`(?<![\p{L}\p{N}]|\d[.,:/]|[-–]\d?)`;
const through = String.raw`\s?(?:[-–—/]|bis(?:\s+zum)?|und|to|and|until)\s?`;
const year = String.raw`(?:,?\s?((?:19|20|21)\d{2})(?!\d|[.,:]\d))?`;

/** The dot of an abbreviation; behind a whole word it ends the sentence. */
const shortened = String.raw`(?:(?<!Mai|May|Juni|June|Juli|July|März)(?<=(?<!\p{L})\p{L}{3,4})\.)?`;

/** "Am Abend des 9. Januars" */
const genitive = String.raw`(?:(?<=[.n]\s?(?:${monthNames.de.join('|')}))e?s)?`;

const dayThenMonth = new RegExp(
	String.raw`${edge}(?:(\d{1,2})(?:\.|st|nd|rd|th)?${through})?(\d{1,2}|${dayWords})(?:\.|st|nd|rd|th)?\s?(?:of\s+)?(${monthPattern})${genitive}(?![\p{L}-])${shortened}${year}`,
	'giu',
);
const monthThenDay = new RegExp(
	String.raw`${edge}(${englishMonthPattern})${shortened}\s(\d{1,2})(?:st|nd|rd|th)?(?![\d:]|[.,]\d|\s?(?:Uhr|%))(?:\s?[-–]\s?(\d{1,2})(?!\d))?${year}`,
	'gu',
);
const numbers = new RegExp(
	String.raw`${edge}(?:(\d{1,2})\.${through})?(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})|(\d{2}))?(?![\d]|[.,:]\d)`,
	'gu',
);
const numbersAfterAWord = new RegExp(
	String.raw`(?<=(?<!\p{L})(?:am|vom|zum|den|dem|Mo|Di|Mi|Do|Fr|Sa|So|tag|woch)[.,]{0,2}\s)(\d{1,2})\.(\d{1,2})(?![\d.]|,\d|\s?(?:%|€|Euro|Prozent|Uhr|km|m\b))`,
	'gu',
);
/** Without a year, only behind a word that says that a day follows: 18/3 may be a room. */
const slashes = new RegExp(
	String.raw`${edge}(?<!/)(?!24/7)(\d{1,2})/(\d{1,2})(?:/(\d{4})|(?<=(?<!\p{L})(?:am|vom|zum|den|dem|on)\s\d+/\d+))(?![\d/\p{L}-])`,
	'giu',
);
const iso = /(?<![\p{L}\p{N}/-])(\d{4})-(\d{2})-(\d{2})(?![\p{L}\p{N}-])/gu;

type Parts = { from: number; to: number; day: number; month: number | null; year: number | null } & Pick<
	DateMention,
	'language' | 'numeric'
>;

/** By place; none overlaps another. */
export function findDates(text: string): DateMention[] {
	if (!/\d|(?:te[nr]?|of)\s\p{L}/u.test(text)) return [];
	const found: Parts[] = [];
	for (const match of text.matchAll(dayThenMonth)) found.push(...namedDates(match));
	for (const match of text.matchAll(monthThenDay)) found.push(...englishDates(match, text));
	for (const match of text.matchAll(numbers)) found.push(...numericDates(match));
	for (const match of text.matchAll(numbersAfterAWord))
		found.push(numeric(match.index, match[0].length, match[1], match[2], null));
	for (const match of text.matchAll(slashes)) found.push(...slashedDates(match, text));
	for (const match of text.matchAll(iso)) {
		const parts = numeric(match.index, match[0].length, match[3], match[2], Number(match[1]));
		found.push({ ...parts, language: null });
	}
	return withoutOverlap(
		found.filter((parts) => isMeantAsDate(parts, text)).filter(({ from }) => !notADate(text.slice(0, from))),
	).map((parts) => toMention(parts, text));
}

function namedDates(match: RegExpMatchArray): Parts[] {
	const [whole, first, day, name = '', years] = match;
	const from = match.index ?? 0;
	const named = { month: monthNamed(name), year: years ? Number(years) : null, numeric: false };
	const language = languageOfMonth(name) ?? (/\d\.\s?\p{L}|te[nr]?\s/u.test(whole) ? 'de' : 'en');
	const dayAt = from + (first === undefined ? 0 : whole.indexOf(day ?? '', first.length));
	const last = { ...named, language, from: dayAt, to: from + whole.length, day: dayNamed(day ?? '') };
	if (first === undefined) return [last];
	return [
		{ ...named, language, from, to: from + first.length + (whole[first.length] === '.' ? 1 : 0), day: Number(first) },
		last,
	];
}

function englishDates(match: RegExpMatchArray, text: string): Parts[] {
	const [whole, name = '', day, second, years] = match;
	const from = match.index ?? 0;
	// "Im August 20 neue Mitglieder": a month, and then a number of something.
	const [, word, english] =
		/(?:^|\P{L})(im|in|ende|anfang|mitte|seit|bis|(since|until|of|by))\s+$/iu.exec(text.slice(0, from)) ?? [];
	if (word && (!english || /^\s\p{L}/u.test(text.slice(from + whole.length)))) return [];
	const named = {
		month: monthNamed(name),
		year: years ? Number(years) : null,
		numeric: false,
		language: 'en' as const,
	};
	const first = { ...named, from, to: from + whole.length, day: Number(day) };
	if (second === undefined) return [first];
	const secondAt = from + whole.lastIndexOf(second, whole.length - (years ?? '').length - 1);
	return [
		{ ...first, to: secondAt },
		{ ...first, from: secondAt, day: Number(second) },
	];
}

function numericDates(match: RegExpMatchArray): Parts[] {
	const [whole, first, day, month, years, two] = match;
	const from = match.index ?? 0;
	const full = years ? Number(years) : two ? 2000 + Number(two) : null;
	const dayAt = from + (first === undefined ? 0 : whole.indexOf(`${day}.`, first.length + 1));
	const last = numeric(dayAt, from + whole.length - dayAt, day, month, full);
	return first === undefined ? [last] : [numeric(from, first.length + 1, first, month, full), last];
}

/** Of 9/1 only who wrote it knows which is the month. */
function slashedDates(match: RegExpMatchArray, text: string): Parts[] {
	const [whole, first = '', second = '', years] = match;
	const from = match.index ?? 0;
	if (Number(first) <= 12 && Number(second) <= 12 && first !== second) return [];
	const [day, month] = Number(first) > 12 ? [first, second] : [second, first];
	const parts = numeric(from, whole.length, day, month, years ? Number(years) : null);
	return [{ ...parts, language: /(?:am|vom|zum|den|dem)\s$/i.test(text.slice(0, from)) ? 'de' : 'en' }];
}

function numeric(
	from: number,
	length: number,
	day: string | undefined,
	month: string | undefined,
	year: number | null,
): Parts {
	return { from, to: from + length, day: Number(day), month: Number(month), year, numeric: true, language: 'de' };
}

/** "45.13." is no date that somebody got wrong, "31.13.2024" is, and "32.12." behind what only a date stands behind. */
function isMeantAsDate({ from, to, day, month, year, numeric }: Parts, text: string): boolean {
	if (month === null || day < 1 || day > 39 || month < 1) return false;
	if (year !== null && (year < 1900 || year > 2199)) return false;
	if (!numeric || year !== null) return true;
	return month <= 12 && (day <= 31 || (text[to - 1] === '.' && asksForADay(text.slice(0, from))));
}

/** "am", "24.12. bis" */
function asksForADay(head: string): boolean {
	const range = /(?<![\d.])\d{1,2}\.\s?\d{1,2}\.(?:\d{4})?\s?(?:[-–—]|bis(?:\szum)?)\s$/u.exec(head);
	return range ? !notADate(head.slice(0, range.index)) : /(?<!\p{L})(?:am|vom)\s$/iu.test(head);
}

function withoutOverlap(found: Parts[]): Parts[] {
	const sorted = found.sort((a, b) => a.from - b.from || b.to - a.to);
	const kept: Parts[] = [];
	for (const parts of sorted) {
		const last = kept.at(-1);
		if (!last || parts.from >= last.to) kept.push(parts);
	}
	return kept;
}

function toMention({ from, to, month, ...rest }: Parts, text: string): DateMention {
	const { start, end, weekday } = weekdaysAround(text, from, to);
	const language = weekday && rest.numeric ? languageOfWeekday(text.slice(weekday.from, weekday.to)) : rest.language;
	return { ...rest, language, month: month ?? 0, from: start, to: end, dateFrom: from, dateTo: to, weekday };
}

const clock = String.raw`(\d{1,2})(?:[:.](\d{2}))?`;
const spoken = new RegExp(
	String.raw`${edge}(?:${clock}(?:\s?Uhr)?\s?(?:[-–—]|bis|und|to)\s?)?${clock}\s?(?:Uhr|(?<=\d[.]\d\d\s?)h)(?:\s(\d{2})(?![\d.:]|\s*\p{L}))?(?!\p{L})`,
	'giu',
);
const written = new RegExp(
	String.raw`${edge}(?:(\d{1,2}):(\d{2})\s?(?:[-–—]|bis|to|until)\s?)?(\d{1,2}):(\d{2})(?![\d:]|\.\d|\s?Uhr)`,
	'gu',
);
const halves = new RegExp(
	String.raw`${edge}(?:${clock}\s?(?:([ap])\.?m\.?)?\s?(?:[-–—]|to|until)\s?)?${clock}\s?([ap])(?:m(?!\p{L})|\.m\.)`,
	'giu',
);

/** By place; none overlaps another. */
export function findTimes(text: string): TimeMention[] {
	if (!/\d/.test(text)) return [];
	const found: TimeMention[] = [];
	const keep = (match: RegExpMatchArray, first: LocalTime | null, last: LocalTime | null) => {
		const from = match.index ?? 0;
		const to = from + match[0].length;
		const start = first ?? last;
		if (start && !found.some((other) => from < other.to && other.from < to))
			found.push({ from, to, start, end: first && last });
	};
	for (const match of text.matchAll(halves)) {
		const last = toTime(match[4], match[5], match[6]);
		const first = toTime(match[1], match[2], match[3] ?? match[6]);
		// "11–1 pm" begins in the morning.
		keep(match, first && last && !match[3] && first > last ? toTime(match[1], match[2], 'a') : first, last);
	}
	for (const match of text.matchAll(spoken))
		keep(match, toTime(match[1], match[2]), toTime(match[3], match[4] ?? match[5]));
	for (const match of text.matchAll(written)) keep(match, toTime(match[1], match[2]), toTime(match[3], match[4]));
	return found.sort((a, b) => a.from - b.from);
}

function toTime(hours: string | undefined, minutes: string | undefined, half?: string): LocalTime | null {
	const hour = Number(hours);
	const shift = half === undefined ? 0 : (half.toLowerCase() === 'p' ? 12 : 0) - (hour === 12 ? 12 : 0);
	const time = `${String(hour + shift).padStart(2, '0')}:${minutes ?? '00'}`;
	return isLocalTime(time) ? time : null;
}

/** The date when it has a year and exists. */
export function exactDate({ day, month, year }: Pick<DateMention, 'day' | 'month' | 'year'>): LocalDate | null {
	return year === null ? null : dateFrom(year, month, day);
}

/** @returns null when there is no such day */
export function dateFrom(year: number, month: number, day: number): LocalDate | null {
	const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
	return isLocalDate(date) ? date : null;
}
