/** The words for days and months, German and English: as they are written out, and as they are recognised. */
import { asUtc, type LocalDate } from '../local-time.ts';

export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];

/** From January on. */
export const monthNames: Readonly<Record<Language, readonly string[]>> = {
	de: words('Januar Februar März April Mai Juni Juli August September Oktober November Dezember'),
	en: words('January February March April May June July August September October November December'),
};

/** From January on, as English writes them; German shortens a month to its number. */
export const shortMonths = words('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec');

/** From Sunday on, as `weekdayOf` counts. */
export const weekdayNames: Readonly<Record<Language, readonly string[]>> = {
	de: words('Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag'),
	en: words('Sunday Monday Tuesday Wednesday Thursday Friday Saturday'),
};

export const shortWeekdays: Readonly<Record<Language, readonly string[]>> = {
	de: words('So. Mo. Di. Mi. Do. Fr. Sa.'),
	en: words('Sun Mon Tue Wed Thu Fri Sat'),
};

/** How else people write months, by their number. */
const otherMonths: Readonly<Record<number, string>> = {
	1: 'Jänner Jan',
	2: 'Feber Feb',
	3: 'Maerz Mrz Mär Mar',
	4: 'Apr',
	6: 'Jun',
	7: 'Jul',
	8: 'Aug',
	9: 'Sept Sep',
	10: 'Okt Oct',
	11: 'Nov',
	12: 'Dez Dec',
};

const monthOf = new Map<string, number>();
for (const language of languages)
	monthNames[language].forEach((name, index) => monthOf.set(name.toLowerCase(), index + 1));
for (const [month, names] of Object.entries(otherMonths))
	for (const name of words(names)) monthOf.set(name.toLowerCase(), Number(month));

/** What may stand for a month in a text, longest first, for a regular expression. */
export const monthPattern = longestFirst([...monthOf.keys()]);
export const englishMonthPattern = longestFirst([...monthNames.en, ...shortMonths, 'Sept']);

/** @returns 1 to 12, or null */
export function monthNamed(word: string): number | null {
	// What is an ordinary English word in small letters is a month only with a capital.
	if (word === 'may' || word === 'mar' || word === 'march') return null;
	return monthOf.get(word.toLowerCase()) ?? null;
}

/** Whether a word is a month in German and not in English, or the other way round; null for what is both. */
export function languageOfMonth(word: string): Language | null {
	const name = word.toLowerCase();
	const german =
		monthNames.de.some((each) => each.toLowerCase() === name) ||
		/^(jänner|feber|maerz|mrz|mär|okt|dez|jan|feb|apr|jun|jul|aug|sep|nov)$/.test(name);
	const english = [...monthNames.en, ...shortMonths].some((each) => each.toLowerCase() === name);
	return german === english ? null : german ? 'de' : 'en';
}

/** Of a weekday's name, in full or short. */
export function languageOfWeekday(name: string): Language {
	return /^(?:..|.*(?:tag|woch|abend))$/iu.test(name) ? 'de' : 'en';
}

/** 0 for Sunday, as in JavaScript. */
export function weekdayOf(date: LocalDate): number {
	return new Date(asUtc(`${date}T00:00`)).getUTCDay();
}

const small: Readonly<Record<Language, RegExp>> = {
	de: wordsIn('der die das den dem des am vom zum zur im ist und wir um uhr ein eine mit für auf nicht wird werden'),
	en: wordsIn('the is on at of our we and by to for with it this that are has takes'),
};

/** In which language a text is, by its small words; null where they do not say. */
export function languageOfText(text: string): Language | null {
	const [german = 0, english = 0] = languages.map((language) => text.match(small[language])?.length ?? 0);
	return german === english ? null : german > english ? 'de' : 'en';
}

function wordsIn(text: string): RegExp {
	return new RegExp(String.raw`(?<!\p{L})(?:${words(text).join('|')})(?!\p{L})`, 'giu');
}

const weekdayStarts = ['so sun', 'mo', 'di tue', 'mi wed', 'do thu', 'fr', 'sa'];
const saturday = 6;

/** Full and short names, of both languages. @returns 0 for Sunday, or null */
export function weekdayNamed(word: string): number | null {
	const name = word.toLowerCase().replace('.', '');
	// It begins like Sunday.
	if (name.startsWith('sonnabend')) return saturday;
	const found = weekdayStarts.findIndex((starts) => words(starts).some((start) => name.startsWith(start)));
	return found < 0 ? null : found;
}

function words(text: string): string[] {
	return text.split(' ');
}

function longestFirst(names: string[]): string {
	return names.sort((a, b) => b.length - a.length).join('|');
}
