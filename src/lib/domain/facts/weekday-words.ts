/** The weekday that stands before or behind a date, and the numbers that only look like a date. */
import { weekdayNamed } from './calendar-words.ts';

export type WeekdayMention = {
	/** 0 for Sunday. */
	day: number;
	from: number;
	to: number;
};

const words =
	'Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday';
/** Also in capitals, and in small letters, which a short one must not be: "so 3.1. sein". */
const long = [words, words.toUpperCase(), words.toLowerCase()].join('|');
const short = 'Mo|Di|Mi|Do|Fr|Sa|So|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun';
const partOfDay = String.raw`(?:abend|morgen|nachmittag|vormittag|mittag|nacht)?(?:\s(?:morning|afternoon|evening|night))?`;
/** "Am Abend des Freitags", not "freitags". */
const genitive = String.raw`(?:(?<=des\s\p{L}+)s)?`;
const article = String.raw`(?:(?:den|dem|der|des|the|am|on)\s+)?`;

const before = new RegExp(
	String.raw`(?<![\p{L}\p{N}])(?:(${long})${partOfDay}${genitive}(?:,?\s*|\s?[/–]\s?|\s-\s)\(?${article}|(${short})(?:\.,?|,)?\s*\(?)$`,
	'u',
);
/** "Sa/So 18./19. Januar": which of the two stands before which date is for people to see. */
const pair = new RegExp(
	String.raw`(?:${long}|${short})\.?\s?(?:[-–—/+&]|bis|und|to|and)\s?(?:${long}|${short})\.?[,\s]*\(?${article}$`,
	'u',
);
const behind = new RegExp(
	String.raw`^(\s?\(|,\s(?:einem|einen|ein|a)\s|\s(?:ist|war|wird|is|was|will\sbe)\s(?:ein|a)\s|\s(?:fällt|fiel)\sauf\s(?:einen\s)?|\s(?:falls|fell)\son\sa\s|,\s(?=[\p{L}]+(?:[,.;]|$)(?!\s*(?:den\s)?\d)))(${long}|(?:${short})(?=[.)]))(?![\p{L}])`,
	'u',
);

/** @returns the mention's bounds with its weekday, and the weekday when one is clear */
export function weekdaysAround(
	text: string,
	from: number,
	to: number,
): { start: number; end: number; weekday: WeekdayMention | null } {
	const head = text.slice(Math.max(0, from - 40), from);
	const first = before.exec(head);
	if (first && pair.test(head)) return { start: from, end: to, weekday: null };
	if (first) {
		const word = first[1] ?? first[2] ?? '';
		const start = from - head.length + first.index;
		return { start, end: to, weekday: mention(word, start) };
	}
	const second = behind.exec(text.slice(to, to + 40));
	if (second) {
		const word = second[2] ?? '';
		return { start: from, end: to, weekday: mention(word, to + (second[1]?.length ?? 0)) };
	}
	return { start: from, end: to, weekday: null };
}

function mention(word: string, from: number): WeekdayMention | null {
	const day = weekdayNamed(word);
	return day === null ? null : { day, from, to: from + word.length };
}

const numbering =
	/(?:§+|\b(?:TOP|Punkt|Nr|Nummer|Abs|Absatz|Kapitel|Kap|Ziffer|Ziff|Version|Abschnitt|Artikel|Art|Anlage|Seite|Satz|Teil|Raum|item|section|version|chapter|clause|page|room|no|v))\.?\s*$/iu;

/** "Telefon 0421 31.11." */
const phone =
	/(?<!\p{L})(?:Telefon(?:nummer)?|Tel|Fon|Fax|Handy|Mobil|Rufnummer|Durchwahl|(?:tele)?phone|mobile|call|ring|dial)[.:]*[\s\d()/.+–-]*$/iu;

/** Whether what stands before a number says that it counts something else, or is rung. */
export function notADate(head: string): boolean {
	return numbering.test(head.slice(-20)) || phone.test(head.slice(-40));
}
