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
import { isLocalDateTime } from '#lib/domain/local-time.ts';
import { byTime, maxNeed, type Roster, type Shift, type Station } from '#lib/domain/roster.ts';
import type * as Y from 'yjs';
import { byOrder, readId, readOrder, readRecords, readSet, readText } from './shape.ts';

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

/** A whole number of people from 1 to `maxNeed`; 1 for anything that is not a number. */
export function readNeed(value: unknown): number {
	return typeof value === 'number' && value >= 1 ? Math.min(maxNeed, Math.floor(value)) : 1;
}
