/**
 * `directory:main`: what the association has, without the contents. Every other document is named after a record here,
 * so a device that holds the directory knows what else it needs to hold. What somebody writes in is not deleted: a meeting or
 * an issue gets `removed: true`, who did it and when (`removed-entry.ts`), and reading leaves it out.
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
import type * as Y from 'yjs';
import { byOrder, oneOf, readId, readOrder, readRecords, readSet, readText } from './shape.ts';

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

/** Issue 10 comes after issue 9. */
const { compare: byNumber } = new Intl.Collator('de', { numeric: true });

export function readDirectory(doc: Y.Doc): Directory {
	return {
		bodies: readRecords(doc, 'bodies', (record, id) => ({ id, name: readText(record.get('name')) })).sort((a, b) =>
			a.name.localeCompare(b.name, 'de'),
		),
		branches: readRecords(doc, 'branches', readBranch).sort(byOrder),
		meetings: readRecords(doc, 'meetings', unlessRemoved(readMeeting)).sort(byStart),
		rosters: readRecords(doc, 'rosters', readRoster).sort((a, b) => compare(a.date, b.date) || compare(a.id, b.id)),
		bulletins: readRecords(doc, 'bulletins', unlessRemoved(readBulletin)).sort(
			(a, b) => compare(b.date, a.date) || byNumber(b.title, a.title) || compare(a.id, b.id),
		),
		offices: readRecords(doc, 'offices', readOffice).sort(byOrder),
	};
}

function unlessRemoved<T>(read: (record: Y.Map<unknown>, id: string) => T | null): typeof read {
	return (record, id) => (record.get('removed') === true ? null : read(record, id));
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

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
