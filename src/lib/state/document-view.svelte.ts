/**
 * A view is a reactive reading of a document: no copy is kept beside it. Whoever reads `current` in an effect or in
 * markup reads again after a transaction changed the document.
 */
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';

export type View<T> = { readonly current: T };

/** @param read must be total: it sees whatever others wrote */
export function viewOf<T>(doc: Y.Doc, read: (doc: Y.Doc) => T): View<T> {
	// While anyone watches, reading is repeated only after a change; without a watcher nothing would clear the cache.
	let watched = false;
	let cached: { value: T } | null = null;
	const subscribe = createSubscriber((update) => {
		const changed = () => {
			cached = null;
			update();
		};
		watched = true;
		doc.on('update', changed);
		return () => {
			watched = false;
			cached = null;
			doc.off('update', changed);
		};
	});
	return {
		get current() {
			subscribe();
			if (!watched) return read(doc);
			cached ??= { value: read(doc) };
			return cached.value;
		},
	};
}

/** A document's status, reactive. */
export function statusOf(source: Pick<DocumentHandle, 'status' | 'onStatus'>): View<DocumentHandle['status']> {
	const subscribe = createSubscriber((update) => source.onStatus(update));
	return {
		get current() {
			subscribe();
			return source.status;
		},
	};
}
