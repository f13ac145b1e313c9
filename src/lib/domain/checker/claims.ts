/**
 * What a sentence says of a date: that something takes place then, or only that something was decided, ends or begins then.
 * The lists are of words that people on boards use; where they are unsure they err towards saying nothing.
 */
import type { LocalDate } from '../local-time.ts';

/** A date behind one of these is a bound, an origin or a deadline, not the day of something. */
const bound =
	/(?<!\p{L})(?:vom|von|seit|bis|bis zum|spätestens|spätestens am|ab|ab dem|vor|vor dem|nach|nach dem|zwischen|zwischen dem|und|protokoll|stand|from|since|until|till|by|before|after|of|between|and|dated|deadline)[:,]?\s*(?:den\s|dem\s|zum\s|the\s)?$/iu;

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
	/(?<!\p{L})(?:merkt|notiert)\s(?:euch|ihr)(?!\p{L})|(?<!\p{L})vormerken(?!\p{L})/iu,
	/(?<!\p{L})(?:takes?\splace|will|join\sus|see\syou|invite|save\sthe\sdate|upcoming|next)(?!\p{L})/iu,
	/(?<!\p{L})(?:we|is|are)\s(?:meet|meeting|held|planned|scheduled)(?!\p{L})/iu,
];

const telling =
	/(?<!\p{L})(?:war|waren|fand|fanden|wurde|wurden|worden|hat|haben|habe|hatte|hatten|traf|trafen|kam|kamen|tagte|tagten|gab|ging|begann|beschloss|beschlossen|letzte[nmrs]?|vergangene[nmrs]?|damals|gewesen|sollte|was|were|took|met|had|has|have|did|decided|agreed|discussed|voted|approved|elected|last|ago|should\shave|began|started|came|went|gave|said|reported|wrote)(?!\p{L})/iu;

/** Whether a sentence tells what will be, and not what was. */
export function announces(sentence: string): boolean {
	return !telling.test(sentence) && announcing.some((pattern) => pattern.test(sentence));
}

const meeting = /sitzung|treffen|versammlung|klausur|meeting|session/iu;
const meets =
	/(?<!\p{L})(?:tagt|tagte|tagen|trifft\ssich|traf\ssich|trafen\ssich|kommt?\szusammen|kam|meets?|met|convenes?)(?!\p{L})/iu;

export function speaksOfMeeting(sentence: string): boolean {
	return meeting.test(sentence) || meets.test(sentence);
}

/** What belongs to something and has a day of its own: preparing, signing up, clearing away. */
const around =
	/vorbereit|planungs|kandidat|nachbereit|auswert|anmeld|rückmeld|frist|meldet|abgabe|einreich|aufbau|aufgebaut|abbau|probe|druck|versand|bewerb|registe|sign[\s-]?ups?|deadline|prepar|debrief|rehears|submi|hand\sin|set(?:ting)?[\s-]up|einlass|treffpunkt|doors/iu;

export function speaksOfSomethingAround(sentence: string): boolean {
	return around.test(sentence);
}

/** Another occasion of the same people, or a meeting with others. */
const elsewhere =
	/klausur|ausflug|feier|empfang|frühstück|stammtisch|(?:treffen|sitzung)\smit(?!\p{L})|retreat|party|reception|outing|meeting\swith/iu;

export function speaksOfAnotherOccasion(sentence: string): boolean {
	return elsewhere.test(sentence);
}

/** An earlier plan, or an earlier year. */
const former =
	/(?<!\p{L})(?:ursprünglich|eigentlich|bisher|letzte[snm]?\sjahr|voriges\sjahr|im\svorjahr|vorletzte|originally|previously|last\syear|used\sto|instead\sof|statt)(?!\p{L})/iu;

/** Whether a sentence tells on purpose of a day that is not the present one. */
export function speaksOfFormerDay(sentence: string, day: LocalDate, today: LocalDate): boolean {
	// What is told as past and lies ahead is another year's.
	return former.test(sentence.replace(/finden?t?\s.*statt/iu, '')) || (day > today && telling.test(sentence));
}

/** "Vor der Sitzung am 9. Januar gibt es um 17 Uhr …", "during the meeting at 6:30 pm" */
const beside =
	/(?<!\p{L})(?:vor|nach|während|before|after|during)\s(?:der|dem|den|the|our|unserer)?\s?(?:\p{L}+\s)?\p{L}*(?:sitzung|treffen|versammlung|meeting|session)|(?<!\p{L})in\s(?:der|unserer)\s\p{L}*sitzung/iu;

export function speaksOfTimeBeside(sentence: string): boolean {
	return beside.test(sentence);
}
