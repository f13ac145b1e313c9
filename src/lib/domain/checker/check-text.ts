/**
 * The checker: what in a paragraph contradicts itself or the calendar. It would rather say nothing than something wrong:
 * false alarms on ordinary text are counted in `ordinary-text.test.ts`.
 */
import { findDates, findTimes, type DateMention } from '../facts/recognise.ts';
import { withoutOwn, type Calendar, type Known } from './calendar.ts';
import { notTheNext, otherDay, otherTime } from './calendar-rules.ts';
import { noSuchDate, pastAnnouncement, wrongWeekday } from './date-rules.ts';
import { mendDate, meantDates } from './dates.ts';
import type { Finding, Mend } from './finding.ts';
import { misspelledNames } from './name-rule.ts';
import { liveDates } from './live-dates.ts';
import type { FactMention, Mentions, Reading } from './reading.ts';
import { sentencesOf, type Sentence } from './sentences.ts';

/** What is looked at, in a text that somebody made to keep others waiting: three pages in one piece, and so much in one sentence. */
const longest = 10_000;
const most = 100;

/**
 * @param whole of one paragraph
 * @param facts live facts in it, each of which the text has one character for
 * @returns by place; no two of them overlap
 */
export function checkText(whole: string, calendar: Calendar, facts: readonly FactMention[] = []): Finding[] {
	const typed = whole.slice(0, longest);
	const found = misspelledNames(typed, calendar.people);
	const text = withoutOwn(typed, calendar);
	const [dates, times] = [findDates(text), findTimes(text)];
	if (dates.length + times.length + facts.length > 0) {
		const days = [...dates, ...liveDates(facts, text, calendar)].sort((a, b) => a.dateFrom - b.dateFrom);
		for (const sentence of sentencesOf(text, [...dates, ...times])) {
			const mentions = {
				dates: dates.filter((each) => isIn(sentence, each.from)).slice(0, most),
				days: days.filter((each) => isIn(sentence, each.from)).slice(0, most),
				times: times.filter((each) => isIn(sentence, each.from)).slice(0, most),
				facts: facts.filter((each) => isIn(sentence, each.at)).slice(0, most),
			};
			found.push(...checkSentence(mentions, { text, sentence, calendar }));
		}
	}
	return found.sort((a, b) => a.from - b.from);
}

/** At most one finding for a date: the one that says most. */
function checkSentence(mentions: Mentions, reading: Reading): Finding[] {
	const found = mentions.dates.flatMap((mention) => noSuchDate(mention, reading) ?? []);
	const add = (finding: Finding | null) => {
		if (finding && found.every(({ from, to }) => finding.to <= from || to <= finding.from)) found.push(finding);
	};
	const next = notTheNext(mentions, reading);
	add(next);
	add(otherDay(mentions, reading));
	const time = otherTime(mentions, reading);
	if (!isOfAnotherThan(next, time)) add(time);
	for (const mention of mentions.days) add(wrongWeekday(mention, reading));
	for (const mention of mentions.days) add(pastAnnouncement(mention, reading));
	return found;
}

/** That on the typed day another has another hour says nothing where the day is not the meant one's. */
function isOfAnotherThan(next: Finding | null, time: Finding | null): boolean {
	if (next?.says.kind !== 'next-meeting' || !time || !('known' in time.says)) return false;
	return next.says.coming.at(-1)?.names.at(-1) !== time.says.known.names.at(-1);
}

function isIn({ from, to }: Sentence, at: number): boolean {
	return at >= from && at < to;
}

/** A typed date that is a known one's: one press makes it live. */
export type Match = { from: number; to: number; known: Known; mend: Mend };

export function matchesIn(text: string, calendar: Calendar): Match[] {
	return findDates(text.slice(0, longest)).flatMap((mention) => matchesOf(mention, text, calendar));
}

function matchesOf(mention: DateMention, text: string, { known, today }: Calendar): Match[] {
	const [date] = meantDates(mention, today);
	const there = known.filter((each) => each.date === date);
	return there.map((each) => ({
		from: mention.from,
		to: mention.dateTo,
		known: each,
		mend: mendDate(mention, each, text),
	}));
}
