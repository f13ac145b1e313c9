/**
 * Times that people agree on ("Thursday at six") are wall-clock times in the association's time zone, so that a change
 * of the zone's rules does not move a meeting. They are strings: a date is `YYYY-MM-DD`, a time is `HH:mm`, and both
 * together are `YYYY-MM-DDTHH:mm`. Strings of one form compare as times do.
 */
export type LocalDate = string;
export type LocalTime = string;
export type LocalDateTime = string;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether it is a day that exists in the Gregorian calendar, from the year 1900 to 2199. */
export function isLocalDate(value: unknown): value is LocalDate {
	const match = typeof value === 'string' ? datePattern.exec(value) : null;
	if (!match) return false;
	const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
	if (year < 1900 || year > 2199) return false;
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function isLocalTime(value: unknown): value is LocalTime {
	return typeof value === 'string' && timePattern.test(value);
}

export function isLocalDateTime(value: unknown): value is LocalDateTime {
	return typeof value === 'string' && value[10] === 'T' && isLocalDate(dateOf(value)) && isLocalTime(timeOf(value));
}

export function dateOf(value: LocalDateTime): LocalDate {
	return value.slice(0, 10);
}

export function timeOf(value: LocalDateTime): LocalTime {
	return value.slice(11);
}

export function toLocalDateTime(date: LocalDate, time: LocalTime): LocalDateTime {
	return `${date}T${time}`;
}

/** Minutes of wall-clock time from `start` to `end`; negative when the end comes first. Changes of clock are not counted. */
export function minutesBetween(start: LocalDateTime, end: LocalDateTime): number {
	return Math.round((asUtc(end) - asUtc(start)) / 60_000);
}

/** The wall-clock time `minutes` later. */
export function addMinutes(start: LocalDateTime, minutes: number): LocalDateTime {
	return new Date(asUtc(start) + minutes * 60_000).toISOString().slice(0, 16);
}

/** Whole days from one date to the other. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
	return Math.round(minutesBetween(`${from}T00:00`, `${to}T00:00`) / 1440);
}

/**
 * What the clock on the wall shows at an instant.
 * @param timeZone an IANA name such as `Europe/Berlin`
 */
export function localDateTimeAt(instant: Date, timeZone: string): LocalDateTime {
	// The Swedish form of a date is the ISO form.
	return instant.toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).replace(' ', 'T');
}

/** The same numbers read as UTC: for arithmetic and for `Intl` with `timeZone: 'UTC'`, never as an instant. */
export function asUtc(value: LocalDateTime): number {
	return Date.parse(`${value}:00Z`);
}
