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
		if (!/\p{L}/u.test(inText[at - 1] ?? ' ') && !isElected(inText, at, wanted)) return { at, length: wanted.length };
	const loose = holdsEnds(inText, wanted) ? looseOf(wanted).exec(text) : null;
	if (loose) return { at: loose.index, length: loose[0].length };
	const short = wanted.endsWith('vorstand') ? board.exec(text) : null;
	return short && { at: short.index, length: short[0].length };
}

/** "Wir wählen den Vorstand", "the new board": those in it, and no meeting of theirs. */
function isElected(text: string, at: number, name: string): boolean {
	if (!/(?:vorstand|board)$/u.test(name)) return false;
	const head = text.slice(Math.max(0, at - 24), at);
	if (/(?<!\p{L})(?:neue[nrs]?|new)\s$/u.test(head)) return true;
	return electedHead.test(head) && electing.test(text.slice(Math.max(0, at - electedWithin), at + electedWithin));
}

/** How far from those who are elected it is said. Characters. */
const electedWithin = 120;
const electing = /(?<!\p{L})(?:ge|neu)?wähl(?:en|t|te[n]?)(?!\p{L})|(?<!\p{L})elect(?:s|ed|ing)?(?!\p{L})/u;
const electedHead = /(?<!\p{L})(?:den|einen|unseren|the|a|our)\s$/u;

/** Whether it is a name of several words, the first and the last of which are there. */
function holdsEnds(text: string, name: string): boolean {
	const blank = name.indexOf(' ');
	return blank > 0 && text.includes(name.slice(0, blank)) && text.includes(name.slice(name.lastIndexOf(' ') + 1));
}

const looseNames = new Map<string, RegExp>();

/** "Infostand auf dem Wochenmarkt" for "Infostand Wochenmarkt". */
function looseOf(name: string): RegExp {
	let pattern = looseNames.get(name);
	if (!pattern) {
		const words = name.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`));
		const between = String.raw`\s(?:auf|am|an|beim?|im|in|vorm?|zum|zur|at|in|on)\s(?:(?:de[rm]|the)\s)?`;
		pattern = new RegExp(String.raw`(?<!\p{L})${words.join(between)}`, 'iu');
		looseNames.set(name, pattern);
	}
	return pattern;
}

/** A title that names no meeting in particular. */
const general = /^(?:sitzung|treffen|versammlung|besprechung|termin|meeting|session)$/u;

/** Among themselves people say "Vorstandssitzung" of their "Stadtvorstand", and in English of the board that it meets. */
const board =
	/(?<!\p{L})(?:vorstandss?itzung|sitzung\sdes\svorstands?(?!\p{L})|(?:der|unser)\svorstand(?=\s+(?:tagt|trifft\ssich|kommt)(?!\p{L}))|(?:the|our|next)\sboard(?=\s+(?:meets|meeting)(?!\p{L}))|meeting\sof\s(?:the|our)\sboard(?!\p{L}))/iu;

export function isNamed(text: string, name: string): boolean {
	return placeOf(text, name) !== null;
}

export function namedIn(text: string, known: readonly Known[]): Known[] {
	return known.filter(({ names }) => names.some((name) => isNamed(text, name)));
}

/** How far behind it an owner is looked for. Characters. */
const ownerWithin = 120;
const owner = /^\p{L}*\s(?:de[rs]|eine[rs]|vo[nm]|of(?:\s(?:the|our|a))?)\s(?=\p{L})/iu;

/** "Der Aktionstag der Partnerstadt", "the twin town's Aktionstag": whether what is named there is said to be somebody else's. */
export function isOfAnother(text: string, place: Place, known: readonly Known[]): boolean {
	return /\p{L}[’']s\s(?:\p{L}+\s)?$/u.test(text.slice(0, place.at)) || isSaidOfAnother(text, place, known);
}

/** As `isOfAnother`, where the owner follows: also "Sitzung des Vorstands der Partnerstadt", of ours of somebody else's. */
export function isSaidOfAnother(text: string, { at, length }: Place, known: readonly Known[]): boolean {
	const rest = text.slice(at + length, at + length + ownerWithin);
	const [match] = owner.exec(rest) ?? [];
	if (match === undefined) return false;
	const whose = rest.slice(match.length).split(/[\d,;:.()]/)[0] ?? '';
	const ours = placeOfOurs(whose, known);
	return !ours || isSaidOfAnother(rest, { at: match.length + ours.at, length: ours.length }, known);
}

function placeOfOurs(whose: string, known: readonly Known[]): Place | null {
	for (const { names } of known)
		for (const name of names) {
			const place = placeOf(whose, name);
			if (place) return place;
		}
	const found = /vorstand|board/iu.exec(whose);
	return found && { at: found.index, length: found[0].length };
}

/**
 * A text in which blanks stand for what says that something is the association's own: "der SPD Musterstadt", and where its name
 * says what it is "des Ortsvereins" and "des Ortsvereins Nord", but not "des Ortsvereins Süd". So nobody else is said to be the
 * owner.
 */
export function withoutOwn(text: string, { own = '', known }: Calendar): string {
	const words = nameWords(own);
	const head = words.findIndex((word) => ownKind.test(word));
	if (words.join('').length < 3 || namedIn(words[Math.max(head, 0)] ?? '', known).length > 0) return text;
	const whole = words.map(inflected).join(String.raw`\s`);
	const [kind = '', ...rest] = words.slice(Math.max(head, 0)).map(inflected);
	const short = head < 0 ? whole : `${kind}(?:${rest.map((word) => String.raw`\s${word}`).join('')})?`;
	const owner = String.raw`(?<=\p{L})\s(?:de[rs]|vo[nm]|of(?:\s(?:the|our))?)\s(?:${whole}|${short})`;
	const pattern = String.raw`${owner}(?![\p{L}-]|\s\p{Lu})|(?<![\p{L}-])${whole}[’']s(?!\p{L})`;
	return text.replace(new RegExp(pattern, 'gu'), (found) => ' '.repeat(found.length));
}

const ownKind = /\p{Ll}(?:verband|verein|gruppe|initiative|gemeinschaft|club)$/u;

/** "Die Linke Musterstadt e. V.": without the article, which changes, and what only a register wants. */
function nameWords(name: string): string[] {
	const bare = name.trim().replace(/^(?:der|die|das|the)\s/iu, '');
	return bare.replace(/,?\s(?:e\.\s?V\.|eV)$/u, '').split(/\s+/);
}

/** "Vereins", "Linken": a word of a name as it may stand behind an article. */
function inflected(word: string): string {
	return word.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`) + (/\p{Ll}{3}$/u.test(word) ? '(?:e?[sn])?' : '');
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
