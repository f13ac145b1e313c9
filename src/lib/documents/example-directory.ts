/**
 * What the directory holds of the example evening. Its dates are those of the winter of 2024, on purpose: it is a story,
 * not a plan. The ids are fixed, so that two admins who load it at once write the same records.
 */
import type { Meeting } from '#lib/domain/meeting.ts';
import type * as Y from 'yjs';
import { readDirectory } from './directory.ts';
import {
	addBody,
	addBranch,
	addBulletin,
	addMeeting,
	addRoster,
	removeEntry,
	setParticipant,
} from './change-directory.ts';
import { examplePeople, type ExamplePersonId } from './example-people.ts';
import { orderBefore } from './order.ts';

export const exampleBoard: ExamplePersonId[] = [
	'exampleada',
	'examplejonas',
	'examplelea',
	'examplecem',
	'exampleeva',
	'exampletom',
	'exampleli',
	'exampleben',
	'examplekim',
];

const bodies = [
	{ id: 'exampleboard', name: 'Stadtvorstand' },
	{ id: 'exampleelection', name: 'Wahlbüro' },
];

export const exampleBranches = [
	{ id: 'examplenord', name: 'OV Nord' },
	{ id: 'exampleost', name: 'OV Ost' },
	{ id: 'examplesued', name: 'OV Süd' },
	{ id: 'examplewest', name: 'OV West' },
	{ id: 'examplemitte', name: 'OV Mitte' },
	{ id: 'examplehafen', name: 'OV Hafen' },
];

const regular = { bodyId: 'exampleboard', title: '', mode: 'inPerson', place: 'Geschäftsstelle', link: '' } as const;

export const exampleMeetings: Meeting[] = [
	{
		...regular,
		id: 'examplemeeting1',
		start: '2024-12-10T18:00',
		end: '2024-12-10T20:00',
		status: 'held',
		invited: exampleBoard,
		guests: ['examplefrieda', 'exampleomar'],
	},
	{
		id: 'examplemeeting2',
		bodyId: 'exampleelection',
		title: '',
		start: '2024-12-20T18:00',
		end: '2024-12-20T19:00',
		mode: 'online',
		place: '',
		link: 'https://treffen.example.org/wahlbuero',
		status: 'invited',
		invited: ['examplecem', 'examplelea', 'examplejonas', 'exampleli'],
		guests: [],
	},
	{
		...regular,
		id: 'examplemeeting3',
		start: '2025-01-09T18:00',
		end: '2025-01-09T20:00',
		status: 'invited',
		invited: exampleBoard,
		guests: [],
	},
];

export const exampleAction = {
	id: 'exampleaction',
	title: 'Aktionstag',
	place: 'Platz in der Mitte',
	date: '2025-01-18',
	status: 'open',
} as const;

export const exampleBulletin = {
	id: 'examplebulletin',
	title: 'Rundbrief aus dem Stadtvorstand',
	date: '2024-12-10',
	status: 'review',
} as const;

/** Puts the example's records into the directory; those that stand already stay as they are. */
export function listExample(doc: Y.Doc): void {
	const known = readDirectory(doc);
	const missing = <T extends { id: string }>(wanted: readonly T[], present: readonly { id: string }[]) =>
		wanted.filter(({ id }) => !present.some((one) => one.id === id));
	for (const { id, name } of missing(bodies, known.bodies)) addBody(doc, id, name);
	for (const { id, name } of missing(exampleBranches, known.branches))
		addBranch(doc, id, name, orderBefore(readDirectory(doc).branches, null));
	for (const meeting of missing(exampleMeetings, known.meetings)) addMeeting(doc, meeting);
	for (const entry of missing([exampleAction], known.rosters)) addRoster(doc, entry);
	for (const entry of missing([exampleBulletin], known.bulletins)) addBulletin(doc, entry);
}

/**
 * Takes the example's records out again, and its people off the association's own meetings, which had them from the body
 * they share. A body or branch stays where something of the association's own needs it.
 */
export function unlistExample(doc: Y.Doc): void {
	for (const { id } of exampleMeetings) removeEntry(doc, 'meetings', id);
	removeEntry(doc, 'rosters', exampleAction.id);
	removeEntry(doc, 'bulletins', exampleBulletin.id);
	const left = readDirectory(doc);
	for (const { id, invited, guests } of left.meetings)
		for (const person of examplePeople) {
			if (invited.includes(person.id)) setParticipant(doc, id, 'invited', person.id, false);
			if (guests.includes(person.id)) setParticipant(doc, id, 'guests', person.id, false);
		}
	for (const { id } of bodies) if (!left.meetings.some(({ bodyId }) => bodyId === id)) removeEntry(doc, 'bodies', id);
	if (left.rosters.length === 0) for (const { id } of exampleBranches) removeEntry(doc, 'branches', id);
}
