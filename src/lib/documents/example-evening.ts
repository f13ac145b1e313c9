/**
 * The example evening: one board meeting and what came of it, to look around in.
 *
 * Loading it twice, or on two devices at once, must not write anything twice. So each document is *one update that is the
 * same wherever it is made*: fixed ids, nothing drawn, no clock, written by a Yjs client whose number is a hash of the
 * content. Applying it again changes nothing, and another version of these texts can never claim the same place with
 * other content.
 */
import type { Shift } from '#lib/domain/roster.ts';
import * as Y from 'yjs';
import { addAgendaItem } from './change-agenda.ts';
import { bodyRoot } from './body.ts';
import { addArticle } from './bulletin.ts';
import { writeBody } from './example-body.ts';
import { exampleAction, exampleBoard, exampleBranches, exampleBulletin } from './example-directory.ts';
import { hashOf } from './hash.ts';
import type { ExamplePersonId } from './example-people.ts';
import { articles, boardItems, electionItems, januaryItems, rosterNote } from './example-texts.ts';
import { bodyOf } from './minutes.ts';
import { addResolution, addTask, setAttendance, setMinutesFacts, setVoices } from './change-minutes.ts';
import { addShift, addStation, editNote, setContact } from './change-roster.ts';

export type ExampleDocument = { kind: 'agenda' | 'minutes' | 'roster' | 'bulletin'; id: string; update: Uint8Array };

/** Every document of the evening, each as one update to an empty one. The same bytes at every call. */
export function buildExampleDocuments(): ExampleDocument[] {
	return [
		{ kind: 'agenda', id: 'examplemeeting1', update: build((doc) => addItems(doc, boardItems)) },
		{ kind: 'agenda', id: 'examplemeeting2', update: build((doc) => addItems(doc, electionItems)) },
		{ kind: 'agenda', id: 'examplemeeting3', update: build((doc) => addItems(doc, januaryItems)) },
		{ kind: 'minutes', id: 'examplemeeting1', update: build(writeMinutes) },
		{ kind: 'roster', id: exampleAction.id, update: build(writeRoster) },
		{ kind: 'bulletin', id: exampleBulletin.id, update: build(writeBulletin) },
	];
}

/** Writes twice: once to learn the content's hash, once as the client of that number. */
function build(write: (doc: Y.Doc) => void): Uint8Array {
	return encode(write, hashOf(encode(write, 1)));
}

function encode(write: (doc: Y.Doc) => void, clientId: number): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	write(doc);
	const update = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return update;
}

function addItems(doc: Y.Doc, items: typeof januaryItems): void {
	for (const { id, title, kind, minutes, presenterId, notes } of items)
		addAgendaItem(doc, { id, title, kind, minutes, presenterId, notes, public: true });
}

function writeMinutes(doc: Y.Doc): void {
	setMinutesFacts(doc, { chairId: 'exampleada', minuteTakerId: 'examplejonas' });
	for (const id of [...exampleBoard, 'examplefrieda', 'exampleomar'] as const)
		setAttendance(doc, id, { state: 'present' });
	setAttendance(doc, 'examplekim', { state: 'excused' });
	setAttendance(doc, 'exampleli', { from: '18:20' });
	setAttendance(doc, 'exampletom', { to: '19:30' });
	for (const { id, body } of boardItems) writeBody(doc, bodyOf(id), body);
	resolve(
		doc,
		1,
		'Für die vorgezogene Wahl wird ein Wahlbüro eingerichtet. Es trifft sich zuerst am 20. Dezember 2024 um 18:00 Uhr online.',
		[6, 0, 1],
	);
	resolve(doc, 2, 'Es werden 1.400 Plakate bestellt. An Masten mit Lichtskulpturen wird nicht plakatiert.', [8, 0, 0]);
	resolve(
		doc,
		6,
		'Der Aktionstag findet am 18. Januar 2025 statt. Alle sechs Ortsverbände übernehmen Schichten am gemeinsamen Stand.',
		[7, 0, 0],
	);
	assign(doc, 1, 'examplelea', 'Link zum ersten Treffen des Wahlbüros verschicken', '2024-12-17');
	assign(doc, 2, 'examplejonas', 'Beginn der Plakatierung ankündigen', '2024-12-20');
	assign(doc, 6, 'exampleeva', 'Schichtplan an die Ortsverbände schicken', '2025-01-06');
}

function resolve(doc: Y.Doc, item: number, text: string, [yes, no, abstention]: [number, number, number]): void {
	const id = `exampleresolution${item}`;
	addResolution(doc, { id, itemId: `exampleitem${item}`, text, status: 'draft' });
	setVoices(doc, id, 'yes', yes);
	setVoices(doc, id, 'no', no);
	setVoices(doc, id, 'abstention', abstention);
}

function assign(doc: Y.Doc, item: number, personId: ExamplePersonId, text: string, due: string): void {
	addTask(doc, { id: `exampletask${item}`, itemId: `exampleitem${item}`, text, personId, due, done: false });
}

function writeRoster(doc: Y.Doc): void {
	addStation(doc, 'examplestall', 'Stand am Brunnen');
	setContact(doc, 'exampleeva');
	editNote(doc, rosterNote);
	const people: ExamplePersonId[][] = [
		['exampleada', 'examplecem', 'exampleli'],
		['exampleben', 'examplenina', 'examplepaul'],
		['examplelea', 'examplesami'],
		['exampletom', 'exampleruth', 'examplejonas'],
		['exampleeva', 'examplezoe'],
		['examplekim'],
	];
	exampleBranches.forEach(({ id }, at) => addShift(doc, { ...hourly(at), branchId: id, people: people[at] ?? [] }));
}

/** One hour each from ten on. */
function hourly(at: number): Omit<Shift, 'branchId' | 'people'> {
	const [start, end] = [`2025-01-18T${10 + at}:00`, `2025-01-18T${11 + at}:00`];
	return { id: `exampleshift${at + 1}`, start, end, stationId: 'examplestall', need: 3 };
}

function writeBulletin(doc: Y.Doc): void {
	for (const { id, title, body } of articles) {
		addArticle(doc, { id, title });
		writeBody(doc, bodyRoot(id), body);
	}
}
