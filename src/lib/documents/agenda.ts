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
import type * as Y from 'yjs';
import { byOrder, oneOf, readId, readOrder, readRecords, readText } from './shape.ts';

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
