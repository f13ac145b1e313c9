/** What people change in a roster: its note, contact, stations and shifts. */
import type { Shift } from '#lib/domain/roster.ts';
import type { LocalDateTime } from '#lib/domain/local-time.ts';
import * as Y from 'yjs';
import { textFrom, updateRecord, replaceText } from './change-record.ts';
import { orderBefore } from './order.ts';
import { rosterSchema, readRoster, readNeed } from './roster.ts';
import { transactLocal, stampSchema, recordsOf, recordAt } from './shape.ts';

export function editNote(doc: Y.Doc, next: string): void {
	change(doc, () => replaceText(doc.getText('note'), next));
}

export function setContact(doc: Y.Doc, personId: string | null): void {
	change(doc, () => doc.getMap('contact').set('personId', personId));
}

/** Adds a station behind the others. */
export function addStation(doc: Y.Doc, id: string, name: string): void {
	const stations = readRoster(doc).stations;
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
