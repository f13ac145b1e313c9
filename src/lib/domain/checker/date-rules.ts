/** Dates that cannot be: a day that is in no calendar, a weekday of another day, an announcement of what is over. */
import { languageOfWeekday, weekdayNames, weekdayOf, shortWeekdays } from '../facts/calendar-words.ts';
import { writeDate } from '../facts/forms.ts';
import { dateFrom, exactDate, type DateMention } from '../facts/recognise.ts';
import { daysBetween, type LocalDate } from '../local-time.ts';
import { announces, announcesDeadline, isDayOf } from './claims.ts';
import { canExist, languageAt, mendDate, meantDates, shapeOf, underlined } from './dates.ts';
import { namedIn } from './calendar.ts';
import type { Finding, Mend } from './finding.ts';
import type { DayMention, Reading } from './reading.ts';

export function noSuchDate(mention: DateMention, { text }: Reading): Finding | null {
	if (canExist(mention)) return null;
	const { dateFrom: from, dateTo: to } = mention;
	return { says: { kind: 'no-such-date', typed: text.slice(from, to) }, from, to, mends: [] };
}

export function wrongWeekday(mention: DayMention, { text, calendar }: Reading): Finding | null {
	const { weekday } = mention;
	const [date, ...others] = meantDates(mention, calendar.today);
	if (!weekday || !date || [date, ...others].some((each) => weekdayOf(each) === weekday.day)) return null;
	const { from, to } = weekday;
	const mends: Mend[] = [{ from, to, text: spelledLike(text.slice(from, to), weekdayOf(date)), fact: null }];
	for (const known of calendar.known) {
		const near = Math.abs(daysBetween(known.date, date)) <= 14 && known.date !== date;
		if (near && weekdayOf(known.date) === weekday.day) mends.push(mendDate(mention, known, text));
	}
	return { says: { kind: 'weekday', date }, from: mention.from, to: Math.max(to, mention.dateTo), mends };
}

/** The other weekday as the one that stands there: in full or short, German or English, capitals or small letters. */
function spelledLike(word: string, weekday: number): string {
	const language = languageOfWeekday(word);
	if (word.length <= 5) return (shortWeekdays[language][weekday] ?? word).replace('.', '');
	const other = weekdayNames[language][weekday] ?? word;
	if (word === word.toUpperCase()) return other.toUpperCase();
	return word === word.toLowerCase() ? other.toLowerCase() : other;
}

/** How long ago an announced day may be to be a slip, with and without its year. */
const slip = { withYear: 400, without: 100 };

export function pastAnnouncement(mention: DayMention, { text, sentence, calendar }: Reading): Finding | null {
	const [date] = meantDates(mention, calendar.today);
	if (!date || date >= calendar.today) return null;
	if (daysBetween(date, calendar.today) > (mention.year === null ? slip.without : slip.withYear)) return null;
	const words = text.slice(sentence.from, sentence.to);
	const announced = announces(words) && isDayOf(text, mention.from, mention.to);
	if (!announced && !announcesDeadline(words, text.slice(sentence.from, mention.from))) return null;
	const mends = laterDays(mention, { text, sentence, calendar }, date);
	return { says: { kind: 'past', date }, ...underlined(mention, text), mends };
}

/**
 * What is named in the sentence and still to come, else the same day of the next year where that is near; of a live date
 * what comes next of its own kind.
 */
function laterDays(mention: DayMention, { text, sentence, calendar }: Reading, date: LocalDate): Mend[] {
	const ahead = calendar.known.filter(({ date: day }) => day >= calendar.today);
	const { live } = mention;
	if (live) {
		const next = ahead.filter(
			({ kind, names }) => kind === live.known.kind && names.at(-1) === live.known.names.at(-1),
		);
		return next
			.sort((a, b) => (a.date < b.date ? -1 : 1))
			.slice(0, 2)
			.map((known) => mendDate(mention, known, text));
	}
	const named = namedIn(text.slice(sentence.from, sentence.to), ahead);
	const sameDay = ahead.filter(({ date: day }) => day.slice(8) === date.slice(8) && daysBetween(date, day) <= 62);
	const fitting = named.length > 0 ? named : sameDay;
	if (fitting.length > 0) return fitting.slice(0, 2).map((known) => mendDate(mention, known, text));
	const exact = exactDate(mention);
	const next = exact && dateFrom(Number(exact.slice(0, 4)) + 1, mention.month, mention.day);
	if (!next || next < calendar.today || daysBetween(calendar.today, next) > 200) return [];
	const written = writeDate(next, shapeOf(mention, text), languageAt(mention, text));
	return [{ from: mention.from, to: mention.dateTo, text: written, fact: null }];
}
