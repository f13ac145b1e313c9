/**
 * Several pages as boards write them, German and English, with nothing wrong in them: what the checker says about these is a
 * false alarm. They are full of dates, numbers, names and deadlines on purpose. Invented, like the association's evening.
 * Read on 10 December 2024 against `testCalendar`.
 */

const german = `
Liebe Mitglieder,

hinter uns liegt ein Herbst, den so niemand geplant hatte. Nach der Sitzung am 12. November haben wir in wenigen Wochen einen ganzen Wahlkampf vorbereitet, und dafür gebührt vielen Dank. Am 3. Dezember standen wir bei minus zwei Grad zu acht vor dem Bahnhof, und trotzdem gingen in drei Stunden 600 Faltblätter weg. Wer an diesem Abend dabei war, wird den heißen Tee von Ruth so schnell nicht vergessen.

Der Stadtvorstand kam am Dienstag, 10. Dezember 2024, in der Geschäftsstelle zusammen. Eingeladen waren auch die Vorsitzenden der Ratsfraktion, Frieda Baumgart und Omar Haddad, um über den Haushalt zu beraten. Die Verwaltung hat den Entwurf am 28. November vorgelegt, 412 Seiten, dazu drei Anlagen. Die Fraktion tagt dazu noch einmal am 16. Dezember, der Rat entscheidet am 19. Dezember. Spielräume gibt es bei Radwegen (plus 1,2 Mio. Euro) und beim Ganztag, enger wird es bei der Kultur: Dort fehlen nach jetzigem Stand 340.000 Euro.

Beschlossen wurde mit 6 zu 0 Stimmen bei einer Enthaltung, ein Wahlbüro einzurichten. Es trifft sich zum ersten Mal am Freitag, 20. Dezember, um 18 Uhr online. Die Leitung teilen sich Cem Yıldız und Lea Brandt. Wer mitmachen möchte, meldet sich bis zum 18. Dezember bei Lea; den Link verschickt sie am Tag davor. Gebraucht werden vor allem Leute, die dienstags oder donnerstags vormittags Zeit haben.

Jonas Petersen hatte drei Angebote für Plakate eingeholt. Das günstigste liegt bei 2,35 Euro je Stück, gültig bis 15. Dezember, Lieferzeit 10 bis 12 Werktage. Bestellt werden 1.400 Stück, doppelt so viele wie 2021. Gehängt werden darf nach der Satzung der Stadt (§ 7 Abs. 2) erst sechs Wochen vor der Wahl, also ab dem 12. Januar. An Masten mit Lichtskulpturen hängen wir keine Plakate, auch nicht darunter. Die Zweierteams stehen bis zum 6. Januar fest.

Unser Aktionstag findet am Samstag, 18. Januar 2025, von 10 bis 16 Uhr auf dem Platz in der Mitte statt. Alle sechs Ortsverbände übernehmen je eine Stunde, den Anfang macht der OV Nord. Der Schichtplan liegt ab dem 6. Januar aus, Eva Niehues nimmt Anmeldungen entgegen. Zur Vorbereitung des Aktionstags trifft sich die Gruppe am 14. Januar um 19 Uhr bei Tom. Am 17. Januar bauen wir ab 15 Uhr auf. Sollte es regnen, weichen wir in die Markthalle aus; das entscheiden wir spätestens am 16. Januar.

Die nächste Sitzung des Stadtvorstands ist am Donnerstag, 9. Januar, wie gewohnt um 18 Uhr in der Geschäftsstelle. Auf der Tagesordnung stehen der Stand der Plakatierung, die Zuständigkeiten der neuen Vorstandsmitglieder und der Rückblick auf die Klausur vom Oktober. Anträge bitte bis zum 2. Januar an Kim Saathoff. Danach folgt die Sitzung am 13. Februar.

Zwischen dem 23. Dezember und dem 3. Januar ist die Geschäftsstelle geschlossen. In dringenden Fällen ist Mara Sander unter 0151 2345678 zu erreichen, am besten zwischen 9 und 11 Uhr. Am 6. Januar öffnen wir wieder.

Aus der Kasse: Im dritten Quartal standen Einnahmen von 4.812,50 Euro Ausgaben von 3.977,20 Euro gegenüber. Größter Posten war der Druck (1.140 Euro), gefolgt von der Miete (3 × 420 Euro). Die Prüferinnen haben die Belege vom 1. Januar bis 30. September am 21. November gesehen und nichts beanstandet. Spenden bis 300 Euro brauchen keine Bescheinigung mehr. Wer eine möchte, schreibt bis Ende Februar an Jürgen Weiß.

Mitgliederzahlen: Im Mai 20 Eintritte, im Juni 12, im November 31, davon allein am 7. November neun. Wir sind jetzt 487. Am 5. Dezember haben Li und Ben zum ersten Kennenlernabend eingeladen, 23 Leute kamen. Der nächste Abend ist im Februar geplant, der Termin folgt.

Die Mitgliederversammlung ist am 15. März 2025 um 14 Uhr. Gewählt wird turnusgemäß der halbe Vorstand. Die Einladung mit der Tagesordnung geht satzungsgemäß vier Wochen vorher heraus, also spätestens am 15. Februar. Wer kandidieren möchte, hat bis zum 1. März Zeit; Bewerbungen auf der Versammlung bleiben möglich. 2023 dauerte sie bis 18:30 Uhr, diesmal wollen wir um 17 Uhr fertig sein.

Aus den Arbeitskreisen: Der AK Verkehr hat am 26. November mit der Stadt über die Querung an der Schillerstraße gesprochen. Ein Zebrastreifen kostet rund 18.000 Euro, eine Ampel das Neunfache. Der AK trifft sich wieder am 7. Januar um 19:30 Uhr. Der Arbeitskreis Soziales besucht am 22. Januar um 10 Uhr die Tafel. Der AK Klima sucht noch eine zweite Person für die Leitung; wer Lust hat, kommt am 15. Januar, 18:30 Uhr, ins Umweltzentrum.

Rückblick: Am 9. November haben wir der Opfer der Pogrome von 1938 gedacht, gemeinsam mit 120 Menschen vor der ehemaligen Synagoge. Am 25. November wehte zum Tag gegen Gewalt an Frauen die Fahne am Rathaus. Der Landesparteitag am 30. November und 1. Dezember hat unseren Antrag zu Ganztagsschulen mit großer Mehrheit angenommen; die Rede von Frieda Baumgart ist auf unserer Seite zu sehen.

Zum Vormerken: 24. Januar Neujahrsempfang des Kreisverbands, 1. Februar Schulung Haustürgespräche (10–13 Uhr, Anmeldung bis 27. Januar), 23. Februar Wahltag. Am Wahlabend treffen wir uns ab 17:30 Uhr im Lokal am Fluss. Für den Wahltag suchen wir noch Fahrdienste: eine Schicht von 8 bis 12 Uhr, eine von 12 bis 16 Uhr.

Und zuletzt etwas zum Freuen: Omars Tochter ist am 2. Dezember geboren, 3.410 Gramm, 51 Zentimeter. Wir gratulieren! Allen eine ruhige Zeit, guten Schlaf und ein gesundes neues Jahr. Heute in acht Tagen ist der Spuk mit den Plätzchen vorbei.

Mara Sander für den Vorstand
`;

const germanMinutes = `
Protokoll der Sitzung des Stadtvorstands vom 10. Dezember 2024

Beginn 18:05 Uhr, Ende 19:55 Uhr. Leitung: Mara Sander. Protokoll: Jonas Petersen. Anwesend waren neun von elf, Kim Saathoff war entschuldigt. Li kam um 18:20 Uhr, Tom ging um 19:30 Uhr. Die Versammlung war beschlussfähig.

TOP 1 Protokoll der letzten Sitzung. Das Protokoll vom 12. November wird mit einer Änderung genehmigt: Auf Seite 3 muss es „bis 30. November“ statt „bis 13. November“ heißen.

TOP 2 Wahlbüro. Cem berichtet: Bis zur Wahl am 23. Februar bleiben kaum zehn Wochen. Anfragen, Material und Termine laufen bisher bei vier Leuten auf. Vorgeschlagen wird eine feste Runde freitags um 18 Uhr. Sie beginnt am 20. Dezember. Frau Baumgart fragt nach den Kosten; Cem rechnet mit 300 Euro bis März. Der Antrag wird bei einer Enthaltung angenommen (6:0:1).

TOP 3 Plakate. Drei Angebote vom 2., 4. und 5. Dezember liegen vor. Herr Haddad weist auf die Lichtskulpturen hin, die bis zum 2. Februar an den Masten bleiben. Jonas holt bis zum 13. Dezember die Genehmigung ein. Die Abstimmung ergibt 8 Ja, 0 Nein, 0 Enthaltungen. Nach Nr. 4.2. der Richtlinie ist ein Abstand von 10 Metern zu halten.

TOP 4 Haushalt. Frieda Baumgart erläutert den Entwurf der Stadt. Die Beratung im Ausschuss war am 4. Dezember, die im Rat folgt am 19. Dezember um 16 Uhr. Der Vorstand nimmt Kenntnis. Omar Haddad bittet darum, Anregungen bis 15. Dezember zu schicken.

TOP 5 Aktionstag. Eva Niehues stellt den Plan für den 18. Januar vor: sechs Schichten von je einer Stunde, die erste um 10 Uhr, die letzte um 15 Uhr. Der Platz ist bei der Stadt seit dem 22. November angemeldet (Aktenzeichen 32.1-4.11). Strom kommt vom Café, der Pavillon von der Feuerwehr, Abholung am 17. Januar zwischen 14 und 15 Uhr. Für den Aktionstag bestellt Ben bis zum 8. Januar 40 Liter Punsch.

TOP 6 Zuständigkeiten. Li möchte die Mitgliederbetreuung übernehmen, Ben die Technik. Die Liste wird bis zur nächsten Sitzung ausgefüllt und dort beschlossen. In der Zwischenzeit gilt die Regelung vom 14. Mai weiter.

TOP 7 Termine. Klausur am 25. und 26. April, Sommerfest am 28. Juni, Herbstempfang Ende September. Die Sitzungen im ersten Halbjahr: 9. Januar, 13. Februar, 13. März, 10. April, 8. Mai, 12. Juni, jeweils donnerstags um 18 Uhr.

Verschiedenes: Der Schlüssel Nr. 7 fehlt seit Mitte November. Der Drucker wird am 12. Dezember zwischen 8 und 12 Uhr repariert. Raum 2.10. ist bis auf Weiteres gesperrt. Jürgen Weiß erinnert an die Quittungen aus dem Oktober.
`;

const english = `
Dear members,

It has been an autumn that nobody had planned. After the meeting on 12 November we prepared a whole campaign within a few weeks, and many of you deserve thanks. On 3 December eight of us stood in front of the station at minus two degrees, and still 600 leaflets were gone in three hours.

The Stadtvorstand met on Tuesday, 10 December 2024. The chairs of the council group, Frieda Baumgart and Omar Haddad, were invited to talk about the city's budget. The administration had published its draft on 28 November: 412 pages and three annexes. The council group meets again on 16 December, and the council decides on 19 December at 4 pm. There is room for cycle paths (plus 1.2 million) and for schools; culture will be short of about 340,000 euros.

We decided, by 6 votes to 0 with one abstention, to set up an election office. It meets for the first time on Friday, 20 December, at 18:00, online. Cem Yıldız and Lea Brandt share the lead. If you would like to help, write to Lea by 18 December. The link goes out the day before.

Jonas Petersen had asked for three offers for posters. The cheapest is 2.35 euros each, valid until 15 December, delivery within 10 to 12 working days. We order 1,400 of them, twice as many as in 2021. They may be put up from 12 January on. Teams of two will be set by 6 January.

Our Aktionstag takes place on Saturday, 18 January 2025, from 10:00 to 16:00. All six branches take an hour each. The roster is open from 6 January; Eva Niehues takes your names until 13 January. On 17 January we set up from 3 pm. If it rains we move to the market hall, which we will decide by 16 January at the latest.

The next meeting of the Stadtvorstand is on Thursday, 9 January, at 18:00 as usual. On the agenda are the posters, the duties of the new members and a look back at the retreat in October. Please send motions to Kim Saathoff by 2 January. After that we meet on 13 February.

The office is closed from 23 December to 3 January. In urgent cases you can reach Mara Sander, best between 9 and 11 in the morning. We open again on 6 January.

From the treasurer: in the third quarter we took 4,812.50 euros and spent 3,977.20. The largest item was printing (1,140), then rent (3 x 420). The auditors saw the receipts from 1 January to 30 September on 21 November and had nothing to say. If you need a receipt for a donation, you may write to Jürgen Weiß by the end of February.

Members: 20 joined in May, 12 in June, 31 in November, nine of them on 7 November alone. We are now 487. On 5 December Li and Ben had invited to the first welcome evening; 23 people came. The next one is planned for February.

Looking back: on 9 November we remembered the victims of the pogroms of 1938, together with 120 people. On 25 November the flag was up at the town hall. The state convention on 30 November and 1 December accepted our motion on schools.

To note: 24 January new year's reception of the county, 1 February training (10 to 1 pm, sign up by 27 January), 23 February election day. On the evening of the election we meet from 17:30 at the river. Version 2.10. of the handbook is out; see section 3.4. for the rules on posters.

With all good wishes for a quiet time and a healthy new year.
`;

export const ordinaryTexts: readonly string[] = [german, germanMinutes, english];
