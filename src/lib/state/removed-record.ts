/** An article, a resolution or a task that somebody has removed, perhaps while another writes in it. */
import { readId, readText, recordAt } from '#lib/documents/shape.ts';
import type * as Y from 'yjs';

export type RemovedRecord = {
	/** Its title, or its wording. */
	title: string;
	/** A person's id; null where an older app removed it. */
	by: string | null;
	/** Milliseconds. */
	at: number | null;
};

/** @returns null when it is there, was never there, or was erased */
export function readRemovedRecord(
	doc: Y.Doc,
	collection: 'articles' | 'resolutions' | 'tasks',
	id: string,
): RemovedRecord | null {
	const record = recordAt(doc, collection, id);
	// Erasing leaves the mark alone.
	if (record?.get('removed') !== true || !record.has('order')) return null;
	const at = record.get('removedAt');
	return {
		title: readText(record.get(collection === 'articles' ? 'title' : 'text')),
		by: readId(record.get('removedBy')),
		at: typeof at === 'number' && Number.isFinite(at) ? at : null,
	};
}
