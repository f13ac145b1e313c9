/**
 * The words of what is published, in the language of the issue. They are not among the interface's messages: those are
 * compiled for the browser, in the language of its owner, and the server runs without a build.
 */
import type { Language } from '#lib/domain/bulletin.ts';
import { asUtc, dateOf, localDateTimeAt, timeOf, type LocalDate } from '#lib/domain/local-time.ts';

const german = {
	bulletins: 'Rundbriefe',
	bulletin: 'Rundbrief',
	contents: 'In diesem Rundbrief',
	published: (when: string) => `Veröffentlicht am ${when}`,
	corrected: (when: string, note: string) => `Berichtigt am ${when}: ${note}`,
	earlier: 'Fassung davor',
	versions: 'Fassungen',
	version: (number: number, when: string) => `Fassung ${number} vom ${when}`,
	outdated: 'Das ist eine frühere Fassung, sie wurde inzwischen berichtigt.',
	current: 'Zur aktuellen Fassung',
	preview: 'Vorschau. So sieht der Rundbrief aus, wenn er veröffentlicht ist.',
	all: 'Alle Rundbriefe',
	feed: 'Als Feed abonnieren (Atom)',
	none: 'Es ist noch kein Rundbrief veröffentlicht.',
	missingTitle: 'Diese Seite gibt es nicht',
	missing: 'Vielleicht ist die Adresse nicht ganz richtig abgeschrieben.',
	withdrawnTitle: 'Dieser Rundbrief wurde zurückgezogen',
	withdrawn: 'Der Vorstand hat ihn von dieser Seite genommen.',
	inBrowser: 'Im Browser lesen',
	skip: 'Zum Inhalt',
	table: 'Tabelle',
	done: 'erledigt',
	open: 'offen',
	time: (time: string) => `${time} Uhr`,
};

const english: typeof german = {
	bulletins: 'Bulletins',
	bulletin: 'Bulletin',
	contents: 'In this bulletin',
	published: (when) => `Published on ${when}`,
	corrected: (when, note) => `Corrected on ${when}: ${note}`,
	earlier: 'Version before',
	versions: 'Versions',
	version: (number, when) => `Version ${number} of ${when}`,
	outdated: 'This is an earlier version; it has been corrected since.',
	current: 'To the current version',
	preview: 'Preview. This is what the bulletin looks like once it is published.',
	all: 'All bulletins',
	feed: 'Subscribe to the feed (Atom)',
	none: 'No bulletin has been published yet.',
	missingTitle: 'This page does not exist',
	missing: 'Perhaps the address was not copied quite right.',
	withdrawnTitle: 'This bulletin has been withdrawn',
	withdrawn: 'The board has taken it off this page.',
	inBrowser: 'Read in the browser',
	skip: 'Skip to content',
	table: 'Table',
	done: 'done',
	open: 'open',
	time: (time) => time,
};

export type Words = typeof german;

export function wordsIn(language: Language): Words {
	return language === 'de' ? german : english;
}

const tags: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };

/** `Dienstag, 10. Dezember 2024` */
export function fullDate(date: LocalDate, language: Language): string {
	return format(date, language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `10. Dezember 2024, 18:04 Uhr` in the association's zone. */
export function moment(instant: number, language: Language, timeZone: string): string {
	const local = localDateTimeAt(new Date(instant), timeZone);
	return `${dayOf(instant, language, timeZone)}, ${wordsIn(language).time(timeOf(local))}`;
}

/** `10. Dezember 2024` in the association's zone. */
export function dayOf(instant: number, language: Language, timeZone: string): string {
	const date = dateOf(localDateTimeAt(new Date(instant), timeZone));
	return format(date, language, { day: 'numeric', month: 'long', year: 'numeric' });
}

function format(date: LocalDate, language: Language, style: Intl.DateTimeFormatOptions): string {
	return new Intl.DateTimeFormat(tags[language], { ...style, timeZone: 'UTC' }).format(asUtc(`${date}T00:00`));
}
