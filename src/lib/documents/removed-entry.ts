/**
 * A meeting or an issue that was removed: its record stays in the directory, with who removed it and when, so that what
 * others write meanwhile is there when somebody brings it back.
 */
import type * as Y from 'yjs';
import { removedAt, type KeptCollection } from './change-directory.ts';
import { readId, readText } from './shape.ts';

export type RemovedEntry = {
	title: string;
	/** A person's id. */
	by: string | null;
	/** Milliseconds. */
	at: number | null;
};

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
