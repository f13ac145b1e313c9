/**
 * `roster:<id>`: an action's stations and shifts. Its title, place and date are in the directory.
 *
 *     meta     { schema }
 *     note     Y.Text
 *     contact  { personId }
 *     stations id → { name: Y.Text, order }
 *     shifts   id → { start, end, stationId, need, branchId, people: {id: true} }
 *
 * `start` and `end` are always written together: of two people who move a shift at the same time one wins with both
 * ends, so that no mixture of the two (an end before its start) comes out.
 */
import { isLocalDateTime } from '#lib/domain/local-time.ts';
import { byTime, maxNeed, type Roster, type Shift, type Station } from '#lib/domain/roster.ts';
import * as Y from 'yjs';
import {
	byOrder,
	orderBefore,
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

function readStation(record: Y.Map<unknown>, id: string): Station {
	return { id, name: readText(record.get('name')), order: readOrder(record.get('order')) };
}

function readShift(record: Y.Map<unknown>, id: string): Shift | null {
	const start = record.get('start');
	const end = record.get('end');
	if (!isLocalDateTime(start) || !isLocalDateTime(end)) return null;
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
	restoreStation(doc, { id, name, order: orderBefore(stations, null) });
}

/** Puts a station back as it was, at its place. */
export function restoreStation(doc: Y.Doc, { id, name, order }: Station): void {
	change(doc, () =>
		recordsOf(doc, 'stations').set(
			id,
			new Y.Map<unknown>([
				['name', textFrom(name)],
				['order', order],
			]),
		),
	);
}

export function renameStation(doc: Y.Doc, id: string, next: string): void {
	change(doc, () => {
		const name = recordAt(doc, 'stations', id)?.get('name');
		if (name instanceof Y.Text) replaceText(name, next);
	});
}

/** Its shifts stay and keep pointing at it, so that putting it back puts them back. */
export function removeStation(doc: Y.Doc, id: string): void {
	change(doc, () => recordsOf(doc, 'stations').delete(id));
}

/** Adds a shift, or puts a removed one back as it was. The span must be checked: see `checkSpan`. */
export function addShift(doc: Y.Doc, { id, people, ...plain }: Shift): void {
	change(doc, () => {
		const record = new Y.Map<unknown>(Object.entries(plain));
		record.set('people', new Y.Map(people.map((personId) => [personId, true])));
		recordsOf(doc, 'shifts').set(id, record);
	});
}

export function moveShift(doc: Y.Doc, id: string, start: string, end: string): void {
	changeShift(doc, id, (shift) => {
		shift.set('start', start);
		shift.set('end', end);
	});
}

export function setShiftStation(doc: Y.Doc, id: string, stationId: string | null): void {
	changeShift(doc, id, (shift) => shift.set('stationId', stationId));
}

export function setShiftBranch(doc: Y.Doc, id: string, branchId: string | null): void {
	changeShift(doc, id, (shift) => shift.set('branchId', branchId));
}

export function setShiftNeed(doc: Y.Doc, id: string, need: number): void {
	changeShift(doc, id, (shift) => shift.set('need', readNeed(need)));
}

export function assignPerson(doc: Y.Doc, shiftId: string, personId: string): void {
	changeShift(doc, shiftId, (shift) => peopleOf(shift)?.set(personId, true));
}

export function unassignPerson(doc: Y.Doc, shiftId: string, personId: string): void {
	changeShift(doc, shiftId, (shift) => peopleOf(shift)?.delete(personId));
}

export function removeShift(doc: Y.Doc, id: string): void {
	change(doc, () => recordsOf(doc, 'shifts').delete(id));
}

function change(doc: Y.Doc, body: () => void): void {
	transactLocal(doc, () => {
		stampSchema(doc, rosterSchema);
		body();
	});
}

/** Nothing happens when the shift is gone. */
function changeShift(doc: Y.Doc, id: string, body: (shift: Y.Map<unknown>) => void): void {
	const shift = recordAt(doc, 'shifts', id);
	if (shift) change(doc, () => body(shift));
}

function peopleOf(shift: Y.Map<unknown>): Y.Map<unknown> | null {
	const people = shift.get('people');
	return people instanceof Y.Map ? people : null;
}

function readId(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A whole number of people from 1 to `maxNeed`; 1 for anything that is not a number. */
function readNeed(value: unknown): number {
	return typeof value === 'number' && value >= 1 ? Math.min(maxNeed, Math.floor(value)) : 1;
}
