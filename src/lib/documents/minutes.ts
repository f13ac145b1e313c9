/**
 * `minutes:<meetingId>`: what happened at one meeting.
 *
 *     meta        { schema }
 *     facts       { chairId, minuteTakerId }
 *     attendance  `<personId>:state` | `<personId>:from` | `<personId>:to` → string
 *     resolutions id → { itemId, text: Y.Text, yes?, no?, abstention?, status, order, removed?: true }
 *     tasks       id → { itemId, text: Y.Text, personId, due, done, order, removed?: true }
 *     body:<agendaItemId>  the rich text of an agenda item, a root fragment each
 *
 * Nobody has to create what two people could create at once: bodies are roots, and attendance is one flat map with a key
 * for each field of each person. (A nested map for a person, made by two devices offline, would keep one device's fields
 * and drop the other's.) Voices are a field each, so that two people who enter them together lose none; a resolution has
 * been voted on as soon as one of the three is there. Removed records carry a mark, as in the agenda.
 */
import { isLocalDate, isLocalTime } from '#lib/domain/local-time.ts';
import {
	attendanceStates,
	isVoices,
	resolutionStatuses,
	type Attendance,
	type MinutesFacts,
	type Resolution,
	type Task,
	type Vote,
} from '#lib/domain/minutes.ts';
import * as Y from 'yjs';
import { byOrder, oneOf, readId, readOrder, readRecords, readText } from './shape.ts';

export const minutesSchema = 1;

/** Of what is not a body. */
export const minutesRoots = ['facts', 'attendance', 'resolutions', 'tasks'] as const;

const bodyPrefix = 'body:';

export type Minutes = {
	facts: MinutesFacts;
	/** By person id. */
	attendance: Attendance[];
	/** In order. */
	resolutions: Resolution[];
	/** In order. */
	tasks: Task[];
	/** Ids of all agenda items that something was written for, in a body or as a record; sorted. */
	writtenItemIds: string[];
};

export function readMinutes(doc: Y.Doc): Minutes {
	const resolutions = readRecords(doc, 'resolutions', readResolution).sort(byOrder);
	const tasks = readRecords(doc, 'tasks', readTask).sort(byOrder);
	const written = [
		...writtenBodies(doc),
		...resolutions.map(({ itemId }) => itemId),
		...tasks.map(({ itemId }) => itemId),
	];
	return {
		facts: readFacts(doc.getMap('facts')),
		attendance: readAttendance(doc.getMap('attendance')),
		resolutions,
		tasks,
		writtenItemIds: [...new Set(written)].sort(),
	};
}

function readFacts(facts: Y.Map<unknown>): MinutesFacts {
	return { chairId: readId(facts.get('chairId')), minuteTakerId: readId(facts.get('minuteTakerId')) };
}

function readAttendance(entries: Y.Map<unknown>): Attendance[] {
	const found: Attendance[] = [];
	entries.forEach((value, key) => {
		const [, personId] = /^(.+):state$/.exec(key) ?? [];
		const state = attendanceStates.find((choice) => choice === value);
		if (personId === undefined || state === undefined) return;
		found.push({ personId, state, from: readTime(entries, personId, 'from'), to: readTime(entries, personId, 'to') });
	});
	return found.sort((a, b) => (a.personId < b.personId ? -1 : 1));
}

function readTime(entries: Y.Map<unknown>, personId: string, field: 'from' | 'to'): string | null {
	const value = entries.get(`${personId}:${field}`);
	return isLocalTime(value) ? value : null;
}

function readResolution(record: Y.Map<unknown>, id: string): Resolution | null {
	const itemId = readId(record.get('itemId'));
	if (itemId === null || record.get('removed') === true) return null;
	return {
		id,
		itemId,
		text: readText(record.get('text')),
		vote: readVote(record),
		status: oneOf(resolutionStatuses, record.get('status'), 'draft'),
		order: readOrder(record.get('order')),
	};
}

function readVote(record: Y.Map<unknown>): Vote | null {
	const [yes, no, abstention] = (['yes', 'no', 'abstention'] as const).map((field) => {
		const voices = record.get(field);
		return isVoices(voices) ? voices : null;
	});
	if (yes == null && no == null && abstention == null) return null;
	return { yes: yes ?? 0, no: no ?? 0, abstention: abstention ?? 0 };
}

function readTask(record: Y.Map<unknown>, id: string): Task | null {
	const itemId = readId(record.get('itemId'));
	if (itemId === null || record.get('removed') === true) return null;
	const due = record.get('due');
	return {
		id,
		itemId,
		text: readText(record.get('text')),
		personId: readId(record.get('personId')),
		due: isLocalDate(due) ? due : null,
		done: record.get('done') === true,
		order: readOrder(record.get('order')),
	};
}

/** Item ids of the bodies that are not blank. Looks only at roots that exist, and makes none. */
function writtenBodies(doc: Y.Doc): string[] {
	const names = [...doc.share.keys()].filter((name) => name.startsWith(bodyPrefix) && name !== bodyPrefix);
	return names.filter((name) => isWritten(doc, name)).map((name) => name.slice(bodyPrefix.length));
}

function isWritten(doc: Y.Doc, name: string): boolean {
	try {
		const blocks = doc.getXmlFragment(name).toArray();
		return blocks.some((block) => !(block instanceof Y.XmlElement) || !isBlank(block));
	} catch {
		// A root of another type stands under the name.
		return false;
	}
}

/** A paragraph without text; the editor puts one into a body that it opens. */
function isBlank(block: Y.XmlElement): boolean {
	if (block.nodeName !== 'paragraph') return false;
	return block.toArray().every((child) => child instanceof Y.XmlText && child.length === 0);
}

export function bodyOf(itemId: string): string {
	return bodyPrefix + itemId;
}
