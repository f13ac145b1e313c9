/**
 * What a sentence says of a date: that something takes place then, or only that something was decided, ends or begins then.
 * The lists are of words that people on boards use; where they are unsure they err towards saying nothing.
 */
import { monthPattern } from '../facts/calendar-words.ts';
import { daysBetween, type LocalDate } from '../local-time.ts';

/** A date behind one of these is a bound, an origin or a deadline, not the day of something. */
const bound =
	/(?<!\p{L})(?:vom|von|seit|bis|bis zum|spätestens|spätestens am|ab|ab dem|vor|vor dem|nach|nach dem|zwischen|zwischen dem|und|protokoll|stand|from|since|until|till|by|before|after|(?<!(?:morning|afternoon|evening|night)\s)of|between|and|dated|deadline)[:,]?\s*(?:den\s|dem\s|zum\s|the\s)?$/iu;

/** "der am 3. Dezember beschlossene Antrag" */
const attribute = /^,?\s+(?:\p{Ll}+\s+)?\p{Ll}{3,}(?:te|ene|ete)[nmrs]?\s+\p{Lu}/u;

/** Whether the date at `from`…`to` may be the day on which something takes place. */
export function isDayOf(text: string, from: number, to: number): boolean {
	return !bound.test(text.slice(Math.max(0, from - 24), from)) && !attribute.test(text.slice(to, to + 60));
}

const announcing = [
	/(?<!\p{L})(?:findet|finden)(?!\p{L}).*(?<!\p{L})statt(?!\p{L})/iu,
	/(?<!\p{L})(?:laden|lädt|lade)(?!\p{L})/iu,
	/(?<!\p{L})(?:treffen|sehen)\s(?:wir\s)?(?:uns|einander)(?!\p{L})/iu,
	/(?<!\p{L})(?:trifft|treffen)\s(?:sich|uns)(?!\p{L})/iu,
	/(?<!\p{L})(?:nächste|kommende|bevorstehende)[nmrs]?(?!\p{L})/iu,
	/(?<!\p{L})(?:wird|werden|werdet)(?!\p{L})/iu,
	/(?<!\p{L})(?:herzliche\seinladung|einladung(?:\szu[mr]?|:)|freuen\suns\sauf|come\s(?:to|along)|you\sare\sinvited)(?!\p{L})/iu,
	/(?<!\p{L})(?:bitte\s(?:kommt|kommen\ssie)|kommt\sbitte|please\s(?:come|join)|come\son(?!,))(?!\p{L})/iu,
	/(?<!\p{L})kommt\s(?:alle|gern|bitte|vorbei|zahlreich|zu[mr]|am)(?!\p{L}).*!/iu,
	/(?<!\p{L})(?:merkt|notiert)\s(?:euch|ihr)(?!\p{L})|(?<!\p{L})vormerken(?!\p{L})/iu,
	/(?<!\p{L})(?:takes?\splace|will|join\sus|see\syou|invite|save\sthe\sdate|upcoming|next)(?!\p{L})/iu,
	/(?<!\p{L})(?:we|is|are)\s(?:meet|meeting|held|planned|scheduled)(?!\p{L})/iu,
];

const telling =
	/(?<!\p{L})(?:war|waren|fand|fanden|wurde|wurden|worden|hatte|hatten|traf|trafen|kam|kamen|tagte|tagten|gab|ging|begann|beschloss|beschlossen|letzte[nmrs]?|vergangene[nmrs]?|damals|gewesen|sollte|was|were|took|met|had|has|have(?!\sa(?:nother|n)?\s)|did|decided|agreed|discussed|voted|approved|elected|last|ago|should\shave|began|started|came|went|gave|said|reported|wrote)(?!\p{L})/iu;

/** "Wir haben einen Stand" tells of nothing past; with one of these it does: "Wir haben Plakate gehängt". */
const perfect = /(?<!\p{L})(?:[Hh]at|[Hh]aben?)(?!\p{L})/u;
const participle =
	/(?<!\p{L})(?:\p{Ll}*ge\p{Ll}+(?:t|en)|\p{Ll}*(?:be|emp|ent|er|miss|über|unter|ver|wider|zer)\p{Ll}{2,}(?:t|en)|\p{Ll}+iert|\p{Ll}*getan)(?!\p{L})/u;

export function tells(sentence: string): boolean {
	return telling.test(sentence) || (perfect.test(sentence) && participle.test(sentence));
}

/** Whether a sentence tells what will be, and not what was. */
export function announces(sentence: string): boolean {
	return !tells(sentence) && announcing.some((pattern) => pattern.test(sentence));
}

/** "Anmelden könnt ihr euch noch bis 5. Dezember": a deadline that is still to be met. */
export function announcesDeadline(sentence: string, head: string): boolean {
	const upTo = /(?<!\p{L})(?:bis(?:\szum|\sspätestens)?|by|until)\s(?:den\s|the\s)?$/iu;
	return upTo.test(head) && !tells(sentence) && /(?<!\p{L})(?:noch|bitte|könnt|please|still)(?!\p{L})/iu.test(sentence);
}

/** Whether nothing is there but names, days and times, and that it is then: an entry of a list of dates. */
export function isEntry(sentence: string, names: readonly string[]): boolean {
	let rest = sentence.toLowerCase();
	for (const name of names) rest = rest.replaceAll(name.toLowerCase(), ' ');
	const words = rest.replace(/nicht\svergessen|don.t\sforget/u, ' ').match(/\p{L}{2,}/gu) ?? [];
	return words.every((word) => entryWord.test(word));
}

const entryWord = new RegExp(
	String.raw`^(?:${monthPattern}|\p{L}*tag|\p{L}*woch|\p{L}*day|mo|di|mi|do|fr|sa|so|mon|tues?|wed|thurs?|fri|sat|sun|um|am|den|dem|der|die|das|unsere?|ist|findet|statt|beginnt|startet|wieder|on|at|the|our|is|takes|place|begins|starts|will|be|held|wir|laden|ein|euch|alle|herzlich|bitte|einladung|vormerken|zu[mr]|kommt|please|come|to|join|us|save|uhr|pm|(?:nächste|kommende)[nrs]?|next|upcoming|termine?|dates?)$`,
	'iu',
);

/** Behind an entry: where it is, or nothing more that belongs to it. */
const entryEnd =
	/^(?:[.!]?$|\)|(?:,|\s[|–—-])\s(?:\p{Lu}|\d|(?:im|in|bei|am?|auf|at|the)\s|(?:\p{Ll}+\s)?(?:hall|room|office|online)))/u;
const item = /vortrag|bericht|wahl|diskussion|aussprache|führung|gast|gäste|talk|speech|discussion|tour|guest/iu;

/** As `isEntry`, where behind what ends at `to` it may be said where that is: "Ortsbeirat: 20. März, 18 Uhr, Rathaus". */
export function beginsAsEntry(sentence: string, names: readonly string[], to: number): boolean {
	const [head, rest] = [sentence.slice(0, to), sentence.slice(to)];
	// "Am 16. Januar ist der Stadtvorstand im Rathaus" is about something else.
	const isThere = /^\s(?:im|in|at)\s/u.test(rest) && !/(?<!\p{L})(?:ist|is)(?!\p{L})/iu.test(head);
	return isEntry(head, names) && (isThere || entryEnd.test(rest)) && !item.test(rest);
}

/** "Wir laden den Ortsbeirat ein", "Der Ortsbeirat kommt": whether people are not called to what is named there, but it is. */
export function isCalledItself(sentence: string, { at }: { at: number }): boolean {
	const isCall = /(?<!\p{L})(?:laden|kommt|come)(?!\p{L})/iu.test(sentence);
	return isCall && !/(?<!\p{L})(?:zum|zur|to)\s(?:(?:the|our)\s)?$/iu.test(sentence.slice(0, at));
}

const keeping =
	/(?<!\p{L})(?:(?:merkt|notiert|haltet|reserviert)\s(?:euch|bitte)|(?:merken|notieren|halten|reservieren)\s(?:sie\s)?sich|vormerken|keep\s.*\sfree|save|reserve)(?!\p{L})/iu;

/** "Haltet euch den 20. März für den Ortsbeirat frei": whether a day is to be kept for what is named there. */
export function keepsADayFor(sentence: string, { at, length }: { at: number; length: number }): boolean {
	return (
		keeping.test(sentence) &&
		/(?<!\p{L})(?:für|for)\s(?:(?:den|die|das|unsere?n?|the|our)\s)?$/iu.test(sentence.slice(0, at)) &&
		/^(?:s?sitzung)?(?![\p{L}’'-])/iu.test(sentence.slice(at + length))
	);
}

/** "The morning after its meeting" is about something else. */
const meeting =
	/(?<!(?:vor|nach|before|after)\s(?:ihrer|seiner|its|their)\s\p{L}*)(?:sitzung|treffen|versammlung|klausur|zusammenkunft|meeting|session|gathering|(?<!\p{L})(?:AGM|JHV|MV)(?!\p{L}))/iu;
const meets =
	/(?<!\p{L})(?:tagt|tagte|tagen|trifft\ssich|traf\ssich|trafen\ssich|komm(?:t|en)\s(?:.*\s)?zusammen|kam|meets?|met|gets?\stogether|convenes?)(?!\p{L})/iu;

/** Where a sentence says "Sitzung", "meeting". */
export function meetingIn(sentence: string): { at: number; length: number } | null {
	const match = meeting.exec(sentence);
	return match && { at: match.index, length: match[0].length };
}

export function speaksOfMeeting(sentence: string): boolean {
	return meeting.test(sentence) || meets.test(sentence);
}

const plainMeeting = String.raw`\p{L}*(?:[Ss]itzung|[Tt]reffen|[Vv]ersammlung|[Mm]eeting|[Ss]ession)`;
/** "Kim kommt zur Sitzung", "at the meeting": what is said there is said of somebody or something else. */
const within = new RegExp(
	String.raw`(?<!\p{L})(?:zur?|zum|bei|beim|auf|in|im|ins|an|aus|mit|über|wegen|von|vom|at|to|into|from|with|about)\s(?:(?:de[rmn]|die|das|unser(?:e[rmn]?)?|the|our)\s)?(?:\p{Ll}+\s)?${plainMeeting}`,
	'u',
);
const calls =
	/(?<!\p{L})(?:laden|lädt|lade|[Ee]inladung|treffen|trifft|sehen|freuen|kommt\s(?:alle|gern|bitte|zahlreich|zu[mr]|am|um)|invite|invitation|join\sus|see\syou|come|welcome)(?!\p{L})/u;
const takesPlace =
	/(?<!\p{L})(?:[Bb]eginn\p{L}*|[Ss]tart(?:e[nt]|s)?|fängt|geht|dauert|läuft|endet|findet|stattfinden|eröffnet|ist|tag(?:t|en)|trifft|treffen|(?:haben|halten)\swir|wir\s(?:haben|halten)|komm(?:t|en)\s(?:.*\s)?zusammen|begins?|starting|is|be|meets?|gets?\stogether|convenes?|runs?|lasts?|ends?|finish(?:es)?|takes\splace|we\shave)(?!\p{L})/u;

/**
 * Whether the hour in a sentence is said of the meeting itself: it begins then, or the sentence begins with it and its time.
 * People come, speak and go at other hours.
 *
 * @param head up to the end of the time
 */
export function speaksOfItsTime(sentence: string, head: string, names: readonly string[]): boolean {
	const lowered = sentence.replace(/^\s*\p{Lu}/u, (letter) => letter.toLowerCase());
	if (within.test(lowered)) return calls.test(lowered);
	return takesPlace.test(lowered) || (beginsWithIt(head, names) && !goesOn(sentence, head));
}

function beginsWithIt(head: string, names: readonly string[]): boolean {
	return isEntry(head, names) || isEntry(head.replaceAll(meetingWord, ' '), names);
}

const meetingWord =
	/(?<!\p{L})\p{L}*(?:sitzung|treffen|versammlung|zusammenkunft|meeting|session|gathering)(?!\p{L})|(?<!\p{L})(?:AGM|JHV|MV|des|the|of|our|board|s|öffentlich\p{L}*|ordentlich\p{L}*|vom|von|from|bis|to|until)(?!\p{L})/giu;

/** "Sitzung am 9. Januar: um 19 Uhr kommt …" */
function goesOn(sentence: string, head: string): boolean {
	return head.includes(':') && /^\s(?!(?:in|im|bei|an|am|auf|at|on)\s)\p{Ll}/u.test(sentence.slice(head.length));
}

/** What belongs to something and has a day of its own: preparing, signing up, clearing away. */
const around =
	/vorbereit|planungs|kandidat|nachbereit|auswert|anmeld|rückmeld|frist|meldet|abgabe|einreich|aufbau|aufgebaut|abbau|probe|druck|versand|bewerb|registe|sign[\s-]?ups?|deadline|prepar|debrief|rehears|submi|hand\sin|set(?:ting)?[\s-]up|einlass|treffpunkt|doors/iu;

export function speaksOfSomethingAround(sentence: string): boolean {
	return around.test(sentence);
}

/** Another occasion of the same people, or a meeting with others. */
const elsewhere =
	/klausur|ausflug|feier|empfang|frühstück|stammtisch|(?:treffen|sitzung)\s(?:(?:de[rs]|von|unsere[rs])\s(?:\p{L}+\s){1,2})?mit(?!\p{L})|(?:bundes|landes|europa|welt)weit|international|europäisch|nationwide|worldwide|retreat|party|reception|outing|(?:meeting|meets?|met)\swith/iu;

/** "The speakers meet the mayor", "The auditors meet Jürgen Weiß" */
const meetsSomebody = /(?<!\p{L})meets?\s(?:the\s(?!first|second|third|next|last)|\p{Lu}\p{L}+\s\p{Lu})/u;

export function speaksOfAnotherOccasion(sentence: string): boolean {
	return elsewhere.test(sentence) || meetsSomebody.test(sentence);
}

/** An earlier plan, one in case, or an earlier year. */
const former =
	/(?<!\p{L})(?:ursprünglich|eigentlich|bisher|letzte[snm]?\sjahr|voriges\sjahr|im\svorjahr|vorletzte|originally|previously|last\syear|used\sto|instead\sof|in\scase|für\sden\sfall|statt)(?!\p{L})/iu;

/** "Die Klausur haben wir auf den 7. Februar gelegt": what is told is that it will be then. */
const setting =
	/(?<!\p{L})(?:auf\sden|for)\s.*\d.*(?<!\p{L})(?:gelegt|angesetzt|terminiert)(?!\p{L})|(?<!\p{L})set\sfor(?!\p{L})/iu;

/** Whether a sentence tells on purpose of a day that is not the present one. */
export function speaksOfFormerDay(
	sentence: string,
	{ day, known, today }: { day: LocalDate; known: LocalDate; today: LocalDate },
): boolean {
	if (former.test(sentence.replace(/finden?t?\s.*statt/iu, ''))) return true;
	if (setting.test(sentence)) return false;
	// What is told as past and lies ahead is another year's; what was is not the one that is to come, nor one long before.
	return tells(sentence) && (day > today || known > today || Math.abs(daysBetween(day, known)) > 7);
}

/** "Vor der Sitzung am 9. Januar gibt es um 17 Uhr …", "during the meeting at 6:30 pm" */
const beside =
	/(?<!\p{L})(?:vor|nach|während|für|before|after|during)\s(?:der|dem|den|die|das|the|our|unsere[rn]?)?\s?(?:\p{L}+\s)?\p{L}*(?:sitzung|treffen|versammlung|meeting|session)|(?<!\p{L})(?:in\s(?:der|unserer)\s\p{L}*sitzung|(?:danach|anschließend|davor|vorher|afterwards)(?!\p{L}))/iu;

export function speaksOfTimeBeside(sentence: string): boolean {
	return beside.test(sentence);
}

/** "geht bis 21 Uhr", "endet um 21 Uhr", up to the time itself. */
const endOfIt =
	/(?<!\p{L})(?:(?:geht|dauert|läuft|runs?|lasts?)\s(?:.*\s)?(?:bis|until|till|to)|(?:endet|ends|finishes)\s(?:.*\s)?(?:um|at))\s$/iu;

/** A part of it may well end before. */
const inPart = /öffentlich|teil(?!n)|erste|public|(?<!\p{L})(?:part|first|half)(?!\p{L})/iu;

export function speaksOfItsEnd(head: string): boolean {
	return endOfIt.test(head);
}

export function speaksOfAPart(sentence: string): boolean {
	return inPart.test(sentence);
}
