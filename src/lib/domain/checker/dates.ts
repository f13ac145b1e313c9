/** Which day a date means that has no year, and how its replacement is to be written. */

import { languageOfText, type Language } from '../facts/calendar-words.ts';
import { toForm, writeDate, type DateShape } from '../facts/forms.ts';
import { dateFrom, exactDate, type DateMention } from '../facts/recognise.ts';
import { daysBetween, type LocalDate } from '../local-time.ts';
import type { Known } from './calendar.ts';
import type { Mend } from './finding.ts';
import { besideLive, mendLive } from './live-dates.ts';
import type { DayMention } from './reading.ts';

/** Beyond these many days nobody means a date without a year. */
const horizon = 240;

/** The days that a date may mean, the nearest first: the one of its year, else the last and the next of its kind. */
export function meantDates(mention: DateMention, today: LocalDate): LocalDate[] {
	const exact = exactDate(mention);
	if (mention.year !== null) return exact === null ? [] : [exact];
	const year = Number(today.slice(0, 4));
	return [year - 1, year, year + 1]
		.flatMap((each) => dateFrom(each, mention.month, mention.day) ?? [])
		.filter((date) => Math.abs(daysBetween(today, date)) <= horizon)
		.sort((a, b) => Math.abs(daysBetween(today, a)) - Math.abs(daysBetween(today, b)) || (a > b ? -1 : 1));
}

/** Whether there is such a day in some year: 29 February without a year exists. */
export function canExist({ day, month, year }: DateMention): boolean {
	return dateFrom(year ?? 2024, month, day) !== null;
}

/** The shape in which a date was typed, so that what replaces it looks like it. */
export function shapeOf(mention: DateMention, text: string): DateShape {
	const { weekday, year, numeric } = mention;
	const word = weekday && weekday.from < mention.dateFrom ? text.slice(weekday.from, weekday.to) : '';
	if (word.length > 5) return year === null ? 'weekday-day' : 'date-full';
	if (word !== '') return year === null ? 'date-short' : 'date';
	if (
		numeric ||
		/\d\s?(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)(?!\p{L})/u.test(text.slice(mention.from, mention.to))
	)
		return year === null ? 'numeric-short' : 'numeric';
	return year === null ? 'day-month' : 'day';
}

/** In which language a day is written anew: as it stands there, and where it has no language of its own as the text around it. */
export function languageAt({ language }: DateMention, text: string): Language {
	return language ?? languageOfText(text) ?? 'de';
}

/** Puts the day of something known in place of another. */
export function mendDate(mention: DayMention, known: Known, text: string): Mend {
	if (mention.live) return mendLive(mention, known, mention.live.form);
	const language = languageAt(mention, text);
	const shape = shapeOf(mention, text);
	// A weekday behind the date stays where it is, so only the day is replaced.
	const from = mention.from;
	return {
		from,
		to: mention.dateTo,
		text: writeDate(known.date, shape, language),
		fact: { kind: known.kind, of: known.id, form: toForm({ language, shape }) },
	};
}

/** What is underlined for a day: what stands before it too where that belongs to it. */
export function underlined(mention: DayMention, text: string): { from: number; to: number } {
	return mention.live && mention.from === mention.dateFrom
		? besideLive(mention, text)
		: { from: mention.from, to: mention.dateTo };
}
