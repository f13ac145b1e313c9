/**
 * Further pages with nothing wrong in them, by somebody who did not write the rules: a whole issue with the minutes it came
 * from, in German and English, against a calendar of its own; and sentences that come close to a slip.
 */
import type { Calendar, Known } from './calendar.ts';

function meeting(id: string, date: string, start: string, end: string | null, ...names: string[]): Known {
	return { kind: 'meeting', id, date, start, end, names };
}

export const otherCalendar: Calendar = {
	today: '2026-11-27',
	known: [
		meeting('november', '2026-11-05', '19:00', '21:00', 'Vorstandssitzung November', 'Vorstand'),
		meeting('december', '2026-12-03', '19:00', '21:00', 'Vorstandssitzung', 'Vorstand'),
		meeting('january', '2027-01-14', '19:00', '21:00', 'Vorstandssitzung Januar', 'Vorstand'),
		meeting('members', '2027-02-20', '10:00', '13:00', 'Mitgliederversammlung', 'Ortsgruppe'),
		meeting('campaign', '2026-12-08', '20:00', null, 'Kampagnenrunde'),
		{ kind: 'action', id: 'winter', date: '2026-12-12', start: null, end: null, names: ['Winteraktion'] },
		{ kind: 'action', id: 'run', date: '2027-01-10', start: '11:00', end: '14:00', names: ['Neujahrslauf'] },
	],
	people: [
		'Anna Schmidt',
		'Bernd Meier',
		'Claudia Schneider',
		'Dirk Hofmann',
		'Elif Kaya',
		'Fatma Öztürk',
		'Georg Schmitz',
		'Hannah Weber',
		'Igor Petrow',
		'Julia Maier',
		'Karl-Heinz Schulz',
		'Lena Bauer',
		'Max Mustermann',
		'Nora Krüger',
	],
};

const german = `
Liebe Freundinnen und Freunde,
das Jahr geht zu Ende, und bevor wir alle in die Feiertage verschwinden, wollen wir berichten, was in den letzten Wochen passiert ist. Am 5. November hat der Vorstand zum ersten Mal in neuer Besetzung getagt. Anna Schmidt wurde einstimmig als Sprecherin bestätigt, Bernd Meier bleibt Kassierer. Hannah Weber übernimmt ab dem 1. Dezember die Öffentlichkeitsarbeit von Julia Maier, die Ende Januar nach Leipzig zieht.
Am Samstag, dem 14. November, standen wir mit einem Infostand am Rathausplatz. Von 10 bis 14 Uhr kamen rund 150 Menschen vorbei, 32 Gespräche führten wir länger als zehn Minuten. Der nächste Infostand ist am 5. Dezember, gleiche Zeit, gleicher Ort. Wer helfen möchte, meldet sich bis 1. Dezember bei Dirk Hofmann.
Die Mitgliederversammlung findet am 20. Februar 2027 ab 10 Uhr im Bürgerhaus statt. Einlass ist ab 9:30 Uhr. Anträge können bis zum 6. Februar, 24 Uhr, eingereicht werden; Änderungsanträge bis zum 17. Februar. Die Unterlagen verschickt Georg Schmitz am 10. Februar. Nach der Versammlung, gegen 13:30 Uhr, gibt es Suppe.
Im Haushaltsausschuss wurde am 24.11. der Nachtrag beraten. Die Verwaltung rechnet mit Mehrausgaben von 1,8 Mio. Euro, vor allem für die Sanierung der Grundschule am Park. Das sind 12 Prozent mehr als 2025. Der Rat entscheidet am 15. Dezember um 17 Uhr; die Sitzung ist öffentlich und wird gestreamt. Unsere Fraktion trifft sich dazu am 8. Dezember um 18 Uhr im Raum 2.14.
Die Winteraktion läuft am Samstag, 12. Dezember, von 11 bis 15 Uhr in der Fußgängerzone. Für die Winteraktion backen wir am Freitag, 11. Dezember, ab 16 Uhr bei Lena. Aufgebaut wird am 12. Dezember um 9:30 Uhr. Bringt bitte Thermoskannen mit! Bei Dauerregen verschieben wir auf den 19. Dezember.
Die nächste Vorstandssitzung ist am Donnerstag, 3. Dezember, um 19 Uhr in der Geschäftsstelle. Danach tagen wir erst wieder am 14. Januar. Gäste sind wie immer willkommen. Die Tagesordnung steht ab dem 30. November im Netz.
Beim Neujahrslauf am 10. Januar starten wir um 11 Uhr am Stadion. Die Startnummern gibt es am 9. Januar von 15 bis 18 Uhr im Vereinsheim oder am Lauftag ab 9.30 Uhr. Letztes Jahr waren 211 Leute am Start, gewonnen hat Elif Kaya in 38:12 Minuten. Anmeldeschluss ist der 6. Januar.
Fatma Öztürk hat am 11. November in Berlin den Förderbescheid entgegengenommen: 7.500 Euro für das Nachbarschaftscafé. Es öffnet am 1. Februar und ist dann montags und donnerstags von 14 bis 18 Uhr geöffnet. Am 13. Dezember ab 15 Uhr ist Tag der offenen Tür.
Aus der Kampagnenrunde: Wir haben uns am 17. November getroffen und das Motto beschlossen. Die Runde trifft sich wieder am 8. Dezember um 20 Uhr online, der Link kommt am selben Tag per Mail. Nächste Woche, am Mittwoch, 2. Dezember, besuchen wir die Druckerei. Wer mitfahren will: Abfahrt ist um 8:15 Uhr am Bahnhof, Rückkehr gegen 13 Uhr.
Karl-Heinz Schulz feiert am 2. Januar seinen 80. Geburtstag. Er trat am 1. Mai 1969 ein und war von 1984 bis 1996 im Rat. Wir gratulieren schon jetzt! Ebenfalls gratulieren wir Igor Petrow, der am 20. November Vater geworden ist.
Zur Erinnerung: Die Beiträge werden zum 15. Dezember eingezogen. Wer umgezogen ist oder ein neues Konto hat, schreibt bitte bis 10. Dezember an Bernd. Spendenbescheinigungen gehen im Februar raus, spätestens am 28.2.
Vom 21. Dezember bis zum 6. Januar ist die Geschäftsstelle geschlossen. In dieser Zeit ist nur der Anrufbeantworter unter 0221 123456-0 erreichbar, er wird am 28. Dezember und am 4. Januar abgehört.
Terminübersicht: 3.12. Vorstand (19 Uhr), 5.12. Infostand (10–14 Uhr), 8.12. Kampagnenrunde (20 Uhr), 12.12. Winteraktion, 15.12. Rat (17 Uhr), 10.1. Neujahrslauf, 14.1. Vorstand, 20.2. Mitgliederversammlung.
Und noch etwas in eigener Sache: Dieser Rundbrief erscheint zehnmal im Jahr. Redaktionsschluss für die Januarausgabe ist der 8. Januar. Beiträge gern als Textdatei, höchstens 2.000 Zeichen. Die letzte Ausgabe vom 30. Oktober kann man im Archiv nachlesen.
Protokoll der Vorstandssitzung vom 5. November 2026. Anwesend: Anna Schmidt, Bernd Meier, Claudia Schneider, Dirk Hofmann, Hannah Weber, Nora Krüger; entschuldigt: Georg Schmitz. Beginn 19:05 Uhr, Ende 21:10 Uhr. Protokoll: Nora Krüger.
TOP 1: Das Protokoll der Sitzung vom 1. Oktober wird ohne Änderungen genehmigt. TOP 2: Claudia berichtet von der Landesdelegiertenkonferenz am 24. und 25. Oktober. Der Antrag A 12 (Nahverkehr) wurde mit 112 zu 87 Stimmen angenommen. TOP 3: Der Vertrag mit der Druckerei läuft zum 31. März 2027 aus. Dirk holt bis zur Sitzung am 3. Dezember drei Angebote ein.
TOP 4: Die Kündigungsfrist für das Büro beträgt drei Monate zum Quartalsende; gekündigt werden müsste bis zum 31. Dezember. Bernd schlägt vor, die Entscheidung auf die Sitzung im Dezember zu vertagen. Angenommen mit 5:0:1. TOP 5: Nora stellt am 3. Dezember einen Entwurf für die Geschäftsordnung vor. § 4 Abs. 3 soll gestrichen werden. TOP 6: Das Sommerfest 2027 soll am 26. Juni oder am 3. Juli stattfinden. Die Schulferien beginnen am 5. Juli nicht überall, also prüft Lena die Termine.
TOP 7 Verschiedenes: Der Beamer ist seit dem 12.10. in Reparatur. Frau Weber fragt nach den Schlüsseln; Herr Hofmann hat noch zwei. Die Weihnachtsfeier ist am 18. Dezember ab 18 Uhr im Brauhaus. Für das Wichteln gilt eine Grenze von 5 Euro. Das Treffen der Sprecherinnen mit der Bürgermeisterin ist am 14. Januar um 16 Uhr. Vor der Sitzung am 14. Januar wird ab 18 Uhr gemeinsam gegessen.
Die Stadtbibliothek lädt am 9. Dezember zur Lesung mit Max Mustermann ein, Beginn 19:30 Uhr, Eintritt frei. Am 10. Dezember, dem Tag der Menschenrechte, sind wir um 17 Uhr bei der Kundgebung auf dem Neumarkt dabei. Die Initiative Seebrücke sammelt am 13. und 20. Dezember jeweils von 12 bis 17 Uhr warme Kleidung.
Nach der Winteraktion treffen wir uns am 15. Dezember zum Auswerten. Die Gruppe „Junge Familien“ trifft sich jeden ersten Sonntag im Monat, also wieder am 6. Dezember und am 3. Januar, immer um 10:30 Uhr im Café. Der Stammtisch ist am 17. Dezember; am 24. und 31. Dezember fällt er aus.
Im Rückblick auf 2026 bleiben drei Zahlen: 41 neue Mitglieder, 17 Aktionen, 3 gewonnene Abstimmungen. Am 8. März, zum Frauentag, waren wir 400 auf der Straße. Am 20. Juni wurde unser Antrag zum Hitzeschutz beschlossen, am 1. September trat er in Kraft. Die Wahl am 13. September 2026 brachte uns 14,3 Prozent und sechs Sitze.
Wir suchen für die Mitgliederversammlung am 20. Februar noch zwei Leute für die Zählkommission und eine Kinderbetreuung von 9:30 bis 13 Uhr. Bewerbungen für den Vorstand nimmt Anna bis zum 31. Januar entgegen. Wahlen gibt es außerdem für das Schiedsgericht; dessen Amtszeit endet am 20. Februar.
Die Januarsitzung findet am 14. Januar statt, die Februarsitzung entfällt wegen der Mitgliederversammlung. Die März-Sitzung planen wir für den 4. März. Die Klausur ist am 13. und 14. März in Altenberg.
Wer am 3. Dezember nicht kann, darf bis 2. Dezember schriftlich abstimmen. Über die Ergebnisse berichten wir in der nächsten Ausgabe, die am 29. Januar erscheint.
Lena und Hannah haben am Sonntag, 22. November, den Stand auf dem Adventsbasar organisiert; 640 Euro sind zusammengekommen. Am 29. November, dem ersten Advent, gibt es dort noch einmal Waffeln, ab 14 Uhr.
Der Ortsverband Nord lädt am Dienstag, 1. Dezember, um 19 Uhr zur Vorstandssitzung mit Gästen ein. Die Kreisgeschäftsstelle bleibt am 4. Dezember wegen Inventur zu. Der Bus 142 fährt vom 7. bis 11. Dezember nicht über die Hauptstraße.
Zur Sitzung am 3. Dezember bringt bitte alle eure Kalender mit, damit wir das zweite Halbjahr planen können. Beginn ist pünktlich um 19 Uhr, das Essen kommt um 20:30 Uhr.
Mit herzlichen Grüßen, kommt gut durch die Tage und bleibt gesund! Anna und Hannah, 27. November 2026
Sitzungen 2027 im Überblick: 14. Januar, 4. März, 1. April, 6. Mai, 10. Juni, 1. Juli. Jeweils donnerstags, 19 Uhr.
Ausschreibung: Für die Geschäftsstelle suchen wir zum 1. März 2027 eine Person mit 19,5 Wochenstunden. Bewerbungsschluss ist der 15. Januar, die Gespräche führen wir am 21. und 22. Januar. Rückfragen an Claudia Schneider, Mo bis Do 9 bis 12 Uhr.
Die Umfrage zur Verkehrsberuhigung läuft noch bis Sonntag, 6. Dezember. Bis jetzt haben 1.204 Haushalte teilgenommen. Die Ergebnisse stellt die Verwaltung am 26. Januar um 18 Uhr in der Aula vor; wir treffen uns eine halbe Stunde vorher am Eingang.
Dienstplan Glühweinstand: Fr 11.12. 16–19 Uhr Bernd und Nora, Sa 12.12. 11–13 Uhr Elif und Dirk, 13–15 Uhr Lena. Wechselgeld (200 €) bringt Bernd am Freitag mit.
Am Montag nach der Winteraktion, also am 14. Dezember, holen wir die Zelte zurück. Das Lager in der Industriestraße 14 ist von 8 bis 10 Uhr offen.
Der Antrag von Claudia Schneider vom 19. November wird in der Sitzung am 3. Dezember behandelt; sie selbst kommt erst gegen 20 Uhr. Die Sitzung dauert deshalb wahrscheinlich bis 21:30 Uhr.
`;

const english = `
Dear friends, the year is coming to a close and there is a lot to tell. On 5 November the board met for the first time in its new line-up. Anna Schmidt was confirmed as speaker, Bernd Meier stays treasurer. Hannah Weber takes over press work from Julia Maier on 1 December.
On Saturday, 14 November, we had a stall in front of the town hall. From 10 am to 2 pm about 150 people came by. The next stall is on 5 December, same time, same place. If you can help, tell Dirk Hofmann by 1 December.
The Mitgliederversammlung takes place on 20 February 2027 from 10 am at the Bürgerhaus. Doors open at 9:30. Motions may be handed in until 6 February; amendments until 17 February. Georg Schmitz sends the papers on 10 February. There will be soup at about 1:30 pm.
The budget committee discussed the supplement on 24 November. The administration expects additional costs of 1.8 million. The city council decides on 15 December at 5 pm; the session is public. Our council group meets on 8 December at 6 pm in room 2.14.
The Winteraktion runs on Saturday, December 12, from 11 am to 3 pm. We bake for it on Friday, December 11, at Lena's place. We set up at 9:30 am. If it rains all day we will move to December 19.
The next board meeting is on Thursday, 3 December, at 7 pm in the office. After that we meet again on 14 January. Guests are welcome as always. The agenda will be online from 30 November.
At the Neujahrslauf on 10 January we start at 11:00. You can fetch your number on 9 January between 3 and 6 pm, or on the day from 9:30. Last year 211 people ran. The closing date is 6 January.
Fatma Öztürk received the grant in Berlin on 11 November: 7,500 euros for the neighbourhood café. It opens on 1 February. On 13 December from 3 pm there is an open day.
The Kampagnenrunde met on 17 November and chose its motto. It meets again on 8 December at 8 pm online; the link will come on the same day. Next week, on Wednesday, 2 December, we visit the printers. The bus leaves at 8:15.
Karl-Heinz Schulz turns 80 on 2 January. He joined on 1 May 1969 and sat on the council from 1984 to 1996. Congratulations also to Igor Petrow, who became a father on 20 November.
Fees will be collected on 15 December. If your account has changed, write to Bernd by 10 December. Receipts go out in February, at the latest on 28 February. The office is closed from 21 December to 6 January.
Minutes of the board meeting of 5 November 2026. Present: Anna Schmidt, Bernd Meier, Claudia Schneider, Dirk Hofmann, Hannah Weber, Nora Krüger. The meeting opened at 7:05 pm and closed at 9:10 pm. The minutes of 1 October were approved. Claudia reported from the state conference on 24 and 25 October. The contract with the printers ends on 31 March 2027. Dirk will have three offers by the meeting on 3 December.
The notice period for the office is three months to the end of a quarter, so notice would have to be given by 31 December. The summer party will be on 26 June or 3 July. The Christmas party is on 18 December from 6 pm at the Brauhaus. The speakers meet the mayor on 14 January at 4 pm. Before the meeting on 14 January we eat together at 6 pm.
The library invites you to a reading with Max Mustermann on 9 December at 7:30 pm. On 10 December, Human Rights Day, we join the rally at 5 pm. After the Winteraktion we sit down on 15 December to look back. The group for young families meets on the first Sunday of each month, that is on 6 December and 3 January, at 10:30.
Looking back at 2026: on 8 March 400 of us were in the streets. On 20 June our motion on heat protection was passed, and on 1 September it came into force. The election on 13 September 2026 gave us 14.3 percent and six seats.
For the Mitgliederversammlung on 20 February we still need two people to count votes and child care from 9:30 to 1 pm. Applications for the board go to Anna until 31 January. The January meeting is on 14 January; there is no meeting in February. The March meeting is planned for 4 March. The retreat is on 13 and 14 March.
If you cannot come on 3 December you may vote in writing by 2 December. We will report in the next issue, which comes out on 29 January. Bring your calendars to the meeting on 3 December. It starts at 7 pm sharp; food arrives at 8:30 pm.
The branch in the north invites you to its board meeting on Tuesday, 1 December, at 7 pm. The bus 142 does not run from 7 to 11 December. The survey runs until Sunday, 6 December; so far 1,204 households have taken part. The results will be presented on 26 January at 6 pm in the school hall; we meet half an hour earlier.
Job: from 1 March 2027 we look for someone for 19.5 hours a week. Apply by 15 January; interviews are on 21 and 22 January. Questions go to Claudia Schneider, Monday to Thursday, 9 to 12.
`;

/** Read against `otherCalendar`. */
export const otherTexts: readonly string[] = [german, english];

const nearGerman = `
Der Vorstand hat am 3. Dezember per Umlaufbeschluss 400 Euro für die Lichterkette freigegeben. Die Mitglieder des Vorstands erreicht ihr bis zum 20. Dezember unter den bekannten Nummern, danach erst wieder ab dem 7. Januar.
Am 14. Januar treffen sich Mara und Jonas vom Vorstand mit der Presse. Am 16. Januar sitzt Cem für den Vorstand auf dem Podium der Volkshochschule, Beginn 19:30 Uhr, Eintritt frei.
Wer in den Vorstand möchte: Die Wahl ist am 15. März 2025, Bewerbungen nimmt Kim ab dem 13. Januar an. Vorstellen könnt ihr euch in der Sitzung am 13. Februar, dann ab 19 Uhr. Die Satzung sieht vor, dass der Vorstand aus neun Personen besteht.
Protokoll der Vorstandssitzung vom 12. November: genehmigt. Die Vorstandsmitglieder trafen sich am 29. November zum Plätzchenbacken, es blieb kein Krümel übrig.
Im Rückblick: Unser Vorstand besteht seit dem 15. März 2023 in dieser Form. Zwischen dem 1. Januar und dem 30. November traf er sich elfmal. Die längste Sitzung war am 14. Mai und dauerte bis 23:10 Uhr.
Bis zum 20. Dezember könnt ihr euch noch für das Wahlbüro melden. Bitte schickt Fotos vom Infostand bis zum 17. Dezember an Eva. Noch bis Sonntag läuft die Spendenaktion.
Kommt alle am 14. Dezember zum Infostand am Markt! Wir freuen uns auf euch am 18. Januar. Herzliche Einladung zum Glühwein am 19. Dezember ab 18 Uhr bei Li.
Für die Sitzung am 9. Januar meldet sich bitte, wer ab 17 Uhr beim Aufbau der Technik helfen kann. Für die Mitgliederversammlung suchen wir Kuchen; abgegeben werden kann er am 15. März ab 13 Uhr.
Do., 9. Januar, 18 Uhr: Stadtvorstand
Fr., 20. Dezember, 18 Uhr: Wahlbüro
Sa., 18. Januar: Aktionstag
15. März, 14 Uhr: Mitgliederversammlung
16. Dezember, 19 Uhr: Chorprobe
Der 23. Februar 2025 ist ein Sonntag. Der 1. Mai fällt 2025 auf einen Donnerstag. Heiligabend, 24. Dezember, ist ein Dienstag. Am 6. Januar 2025, einem Montag, öffnen wir wieder.
Die Bürostunden sind dienstags und donnerstags, am 24. Dezember, 26. Dezember, 31. Dezember und 2. Januar entfallen sie. Freitag, 13. Dezember, ist unser Drucker trotz des Datums wieder heil.
Das nächste Mal treffen wir uns am 9. Januar. Der Stadtvorstand kommt am 13. Februar wieder zusammen. Die Zusammenkunft der Ehemaligen ist am 21. Januar um 15 Uhr im Stadtpark.
Der Antrag der Verwaltung wurde am 5. Dezember verteilt; die Anhörung findet am 12. Dezember um 17 Uhr statt, die zweite Lesung am 30. Januar. Der Kreisvorstand tagt am 11. Januar, der Landesvorstand am 18. Januar. Der Bundesvorstand hat am 2. Dezember den Zeitplan beschlossen.
Die AG Soziales lädt am 17. Dezember zum Film ein (Dauer 92 Minuten, FSK 12). Der Eintritt kostet 3,50 Euro, ermäßigt 2. Der Saal öffnet um 18:30 Uhr.
Eva sammelt noch bis zum 15. Januar die Schichten ein: 10 bis 11 Uhr Nord, 11 bis 12 Uhr Süd, 12 bis 13 Uhr Mitte. Wer tauschen will, ruft bis zum 16. Januar an.
Statt am 2. Januar ist die Sprechstunde am 8. Januar. Das Treffen der Kassenprüferinnen mit Jürgen Weiß ist am 9. Januar um 16 Uhr. Zur Sitzung kommen sie dann um 18 Uhr dazu.
Das Wahlbüro hat am 6. Dezember die Schlüssel bekommen. Es war am 4. Dezember noch nicht gestrichen. Am 20. Dezember wird es eröffnet.
Der Aktionstag im letzten Jahr war am 20. Januar und hatte 300 Gäste. Den Aktionstag 2026 planen wir für den 17. Januar 2026.
`;

const nearEnglish = `
The board decided on 3 December to spend 400 euros on lights. Members of the board can be reached until 20 December, and again from 7 January. The board will publish its report on 31 January.
On 14 January Mara and Jonas from the board meet the press. On 16 January Cem speaks for the board at the college, 7:30 pm, free entry.
If you would like to join the board: the election is on 15 March 2025, and Kim takes applications from 13 January. You can introduce yourself at the meeting on 13 February, from 7 pm.
The minutes of the board meeting of 12 November have been approved. Board members met on 29 November to bake biscuits.
You can still sign up for the election office until 20 December. Please send photos to Eva by 17 December.
Come to the Infostand am Markt on 14 December! You are invited to hot wine on 19 December from 6 pm at Li's.
We need cake for the Mitgliederversammlung; bring it on 15 March from 1 pm. Thursday, 9 January, 18:00: Stadtvorstand.
23 February 2025 is a Sunday. 6 January falls on a Monday. New Year's Eve, 31 December, is a Tuesday.
The office hours on 24, 26 and 31 December are cancelled. Friday 13 December is a lucky day: the printer works again.
Next time we meet on 9 January. The gathering of former members is on 21 January at 3 pm in the park.
The hearing takes place on 12 December at 5 pm, the second reading on 30 January. The county board meets on 11 January, the state board on 18 January.
The social working group shows a film on 17 December (92 minutes). Doors open at 6:30 pm. Tickets cost 3.50 euros.
The board's retreat is on 25 and 26 April. The board meets in the office, as always, on 9 January at 6 pm. Its members eat at 8:15 pm afterwards.
Last year's Aktionstag was on 20 January with 300 guests. In 2026 the Aktionstag will be on 17 January 2026.
The school board meets on 15 January at 5 pm. Board games night is on 17 January at 7 pm. On board for the Aktionstag are six branches since 2 December.
The auditors meet Jürgen Weiß on 9 January at 4 pm. They join the meeting at 6 pm.
`;

/** Read against `testCalendar`. */
export const nearTexts: readonly string[] = [nearGerman, nearEnglish];
