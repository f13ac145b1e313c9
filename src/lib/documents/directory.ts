/**
 * `directory:main`: what the association has, without the contents. Every other document is named after a record here,
 * so a device that holds the directory knows what else it needs to hold.
 *
 *     meta      { schema }
 *     bodies    id → { name: Y.Text }
 *     branches  id → { name: Y.Text, order }
 *     meetings  id → { bodyId, title: Y.Text, start, end, mode, place: Y.Text, link, status, invited: {id: true}, guests: {id: true} }
 *     rosters   id → { title: Y.Text, place: Y.Text, date, status }
 *     bulletins id → { title: Y.Text, date, status, language, page, news }
 *     offices   id → { bodyId, title: Y.Text, personId, order }
 */
import { bulletinStatuses, isPageName, languages, type BulletinEntry } from '#lib/domain/bulletin.ts';
import type { Office } from '#lib/domain/facts/office.ts';
import { isLocalDate, isLocalDateTime } from '#lib/domain/local-time.ts';
import { byStart, meetingModes, meetingStatuses, safeLink, type Body, type Meeting } from '#lib/domain/meeting.ts';
import type { Branch, RosterEntry } from '#lib/domain/roster.ts';
import * as Y from 'yjs';
import {
	byOrder,
	oneOf,
	orderBefore,
	readId,
	readOrder,
	readRecords,
	readSet,
	readText,
	recordAt,
	recordsOf,
	stampSchema,
	textFrom,
	transactLocal,
	updateRecord,
} from './shape.ts';

export const directorySchema = 1;

export type Directory = {
	bodies: Body[];
	branches: Branch[];
	/** By start. */
	meetings: Meeting[];
	/** By date. */
	rosters: RosterEntry[];
	/** Latest first. */
	bulletins: BulletinEntry[];
	/** In order. */
	offices: Office[];
};

export function readDirectory(doc: Y.Doc): Directory {
	return {
		bodies: readRecords(doc, 'bodies', (record, id) => ({ id, name: readText(record.get('name')) })).sort((a, b) =>
			a.name.localeCompare(b.name, 'de'),
		),
		branches: readRecords(doc, 'branches', readBranch).sort(byOrder),
		meetings: readRecords(doc, 'meetings', readMeeting).sort(byStart),
		rosters: readRecords(doc, 'rosters', readRoster).sort((a, b) => compare(a.date, b.date) || compare(a.id, b.id)),
		bulletins: readRecords(doc, 'bulletins', readBulletin).sort(
			(a, b) => compare(b.date, a.date) || compare(a.id, b.id),
		),
		offices: readRecords(doc, 'offices', readOffice).sort(byOrder),
	};
}

function readBranch(record: Y.Map<unknown>, id: string): Branch {
	return { id, name: readText(record.get('name')), order: readOrder(record.get('order')) };
}

function readMeeting(record: Y.Map<unknown>, id: string): Meeting | null {
	const start = record.get('start');
	const end = record.get('end');
	if (!isLocalDateTime(start)) return null;
	return {
		id,
		bodyId: readId(record.get('bodyId')),
		title: readText(record.get('title')),
		start,
		end: isLocalDateTime(end) ? end : null,
		mode: oneOf(meetingModes, record.get('mode'), 'inPerson'),
		place: readText(record.get('place')),
		link: safeLink(readText(record.get('link'))),
		status: oneOf(meetingStatuses, record.get('status'), 'planned'),
		invited: readSet(record.get('invited')),
		guests: readSet(record.get('guests')),
	};
}

function readRoster(record: Y.Map<unknown>, id: string): RosterEntry | null {
	const date = record.get('date');
	if (!isLocalDate(date)) return null;
	return {
		id,
		title: readText(record.get('title')),
		place: readText(record.get('place')),
		date,
		status: oneOf(['planned', 'open', 'cancelled'] as const, record.get('status'), 'planned'),
	};
}

function readBulletin(record: Y.Map<unknown>, id: string): BulletinEntry | null {
	const [date, page, news] = ['date', 'page', 'news'].map((field) => record.get(field));
	if (!isLocalDate(date)) return null;
	return {
		id,
		title: readText(record.get('title')),
		date,
		status: oneOf(bulletinStatuses, record.get('status'), 'draft'),
		language: oneOf(languages, record.get('language'), 'de'),
		page: isPageName(page) ? page : null,
		news: typeof news === 'number' ? news : 0,
	};
}

function readOffice(record: Y.Map<unknown>, id: string): Office {
	return {
		id,
		bodyId: readId(record.get('bodyId')),
		title: readText(record.get('title')),
		personId: readId(record.get('personId')),
		order: readOrder(record.get('order')),
	};
}

export function addBody(doc: Y.Doc, id: string, name: string): void {
	create(doc, 'bodies', id, { name: textFrom(name) });
}

export function addBranch(doc: Y.Doc, id: string, name: string, order: string): void {
	create(doc, 'branches', id, { name: textFrom(name), order });
}

export function addMeeting(doc: Y.Doc, meeting: Meeting): void {
	const { id, title, place, invited, guests, ...plain } = meeting;
	create(doc, 'meetings', id, {
		...plain,
		title: textFrom(title),
		place: textFrom(place),
		invited: toSet(invited),
		guests: toSet(guests),
	});
}

export function addRoster(doc: Y.Doc, { id, title, place, date, status }: RosterEntry): void {
	create(doc, 'rosters', id, { title: textFrom(title), place: textFrom(place), date, status });
}

type NewBulletin = Pick<BulletinEntry, 'id' | 'title' | 'date' | 'status'> & Partial<BulletinEntry>;

export function addBulletin(doc: Y.Doc, { id, title, ...plain }: NewBulletin): void {
	create(doc, 'bulletins', id, { ...plain, title: textFrom(title) });
}

/**
 * What the server notes about an issue for those who have no network; whoever has one asks the server. Nothing happens
 * when the record is gone.
 */
export function noteBulletin(doc: Y.Doc, id: string, note: Pick<BulletinEntry, 'status' | 'page' | 'news'>): void {
	transactLocal(doc, () => {
		const record = recordAt(doc, 'bulletins', id);
		if (record) updateRecord(record, note);
	});
}

/** Adds an office behind the others. */
export function addOffice(doc: Y.Doc, { id, bodyId, title, personId }: Omit<Office, 'order'>): void {
	const order = orderBefore(readRecords(doc, 'offices', readOffice).sort(byOrder), null);
	create(doc, 'offices', id, { bodyId, title: textFrom(title), personId, order });
}

type Collection = 'bodies' | 'branches' | 'meetings' | 'rosters' | 'bulletins' | 'offices';

/** Sets plain fields and, by their smallest change, texts. Nothing happens when the record is gone. */
export function updateEntry(
	doc: Y.Doc,
	collection: Collection,
	id: string,
	change: Readonly<Record<string, string | null>>,
): void {
	transactLocal(doc, () => {
		const record = recordAt(doc, collection, id);
		if (record) updateRecord(record, change);
	});
}

/** Puts a person on a meeting's list of invited people or guests, or takes them off it. */
export function setParticipant(
	doc: Y.Doc,
	meetingId: string,
	list: 'invited' | 'guests',
	personId: string,
	on: boolean,
): void {
	transactLocal(doc, () => {
		const people = recordAt(doc, 'meetings', meetingId)?.get(list);
		if (!(people instanceof Y.Map)) return;
		if (on) people.set(personId, true);
		else people.delete(personId);
	});
}

export function removeEntry(doc: Y.Doc, collection: Collection, id: string): void {
	transactLocal(doc, () => recordsOf(doc, collection).delete(id));
}

function create(doc: Y.Doc, collection: Collection, id: string, fields: Record<string, unknown>): void {
	transactLocal(doc, () => {
		stampSchema(doc, directorySchema);
		recordsOf(doc, collection).set(id, new Y.Map(Object.entries(fields)));
	});
}

function toSet(ids: readonly string[]): Y.Map<unknown> {
	return new Y.Map(ids.map((id) => [id, true]));
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
