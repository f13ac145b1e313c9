/**
 * A meeting or an issue that was removed: its record stays in the directory, with who removed it and when, so that what
 * others write meanwhile is there when somebody brings it back.
 */
import type * as Y from 'yjs';
import { updateRecord } from './change-record.ts';
import { readId, readText, recordAt, transactLocal } from './shape.ts';

export type RemovedEntry = {
	title: string;
	/** A person's id. */
	by: string | null;
	/** Milliseconds. */
	at: number | null;
};

/** What somebody may be writing in while another removes it. */
export type KeptCollection = 'meetings' | 'bulletins';

/** Its record stays, so that what others write meanwhile is there when somebody brings it back. */
export function markRemoved(doc: Y.Doc, collection: KeptCollection, id: string, by: string, now: number): void {
	transactLocal(doc, () => {
		const record = recordAt(doc, collection, id);
		if (record) updateRecord(record, { removed: true, removedBy: by, removedAt: now });
	});
}

/** @returns whether there was one to bring back */
export function restoreRemoved(doc: Y.Doc, collection: KeptCollection, id: string): boolean {
	return transactLocal(doc, () => {
		const record = removedAt(doc, collection, id);
		for (const field of ['removed', 'removedBy', 'removedAt']) record?.delete(field);
		return record !== null;
	});
}

/** @returns null when there is none that could come back: it was never there, is there, or was erased */
export function readRemoved(doc: Y.Doc, collection: KeptCollection, id: string): RemovedEntry | null {
	const record = removedAt(doc, collection, id);
	const at = record?.get('removedAt');
	return (
		record && {
			title: readText(record.get('title')),
			by: readId(record.get('removedBy')),
			at: typeof at === 'number' && Number.isFinite(at) ? at : null,
		}
	);
}

/** Whether anything stands in a document that somebody wrote. */
export function holdsContent(doc: Y.Doc): boolean {
	for (const [root, type] of doc.share) {
		if (root === 'meta') continue;
		for (let item = type._start; item !== null; item = item.right) if (!item.deleted) return true;
		for (const item of type._map.values()) if (!item.deleted) return true;
	}
	return false;
}

/** Erasing leaves the mark alone: a record without its day is none any more. */
function removedAt(doc: Y.Doc, collection: KeptCollection, id: string): Y.Map<unknown> | null {
	const record = recordAt(doc, collection, id);
	const there = record?.get('removed') === true && record.has(collection === 'meetings' ? 'start' : 'date');
	return there ? record : null;
}
