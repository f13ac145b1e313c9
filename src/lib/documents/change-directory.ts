/** What people change in the directory: its records, whole or field by field. */
import type { Meeting } from '#lib/domain/meeting.ts';
import type { Office } from '#lib/domain/facts/office.ts';
import type { RosterEntry } from '#lib/domain/roster.ts';
import type { BulletinEntry } from '#lib/domain/bulletin.ts';
import * as Y from 'yjs';
import { textFrom, updateRecord } from './change-record.ts';
import { directorySchema } from './directory.ts';
import { transactLocal, stampSchema, recordsOf, recordAt } from './shape.ts';

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

export function addOffice(doc: Y.Doc, { id, bodyId, title, personId, order }: Office): void {
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

/** For good. */
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
