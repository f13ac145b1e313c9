import { scheduleOf } from '#lib/domain/agenda.ts';
import { headcount, hintOfVote } from '#lib/domain/minutes.ts';
import { outcomeOf } from '#lib/domain/outcome.ts';
import { checkSpan } from '#lib/domain/meeting.ts';
import { doubleBooked, openPlacesOf } from '#lib/domain/roster.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readAgenda } from './agenda.ts';
import { findUnknown } from './body-gate.ts';
import { bodyRoot, bodyText, readBody } from './body.ts';
import { readBulletin } from './bulletin.ts';
import { readDirectory } from './directory.ts';
import { addMeeting, addRoster } from './change-directory.ts';
import { listExample, unlistExample } from './example-directory.ts';
import { buildExampleDocuments } from './example-evening.ts';
import { examplePeople } from './example-people.ts';
import { readMinutes } from './minutes.ts';
import { readRoster } from './roster.ts';

function open(kind: string, id: string): Y.Doc {
	const doc = new Y.Doc();
	const found = buildExampleDocuments().find((one) => one.kind === kind && one.id === id);
	Y.applyUpdate(doc, found?.update ?? new Uint8Array());
	return doc;
}

function directory() {
	const doc = new Y.Doc();
	listExample(doc);
	return { doc, reading: readDirectory(doc) };
}

test('the directory tells the story: three meetings, an action day, a bulletin, six branches', () => {
	const { meetings, rosters, bulletins, branches, bodies } = directory().reading;
	expect(meetings.map(({ start, mode, guests }) => [start, mode, guests.length])).toEqual([
		['2024-12-10T18:00', 'inPerson', 2],
		['2024-12-20T18:00', 'online', 0],
		['2025-01-09T18:00', 'inPerson', 0],
	]);
	for (const { start, end } of meetings) expect(checkSpan(start, end)).toBeNull();
	expect(rosters.map(({ date }) => date)).toEqual(['2025-01-18']);
	expect(bulletins.map(({ date }) => date)).toEqual(['2024-12-10']);
	expect([branches.length, bodies.length]).toEqual([6, 2]);
});

test('seven items are on the agenda, fit into the meeting, and each has its minutes', () => {
	const { items } = readAgenda(open('agenda', 'examplemeeting1'));
	const [meeting] = directory().reading.meetings;
	expect(items).toHaveLength(7);
	expect(scheduleOf(items, meeting as NonNullable<typeof meeting>).over).toBe(0);
	expect(readMinutes(open('minutes', 'examplemeeting1')).writtenItemIds).toEqual(items.map(({ id }) => id).sort());
});

test('resolutions are carried with no more voices than people, and tasks have a person and a date', () => {
	const { resolutions, tasks, attendance } = readMinutes(open('minutes', 'examplemeeting1'));
	const [meeting] = directory().reading.meetings;
	const { present, of } = headcount(attendance, meeting?.invited ?? []);
	expect([present, of]).toEqual([8, 9]);
	expect(resolutions.map(({ vote }) => outcomeOf(vote))).toEqual(['adopted', 'adopted', 'adopted']);
	expect(resolutions.map(({ vote }) => hintOfVote(vote, present))).toEqual([null, null, null]);
	expect(tasks).toHaveLength(3);
	for (const task of tasks) expect([task.personId, task.due]).not.toContain(null);
	expect(bodyText(open('minutes', 'examplemeeting1'), bodyRoot('exampleitem2'))).toMatch(
		/1\.400 Plakate[^]*Lichtskulpturen/,
	);
});

test('six branches take shifts at one stand, some places are open, nobody stands twice', () => {
	const { shifts, stations, contactId } = readRoster(open('roster', 'exampleaction'));
	expect(stations).toHaveLength(1);
	expect(new Set(shifts.map(({ branchId }) => branchId)).size).toBe(6);
	expect(openPlacesOf(shifts)).toBe(4);
	expect([...doubleBooked(shifts)]).toEqual([]);
	expect(examplePeople.find(({ id }) => id === contactId)).toHaveProperty('contact');
	for (const { start, end } of shifts) expect(checkSpan(start, end)).toBeNull();
});

test('the bulletin has four articles, written as the editor writes', () => {
	const doc = open('bulletin', 'examplebulletin');
	const { articles } = readBulletin(doc);
	expect(articles).toHaveLength(4);
	for (const { id } of articles) {
		expect(bodyText(doc, bodyRoot(id)).length).toBeGreaterThan(80);
		expect(findUnknown(doc.getXmlFragment(bodyRoot(id)))).toBeNull();
	}
	const spans = readBody(doc, bodyRoot('examplearticle4')).flatMap((block) =>
		block.kind === 'text' ? block.spans.filter(({ strong }) => strong) : [],
	);
	expect(spans.map(({ text }) => text)).toEqual(['Samstag, 18. Januar 2025']);
});

test('every person who is named in a document is among the people', () => {
	const known = new Set<string>(examplePeople.map(({ id }) => id));
	expect(known.size).toBe(examplePeople.length);
	const minutes = readMinutes(open('minutes', 'examplemeeting1'));
	const named = [
		...directory().reading.meetings.flatMap(({ invited, guests }) => [...invited, ...guests]),
		...minutes.attendance.map(({ personId }) => personId),
		...minutes.tasks.map(({ personId }) => personId),
		...readRoster(open('roster', 'exampleaction')).shifts.flatMap(({ people }) => people),
	];
	for (const id of named) expect(known).toContain(id);
});

test('every build is the same to the byte, and every document has a client of its own', () => {
	const first = buildExampleDocuments();
	expect(buildExampleDocuments()).toEqual(first);
	const clients = first.map(({ update }) => [...Y.parseUpdateMeta(update).from.keys()]);
	expect(new Set(clients.flat()).size).toBe(first.length);
});

test('loaded twice, and by two admins at once, nothing is there twice', () => {
	const docs = [new Y.Doc(), new Y.Doc()];
	for (const doc of docs) {
		listExample(doc);
		for (const { update } of buildExampleDocuments()) Y.applyUpdate(doc, update);
	}
	for (const from of docs) for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
	const [once] = docs as [Y.Doc, Y.Doc];
	const before = Y.encodeStateAsUpdate(once);
	listExample(once);
	for (const { update } of buildExampleDocuments()) Y.applyUpdate(once, update);
	expect(Y.encodeStateAsUpdate(once)).toEqual(before);
	expect(readDirectory(once)).toEqual(directory().reading);
	expect(readBody(once, bodyRoot('examplearticle1'))).toHaveLength(3);
	expect(readAgenda(open('agenda', 'examplemeeting1')).items).toHaveLength(7);
});

test('what somebody changed in a loaded example stays when it is loaded again', () => {
	const doc = open('bulletin', 'examplebulletin');
	doc.getXmlFragment(bodyRoot('examplearticle1')).delete(0, 2);
	for (const { update } of buildExampleDocuments().filter(({ kind }) => kind === 'bulletin'))
		Y.applyUpdate(doc, update);
	expect(readBody(doc, bodyRoot('examplearticle1'))).toHaveLength(1);
});

test('taken out, the directory is as it was, and what is one’s own stays', () => {
	const { doc } = directory();
	unlistExample(doc);
	expect(readDirectory(doc)).toEqual({
		bodies: [],
		branches: [],
		meetings: [],
		rosters: [],
		bulletins: [],
		offices: [],
	});
	listExample(doc);
	addRoster(doc, { id: 'own', title: 'Flohmarkt', place: '', date: '2025-05-03', status: 'open' });
	unlistExample(doc);
	const left = readDirectory(doc);
	expect(left.rosters.map(({ id }) => id)).toEqual(['own']);
	expect(left.branches).toHaveLength(6);
});

test('taken out, nobody of it is left on the invitation of one’s own meeting', () => {
	const { doc, reading } = directory();
	const theirs = reading.meetings.find(({ id }) => id === 'examplemeeting1');
	if (!theirs) throw new Error('the example has no first meeting');
	expect([...theirs.invited, ...theirs.guests]).toHaveLength(11);
	addMeeting(doc, { ...theirs, id: 'own', invited: [...theirs.invited, 'mara'] });
	unlistExample(doc);
	const [own, ...others] = readDirectory(doc).meetings;
	expect(others).toEqual([]);
	expect(own).toMatchObject({ id: 'own', invited: ['mara'], guests: [] });
});
