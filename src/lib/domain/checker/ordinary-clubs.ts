/** Pages of bulletins of the associations of `corpus/clubs.ts`, and of others of the place. */
export const clubPages: Readonly<Record<string, readonly string[]>> = {
	branch: [
		`Liebe Mitglieder,
der Winter ist vorbei, und in der Geschäftsstelle stapeln sich die Sachen, die wir im Frühjahr vorhaben. Damit niemand den Überblick verliert, hier das Wichtigste in Kürze.
Aus dem Vorstand
In seiner Sitzung am 20. Februar hat der Vorstand den Haushalt für 2025 beraten. Einnahmen von 18.400 Euro stehen Ausgaben von 17.950 Euro gegenüber. Der Posten Öffentlichkeitsarbeit wurde um 400 Euro erhöht, weil die Druckkosten seit dem 1. Januar gestiegen sind. Katharina Meyer hat den Kassenbericht vorgelegt; die Prüfung durch Petra Nowak und einen externen Prüfer ist für den 26. März vorgesehen.
Der Beschluss vom 12. Dezember, die Fahrräder zu verkaufen, wurde aufgehoben. Zwei der Räder bekommt der Bauhof, das dritte bleibt bei uns. Die nächste Sitzung ist am Donnerstag, 20. März, um 19 Uhr; wer etwas auf die Tagesordnung setzen möchte, schreibt bis zum 14. März an das Büro.
Infostand
Am Samstag, 22. März, stehen wir von 9 bis 12:30 Uhr auf dem Wochenmarkt. Aufbau ist um 8:15 Uhr. Aylin Yıldız sammelt die Meldungen, drei Plätze sind noch frei. Am Samstag davor, dem 15. März, werden die Plakate in der Geschäftsstelle geklebt; Kleister ist da, Pinsel bitte mitbringen.
Frühjahrsputz
Vom Spielplatz bis zur Brücke: Am 29. März sammeln wir ab 10 Uhr wieder Müll. Der Bauhof stellt Säcke und Zangen. Letztes Jahr, am 23. März 2024, kamen 41 Leute und 60 Säcke zusammen. Gegen 13 Uhr gibt es Suppe. Bei Sturm weichen wir auf den 5. April aus.
Kino
Am 4. April zeigen wir um 20 Uhr „Die Unbeugsamen“ im Gemeindesaal, Einlass ab 19:30 Uhr. Den Vorverkauf übernimmt ab 17. März die Buchhandlung am Markt. Der Film dauert 100 Minuten; wer danach noch bleiben mag: Der Saal gehört uns bis 23 Uhr.
Aus der Stadt
Der Stadtrat tagt am 27. März um 17 Uhr öffentlich. Auf der Tagesordnung steht die Sperrung der Lindenstraße, die vom 7. bis 25. April saniert werden soll. Der Verkehrsausschuss hatte am 6. März zugestimmt.`,
		`Einladung zur Mitgliederversammlung
Liebe Freundinnen und Freunde,
hiermit laden wir satzungsgemäß zur ordentlichen Mitgliederversammlung ein. Sie findet statt am Samstag, dem 12. April 2025, um 14 Uhr im Bürgerhaus, großer Saal. Das Ende ist gegen 17 Uhr vorgesehen. Ab 13:15 Uhr gibt es Kaffee.
Tagesordnung
1. Begrüßung und Wahl der Versammlungsleitung
2. Genehmigung des Protokolls vom 13. April 2024
3. Bericht des Vorstands (14:20 bis 14:50 Uhr)
4. Bericht der Kassenprüfung
5. Entlastung
6. Wahlen: zwei Beisitzer, Amtszeit bis April 2027
7. Anträge
8. Verschiedenes
Anträge müssen nach § 9 der Satzung vom 3. Mai 1998 zwei Wochen vorher, also bis zum 29. März, schriftlich vorliegen. Stimmberechtigt ist, wer am 1. März 2025 Mitglied war und den Beitrag bis zum 31. Dezember 2024 gezahlt hat.
Für die Wahlen kandidieren bisher Stephan Schröder und Maria-Luise Hoffmann. Thomas Bauer tritt nach elf Jahren nicht wieder an; er hat sein Amt am 10. Mai 2014 übernommen. Wir verabschieden ihn nach der Versammlung mit einem Umtrunk im Foyer, den die Gruppe Nord ausrichtet.
Am Freitag vorher, dem 11. April, bauen wir ab 17 Uhr den Saal auf. Wer helfen kann, meldet sich bei Jörg Lindemann. Am Sonntag, 13. April, muss bis 12 Uhr alles wieder leer sein.
Wer nicht kommen kann, darf seine Stimme nicht übertragen. Das hat das Amtsgericht mit Schreiben vom 9. Januar noch einmal bestätigt.
Kinderbetreuung bieten wir von 13:30 bis 17:30 Uhr an, wenn sich bis 4. April mindestens drei Familien melden.
Ostermarsch
Wie jedes Jahr beteiligen wir uns am Ostermontag, dem 21. April, am Ostermarsch. Der Bus fährt um 9:40 Uhr ab Bahnhof, Rückkehr gegen 16 Uhr. Am 16. April malen wir Transparente.
Sommerfest
Merkt euch den 28. Juni vor! Wer beim Sommerfest einen Stand machen möchte, meldet sich bis zum 15. Mai.`,
		`Gartenbrief der Kolonie Abendruh
Liebe Gartenfreunde,
das Wasser wird am Samstag, 5. April, um 10 Uhr angestellt. Bitte prüft vorher eure Hähne und seid zwischen 10 und 12 Uhr in der Parzelle. Wer nicht da sein kann, gibt den Schlüssel bis zum 3. April beim Nachbarn ab. Im letzten Jahr liefen am ersten Tag drei Keller voll, das müssen wir nicht wiederholen.
Die Gemeinschaftsarbeit beginnt am 22. März. Weitere Termine sind der 26. April, der 24. Mai und der 21. Juni, jeweils von 9 bis 12 Uhr. Jede Parzelle leistet acht Stunden im Jahr; ersatzweise sind 15 Euro je Stunde fällig, zahlbar bis 31. Oktober.
Der Häcksler steht vom 24. bis 29. März auf dem Festplatz. Äste bitte nur bis 8 cm Durchmesser. Am 30. März wird er abgeholt.
Der Bezirksverband lädt am 8. April um 18 Uhr zu einer Schulung über den Obstbaumschnitt ein. Anmeldung bei Herrn Maier. Die Vertreterversammlung des Bezirksverbands ist am 10. Mai.
Unsere Laube Nr. 14 ist seit dem 1. Februar frei. Besichtigung nach Absprache, Bewerbungen bis 30. März. Der Schätzer war am 17. Januar da, der Wert liegt bei 2.350 Euro.
Geburtstage: Am 12. März wird Gerda Möller 85, am 2. April Hans Petersen 70, am 19. April Ilse Brandt 80 Jahre alt. Wir gratulieren herzlich!
Die Hecken dürfen nach dem Naturschutzgesetz vom 1. März bis 30. September nicht stark geschnitten werden. Formschnitte bis 1,20 m sind erlaubt.
Das Vereinsheim hat wieder geöffnet: freitags ab 17 Uhr, sonntags 10 bis 13 Uhr. Am Karfreitag, 18. April, bleibt es zu, am Ostersonntag gibt es um 11 Uhr Eiersuchen für die Kleinen.
Das Sommerfest der Kolonie planen wir für den 12. Juli. Wer Musik machen will, spricht mit dem Festausschuss; der trifft sich zum ersten Mal am 27. März um 19 Uhr im Vereinsheim.
Mit Gartengruß
der Vorstand`,
		`Chorblatt, März
Die erste Probe im März liegt hinter uns, und das Kyrie sitzt. Danke an alle, die am 6. März trotz Schnee gekommen sind. Bis zum Konzert am 25. Mai bleiben elf Proben; das sind weniger, als man denkt.
Proben sind wie immer donnerstags von 19:45 bis 21:45 Uhr. Am 17. April (Gründonnerstag) und am 1. Mai fällt die Probe aus. Dafür gibt es einen Probentag am Samstag, 10. Mai, von 10 bis 17 Uhr. Wer dort nicht singen kann, sagt bitte Stephan Schröder Bescheid, und zwar vor dem 1. Mai.
Stimmbildung: Frau Kowalski kommt am 20. und 27. März, jeweils ab 18:30 Uhr, Sopran zuerst. Am 3. April sind Tenor und Bass dran.
Noten: Die neuen Hefte kosten 14,50 Euro. Bezahlen könnt ihr bar an den Abenden oder per Überweisung, Stichwort „Messe 2025“. Wer bis Ende März nicht bezahlt hat, singt aus der Kopie.
Konzertreise: Vom 3. bis 6. Oktober fahren wir nach Görlitz. Der Bus ist bestellt, 38 Plätze sind vergeben, 7 noch frei. Die Anzahlung von 80 Euro ist bis zum 15. April fällig, der Rest bis zum 1. September. Das Hotel hat uns am 28. Februar die Zimmer bestätigt.
Ein Wort zur Kleiderordnung: schwarz, lang, keine Turnschuhe. Wir haben darüber am 14. November lange geredet, und dabei bleibt es.
Der Chorverband hat seine Versammlung auf den 5. April gelegt; Maria-Luise Hoffmann und Petra Nowak fahren hin. Es geht um die Beiträge: 3,50 statt 3,20 Euro pro Kopf. Abgestimmt wird am Nachmittag gegen 15 Uhr.
Der Kinoabend unserer Freunde vom Kulturverein ist am 4. April, und weil viele von uns dort mithelfen, endet die Probe am Tag davor eine halbe Stunde eher, um 21:15 Uhr.
Zum Schluss: Auf dem Flügel stand am 27. Februar ein Glas. Es war leer. Trotzdem: bitte nicht.`,
		`Neues aus der Nachbarschaftshilfe
Seit dem 3. Februar ist unser Büro in der Kirchgasse 7 besetzt: montags und mittwochs von 9 bis 12 Uhr, donnerstags von 15 bis 18 Uhr. In den ersten fünf Wochen kamen 63 Anfragen, die meisten wegen Einkäufen und Fahrten zum Arzt.
Der Fahrdienst braucht Verstärkung. Wer einen Führerschein und dienstags Zeit hat, wird am 18. März von 10 bis 11 Uhr eingewiesen. Um 18:30 Uhr trifft sich am selben Tag die AG Presse, die einen Aufruf vorbereitet.
Die Kleiderkammer nimmt vom 10. bis 22. März Frühjahrssachen an. Der Verkauf ist am Freitag, 28. März, 14 bis 18 Uhr, und am Samstag, 29. März, 9 bis 13 Uhr. Wer am Samstag lieber draußen ist: Gleichzeitig läuft der Frühjahrsputz, Treffpunkt 10 Uhr am Spielplatz.
Unsere Fortbildung „Demenz verstehen“ hat am 24. Februar begonnen und umfasst sechs Abende bis zum 31. März. Der nächste Abend ist am 17. März. Ein zweiter Kurs startet am 28. April; Anmeldung bis 11. April.
Im Mittagstisch gibt es am 20. März Kartoffelsuppe, am 27. März Auflauf, am 3. April Fisch. Beginn ist immer um 12 Uhr, bitte bis zwei Tage vorher anmelden.
Der Vorstand dankt Jörg Lindemann, der am 20. Februar nach zwölf Jahren den Schlüsseldienst abgegeben hat. Seine Nachfolgerin heißt Jana Lindner. Ihre Telefonnummer hat sich seit dem 1. März nicht geändert.
Die Stadt fördert uns weiter mit 6.000 Euro. Der Bescheid vom 19. Februar ist da, der Verwendungsnachweis muss bis 31. Januar 2026 eingereicht werden.
Termine auf einen Blick
18.3. AG Presse
20.3. Vorstandssitzung
22.3. Infostand Wochenmarkt
29.3. Frühjahrsputz
4.4. Kinoabend
12.4. Mitgliederversammlung
21.4. Ostermarsch
24.4. Vorstandssitzung
28.6. Sommerfest`,
		`Feuerwehr-Info des Fördervereins
Kameradinnen und Kameraden, liebe Fördermitglieder,
das neue Fahrzeug wurde am 14. Februar in Ulm abgeholt. Nach 640 Kilometern stand es um 22:10 Uhr in der Halle. Die offizielle Übergabe mit der Bürgermeisterin ist am 10. Mai; um 11 Uhr geht es los, ab 12 Uhr gibt es Erbsensuppe.
Im Januar und Februar gab es 17 Einsätze, davon vier Brände. Der längste dauerte vom 8. auf den 9. Februar, von 23:40 bis 5:15 Uhr. Verletzt wurde niemand.
Übungsdienste: 14. März, 28. März, 11. April, 25. April, jeweils 19:30 Uhr am Gerätehaus. Die Jugendfeuerwehr übt samstags um 10 Uhr, außer am 19. April.
Das Osterfeuer zünden wir am Karsamstag, 19. April, bei Einbruch der Dunkelheit, also gegen 20:30 Uhr. Holz nehmen wir am 12. April von 9 bis 15 Uhr und am 16. April von 16 bis 18 Uhr an. Bitte nur Baum- und Strauchschnitt. Wer am 12. April zur Mitgliederversammlung des Ortsvereins will, kommt am besten vor 13 Uhr.
Der Förderverein hat zum 31. Dezember 2024 genau 212 Mitglieder gehabt; seitdem sind fünf dazugekommen. Der Kassenstand lag am 28. Februar bei 9.871,30 Euro.
Wahl zum Wehrführer: Am 2. April wählt die aktive Wehr. Thomas Bauer tritt wieder an, sein Stellvertreter Tomas Brauer nicht. Gewählt wird ab 20 Uhr, ausgezählt gleich danach.
Tag der offenen Tür ist erst am 14. September, doch der Festausschuss trifft sich schon am 20. März um 19 Uhr. Wer im letzten Jahr (8. September 2024) dabei war, weiß, warum wir früh anfangen.
Erinnerung: Die Sirenen heulen am ersten Samstag im Monat um 12 Uhr, also wieder am 5. April. Das ist nur die Probe.`,
		`Kurz notiert
Wer am 20. März zur Vorstandssitzung kommen will, findet den Eingang diesmal auf der Rückseite: Vorne wird bis 4. April das Dach gedeckt. Die Tür ist ab 18:30 Uhr offen, los geht es wie immer um 19 Uhr. Gegen halb zehn ist Schluss.
Auf der Tagesordnung stehen unter anderem die Nachwahl in den Beirat, der Zuschuss für das Frauenhaus (250 Euro, Antrag vom 3. März) und die Frage, ob wir am 1. Mai wieder einen eigenen Stand haben. 2024 hatten wir keinen, 2023 einen im Regen.
Die Arbeitsgruppe für das Wahlprogramm hat sich am 4. März zum ersten Mal getroffen und will bis zum 24. April einen Entwurf vorlegen, damit der Vorstand an dem Abend darüber sprechen kann. Sie trifft sich alle zwei Wochen dienstags, also am 18. März, am 1. und am 15. April.
Am 18. März überschneidet sich das leider mit der AG Presse (18:30 Uhr). Petra Nowak hat angeboten, nach 20 Uhr dazuzukommen.
Plakate: Am 21. März holen wir 200 Stück aus der Druckerei, am 22. und 23. März hängen wir sie. Genehmigt sind sie bis zum 13. April; wer danach noch eines hängen sieht, nimmt es bitte ab.
Die Vorbereitungsgruppe für das Sommerfest sucht eine Band. Bewerbungen mit Hörprobe nimmt Thomas Bauer bis 30. April entgegen. Im vergangenen Jahr spielte am 29. Juni eine Kapelle aus Polen, das war schön, aber laut.
Mitgliederzahl am 28. Februar: 318. Eingetreten sind seit dem Jahreswechsel 11, ausgetreten 4, verstorben ist am 2. März unser Ehrenmitglied Karl Weber. Die Trauerfeier findet am 14. März um 11 Uhr auf dem Südfriedhof statt.
Der Mitgliedsbeitrag für das erste Halbjahr wird am 31. März eingezogen.`,
		`Rückblick und Ausblick
Der Neujahrsempfang am 12. Januar war mit 140 Gästen so gut besucht wie lange nicht. Stephan Schröder sprach zwölf Minuten, angekündigt waren zehn. Der Vortrag über Wohnungslosigkeit am 6. Februar füllte den Saal ebenfalls; die Folien stehen seit dem 10. Februar auf unserer Seite.
Weniger Glück hatten wir am 1. März. Der Stand musste um 11 Uhr abgebaut werden, weil der Wind die Schirme nahm. Den Ersatztermin am 22. März haben wir mit dem Ordnungsamt vereinbart.
Was kommt? Am Samstag, 29. März, wird geputzt, diesmal zusammen mit der Kita, die schon um 9:30 Uhr anfängt. Eine Woche später, am 4. April, wird es dunkel im Gemeindesaal: Beim Kinoabend läuft der Film, den die Mitglieder im Januar gewählt haben. Und wieder acht Tage danach ist Mitgliederversammlung.
Zur Mitgliederversammlung noch dies: Die Unterlagen gehen am 26. März in die Post, per E-Mail kommen sie am 27. März. Wer bis zum 2. April nichts hat, ruft an. Der Bericht der Kassenprüferinnen wird erst am 9. April fertig und liegt am 12. April aus.
Der Wahlausschuss – Aylin Yıldız, Jörg Lindemann und als Dritter Klaus Bauer – kommt am 10. April um 17 Uhr zusammen, um die Stimmzettel zu falten.
Ostermarsch: Anders als im letzten Jahr (1. April 2024) beginnt er nicht am Bahnhof, sondern am Rathaus, und zwar um 11 Uhr. Eine Gruppe läuft ab 9 Uhr von Norden los. Transparente malen wir am 16. April.
Unsere Partner in Breslau haben uns für den 9. bis 11. Mai eingeladen. Anmeldeschluss ist der 11. April, das Vortreffen am 24. März um 18 Uhr. Die Fahrt kostet 145 Euro.
Noch eine Bitte: Der Schlüssel, der am 20. Februar nach der Vorstandssitzung im Schloss steckte, gehört wem?`,
		`Aus der Sitzung vom 20. Februar
Anwesend waren neun von elf Vorstandsmitgliedern, entschuldigt fehlten Maria-Luise Hoffmann und Thomas Bauer. Die Sitzung begann um 19:05 Uhr und endete um 21:50 Uhr.
TOP 1: Das Protokoll vom 23. Januar wurde mit zwei Änderungen genehmigt.
TOP 2: Katharina Meyer stellte den Jahresabschluss vor. Zum 31. Dezember 2024 betrug das Guthaben 11.204,77 Euro.
TOP 3: Der Vorstand beschloss mit 7:1:1 Stimmen, den Frühjahrsputz auf den 29. März zu legen, weil am 22. März der Infostand ist. Material bestellt Jörg Lindemann bis zum 15. März.
TOP 4: Für die Mitgliederversammlung wurde das Bürgerhaus am 12. April von 12 bis 19 Uhr gemietet. Die Versammlung selbst dauert von 14 bis 17 Uhr.
TOP 5: Kinoabend. Die Lizenz kostet 120 Euro und muss zehn Tage vorher, also bis 25. März, bezahlt sein.
TOP 6: Das Sommerfest bleibt am letzten Samstag im Juni. Eine erste Besprechung gibt es am 5. Mai um 19 Uhr.
TOP 7: Verschiedenes. Die nächste Sitzung findet am 20. März statt, die übernächste am 24. April. Die Sitzung am 22. Mai wird wegen des Feiertags eine Woche vorgezogen, auf den 15. Mai.
Aufgaben: Schlüssel nachmachen (Petra Nowak, bis 20. März), Angebot für Banner einholen (Stephan Schröder, bis 13. März), Dankesbrief an die Bäckerei (Aylin Yıldız, erledigt am 21. Februar).
Für das Protokoll: P. Nowak. Versand am 27. Februar, Einwendungen bis zum 13. März.`,
		`Frühlingsbrief
Am ersten März hat unsere neue Bürozeit begonnen: montags 15 bis 18 Uhr, donnerstags 10 bis 13 Uhr. Am zwanzigsten März, wenn abends der Vorstand tagt, ist das Büro durchgehend bis 21:30 Uhr besetzt.
Der dritte Samstag im Monat gehört dem Reparaturcafé. Im März ist das der fünfzehnte, im April wegen Ostern der zwölfte; dann allerdings nur bis 13 Uhr, weil ab 14 Uhr die Mitgliederversammlung ist. Die Leitung hat jetzt Frau Petersen, die Nachfolgerin von Herrn Bauers Sohn.
Zum zweiten Mal beteiligen wir uns am 26. April am Stadtradeln. Die ersten drei Teams haben sich am 7. März gemeldet. Anmeldeschluss ist der 20. April, die Auftaktfahrt beginnt am 27. April um 14 Uhr.
Kinoabend: Der Saal ist am 4. April von 18 bis 23 Uhr gemietet, der Film beginnt um 20 Uhr. Kathrin Meyerhoff vom Filmklub gibt eine Einführung. Am 5. April muss bis 10 Uhr geputzt sein, dafür suchen wir noch zwei Leute.
Das Protokoll der letzten Vorstandssitzung geht bis 14. März an alle. Wer in der Sitzung am 20. März einen Antrag vorstellen möchte, bekommt zehn Minuten; um 20 Uhr gibt es eine Pause. Die Gäste aus Uelzen kommen erst um 20:15 Uhr dazu.
Der Anteil der Frauen im Vorstand liegt bei 5/11, vor zwei Jahren waren es 3/11. Bis zur Wahl am 12. April kann sich das ändern.
Infostand am 22. März: Zelt und Tische stehen in Garage 12/3. Die erste Schicht beginnt um 9 Uhr und endet um 11 Uhr, die zweite geht bis 12:30 Uhr. Vom 24. bis 28. März ist der Marktplatz gesperrt.
Nächster Redaktionsschluss ist der 4. April; der Brief erscheint am 11. April.`,
	],
	residents: [
		`Riverside Residents' News
Dear neighbours,
A happy new year to everyone. The tree collection is on Saturday 11 January: please leave trees at the kerb by 8 am. Last year, on 13 January 2024, we filled two lorries.
From the board
At its meeting on 12 December the board agreed the budget for 2025. Income of £8,200 is expected, with spending of £7,950. Catherine Miller presented the figures. The decision of 14 November to sell the trailer was withdrawn. The next meeting is on Thursday 16 January at 7 pm; items for the agenda should reach the office by 10 January.
Market stall
We have a stall at the farmers' market on Saturday 18 January, 9 am to 12.30 pm. Setting up starts at 8.15. Aisha Rahman keeps the list and three places are free. On the Tuesday before, 14 January, we will fold leaflets from 6 pm.
Litter pick
The winter litter pick takes place on Saturday 25 January, 10 am to 1 pm, starting at the bridge. The council lends us bags and grabbers. In case of snow we will do it on 1 February instead. Soup is served from 12.30.
Film night
On Friday 31 January at 8 pm we show "Pride" in the hall. Doors open at 7.30. Tickets are on sale from 13 January at the bookshop. The chairs are delivered on Thursday 30 January, and two strong people are needed between 4 and 6 pm.
From the council
The parish council meets on 23 January at 6.30 pm. It will discuss the closure of Mill Lane, which is planned from 3 to 21 February. The planning committee approved it on 5 December by 6 votes to 2.
Small print
The annual general meeting is on Saturday 15 March 2025 at 2 pm in the village hall. Motions must be in writing by 1 March. Members who paid by 31 December 2024 may vote. Graham Lindley's term ends then, nine years after he took office on 12 March 2016.`,
		`The Rowing Club Letter
We started the season on the wrong foot: the river was closed from 27 December until 3 January, and the boathouse flooded on New Year's Eve. Thank you to the eleven people who came on 2 January to mop.
Training resumes on Saturday 11 January at 9 am. Juniors row on Sundays from 10 to 12, beginning on 19 January. The gym is open Tuesday and Thursday from 6 pm to 8.30 pm; please sign in.
The head race is on Saturday 8 March. Crews must be named by 14 February, and fees of £22 per seat are due by 21 February. Stephen Wright collects them. We came fourth in 2024 and third in 2023, so you know what to expect.
The regional association holds its conference on 1 February in Leeds. Siobhan O'Neill will speak at about 2.30 pm on safety. The deadline for her slides was 20 December, and she met it.
Club supper: since the pub is booked on 24 January, we have moved the supper to 7 February, 7.30 pm. Choose your menu by 28 January. Vegetarians were forgotten on 6 December; this will not happen again.
New oars arrive in the week of 10 February. The old ones will be sold on 22 February, first come, first served, from 11 am.
Dates to keep: the boat naming on 12 April, the regatta on 17 and 18 May, and the summer fair, where we run the tombola, on 28 June. The safety boat course runs on the 1st and 8th of March, 9 to 5.
Subscriptions rise from £120 to £126 on 1 April. Anyone who pays before 31 January pays the old price. The treasurer, whose patience ended on 30 November, sends her regards.`,
		`Library Friends, January
The reading group meets on the second Wednesday of each month. On 8 January we talk about "Small Things Like These"; on 12 February it is the turn of a crime novel still to be chosen. We begin at 7 and finish by 9 pm.
Our book sale on 30 November raised £412.60. The next sale is planned for 29 March. Books can be brought on any weekday from 3 March, but please, no encyclopaedias.
Saturday story time starts again on 11 January at 10.30 am. Volunteers are needed for 18 January and 1 February. Graham Lindley will read on 25 January before he joins the litter pick.
Opening hours change from 1 February: Monday 2 to 7 pm, Wednesday 10 to 5, Saturday 10 to 1. The county decided this on 17 December after a consultation that ran from 1 September to 31 October. We sent our answer on 28 October and got a receipt on 4 November.
The press group (21 January, 6.30 pm) would like photographs of the old building. If you have any from before 1980, lend them to Catherine Miller by 20 January.
Our petition has 1,204 signatures. It will be handed in on 13 January at noon, outside the town hall; the committee considers it on 27 January. On 16 January the board of the residents' association talks about it too.
Home delivery: Stephen Wright drives on Tuesdays, Aisha Rahman on Fridays. Between 20 and 24 January both are away, and a stranger called Steven White will ring your bell. He is harmless.
Coffee morning: 15 January, 10 am. Cake: always.`,
		`Residents' bulletin, second week of January
The new board met informally on 4 January for a walk, without minutes and without umbrellas. The formal part follows on 16 January at 7 pm in the office; the agenda was posted on 3 January. We hope to finish by 9 pm.
Three people have offered to stand at the AGM on 15 March. The call for candidates closes on 14 February, a month before. Under the rules of 6 May 2009 the notice must go out three weeks ahead, so it will be posted by 21 February. The accounts to 31 December 2024 are with the auditors, who promised an answer by 31 January.
Helpers for the market stall on 18 January meet at 8 am at the garage. The stall closes at 12.30 pm, and by 1 pm everything must be gone. On 11 January Aisha Rahman checks the tent poles; one was bent on 30 November.
The litter pick on 25 January starts at 10 am. Gloves are provided. Children are welcome until noon. Last winter's pick, on 27 January, was called off at the last minute because of ice.
Film night: the vote closed on 5 January and "Pride" won with 41 votes. Come to the hall on 31 January. Popcorn is free until it runs out. For the next film, on 28 March, send titles by 28 February.
The press group will send its first letter to the Gazette on 22 January, the morning after its meeting. It needs two more members who can spell.
Police surgery: 14 January, 5 to 6 pm, in the library. Bus timetable changes: from 2 February. Bin collections move from Monday 20 January to Tuesday 21 January for that week only.
Siobhan O'Neill and Stephen Wright were married on 28 December. Congratulations! They are back on 20 January.`,
		`Around the estate
The first of January brought the new parking scheme, and the first fines came on the second of January. The board will raise this with the council on 23 January; at its own meeting on 16 January it can only listen. If you wish to speak there, you have five minutes between 7.15 and 8 pm.
On 18 January the stall is staffed in two shifts, 9 to 11 am and 11 am to 12.30 pm. The winter fair in the church hall runs until 4 pm the same day.
Ground rent: invoices dated 15 December are payable by 31 January. About 1/3 of you have paid, 2/3 have not. Room 24/1 is open for questions on Tuesdays from 2 to 4 pm.
The second of our three talks is on 28 January. The third follows on 25 February, and all of them last from 7 to 8.30 pm. Stephanie Wright gave the first, on 26 November, to a full house.
For the film night on 31 January we borrow the projector on 30 January and return it on 3 February. Volunteers who can lift should be there by 6 pm.
Press group: the deadline for the spring leaflet is 20 January, a day before the group meets. Pictures by 17 January, please. After that we print on 24 January and deliver from 27 January.
The AGM is still some way off, on the fifteenth of March, but the hall is booked from noon to 6 pm, the meeting itself is from 2 to 5 pm, and tea is at 3.30 pm.
Graham Lindley's allotment flooded on 29 December. He would like his boots back.
Litter pick: meet on 25 January at 10 am. Last year's date, 27 January, is still on the old poster; please take it down.`,
	],
	gymnasts: [
		`Vereinsblatt des Turnvereins, September
Liebe Sportlerinnen und Sportler,
nach den Ferien laufen alle Gruppen wieder. Das Kinderturnen beginnt am 16. September, jeweils dienstags von 16 bis 17 Uhr, die Seniorengymnastik am 18. September um 9:30 Uhr. Bitte denkt an saubere Schuhe; die Halle wurde im August für 12.000 Euro neu versiegelt.
Aus der Vorstandsarbeit
Am 10. September hat der Vorstand getagt. Beschlossen wurde, die Beiträge zum 1. Januar 2026 nicht zu erhöhen. Matthias Vogt berichtete, dass die Zahl der Mitglieder seit dem 30. Juni von 412 auf 420 gestiegen ist. Die nächste Sitzung ist am Mittwoch, 8. Oktober, um 19:30 Uhr; Anträge bitte bis zum 1. Oktober.
Kuchenbasar
Am Samstag, 27. September, verkaufen wir von 9 bis 13 Uhr Kuchen vor dem Rathaus. Gebacken wird am Freitag. Wer keinen Ofen hat, kann am 26. September ab 15 Uhr in der Küche des Gemeindehauses backen. Ursula Brinkmann führt die Liste, bis gestern standen 17 Kuchen darauf.
Herbstlauf
In diesem Jahr gehen wir am 5. Oktober auf die Strecke. Die Startzeiten: Bambini 10 Uhr, Schüler 10:30 Uhr, 5 km um 11 Uhr, 10 km um 12 Uhr. Nachmeldungen nehmen wir am 4. Oktober von 15 bis 18 Uhr und am Lauftag bis 9:30 Uhr an. Der Streckenrekord von 33:41 Minuten stammt vom 6. Oktober 2019. Duschen gibt es bis 15 Uhr.
Übungsleiter
Das Treffen am 25. September um 18 Uhr befasst sich mit der neuen Haftungsregel. Danach gehen wir essen. Der Lehrgang des Kreissportbunds ist am 11. und 12. Oktober in Celle; die Fahrgemeinschaft startet um 7 Uhr.
Hallensperrung
In den Herbstferien vom 13. bis 25. Oktober ist die Halle zu. Christoph Steiner bietet solange am 14., 16., 21. und 23. Oktober Lauftreffs an, Beginn 18 Uhr am Waldparkplatz.`,
		`Einladung und Hinweise
Gemäß § 12 der Satzung lädt der Vorstand zur Jahreshauptversammlung am Samstag, 22. November 2025, 15 Uhr, ins Vereinsheim ein.
Die Tagesordnung wird am 1. November ausgehängt. Anträge auf Satzungsänderung müssen bis zum 25. Oktober, alle anderen bis zum 15. November beim Vorstand liegen. Stimmrecht haben Mitglieder ab 16 Jahren; wer am 23. November Geburtstag hat, muss leider bis nächstes Jahr warten.
Geehrt werden Renate Kowalski für 40 Jahre (eingetreten am 1. April 1985) und Jan-Peter Schulze für 25 Jahre. Beide sagen, sie hätten nur kurz vorbeischauen wollen.
Kassenprüfung ist am 3. November um 17 Uhr bei Ayşe Demir. Die Belege für das dritte Quartal liegen seit dem 5. September vor, die für das vierte kommen am 2. Januar.
Nach der Versammlung am 22. November bleibt das Vereinsheim bis 23 Uhr offen. Getränke gehen auf den Verein, bis 300 Euro erreicht sind.
Laternen
Der Umzug startet am Martinstag, 11. November, um 17 Uhr an der Grundschule. Für den Laternenumzug suchen wir Fackelträger ab 18 Jahren; eine kurze Einweisung gibt die Feuerwehr am 6. November um 19 Uhr. Die Kapelle hat für 16:45 Uhr zugesagt. Regnet es, gehen wir am 13. November.
Weihnachtsmarkt
Am 6. Dezember stehen wir mit Waffeln auf dem Markt. Der Aufbau beginnt um 9 Uhr, um 11 Uhr wird eröffnet. Bis zum 15. November brauchen wir die Zusagen, weil die Stadt dann die Plätze vergibt; im letzten Jahr kamen wir am 20. November zu spät.
Termine der anderen
Schützenverein: Königsball am 18. Oktober, 20 Uhr. Landfrauen: Vortrag am 25. September, 19 Uhr. Kirchengemeinde: Erntedank am 5. Oktober um 10 Uhr, also genau zum Start der Bambini.
Der Gemeinderat tagt am 9. Oktober und am 13. November. Auf der Tagesordnung im Oktober steht die Flutlichtanlage.`,
		`Rundbrief der Bürgerinitiative Bahntrasse
Freundinnen und Freunde,
am 2. September hat das Eisenbahnamt die Unterlagen ausgelegt. Bis zum 2. Oktober kann man sie im Bauamt einsehen, Einwendungen sind bis zum 16. Oktober möglich. Das klingt lang, ist es aber nicht: Die Akte hat 1.140 Seiten.
Wir helfen beim Schreiben. Sprechstunden sind am 17. und 24. September sowie am 1. Oktober, immer mittwochs von 17 bis 19 Uhr in der Bücherei. Am 8. Oktober fällt die Sprechstunde aus, weil viele von uns beim Vorstand des Turnvereins eingeladen sind, um dort um 20:15 Uhr über Lärmschutz zu berichten.
Am Samstag, 20. September, verteilen wir Handzettel. Treffpunkt 10 Uhr am Brunnen. Am Samstag darauf ist Kuchenbasar, da teilen wir uns den Platz: Wir bekommen die linke Seite.
Das Gespräch mit der Landrätin fand am 9. September statt. Sie hat zugesagt, bis Ende Oktober zu antworten. Unser Anwalt, Herr Steinert, rechnet mit einer Entscheidung nicht vor März 2026.
Lärmmessung: In der Nacht vom 3. auf den 4. September fuhren zwischen 22 und 6 Uhr 61 Güterzüge. Der lauteste erreichte um 3:12 Uhr 84 Dezibel.
Unser nächstes Treffen ist am 30. September um 19 Uhr im Gasthof. Es geht um die Kundgebung, die wir für den 18. Oktober angemeldet haben. Wer reden will, meldet sich bis zum 28. September.
Kasse: 2.318,40 Euro (Stand 31. August). Die Gutachterin schickt ihre Rechnung über 950 Euro zum 1. November.
Dank an Ursula Brinkmann, die am 12. September trotz Grippe die Unterschriften gezählt hat: 1.877.`,
		`Turnverein aktuell
Die Sommerpause ist vorbei, und gleich vier Gruppen haben neue Zeiten. Yoga beginnt ab dem 23. September schon um 18:15 Uhr, Badminton endet donnerstags um 22 Uhr, Eltern-Kind-Turnen ist am 16. September zum letzten Mal in der alten Halle.
Am 13. September waren wir beim Stadtfest dabei. Danke an alle, die von 8 bis 20 Uhr am Grill standen! Christoph Steiner hat 312 Würste gezählt.
Ab sofort kann man sich für den Herbstlauf am 5. Oktober anmelden; bis zum 28. September kostet es 8 Euro, danach 10. Helferinnen treffen sich am 1. Oktober um 19 Uhr im Vereinsheim zur Einweisung. Die Straße ist am Lauftag von 9 bis 14 Uhr gesperrt. Wer am Vortag beim Aufbau hilft, bekommt ein T-Shirt.
Beim Kuchenbasar am 27. September sammeln wir für neue Matten. Zwei kosten 640 Euro. Am 29. September wissen wir mehr.
Die Übungsleiter kommen am 25. September zusammen. Wer eine Lizenz hat, die am 31. Dezember ausläuft, bringt sie bitte mit; der Verband braucht sie bis zum 15. Oktober.
Vorstand: Nach der Sitzung im September, über die wir oben berichtet haben, geht es am 8. Oktober weiter. Dann wird auch der Termin für 2026 festgelegt: Vorgeschlagen sind der 14. März und der 21. März.
Jubiläum! Vor 125 Jahren, am 18. Oktober 1900, wurde der Verein gegründet. Das feiern wir am 18. Oktober um 11 Uhr mit einer Matinee. Einladungen haben wir am 1. September verschickt.
Die Jahreshauptversammlung ist in diesem Jahr am Samstag, 22. November, und nicht wie sonst an einem Freitag. Das Amt des Kassenwarts wird frei: Jan-Peter Schulze hört nach neun Jahren auf.
Zum Laternenumzug am 11. November um 17 Uhr laden wir auch die Nachbarschule ein, deren eigener Umzug am 10. November ausfällt.`,
		`Hallo zusammen,
die Halle hat neue Lampen, und der Hausmeister hat seit dem ersten September neue Zeiten: Er schließt um 21:45 Uhr ab, auch am 8. Oktober, wenn der Vorstand bis 21:30 Uhr sitzt. Bitte seid dann draußen.
Am dritten Oktober ist Feiertag, da fällt das Training aus. Am 2. Oktober trainieren wir zum Ausgleich bis 21 Uhr, am 4. Oktober gar nicht, weil wir für den Lauf aufbauen. Wer am fünften Oktober nicht läuft, feuert an!
Unser Übungsleitertreffen haben wir im letzten Jahr am 26. September gehabt, in diesem Jahr einen Tag früher. Ab 19:30 Uhr sitzen wir noch im „Hirsch“. Mattis Vogel übernimmt die Fußballer, Renate Kowalski bleibt bei den Senioren.
Der Kuchenbasar bringt Geld für die Jugendfreizeit vom 18. bis 25. Oktober. Der erste Elternabend dazu ist am 30. September um 20 Uhr, die Restzahlung ist am 1. Oktober fällig. Am 27. September stehen wir ab 9 Uhr vor dem Rathaus, der Erlös wird am selben Abend gezählt.
Die Mannschaft spielt am 20. September gegen Adendorf, am 27. September in Bardowick und am 11. Oktober zu Hause, jeweils um 15 Uhr. Das Hinspiel endete am 6. September 2:2.
Einladung zur Jahreshauptversammlung: Sie geht am 24. Oktober hinaus. Vorschläge für die Ehrungen nimmt Ursula Brinkmann bis zum einunddreißigsten Oktober an. Die Versammlung am 22. November ist um 18 Uhr zu Ende, der Tanzabend im Anschluss geht bis Mitternacht.
Im November folgen der Laternenumzug am elften und die Sitzung am zwölften, danach wird es ruhiger. Die Halle ist vom 22. Dezember bis 4. Januar zu.
Sportabzeichen: Abnahme am 17. September und am 1. Oktober, 17 bis 19 Uhr. Das Abzeichen wird am 22. November überreicht.`,
	],
	hall: [
		`Village Hall Trust, autumn letter
Dear friends,
The roof is finished. Scaffolding came down on 5 September, three weeks late, and the bill was £14,320. The trustees met on 27 August and agreed to pay it in two parts, the second on 1 October. Their next meeting is on Wednesday 24 September at 6.30 pm.
Book sale
Bring books on Thursday 18 or Friday 19 September, 4 to 6 pm. The sale opens on Saturday 20 September at 10 am and closes at 2 pm. Whatever is left goes to the hospice on Monday. Last year, on 21 September 2024, we made £388.
Harvest supper
We eat together on Friday 3 October. Doors open at 6.30, supper is at 7. Tickets cost £9 and must be bought by 26 September, since the butcher needs a number. Nadia Karim has the list. On the day before, 2 October, we lay tables from 3 pm.
Members forum
On 11 October at 10 am members can question the trustees about the new hire charges. Philip Osborne will explain the figures. Written questions should arrive by 4 October.
Open day
The open day on 18 October runs from 11 am to 4 pm. Groups that want a table reply by 10 October. The choir sings at noon, the judo club shows throws at 2 pm, and at 3 pm Geoffrey Clarke tells the story of the hall, which opened on 14 October 1925.
Other dates
The parish council meets on 23 September and 21 October. The school holidays are from 27 to 31 October. The clocks go back on 26 October. Bonfire night is Wednesday 5 November, and wood may be brought from 1 November, not earlier.
Margaret Hughes writes that the lost umbrella of 12 July is still hers.`,
		`Minutes in brief
The September walk took place on 7 September in steady rain; nine people and two dogs finished. The next walk is on 5 October, meeting at 9.30 am by the church. The one after that is planned for 2 November.
Allotments: rents are due on 29 September. The water is turned off on 31 October. Plot 14 was taken over on 1 September by a family from Elm Road. The seed swap will be on 8 February next year.
First aid: a course runs on four Tuesdays from 30 September to 21 October, 7 to 9 pm. It costs £20. Please tell Margaret Hughes by 22 September whether you can come. A shorter course may be held in March.
Traffic: on 3 September the county counted 4,210 vehicles between 7 am and 7 pm. A 20 mph limit will be discussed on 14 October at county hall. We wrote on 11 September and expect a reply within 28 days.
Cinema: "Local Hero" on 26 September, 7.30 pm; "Paddington" on 25 October at 2 pm. After the film on 26 September the bar stays open until 11 pm.
Defibrillator: the pads expired on 31 August and were replaced on 2 September. Check date 1 March 2026.
Carol singing starts on 14 December. It is early to say so, but those who sing the descant need the time.
The trustees' dog, Geoffrey, has nothing to do with Geoffrey Clarke.`,
		`Hall notes for members
Please note that the meeting on 24 September is open to members for the first half hour, from 6.30 to 7 pm; after that the trustees go through staff matters in private. Margaret Hughes took the chair on 27 August, when Philip Osborne was on holiday, and will do so again.
The book sale is nearly upon us. If you can carry boxes, come on 19 September after 4 pm. If you can sell, come on 20 September from 9.30 am. If you can do neither, buy something. We need the tables back by 3 pm, since a wedding party arrives at 5 pm.
On 1 October the new hire charges take effect: £14 an hour, £16 after 6 pm. Bookings made before 15 September keep the old rate. The forum on 11 October is the place to complain; it lasts two hours.
The harvest supper was sold out by 12 September. There is a waiting list. For those who have a seat: the choir sings at 8.15 pm, and taxis should be ordered for 10.30 pm.
The heating engineer comes on 30 September between 8 am and noon. The boiler was last serviced on 2 October 2024.
The open day on 18 October needs twelve stewards. A briefing is held on 15 October at 7 pm. The fire officer visits on 8 October and the insurance runs out on 17 October unless renewed, which Geoffrey Clarke has promised to see to before the end of the month.
Bonfire night is on a Wednesday this year, 5 November, so we start early at 6 pm and stop at 9 pm.
The quiz league resumes: home matches on 9 October, 6 November and 4 December, away on 23 October and 20 November.
The next issue appears on 13 October. Contributions by 6 October, please.`,
		`Autumn at the hall
The twenty-ninth of September is Michaelmas and the day our lease was signed in 1925. We mark the centenary on the open day, 18 October, and with a concert on the nineteenth of October at 3 pm.
The trustees sit on 24 September until 8 pm and then lock up, so the badminton group must finish by 7.45 pm that evening. On 1 October it plays until 9.30 pm again.
Book sale helpers: the second shift on 20 September starts at noon. Unsold books leave by van at 2.30 pm. The librarian from Upton comes on 22 September to see what is left. Last year the sale was on 21 September and made less.
Supper on 3 October: the kitchen team meets on 1 October at 5 pm to peel. Doors at 6.30 pm, food until 9 pm, music until 10.30 pm. Marguerite Hugo plays the harp.
Forum: on 11 October at 10 am. We have the room until 12.30 pm, though the forum itself ends at noon. Crèche from 9.45 am.
Safety: the alarm is tested on the first Monday of each month, next on 6 October, and the lift on 9 October between 8 and 10 am.
In November the bonfire is lit on the fifth at 6.30 pm. Wood will be accepted from 1 November, 9 to 12, and not on Sunday. The fire brigade inspects it on 4 November at 3 pm.
Philip Osborne is away from 28 September to 6 October. Nadia Karim answers for him, except on 2 October.
The hall lottery was drawn on 13 September; prizes must be collected by 15 October or go to the tombola.`,
	],
	parish: [
		`Liebe Nachbarinnen und Nachbarn,
das Jahr geht zu Ende, und der Kalender für das nächste ist schon halb voll. Die Vorstandsklausur ist am Montag, 14. Dezember, um 19:30 Uhr bei Henrike Lorenz; wer etwas auf die Liste setzen will, schreibt bis zum 11. Dezember. Zwei Tage zuvor trifft sich der alte und der neue Vorstand zur Klausur, von 18 bis 20 Uhr, und isst danach zusammen.
Die nächste Sitzung ist am Samstag, 9. Januar 2027, um 18 Uhr in der Geschäftsstelle. Nachfragen beantwortet Walter Sommer, Telefon 0421 31.11.20, dienstags von 16 bis 18 Uhr, nicht aber am 29. Dezember.
Ortsbeirat
Der Ortsbeirat tagt am 20. März um 18 Uhr im Rathaus. Um 19 Uhr, nach der Fragestunde, spricht die Verkehrsplanerin. Wer einen Antrag hat, reicht ihn bis zum 6. März ein. Merkt euch auch den 21. März vor: Da laufen wir mit ihr die Strecke ab, Treffpunkt ist um 11 Uhr an der Brücke.
Am 8. Dezember hat der Ortsbeirat zum letzten Mal im alten Saal getagt. Die Sitzung begann um 18 Uhr und endete um 20:40 Uhr. Der neue Saal ist ab dem 15. Februar frei, er ist für den Ortsbeirat bis zum 30. Juni gebucht.
Haltet euch den 24. April für das Frühlingsfest frei, und wer mag, auch den 23. April für den Aufbau. Die Musikprobe ist am 22. April um 19 Uhr. Kuchen nimmt Yusuf Aksoy am 24. April ab 10 Uhr an, los geht es um 14 Uhr.
Termine
12.12.2026 Klausur
14.12.2026, 19:30 Uhr, Vorstandsklausur
9.1.2027, 18 Uhr, Vorstandssitzung, Geschäftsstelle
18.2.2027, 19 Uhr, Annual general meeting
20.3.2027, 18 Uhr, Ortsbeirat, Rathaus
24.4.2027 Frühlingsfest`,
		`Dear members,
Please keep Thursday, 18 February, free for the annual general meeting, which begins at 7 pm in the village hall. Doors open at 6.30 pm. Nominations must reach Henrike Lorenz by 4 February; on 11 February she will post the list at the door. If you cannot come, you may vote by letter until 17 February.
The next meeting is on 9 January at 6 pm. It is short, because the choir needs the room at 7.30 pm. The minutes of the meeting on 28 November are on the board in the hall, and so is the letter that we wrote on 2 December.
The parish assembly (27 March, 6 pm) is public. At 7 pm Walter Sommer will show slides of the flood of 27 March 1947, and at about 8 pm there is soup. Please keep 28 March free for the spring clean if you can: we start at 10 am at the bridge, and the tools are handed out from 9.30 am.
The hall is booked for the parish assembly on 26 March as well, so that the chairs can be put up. The scouts meet that day at 5 pm in the barn. The parish council meets on 22 March at 7 pm, and its next meeting after that is on 26 April.
Last year the parish assembly was held on 21 March and lasted until 9.15 pm. This time we hope to finish by 8 pm. Bus 31.11 no longer runs on Saturdays; the last one leaves at 8.20 pm.
Save some jars for the jam stall on 24 April. Yusuf Aksoy collects them on 17 April from 9 to 11 am; phone 0421 3111 before you come.
With best wishes for the season, and until the ninth of January.`,
		`Aus dem Protokoll
Der Vorstand hat am 28. November über den Radweg beraten. Die nächste Vorstandssitzung ist am 9. Januar, die übernächste erst nach der Klausur des neuen Vorstands im Mai. Zur Vorstandsklausur am 14. Dezember bringt jede und jeder einen Vorschlag mit; Beginn ist um 19:30 Uhr, gegessen wird um 20:30 Uhr.
Der Ortsbeirat (20. März, 18 Uhr) ist öffentlich. Nach dem Ortsbeirat, gegen 20 Uhr, gibt es noch ein Glas im Ratskeller. Die Sprechstunde des Ortsbeirats ist am 17. März von 17 bis 18 Uhr, und am 19. März bleibt das Rathaus geschlossen.
Notiert euch für den Fahrdienst: Am 18. Februar ist die lange Fahrt, Abfahrt um 8 Uhr, Rückkehr gegen 17 Uhr. Rückfragen unter Tel. 0421 30.11.12 oder am 16. Februar im Büro.
Beim Frühlingsfest am 24. April beginnt um 15 Uhr die Tombola. Die Lose kommen am 12. April aus der Druckerei. Wer am 25. April beim Abbau hilft, bekommt Reste.`,
	],
};
