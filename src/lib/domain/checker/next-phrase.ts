import { monthPattern } from '../facts/calendar-words.ts';

/** "Die nächste Sitzung", "our next board meeting": where a sentence says it, and whose meeting it means. */
export type NextPhrase = {
	from: number;
	to: number;
	/** What the word is made with, in small letters: "vorstand" of "Vorstandssitzung". Empty when it says no more. */
	stem: string;
	/** Whose meeting it is said to be ("des Stadtrats"), as it stands; empty when nothing follows. */
	complement: string;
	/** "Sitzung", "meeting", in small letters; empty where people only meet. */
	kind: string;
	/** "in der nächsten Sitzung": what follows may be about what is in it. */
	inside: boolean;
	/** "nach der Winterpause", "zum Plakatieren": the next of those only, which need not be the next of all. */
	isNarrowed: boolean;
};

const named =
	/(?<!\p{L})(?:nächste[nrsm]?|kommende[nrsm]?|next|upcoming)\s((?:\p{L}[\p{L}-]*\s){0,2}?)(\p{L}[\p{L}-]*?)?(sitzung|treffen|versammlung|zusammenkunft|meeting|session|gathering)(?!\p{L})/iu;
const said =
	/(?<!\p{L})(?:(?:treffen\s(?:wir\s)?uns|kommen\swir|wir\skommen)\s(?:das\snächste\smal|nächstes\smal)|(?:das\snächste\smal|nächstes\smal)\s(?:treffen\swir\suns|kommen\swir)|next\smeet|meets?\snext)(?!\p{L})/iu;

/** Says nothing about whose meeting it is. */
const plain =
	/^(?:ordentliche|öffentliche|reguläre|gemeinsame|digitale|gewohnte|monatliche|turnusmäßige|große|offene|our|regular|public|ordinary|joint|monthly|full|general|online|open|weekly)[nrsm]?$/iu;
const ofWhom = /^\s(?:des|der|vom|von|of(?:\sthe|\sour)?)\s(\p{L}[\p{L}-]*)/iu;

/** "zum Plakatieren", "to hang posters": people meet for something else then. */
const purpose = new RegExp(
	String.raw`(?<!\p{L})(?:zum|zur|zu|fürs?|for|to)\s(?!\d|(?:\p{L}+\s)?(?:mal|time|zeit|uhrzeit|stunde|(?:the|our)\s|\p{L}*(?:sitzung|treffen|versammlung|meeting|session)))\p{L}`,
	'iu',
);
const narrowed = new RegExp(
	String.raw`^\s(?:nach|vor|mit|ohne|zum|zur|zu|für|after|before|with|without|following|about|(?:im|in|of)\s(?:(?:de[rmn]|diesem|neuen|kommenden|nächsten|the|this|new|next)\s){0,2}(?:${monthPattern}|jahr|year|frühjahr|sommer|herbst|winter|spring|summer|autumn))(?!\p{L})`,
	'iu',
);
const afterABreak =
	/(?<!\p{L})(?:nach|after)\s(?:(?:de[rmn]|unserer|the|our)\s)?(?:\p{L}+\s)?\p{L}*(?:pause|ferien|urlaub|break|holidays?|vacation|feiertagen?)(?!\p{L})/iu;

export function nextPhraseIn(words: string): NextPhrase | null {
	const match = said.exec(words) ?? named.exec(words);
	if (!match) return null;
	const [whole, between = '', made = '', kind = ''] = match;
	const [from, to] = [match.index, match.index + whole.length];
	const rest = words.slice(to);
	const isNarrowed = afterABreak.test(words) || (kind === '' ? purpose : narrowed).test(rest);
	const inside =
		/(?<!\p{L})(?:in|auf|bei|an|at|on|during|für|for|vor|nach|bis)\s(?:der|dem|die|das|unserer|our|the|zur)?\s?$/iu.test(
			words.slice(0, from),
		);
	if (kind === '') return { from, to, stem: '', complement: '', kind, inside: false, isNarrowed };
	const specific = between.split(/\s/).filter((word) => word !== '' && !plain.test(word));
	const owner = ofWhom.exec(rest)?.[1] ?? '';
	const stem = toStem([...specific, made].join(' '));
	return { from, to, stem, complement: owner, kind: kind.toLowerCase(), inside, isNarrowed };
}

function toStem(words: string): string {
	const stem = words
		.trim()
		.toLowerCase()
		.replace(/-$/, '')
		.replace(/(?<=\p{L}{3})s$/u, '');
	// The board is a "Vorstand" in the calendar of an association that writes in English too.
	return stem === 'board' ? 'vorstand' : stem === 'präsenz' || stem === 'online' || stem === 'arbeit' ? '' : stem;
}
