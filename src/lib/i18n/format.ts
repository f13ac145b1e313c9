/**
 * Dates, times and lists as people read them, in the chosen language. Dates and times come in as wall-clock strings
 * (`domain/local-time.ts`) and mean what they say: no time zone is applied. What is not of that form comes back as it is.
 * Formatters cost a millisecond each to make, and a list has hundreds of dates: they are kept.
 */
import {
	asUtc,
	dateOf,
	isLocalDate,
	isLocalDateTime,
	isLocalTime,
	localDateTimeAt,
	timeOf,
	type LocalDate,
	type LocalDateTime,
	type LocalTime,
} from '#lib/domain/local-time.ts';
import { m } from './paraglide/messages.js';
import { getLocale } from './paraglide/runtime.js';

/** `long` Do., 9. Januar 2025 · `medium` Do., 9. Januar · `short` 9.1.2025 */
export type DateStyle = 'long' | 'medium' | 'short';

const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
	long: { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' },
	medium: { weekday: 'short', day: 'numeric', month: 'long' },
	short: { day: 'numeric', month: 'numeric', year: 'numeric' },
};

/** English as it is written in Europe: day before month, 24 hours. */
const tags = { de: 'de-DE', en: 'en-GB' } as const;

const kept = new Map<string, unknown>();

function keep<T>(kind: string, make: (tag: string) => T): T {
	const tag = tags[getLocale()];
	const key = `${tag} ${kind}`;
	const found = kept.get(key) as T | undefined;
	if (found !== undefined) return found;
	const made = make(tag);
	kept.set(key, made);
	return made;
}

export function formatDate(date: LocalDate, style: DateStyle = 'long'): string {
	if (!isLocalDate(date)) return date;
	return keep(style, (tag) => new Intl.DateTimeFormat(tag, { ...dateStyles[style], timeZone: 'UTC' })).format(
		asUtc(`${date}T00:00`),
	);
}

/** `18:00 Uhr`, never with a line's end before the last word. */
export function formatTime(time: LocalTime): string {
	return isLocalTime(time) ? m.shell_time({ time }) : time;
}

/** `Do., 9. Januar 2025, 18:00 Uhr` */
export function formatDateTime(moment: LocalDateTime, style: DateStyle = 'long'): string {
	if (!isLocalDateTime(moment)) return moment;
	return `${formatDate(dateOf(moment), style)}, ${formatTime(timeOf(moment))}`;
}

/** `10:00–12:00 Uhr` */
export function formatTimeSpan(start: LocalTime, end: LocalTime | null): string {
	if (end === null) return formatTime(start);
	return isLocalTime(start) && isLocalTime(end) ? m.shell_time({ time: `${start}–${end}` }) : `${start}–${end}`;
}

/** `Do., 9. Januar 2025, 18:00–20:00 Uhr`, with both dates when it ends on another day. */
export function formatSpan(start: LocalDateTime, end: LocalDateTime | null, style: DateStyle = 'long'): string {
	if (end === null || !isLocalDateTime(start) || !isLocalDateTime(end)) return formatDateTime(start, style);
	if (dateOf(start) !== dateOf(end)) return `${formatDateTime(start, style)} – ${formatDateTime(end, style)}`;
	return `${formatDate(dateOf(start), style)}, ${formatTimeSpan(timeOf(start), timeOf(end))}`;
}

/** `in 9 Tagen`, `morgen`, `heute`, `gestern`, `vor 3 Tagen` */
export function formatDaysAway(days: number): string {
	return keep('relative', (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })).format(days, 'day');
}

/** `Ada, Cem und Li` */
export function formatList(names: readonly string[]): string {
	return keep('list', (tag) => new Intl.ListFormat(tag, { type: 'conjunction' })).format(names);
}

/** `1.400` */
export function formatNumber(value: number): string {
	return keep('number', (tag) => new Intl.NumberFormat(tag)).format(value);
}

/** `95 Minuten` */
export function formatMinutes(minutes: number): string {
	return keep(
		'minutes',
		(tag) => new Intl.NumberFormat(tag, { style: 'unit', unit: 'minute', unitDisplay: 'long' }),
	).format(minutes);
}

/**
 * A moment that a server noted, as a date and time.
 * @param instant ISO 8601 in UTC
 * @param timeZone IANA name; the association's
 */
export function formatInstant(instant: string, timeZone: string, style: DateStyle = 'long'): string {
	const date = new Date(instant);
	return Number.isNaN(date.getTime()) ? instant : formatDateTime(localDateTimeAt(date, timeZone), style);
}
