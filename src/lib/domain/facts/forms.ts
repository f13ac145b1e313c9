/**
 * How a fact is written: *Do., 9. Januar 2025, 18 Uhr* or *am 9.1.*, in German or English. A form is stored with the fact as
 * `de.when`, so that everybody reads the same words whatever the language of their device. The words are made here and not
 * by `Intl`: they must be the same on every device and on the server, or a fact would look changed where it is not.
 */
import {
	asUtc,
	dateOf,
	isLocalDate,
	isLocalDateTime,
	isLocalTime,
	timeOf,
	type LocalDate,
	type LocalTime,
} from '../local-time.ts';
import {
	languages,
	monthNames,
	shortMonths,
	shortWeekdays,
	weekdayNames,
	weekdayOf,
	type Language,
} from './calendar-words.ts';

/** With an hour. */
export const momentShapes = ['when', 'when-full', 'when-short'] as const;
export const dateShapes = [
	'date',
	'date-full',
	'weekday-day',
	'date-short',
	'day',
	'day-month',
	'numeric',
	'numeric-short',
	'on',
	'on-short',
] as const;
export const timeShapes = ['time', 'span'] as const;
/** What is a text and has no form of its own. */
export const textShapes = ['place', 'text', 'holder', 'office', 'holder-office'] as const;

export type MomentShape = (typeof momentShapes)[number];
export type DateShape = (typeof dateShapes)[number];
export type TimeShape = (typeof timeShapes)[number];
export type TextShape = (typeof textShapes)[number];
export type Shape = MomentShape | DateShape | TimeShape | TextShape;
export type Form = { language: Language; shape: Shape };

const shapes: readonly Shape[] = [...momentShapes, ...dateShapes, ...timeShapes, ...textShapes];

export function toForm({ language, shape }: Form): string {
	return `${language}.${shape}`;
}

/** What another client wrote may be anything: an unknown form is null. */
export function fromForm(form: string): Form | null {
	const [first, second] = form.split('.');
	const language = languages.find((each) => each === first);
	const shape = shapes.find((each) => each === second);
	return language && shape ? { language, shape } : null;
}

export function isMomentShape(shape: Shape): shape is MomentShape {
	return momentShapes.some((each) => each === shape);
}

export function isDateShape(shape: Shape): shape is DateShape {
	return dateShapes.some((each) => each === shape);
}

/**
 * What a form shows of a value, and no more: `2025-01-09`, `18:00`, `18:00/20:00`, `2025-01-09T18:00`, or a text. Two equal
 * ones read the same, so a meeting that moves by an hour changes nothing for who wrote the day alone.
 */
export type Shown = string;

/** Writes what a form shows. What is not of the form's kind comes back as null. */
export function writeShown(shown: Shown, { language, shape }: Form): string | null {
	if (isMomentShape(shape)) return isLocalDateTime(shown) ? writeMoment(shown, shape, language) : null;
	if (isDateShape(shape)) return isLocalDate(shown) ? writeDate(shown, shape, language) : null;
	if (shape === 'time') return isLocalTime(shown) ? writeTime(shown, language) : null;
	if (shape === 'span') return writeSpan(shown, language);
	return shown;
}

function writeMoment(moment: string, shape: MomentShape, language: Language): string {
	const date = { when: 'date', 'when-full': 'date-full', 'when-short': 'numeric-short' } as const;
	return `${writeDate(dateOf(moment), date[shape], language)}, ${writeTime(timeOf(moment), language)}`;
}

export function writeDate(date: LocalDate, shape: DateShape, language: Language): string {
	const moment = new Date(asUtc(`${date}T00:00`));
	const [day, month, year] = [moment.getUTCDate(), moment.getUTCMonth(), moment.getUTCFullYear()];
	const named = language === 'de' ? `${day}. ${monthNames.de[month]}` : `${day} ${monthNames.en[month]}`;
	const brief = language === 'de' ? `${day}.${month + 1}.` : `${day} ${shortMonths[month]}`;
	const weekday = weekdayNames[language][weekdayOf(date)];
	const short = shortWeekdays[language][weekdayOf(date)];
	const on = language === 'de' ? 'am' : 'on';
	const written: Record<DateShape, string> = {
		date: `${short}, ${named} ${year}`,
		'date-full': `${weekday}, ${named} ${year}`,
		'weekday-day': `${weekday}, ${named}`,
		'date-short': `${short}, ${brief}`,
		day: `${named} ${year}`,
		'day-month': named,
		numeric: language === 'de' ? `${brief}${year}` : `${brief} ${year}`,
		'numeric-short': brief,
		on: `${on} ${named}`,
		'on-short': `${on} ${brief}`,
	};
	return written[shape];
}

/** `18 Uhr`, `18:30 Uhr`; in English `18:00`. */
export function writeTime(time: LocalTime, language: Language): string {
	return language === 'de' ? `${spoken(time)} Uhr` : time;
}

function writeSpan(shown: Shown, language: Language): string | null {
	const [start, end] = shown.split('/');
	if (!isLocalTime(start)) return null;
	if (!isLocalTime(end)) return writeTime(start, language);
	return language === 'de' ? `${spoken(start)} bis ${spoken(end)} Uhr` : `${start} to ${end}`;
}

function spoken(time: LocalTime): string {
	return time.endsWith(':00') ? String(Number(time.slice(0, 2))) : time;
}
