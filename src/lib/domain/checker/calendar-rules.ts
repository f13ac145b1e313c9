/** Dates and times that contradict the calendar: of the next meeting, of something named, of a meeting on that day. */
import type { DateMention, TimeMention } from '../facts/recognise.ts';
import { toForm, writeShown } from '../facts/forms.ts';
import { daysBetween, type LocalDate } from '../local-time.ts';
import { isOfAnother, isSaidOfAnother, namedIn, namesAnotherBody, placeOf, type Known } from './calendar.ts';
import {
	announces,
	beginsAsEntry,
	isCalledItself,
	isDayOf,
	isEntry,
	keepsADayFor,
	meetingIn,
	speaksOfAnotherOccasion,
	speaksOfAPart,
	speaksOfFormerDay,
	speaksOfItsEnd,
	speaksOfItsTime,
	speaksOfMeeting,
	speaksOfSomethingAround,
	speaksOfTimeBeside,
	tells,
} from './claims.ts';
import { mendDate, meantDates, underlined } from './dates.ts';
import type { Finding } from './finding.ts';
import { nextPhraseIn, type NextPhrase } from './next-phrase.ts';
import type { DayMention, Mentions, Reading } from './reading.ts';
import type { Sentence } from './sentences.ts';
import { writeLike } from './times.ts';

/** *Die nächste Sitzung ist am …* with a day that is not the next meeting's. */
export function notTheNext(mentions: Mentions, reading: Reading): Finding | null {
	const { text, sentence, calendar } = reading;
	const words = text.slice(sentence.from, sentence.to);
	const phrase = nextPhraseIn(words);
	const meetings = calendar.known.filter(({ kind }) => kind === 'meeting');
	if (!phrase || phrase.isNarrowed || namesAnotherBody(words, calendar.known)) return null;
	const coming = nextOfEach(meantBy(phrase, words, meetings), calendar.today);
	const first = coming.find(({ date }) => date > calendar.today);
	const isMeant = (known: Known) => known.date <= (first?.date ?? known.date) || !isOccasion(known, phrase, words);
	const candidates = coming.filter(isMeant);
	const claimed = candidates.length > 0 ? claimedDay(mentions, reading, phrase) : null;
	if (!claimed) return null;
	// With the right day beside it, the other may be anything.
	const days = mentions.days.flatMap((mention) => meantDates(mention, calendar.today));
	const named = namedIn(words, calendar.known).filter((known) => known.kind === 'action');
	if (
		meantDates(claimed, calendar.today).length === 0 ||
		days.some((day) => [...candidates, ...named].some(({ date }) => date === day))
	)
		return null;
	// The one of the live date's body, or whose day was typed in another month, first; that of today last: it was meant least.
	const order = (known: Known) =>
		(known.date === calendar.today ? 9 : 0) - likeness(known, claimed) - fitness(known, phrase, words);
	const sorted = candidates.toSorted((a, b) => order(a) - order(b));
	const [known] = sorted;
	if (!known) return null;
	const mends = sorted
		.filter((each) => each === known || each.date !== calendar.today)
		.slice(0, 3)
		.map((each) => mendDate(claimed, each, text));
	const upTo = coming.filter(({ date }) => date <= known.date);
	return { says: { kind: 'next-meeting', coming: upTo }, ...underlined(claimed, text), mends };
}

/** Which meetings a phrase can mean; none when it names something that the calendar does not know. */
function meantBy({ from, to, stem, complement }: NextPhrase, words: string, meetings: readonly Known[]): Known[] {
	const named = namedIn(words, meetings);
	if (named.length > 0) return isSaidOfAnother(words, { at: from, length: to - from }, meetings) ? [] : named;
	if (complement !== '') return [];
	if (stem === '') return [...meetings];
	return meetings.filter(({ names }) => names.some((name) => name.toLowerCase().includes(stem)));
}

/**
 * For each body its next meeting: that of today too, and the one behind it, because a text of a meeting's day may be written
 * before or after it.
 */
function nextOfEach(meetings: readonly Known[], today: LocalDate): Known[] {
	const bodies = new Map<string, Known[]>();
	for (const known of meetings.toSorted((a, b) => (a.date < b.date ? -1 : 1))) {
		if (known.date < today) continue;
		const body = bodyOf(known);
		const next = bodies.get(body) ?? [];
		if (next.every(({ date }) => date === today)) bodies.set(body, [...next, known]);
	}
	return [...bodies.values()].flat().sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** What goes by a name of its own: nobody calls it "the next meeting" but where it comes first. */
const occasion =
	/klausur|retreat|(?:mitglieder|haupt|voll|general|wahl|gründungs)versammlung|general\s(?:meeting|assembly)|^(?:AGM|JHV|MV)$/iu;

function isOccasion({ names }: Known, { kind }: NextPhrase, words: string): boolean {
	return (
		/^[sm]/u.test(kind) &&
		occasion.test(names[0] ?? '') &&
		!/mitglied|member|general|full|annual|jahr|jähr/iu.test(words)
	);
}

/** "Sitzung" is meant as what is called one, rather than as a retreat that comes first. */
function fitness(known: Known, phrase: NextPhrase, words: string): number {
	if (isOccasion(known, phrase, words)) return -2;
	// More than a month that is typed right says of another: that comes first, and is called so.
	const kind = sittings.test(phrase.kind) ? sittings : new RegExp(phrase.kind, 'iu');
	return phrase.kind !== '' && known.names.some((name) => kind.test(name)) ? 1.5 : 0;
}

/** The same in both languages. */
const sittings = /sitzung|meeting/iu;

/** "Januarsitzung" and "Februarsitzung" of one body follow each other; a retreat of it is an occasion of its own. */
function bodyOf({ names }: Known): string {
	const isOrdinary = names.slice(0, -1).every((title) => /sitzung|treffen|meeting|session/iu.test(title));
	return isOrdinary ? (names.at(-1) ?? '') : names.join('\n');
}

function likeness(known: Known, { day, month, live }: DayMention): number {
	if (live) return bodyOf(known) === bodyOf(live.known) ? 1 : 0;
	const { date } = known;
	return (Number(date.slice(8)) === day ? 2 : 0) + (Number(date.slice(5, 7)) === month ? 1 : 0);
}

/** The day that stands with the phrase: the first behind it, or the last before it, with no other clause between. */
function claimedDay({ days }: Mentions, { text, sentence }: Reading, phrase: NextPhrase): DayMention | null {
	const [from, to] = [sentence.from + phrase.from, sentence.from + phrase.to];
	const fits = (mention: DateMention, gap: string) =>
		gap.length <= (phrase.inside ? 12 : 80) && isOneClause(gap) && isDayOf(text, mention.from, mention.to);
	const behind = days.find((mention) => mention.from >= to);
	if (behind) return fits(behind, text.slice(to, behind.from)) ? behind : null;
	const before = days.findLast((mention) => mention.to <= from);
	return before && !phrase.inside && fits(before, text.slice(before.to, from)) ? before : null;
}

/** How far a typed day may be from the known one to be meant as it. */
const nearDays = 40;

/** *Der Aktionstag ist am …* with a day that is near the known one and not it. */
export function otherDay(mentions: Mentions, reading: Reading): Finding | null {
	const { text, sentence, calendar } = reading;
	const words = text.slice(sentence.from, sentence.to);
	if (nextPhraseIn(words) || namesAnotherBody(words, calendar.known)) return null;
	const [mention, ...more] = mentions.dates;
	const days = mention && more.length === 0 ? meantDates(mention, calendar.today) : [];
	const [day] = days;
	// The day of anything that is named there is right.
	if (!mention || !day || namedIn(words, calendar.known).some(({ date }) => days.includes(date))) return null;
	const away = ({ date }: Known) => Math.abs(daysBetween(date, day));
	for (const { name, known: all } of namedGroups(words, calendar.known, away, endOf(mentions, sentence))) {
		const known = all.find((each) => away(each) <= nearDays) ?? all.find((each) => isYearSlip(each, day, words));
		if (!known || isAside(words.replace(/treffpunkt/iu, ''), known)) continue;
		if (mentions.facts.some(({ of }) => all.some(({ id }) => id === of))) continue;
		if (speaksOfFormerDay(words, { day, known: known.date, today: calendar.today })) continue;
		const place = placeOf(words, name);
		if (!place || isOfAnother(words, place, calendar.known)) continue;
		if (isFor(words, name, mention.from - sentence.from) || !standsWith(reading, mention, name)) continue;
		const mends = [mendDate(mention, known, text)];
		return { says: { kind: 'other-date', known }, from: mention.from, to: mention.dateTo, mends };
	}
	return null;
}

/** *Stadtvorstand: 9.1.2024* in January of 2025. */
function isYearSlip({ date, names }: Known, day: LocalDate, words: string): boolean {
	const years = Math.abs(Number(date.slice(0, 4)) - Number(day.slice(0, 4)));
	return years === 1 && date.slice(4) === day.slice(4) && (isEntry(words, names) || announces(words));
}

/** Whether a sentence speaks of something beside what is known, or of another occasion; what that is called says neither. */
function isAside(words: string, { names }: Known): boolean {
	let rest = words;
	for (const name of names) {
		const place = isBeside(name) ? placeOf(rest, name) : null;
		if (place) rest = rest.slice(0, place.at) + rest.slice(place.at + place.length);
	}
	return isBeside(rest);
}

function isBeside(words: string): boolean {
	return speaksOfSomethingAround(words) || speaksOfAnotherOccasion(words);
}

/** Where the last day or time of a sentence ends, counted from its beginning. */
function endOf({ dates, times }: Mentions, { from }: Sentence): number {
	return Math.max(0, ...[...dates, ...times].map(({ to }) => to - from));
}

/** Whether it is an entry of a list of dates, of what is known. @param end of the last day or time there */
function isListed(words: string, names: readonly string[], end: number): boolean {
	return names.some((name) => {
		const place = placeOf(words, name);
		if (!place || isCalledItself(words, place)) return false;
		return isEntry(words, names) || beginsAsEntry(words, names, Math.max(end, place.at + place.length));
	});
}

type Group = { name: string; known: Known[] };

/** What a sentence names, by its name, the nearest first. A body alone names no meeting: the sentence must speak of one. */
function namedGroups(words: string, known: readonly Known[], away: (known: Known) => number, end: number): Group[] {
	const groups = new Map<string, Known[]>();
	for (const each of known.toSorted((a, b) => away(a) - away(b)))
		for (const name of each.names) {
			const place = placeOf(words, name);
			if (!place) continue;
			const isSaid = each.kind === 'action' || speaksOfMeeting(words) || keepsADayFor(words, place);
			if (isSaid || isListed(words, each.names, end)) groups.set(name, [...(groups.get(name) ?? []), each]);
		}
	return [...groups].map(([name, all]) => ({ name, known: all }));
}

/** "Für den Aktionstag treffen wir uns am 12. Januar" is another day on purpose. */
function isFor(words: string, name: string, day: number): boolean {
	const { at, length } = placeOf(words, name) ?? { at: 0, length: 0 };
	const head =
		/(?<!\p{L})(?:für|vor|nach|seit|bis|(?<!join\sus\s)for|before|after|until|since)\s(?:\p{L}+\s){0,2}$/iu.exec(
			words.slice(0, at),
		);
	// "Für den Aktionstag am 17. Januar suchen wir …": where a sentence begins so, the day is its own.
	const isItsOwn = words.slice(0, head?.index).trim() === '' && day > at && day <= at + length + 6;
	return head !== null && !isItsOwn && !keepsADayFor(words, { at, length });
}

function standsWith({ text, sentence }: Reading, mention: DateMention, name: string): boolean {
	const named = placeOf(text.slice(sentence.from, sentence.to), name);
	if (!named) return false;
	const at = sentence.from + named.at;
	const gap = mention.from > at ? text.slice(at + named.length, mention.from) : text.slice(mention.to, at);
	// "Zur Versammlung" something else may happen on that day, unless the day follows at once.
	const toIt = /(?<!\p{L})(?:zum|zur|to\sthe)\s$/iu.test(text.slice(sentence.from, at));
	return gap.length <= (toIt ? 6 : 80) && isOneClause(gap) && isDayOf(text, mention.from, mention.to);
}

/** Whether what stands between a name and a date keeps them together. */
function isOneClause(gap: string): boolean {
	return /^\s?(?::|\()?\s?$/.test(gap) || !/[;:()]|,\s\p{L}/u.test(gap.replace(/^,/, ''));
}

/** A meeting's day with another hour than the meeting's. */
export function otherTime(mentions: Mentions, { text, sentence, calendar }: Reading): Finding | null {
	const [time, ...more] = mentions.times;
	if (!time || more.length > 0) return null;
	const words = text.slice(sentence.from, sentence.to);
	const head = text.slice(sentence.from, time.from);
	const isEnd = time.end === null && speaksOfItsEnd(head);
	if ((time.end === null && !isEnd && boundTime.test(head)) || vague.test(head)) return null;
	if (namesAnotherBody(words, calendar.known)) return null;
	const known = onlyMeeting(mentions, { text, sentence, calendar }, isEnd);
	if (!known || known.start === null || isAside(words, known) || (tells(words) && known.date <= calendar.today))
		return null;
	const isKept = known.names.some((name) => {
		const place = placeOf(words, name);
		return place !== null && keepsADayFor(words, place);
	});
	const isItsTime =
		!speaksOfTimeBeside(words) && speaksOfItsTime(words, text.slice(sentence.from, time.to), known.names);
	if (!isKept && !isItsTime) return null;
	const { start, end } = known;
	const last = isEnd ? time.start : time.start === start ? time.end : null;
	const isOtherEnd =
		end !== null && last !== null && last !== end && last > start && (last > end || !speaksOfAPart(words));
	if (!isOtherEnd && (isEnd || fitsInto(time, known, isStart(time, mentions, text, words, known.names)))) return null;
	const language = /uhr|h/iu.test(text.slice(time.from, time.to)) ? 'de' : 'en';
	const form = { language, shape: time.end !== null && end !== null ? 'span' : 'time' } as const;
	const times = isEnd ? [end ?? start] : form.shape === 'span' ? [start, end ?? start] : [start];
	const typed = text.slice(time.from, time.to);
	const written = writeLike(form.shape === 'span' ? typed : typed.replace(firstOfTwo, ''), times);
	const fact = isEnd ? null : { kind: known.kind, of: known.id, form: toForm(form) };
	const mend = { from: time.from, to: time.to, text: written ?? writeShown(times.join('/'), form) ?? '', fact };
	const kind = isOtherEnd ? 'other-end' : 'other-time';
	return { says: { kind, known }, from: time.from, to: time.to, mends: [mend] };
}

const firstOfTwo = /^.*?\s?(?:[-–—]|bis|und|to|until)\s?/iu;
const boundTime = /(?<!\p{L})(?:ab|bis|vor|nach|gegen|seit|from|until|by|before|after)\s$/iu;
/** "bis etwa", "spätestens um", "no later than": no exact hour. */
const vague =
	/(?<!\p{L})(?:etwa|ca\.|circa|ungefähr|rund|gegen|spätestens|frühestens|maximal|höchstens|längstens|than|about|around|approximately|roughly)(?:\s(?:um|at))?\s$/iu;

/** The one meeting that the sentence speaks of, by its day or by a fact of it. */
function onlyMeeting(
	mentions: Mentions,
	{ text, sentence, calendar: { known, today } }: Reading,
	isEnd: boolean,
): Known | undefined {
	const { dates, facts } = mentions;
	const [mention] = dates;
	const words = text.slice(sentence.from, sentence.to);
	const end = endOf(mentions, sentence);
	const isMeetings = speaksOfMeeting(words) || known.some(({ names }) => isListed(words, names, end));
	if (dates.length > 1 || facts.length > 1 || !(isMeetings || isEnd)) return undefined;
	const [fact] = facts;
	if (fact) return known.find(({ kind, id }) => kind === fact.kind && id === fact.of);
	if (!mention) return undefined;
	const days = meantDates(mention, today);
	const there = known.filter(({ kind, date }) => kind === 'meeting' && days[0] === date);
	const named = namedIn(words, there);
	const meant = named.length > 0 || !isMeetings || !isOurs(words, known) ? named : there;
	return meant.length === 1 ? meant[0] : undefined;
}

/** "Die Redaktion trifft sich", "das Treffen der Eltern": of the same day, and somebody else's. */
function isOurs(words: string, known: readonly Known[]): boolean {
	const place = meetingIn(words);
	if (place) return !isOfAnother(words, place, known);
	return /(?<!\p{L})(?:wir|uns|we|us)(?!\p{L})|vorstand|board/iu.test(words);
}

/** Whether a time is said to be the beginning: it stands with the day, or something begins. */
function isStart(
	time: TimeMention,
	{ dates, facts }: Mentions,
	text: string,
	words: string,
	names: readonly string[],
): boolean {
	const behind = dates[0]?.to ?? (facts[0] ? facts[0].at + 1 : time.from);
	let gap = text.slice(behind, time.from).toLowerCase();
	for (const name of names) gap = gap.replace(name.toLowerCase(), '');
	return (
		/^[\s,:|–—-]*(?:um|at)?\s?$/u.test(gap) || /beginn|starte?t|fängt|geht\slos|begins?|starts?(?!\p{L})/iu.test(words)
	);
}

/** Its start, or where no beginning is meant also its end or something in between. */
function fitsInto(time: TimeMention, { start, end }: Known, isBeginning: boolean): boolean {
	if (start === null || time.start === start) return true;
	if (time.end !== null || isBeginning || end === null) return false;
	return time.start > start && time.start <= end;
}
