/** What the checker holds a text against. All of it is given: the rules know no clock and no document. */
import type { LocalDate, LocalTime } from '../local-time.ts';

/** A meeting or an action that is in the calendar, cancelled ones left out. */
export type Known = {
	kind: 'meeting' | 'action';
	id: string;
	date: LocalDate;
	/** Null for a whole day. */
	start: LocalTime | null;
	end: LocalTime | null;
	/** What a text may call it: its title, its body. */
	names: readonly string[];
};

export type Calendar = {
	/** The day as of which the text is read: that of the issue or of the meeting. */
	today: LocalDate;
	known: readonly Known[];
	/** Names of people as the directory spells them. */
	people: readonly string[];
	/** The association's name. */
	own?: string;
};

export type Place = { at: number; length: number };

/** Where a text names something, as a word of its own or as the beginning of one ("Stadtvorstandssitzung"). */
export function placeOf(text: string, name: string): Place | null {
	const [inText, wanted] = [text.toLowerCase(), name.trim().toLowerCase()];
	if (wanted.length < 3 || general.test(wanted)) return null;
	for (let at = inText.indexOf(wanted); at >= 0; at = inText.indexOf(wanted, at + 1))
		if (!/\p{L}/u.test(inText[at - 1] ?? ' ')) return { at, length: wanted.length };
	const short = wanted.endsWith('vorstand') ? board.exec(text) : null;
	return short && { at: short.index, length: short[0].length };
}

/** A title that names no meeting in particular. */
const general = /^(?:sitzung|treffen|versammlung|besprechung|termin|meeting|session)$/u;

/** Among themselves people say "Vorstandssitzung" of their "Stadtvorstand", and in English of the board that it meets. */
const board =
	/(?<!\p{L})(?:vorstandss?itzung|sitzung\sdes\svorstands?(?!\p{L})|(?:der|unser)\svorstand(?=\s(?:tagt|trifft\ssich|kommt)(?!\p{L}))|(?:the|our|next)\sboard(?=\s(?:meets|meeting)(?!\p{L}))|meeting\sof\s(?:the|our)\sboard(?!\p{L}))/iu;

export function isNamed(text: string, name: string): boolean {
	return placeOf(text, name) !== null;
}

export function namedIn(text: string, known: readonly Known[]): Known[] {
	return known.filter(({ names }) => names.some((name) => isNamed(text, name)));
}

const owner = /^\p{L}*\s(?:de[rs]|eine[rs]|vo[nm]|of(?:\s(?:the|our|a))?)\s(?=\p{L})/iu;

/** "Der Aktionstag der Partnerstadt", "the twin town's Aktionstag": whether what is named there is said to be somebody else's. */
export function isOfAnother(text: string, { at, length }: Place, known: readonly Known[]): boolean {
	if (/\p{L}[’']s\s(?:\p{L}+\s)?$/u.test(text.slice(0, at))) return true;
	const rest = text.slice(at + length);
	const match = owner.exec(rest);
	if (!match) return false;
	const whose = rest.slice(match[0].length).split(/[\d,;:.()]/)[0] ?? '';
	return namedIn(whose, known).length === 0 && !/vorstand|board/iu.test(whose);
}

/**
 * A text in which blanks stand for what says that something is the association's own: "des Ortsvereins", "des Ortsvereins
 * Nord", and not "des Ortsvereins Süd". So nobody else is said to be the owner.
 */
export function withoutOwn(text: string, { own = '', known }: Calendar): string {
	const words = own.split(/\s+/).map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''));
	const head = words.findIndex((word) => /\p{Ll}(?:verband|verein|gruppe|initiative|gemeinschaft|club)$/u.test(word));
	if (head < 0 || known.some(({ names }) => names.some((name) => isNamed(name, words[head] ?? '')))) return text;
	const rest = words.slice(head + 1).map((word) => String.raw`\s${word}s?`);
	const pattern = String.raw`(?<=\p{L})\s(?:des|der|vom|of\s(?:the|our))\s${words[head]}(?:e?s)?(?:${rest.join('')})?(?!\p{L}|-|\s\p{Lu})`;
	return text.replace(new RegExp(pattern, 'gu'), (whole) => ' '.repeat(whole.length));
}

/** Bodies whose meetings are in somebody else's calendar. */
const others =
	/(?<!\p{L})(?:(?:stadt|gemeinde|kreis|orts|betriebs|bezirks|land|bundes)?(?:rats?fraktion|fraktion|rat|rats|rates|tag|tags|tages|beirat|beirats|parteitag|parteitags)|\p{L}*ausschuss(?:es)?|\p{L}*arbeitskreis(?:es)?|AK|AG|arbeitsgruppe|\p{L}*ortsverb[aä]nde?s?|OV|\p{L}*verwaltung|\p{L}*verein(?:s|e)?|\p{L}*initiative|council|committee|working group|parliament|branch(?:es)?|group|association)(?!\p{L})/iu;

/** Whether a sentence speaks of a body that this calendar does not hold. */
export function namesAnotherBody(sentence: string, known: readonly Known[]): boolean {
	let rest = sentence.toLowerCase();
	for (const { names } of known)
		for (const name of names) if (name.length >= 3) rest = rest.replaceAll(name.toLowerCase(), ' ');
	return others.test(rest);
}
