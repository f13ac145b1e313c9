/**
 * `roster:<id>`: an action's stations and shifts. Its title, place and date are in the directory.
 *
 *     meta     { schema }
 *     note     Y.Text
 *     contact  { personId }
 *     stations id → { name: Y.Text, order, removed?: true }
 *     shifts   id → { start, end, stationId, need, branchId, people: {id: true}, removed?: true }
 *
 * A removed record carries a mark: what others assign to it offline at the same time is there again when it is put back.
 * `start` and `end` are always written together: of two people who move a shift at the same time one wins with both
 * ends, so that no mixture of the two (an end before its start) comes out.
 */
import { isLocalDateTime, type LocalDateTime } from '#lib/domain/local-time.ts';
import { byTime, maxNeed, type Roster, type Shift, type Station } from '#lib/domain/roster.ts';
import * as Y from 'yjs';
import {
	byOrder,
	orderBefore,
	readId,
	readOrder,
	readRecords,
	readSet,
	readText,
	recordAt,
	recordsOf,
	replaceText,
	stampSchema,
	textFrom,
	transactLocal,
	updateRecord,
} from './shape.ts';

export const rosterSchema = 1;

export function readRoster(doc: Y.Doc): Roster {
	return {
		note: doc.getText('note').toString(),
		contactId: readId(doc.getMap('contact').get('personId')),
		stations: readRecords(doc, 'stations', readStation).sort(byOrder),
		shifts: readRecords(doc, 'shifts', readShift).sort(byTime),
	};
}

function readStation(record: Y.Map<unknown>, id: string): Station | null {
	if (record.get('removed') === true) return null;
	return { id, name: readText(record.get('name')), order: readOrder(record.get('order')) };
}

function readShift(record: Y.Map<unknown>, id: string): Shift | null {
	const start = record.get('start');
	const end = record.get('end');
	if (!isLocalDateTime(start) || !isLocalDateTime(end) || record.get('removed') === true) return null;
	return {
		id,
		start,
		end,
		stationId: readId(record.get('stationId')),
		need: readNeed(record.get('need')),
		branchId: readId(record.get('branchId')),
		people: readSet(record.get('people')),
	};
}

export function editNote(doc: Y.Doc, next: string): void {
	change(doc, () => replaceText(doc.getText('note'), next));
}

export function setContact(doc: Y.Doc, personId: string | null): void {
	change(doc, () => doc.getMap('contact').set('personId', personId));
}

/** Adds a station behind the others. */
export function addStation(doc: Y.Doc, id: string, name: string): void {
	const stations = readRecords(doc, 'stations', readStation).sort(byOrder);
	const fields = { name: textFrom(name), order: orderBefore(stations, null) };
	change(doc, () => recordsOf(doc, 'stations').set(id, new Y.Map<unknown>(Object.entries(fields))));
}

export function renameStation(doc: Y.Doc, id: string, name: string): void {
	changeRecord(doc, 'stations', id, (station) => updateRecord(station, { name }));
}

/** Its shifts keep pointing at it, so that putting it back puts them back. */
export function removeStation(doc: Y.Doc, id: string): void {
	changeRecord(doc, 'stations', id, (station) => station.set('removed', true));
}

export function restoreStation(doc: Y.Doc, id: string): void {
	changeRecord(doc, 'stations', id, (station) => station.delete('removed'));
}

/** The span must be checked: see `checkSpan`. */
export function addShift(doc: Y.Doc, { id, people, ...plain }: Shift): void {
	change(doc, () => {
		const record = new Y.Map<unknown>(Object.entries(plain));
		record.set('people', new Y.Map(people.map((personId) => [personId, true])));
		recordsOf(doc, 'shifts').set(id, record);
	});
}

/** The span must be checked: see `checkSpan`. */
export function moveShift(doc: Y.Doc, id: string, start: LocalDateTime, end: LocalDateTime): void {
	changeRecord(doc, 'shifts', id, (shift) => {
		shift.set('start', start);
		shift.set('end', end);
	});
}

export type ShiftChange = Partial<Pick<Shift, 'stationId' | 'branchId' | 'need'>>;

export function updateShift(doc: Y.Doc, id: string, fields: ShiftChange): void {
	const safe = fields.need === undefined ? fields : { ...fields, need: readNeed(fields.need) };
	changeRecord(doc, 'shifts', id, (shift) => updateRecord(shift, safe));
}

export function assignPerson(doc: Y.Doc, shiftId: string, personId: string): void {
	changeRecord(doc, 'shifts', shiftId, (shift) => peopleOf(shift)?.set(personId, true));
}

export function unassignPerson(doc: Y.Doc, shiftId: string, personId: string): void {
	changeRecord(doc, 'shifts', shiftId, (shift) => peopleOf(shift)?.delete(personId));
}

export function removeShift(doc: Y.Doc, id: string): void {
	changeRecord(doc, 'shifts', id, (shift) => shift.set('removed', true));
}

export function restoreShift(doc: Y.Doc, id: string): void {
	changeRecord(doc, 'shifts', id, (shift) => shift.delete('removed'));
}

function change(doc: Y.Doc, body: () => void): void {
	transactLocal(doc, () => {
		stampSchema(doc, rosterSchema);
		body();
	});
}

/** Nothing happens when there is no such record. */
function changeRecord(
	doc: Y.Doc,
	collection: 'stations' | 'shifts',
	id: string,
	body: (record: Y.Map<unknown>) => void,
): void {
	const record = recordAt(doc, collection, id);
	if (record) change(doc, () => body(record));
}

function peopleOf(shift: Y.Map<unknown>): Y.Map<unknown> | null {
	const people = shift.get('people');
	return people instanceof Y.Map ? people : null;
}

/** A whole number of people from 1 to `maxNeed`; 1 for anything that is not a number. */
function readNeed(value: unknown): number {
	return typeof value === 'number' && value >= 1 ? Math.min(maxNeed, Math.floor(value)) : 1;
}
