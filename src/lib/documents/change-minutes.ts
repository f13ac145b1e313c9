/** What people change in minutes: attendance, resolutions and tasks. */
import type { MinutesFacts, Resolution, Task, Vote } from '#lib/domain/minutes.ts';
import * as Y from 'yjs';
import { textFrom, updateRecord } from './change-record.ts';
import { orderBefore } from './order.ts';
import { minutesSchema, readMinutes } from './minutes.ts';
import { markRecord, unmarkRecord, type Removal } from './removal.ts';
import { transactLocal, stampSchema, recordsOf, recordAt, type Ordered } from './shape.ts';

/** Null for a field takes it away; a person without a state is not recorded yet. */
export function setAttendance(
	doc: Y.Doc,
	personId: string,
	change: Partial<Record<'state' | 'from' | 'to', string | null>>,
): void {
	transactLocal(doc, () => {
		stampSchema(doc, minutesSchema);
		const entries = doc.getMap('attendance');
		for (const [field, value] of Object.entries(change)) setOrDelete(entries, `${personId}:${field}`, value);
	});
}

export function setMinutesFacts(doc: Y.Doc, change: Partial<MinutesFacts>): void {
	transactLocal(doc, () => {
		stampSchema(doc, minutesSchema);
		for (const [field, value] of Object.entries(change)) setOrDelete(doc.getMap('facts'), field, value);
	});
}

export function addResolution(doc: Y.Doc, { id, itemId, text, status }: Omit<Resolution, 'order' | 'vote'>): void {
	transactLocal(doc, () => {
		const order = orderBefore(readMinutes(doc).resolutions, null);
		add(doc, 'resolutions', id, { itemId, text: textFrom(text), status, order });
	});
}

export function updateResolution(doc: Y.Doc, id: string, change: Partial<Pick<Resolution, 'text' | 'status'>>): void {
	update(doc, 'resolutions', id, (record) => updateRecord(record, change));
}

/** Null takes the voices away. */
export function setVoices(doc: Y.Doc, resolutionId: string, choice: keyof Vote, voices: number | null): void {
	update(doc, 'resolutions', resolutionId, (record) => setOrDelete(record, choice, voices));
}

export function addTask(doc: Y.Doc, { id, text, ...plain }: Omit<Task, 'order'>): void {
	transactLocal(doc, () => {
		const order = orderBefore(readMinutes(doc).tasks, null);
		add(doc, 'tasks', id, { ...plain, text: textFrom(text), order });
	});
}

export function updateTask(doc: Y.Doc, id: string, change: Partial<Omit<Task, 'id' | 'itemId' | 'order'>>): void {
	update(doc, 'tasks', id, (record) => updateRecord(record, change));
}

type Collection = 'resolutions' | 'tasks';

/** @param removal told to whoever writes in it */
export function removeMinutesRecord(doc: Y.Doc, collection: Collection, id: string, removal?: Removal): void {
	update(doc, collection, id, (record) => markRecord(record, removal));
}

export function restoreMinutesRecord(doc: Y.Doc, collection: Collection, id: string): void {
	update(doc, collection, id, unmarkRecord);
}

function add(
	doc: Y.Doc,
	collection: Collection,
	id: string,
	fields: Record<string, unknown> & Omit<Ordered, 'id'>,
): void {
	stampSchema(doc, minutesSchema);
	recordsOf(doc, collection).set(id, new Y.Map(Object.entries(fields)));
}

function update(doc: Y.Doc, collection: Collection, id: string, change: (record: Y.Map<unknown>) => void): void {
	transactLocal(doc, () => {
		const record = recordAt(doc, collection, id);
		if (record) change(record);
	});
}

function setOrDelete(map: Y.Map<unknown>, key: string, value: unknown): void {
	if (value === null || value === undefined) map.delete(key);
	else if (map.get(key) !== value) map.set(key, value);
}
