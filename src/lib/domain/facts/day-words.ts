/** Days of a month in words: *am neunten Januar*, *the ninth of January*. */
const german = (
	'erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt ' +
	'siebzehnt achtzehnt neunzehnt zwanzigst einundzwanzigst zweiundzwanzigst dreiundzwanzigst vierundzwanzigst ' +
	'fünfundzwanzigst sechsundzwanzigst siebenundzwanzigst achtundzwanzigst neunundzwanzigst dreißigst einunddreißigst'
).split(' ');
const english = (
	'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
	'sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth ' +
	'twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first'
).split(' ');

/** For a regular expression. English says *of* before the month: "the second March week" is no day. */
export const dayWords = String.raw`(?:${german.join('|')})e[nr]?(?=\s)|(?:${english.join('|')})(?=\sof\s)`;

/** @param day a number or one of `dayWords` */
export function dayNamed(day: string): number {
	const word = day.toLowerCase();
	return Number(word) || german.indexOf(word.replace(/e[nr]?$/, '')) + 1 || english.indexOf(word) + 1;
}
