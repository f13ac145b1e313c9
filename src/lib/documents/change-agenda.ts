/** What people change in an agenda. */
import type { AgendaItem } from '#lib/domain/agenda.ts';
import * as Y from 'yjs';
import { textFrom, updateRecord } from './change-record.ts';
import { orderBefore } from './order.ts';
import { agendaSchema, readAgenda } from './agenda.ts';
import { transactLocal, stampSchema, recordsOf, recordAt } from './shape.ts';

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
