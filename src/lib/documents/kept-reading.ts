/**
 * A reading of one block or text, kept until something in it changes: a page that shows what is in a whole document then
 * reads after each letter one paragraph, and not fifty pages. While a transaction is under way nothing is kept, for what it
 * goes on to change would not be noticed.
 */
import type * as Y from 'yjs';

type Held = Y.XmlElement | Y.XmlText;

/** Of each document: what is kept of each of its types, by the reading. */
const documents = new WeakMap<Y.Doc, WeakMap<object, Map<object, unknown>>>();

/** @param read depends on nothing but what it is given */
export function keptReading<H extends Held, T>(read: (held: H) => T): (held: H) => T {
	return (held) => {
		const { doc } = held;
		if (!doc || doc._transaction) return read(held);
		const kept = keptIn(doc, held);
		if (!kept.has(read)) kept.set(read, read(held));
		return kept.get(read) as T;
	};
}

function keptIn(doc: Y.Doc, held: Held): Map<object, unknown> {
	const all = documents.get(doc) ?? watch(doc);
	const kept = all.get(held) ?? new Map<object, unknown>();
	all.set(held, kept);
	return kept;
}

function watch(doc: Y.Doc): WeakMap<object, Map<object, unknown>> {
	const all = new WeakMap<object, Map<object, unknown>>();
	documents.set(doc, all);
	// Before anybody who watches the document is told and reads.
	doc.on('beforeObserverCalls', ({ changed }: Y.Transaction) => {
		for (const type of changed.keys()) {
			for (let at: Y.AbstractType<unknown> | null = type as Y.AbstractType<unknown>; at; at = at.parent) all.delete(at);
		}
	});
	return all;
}
