/**
 * `agenda:<meetingId>`: the agenda items of one meeting.
 *
 *     meta  { schema }
 *     items id → { title: Y.Text, kind, minutes, presenterId, notes: Y.Text, public, order, removed?: true }
 *
 * A removed item keeps its record and carries a mark: whoever edits it offline at the same time loses nothing, taking the
 * removal back brings all of it back, and the minutes can still name the item that a text was written for.
 */
import { agendaItemKinds, isItemMinutes, newAgendaItem, type AgendaItem } from '#lib/domain/agenda.ts';
import * as Y from 'yjs';
import {
	byOrder,
	oneOf,
	orderBefore,
	readId,
	readOrder,
	readRecords,
	readText,
	recordAt,
	recordsOf,
	stampSchema,
	textFrom,
	transactLocal,
	updateRecord,
} from './shape.ts';

export const agendaSchema = 1;

export type Agenda = {
	/** In order. */
	items: AgendaItem[];
	/** Items that were taken off the agenda. */
	removed: AgendaItem[];
};

export function readAgenda(doc: Y.Doc): Agenda {
	const all = readRecords(doc, 'items', readItem).sort((a, b) => byOrder(a.item, b.item));
	return {
		items: all.filter(({ removed }) => !removed).map(({ item }) => item),
		removed: all.filter(({ removed }) => removed).map(({ item }) => item),
	};
}

function readItem(record: Y.Map<unknown>, id: string): { item: AgendaItem; removed: boolean } {
	const minutes = record.get('minutes');
	const item: AgendaItem = {
		id,
		title: readText(record.get('title')),
		kind: oneOf(agendaItemKinds, record.get('kind'), newAgendaItem.kind),
		minutes: isItemMinutes(minutes) ? minutes : 0,
		presenterId: readId(record.get('presenterId')),
		notes: readText(record.get('notes')),
		public: record.get('public') !== false,
		order: readOrder(record.get('order')),
	};
	return { item, removed: record.get('removed') === true };
}

/** @param before the item that will follow, null for the end */
export function addAgendaItem(doc: Y.Doc, item: Omit<AgendaItem, 'order'>, before: string | null = null): void {
	const { id, title, notes, ...plain } = item;
	transactLocal(doc, () => {
		stampSchema(doc, agendaSchema);
		const order = orderBefore(readAgenda(doc).items, before);
		const fields = { ...plain, order, title: textFrom(title), notes: textFrom(notes) };
		recordsOf(doc, 'items').set(id, new Y.Map<unknown>(Object.entries(fields)));
	});
}

export type AgendaItemChange = Partial<Omit<AgendaItem, 'id' | 'order'>>;

/** Nothing happens when the item is gone. */
export function updateAgendaItem(doc: Y.Doc, id: string, change: AgendaItemChange): void {
	transactLocal(doc, () => {
		const record = recordAt(doc, 'items', id);
		if (record) updateRecord(record, change);
	});
}

/** @param before the item that will follow, null for the end */
export function moveAgendaItem(doc: Y.Doc, id: string, before: string | null): void {
	transactLocal(doc, () => {
		const order = orderBefore(readAgenda(doc).items, before, id);
		recordAt(doc, 'items', id)?.set('order', order);
	});
}

export function removeAgendaItem(doc: Y.Doc, id: string): void {
	transactLocal(doc, () => recordAt(doc, 'items', id)?.set('removed', true));
}

export function restoreAgendaItem(doc: Y.Doc, id: string): void {
	transactLocal(doc, () => recordAt(doc, 'items', id)?.delete('removed'));
}
