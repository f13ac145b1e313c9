/** What was said and written on the example evening. The association, its people and its city are invented. */
import type { AgendaItem } from '#lib/domain/agenda.ts';
import type { ExamplePersonId } from './example-people.ts';

type Item = Pick<AgendaItem, 'id' | 'title' | 'kind' | 'minutes' | 'notes'> & { presenterId: ExamplePersonId };

/** The seven items of 10 December 2024, with the minutes of each. */
export const boardItems: readonly (Item & { body: readonly string[] })[] = [
	{
		id: 'exampleitem1',
		title: 'Wahlbüro einrichten',
		kind: 'decision',
		minutes: 15,
		presenterId: 'examplecem',
		notes: 'Kurzfristig, weil der Wahltermin vorgezogen ist.',
		body: [
			'Cem berichtet: Bis zur vorgezogenen Wahl bleiben kaum zehn Wochen. Anfragen, Material und Termine laufen bisher bei vier Leuten nebeneinander auf.',
			'Vorgeschlagen wird ein Wahlbüro mit fester Runde, das alles bündelt. Die Leitung teilen sich Cem und Lea.',
			'Das erste Treffen ist **am Freitag, 20. Dezember 2024, um 18:00 Uhr, online**. Wer mitmachen möchte, meldet sich bei Lea.',
		],
	},
	{
		id: 'exampleitem2',
		title: 'Plakate: Menge und Standorte',
		kind: 'decision',
		minutes: 15,
		presenterId: 'examplejonas',
		notes: '',
		body: [
			'Jonas hat drei Angebote eingeholt und schlägt **1.400 Plakate** vor, doppelt so viele Motive wie beim letzten Mal.',
			'Omar weist darauf hin, dass die Stadt für den Winter Lichtskulpturen an Laternenmasten angebracht hat.',
			'Einigkeit:',
			'- An Masten mit Lichtskulpturen wird **nicht** plakatiert, auch nicht darunter.',
			'- Gehängt wird in Zweierteams, jeder Ortsverband übernimmt sein Gebiet.',
			'- Der Beginn wird vorher allen angekündigt.',
		],
	},
	{
		id: 'exampleitem3',
		title: 'Haushalt und Arbeitskreise',
		kind: 'discussion',
		minutes: 25,
		presenterId: 'examplefrieda',
		notes: 'Frieda und Omar berichten aus der Ratsfraktion.',
		body: [
			'Frieda stellt die Eckpunkte des städtischen Haushalts vor: Spielräume gibt es bei Radwegen und Ganztag, enger wird es bei der Kultur.',
			'Die Arbeitskreise _Verkehr_ und _Soziales_ schicken ihre Punkte bis Mitte Januar an die Fraktion. Der Arbeitskreis _Klima_ sucht noch eine zweite Person für die Leitung.',
		],
	},
	{
		id: 'exampleitem4',
		title: 'Zuständigkeiten der neuen Vorstandsmitglieder',
		kind: 'discussion',
		minutes: 15,
		presenterId: 'exampleada',
		notes: '',
		body: [
			'Li möchte die Mitgliederbetreuung übernehmen, Ben die Termine und die Technik. Tom bleibt bei den Finanzen.',
			'Die Liste wird bis zur nächsten Sitzung ausgefüllt und dort beschlossen.',
		],
	},
	{
		id: 'exampleitem5',
		title: 'Rückblick auf die Nominierung',
		kind: 'discussion',
		minutes: 15,
		presenterId: 'exampleeva',
		notes: '',
		body: [
			'Die Aufstellung der Kandidatin lief ruhig und gut vorbereitet. 84 Stimmberechtigte waren da, so viele wie noch nie.',
			'Besser machen: früher einladen, ein zweites Mikrofon, die Wahlzettel vorab sortieren.',
		],
	},
	{
		id: 'exampleitem6',
		title: 'Aktionstag am 18. Januar',
		kind: 'decision',
		minutes: 15,
		presenterId: 'exampleeva',
		notes: 'Sechs Ortsverbände, ein Stand.',
		body: [
			'Am Samstag, 18. Januar 2025, steht von 10 bis 16 Uhr ein gemeinsamer Stand auf dem Platz in der Mitte. Jeder der sechs Ortsverbände übernimmt eine Stunde.',
			'Zelt und Tische kommen aus der Geschäftsstelle, der Schichtplan liegt in der Mitschrift.',
		],
	},
	{
		id: 'exampleitem7',
		title: 'Nächste Termine',
		kind: 'information',
		minutes: 5,
		presenterId: 'exampleada',
		notes: '',
		body: [
			'- Freitag, 20. Dezember 2024, 18:00 Uhr: Wahlbüro, online',
			'- Donnerstag, 9. Januar 2025, 18:00 Uhr: nächste Vorstandssitzung',
			'- Samstag, 18. Januar 2025, ab 10 Uhr: Aktionstag',
		],
	},
];

export const electionItems: readonly Item[] = [
	{
		id: 'examplewahl1',
		title: 'Wer macht was bis zur Wahl',
		kind: 'discussion',
		minutes: 30,
		presenterId: 'examplecem',
		notes: '',
	},
	{
		id: 'examplewahl2',
		title: 'Material und Verteilung',
		kind: 'discussion',
		minutes: 20,
		presenterId: 'examplelea',
		notes: '',
	},
	{
		id: 'examplewahl3',
		title: 'Rhythmus der Treffen',
		kind: 'decision',
		minutes: 10,
		presenterId: 'examplelea',
		notes: '',
	},
];

export const januaryItems: readonly Item[] = [
	{
		id: 'examplejan1',
		title: 'Protokoll vom 10. Dezember',
		kind: 'decision',
		minutes: 5,
		presenterId: 'exampleada',
		notes: '',
	},
	{
		id: 'examplejan2',
		title: 'Zuständigkeiten im Vorstand',
		kind: 'decision',
		minutes: 20,
		presenterId: 'exampleada',
		notes: 'Danach geben wir sie im Rundbrief bekannt.',
	},
	{
		id: 'examplejan3',
		title: 'Bericht aus dem Wahlbüro',
		kind: 'information',
		minutes: 20,
		presenterId: 'examplecem',
		notes: '',
	},
	{
		id: 'examplejan4',
		title: 'Aktionstag: letzte Fragen',
		kind: 'discussion',
		minutes: 20,
		presenterId: 'exampleeva',
		notes: '',
	},
	{
		id: 'examplejan5',
		title: 'Verschiedenes',
		kind: 'discussion',
		minutes: 10,
		presenterId: 'exampleada',
		notes: '',
	},
];

/** The four articles of the bulletin of 10 December 2024. */
export const articles: readonly { id: string; title: string; body: readonly string[] }[] = [
	{
		id: 'examplearticle1',
		title: 'Aus dem Stadtvorstand',
		body: [
			'Am Dienstag, 10. Dezember, hat der Stadtvorstand gemeinsam mit den Vorsitzenden der Ratsfraktion getagt. Frieda Baumgart und Omar Haddad haben berichtet, wo im Haushalt Spielräume sind und wo es eng wird.',
			'Die Arbeitskreise sammeln ihre Punkte bis Mitte Januar. Der Arbeitskreis _Klima_ sucht noch eine zweite Person für die Leitung: Wer Lust hat, meldet sich gern.',
			'Wer im Vorstand künftig wofür zuständig ist, geben wir nach der Sitzung am **Donnerstag, 9. Januar 2025**, bekannt.',
		],
	},
	{
		id: 'examplearticle2',
		title: 'Das Wahlbüro legt los',
		body: [
			'Die Wahl kommt früher als gedacht, also bündeln wir unsere Kräfte: Ab sofort gibt es ein Wahlbüro. Cem Polat und Lea Kortmann leiten es.',
			'**Erstes Treffen: Freitag, 20. Dezember, 18:00 Uhr, online.** Alle, die mithelfen möchten, sind willkommen. Den Link gibt es bei Lea.',
		],
	},
	{
		id: 'examplearticle3',
		title: '1.400 Plakate – aber nicht überall',
		body: [
			'Wir hängen diesmal 1.400 Plakate. Bevor es losgeht, bekommt ihr eine Nachricht mit dem Beginn und den Gebieten.',
			'# Bitte beachten',
			'- Keine Plakate an Masten, die Lichtskulpturen tragen.',
			'- Immer zu zweit, mit Warnweste und Leiter aus der Geschäftsstelle.',
			'- Freie Sicht an Kreuzungen und Überwegen.',
		],
	},
	{
		id: 'examplearticle4',
		title: 'Aktionstag am 18. Januar: sechs Ortsverbände, ein Stand',
		body: [
			'Am **Samstag, 18. Januar 2025**, stehen wir von 10 bis 16 Uhr auf dem Platz in der Mitte. Jeder Ortsverband übernimmt eine Stunde.',
			'Noch sind nicht alle Plätze besetzt. Sprecht Eva Niehues an, wenn ihr eine Schicht mitmachen könnt: Es gibt heißen Apfelsaft.',
		],
	},
];

export const rosterNote = [
	'Treffpunkt ist 20 Minuten vor der ersten Schicht am Brunnen.',
	'Zelt, Tische und Westen stehen ab 9 Uhr in der Geschäftsstelle bereit.',
	'Bei Regen findet der Stand statt, bei Sturm nicht: Dann ruft Eva alle an.',
].join('\n');
