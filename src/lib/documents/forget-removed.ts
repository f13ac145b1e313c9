/**
 * The first half of erasing: what is marked as removed is deleted, with all that it held, so that the document's next
 * compaction leaves nothing of it. The record and its mark stay: who edits it offline at the same time changes nothing,
 * and nobody makes it a second time. What stands in the document, struck words of open suggestions too, stays.
 */
import * as Y from 'yjs';
import { bodyRoot, bodyText } from './body.ts';
import { readRecords, readText, recordsOf, transactLocal } from './shape.ts';

/** Roots whose records are removed by a mark. */
const markedRoots = [
	'meetings',
	'bulletins',
	'items',
	'articles',
	'resolutions',
	'tasks',
	'stations',
	'shifts',
	'remarks',
];

export function forgetRemoved(doc: Y.Doc): void {
	transactLocal(doc, () => {
		for (const root of markedRoots) {
			for (const { id, record } of removedIn(doc, root)) {
				for (const field of [...record.keys()]) if (field !== 'removed') record.delete(field);
				if (root === 'articles') emptyBody(doc, bodyRoot(id));
			}
		}
		forgetQuotes(doc);
	});
}

/** Of a document that belongs to nothing any more: only the schema version stays. */
export function emptyDocument(doc: Y.Doc): void {
	doc.transact((transaction) => {
		for (const [root, type] of doc.share) {
			if (root === 'meta') continue;
			for (let item = type._start; item !== null; item = item.right) if (!item.deleted) item.delete(transaction);
			for (const item of type._map.values()) if (!item.deleted) item.delete(transaction);
		}
	});
}

function removedIn(doc: Y.Doc, root: string): { id: string; record: Y.Map<unknown> }[] {
	return readRecords(doc, root, (record, id) => (record.get('removed') === true ? { id, record } : null));
}

function emptyBody(doc: Y.Doc, root: string): void {
	const body = doc.getXmlFragment(root);
	body.delete(0, body.length);
}

/** A thread keeps the words that it is about: once they are gone from the text they go here too. */
function forgetQuotes(doc: Y.Doc): void {
	recordsOf(doc, 'threads').forEach((thread: unknown) => {
		if (!(thread instanceof Y.Map)) return;
		const [root, quote] = [readText(thread.get('root')), readText(thread.get('quote'))];
		if (quote !== '' && !bodyText(doc, root).includes(quote)) thread.set('quote', '');
	});
}
