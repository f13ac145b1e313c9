/**
 * A view is a reactive reading of a document: no copy is kept beside it. Whoever reads `current` in an effect or in
 * markup reads again after a transaction changed the document.
 */
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';

export type View<T> = { readonly current: T };

/** What a view reads, where that is not the whole document. */
export type Reads = {
	/** The names of the roots after whose changes it is read at once. */
	roots: readonly string[];
	/** How long it may take until a change elsewhere is followed; without, what is elsewhere is not read. Milliseconds. */
	elsewhereWithin?: number;
};

/** @param read must be total: it sees whatever others wrote */
export function viewOf<T>(doc: Y.Doc, read: (doc: Y.Doc) => T, reads?: Reads): View<T> {
	// While anyone watches, reading is repeated only after a change; without a watcher nothing would clear the cache.
	let watched = false;
	let cached: { value: T } | null = null;
	const subscribe = createSubscriber((update) => {
		const changed = () => {
			cached = null;
			update();
		};
		watched = true;
		const stop = follow(doc, changed, reads);
		return () => {
			watched = false;
			cached = null;
			stop();
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

function follow(doc: Y.Doc, changed: () => void, reads?: Reads): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const now = () => {
		clearTimeout(timer);
		timer = undefined;
		changed();
	};
	const updated = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, { changedParentTypes }: Y.Transaction) => {
		if (!reads || reads.roots.some((name) => changedParentTypes.has(doc.share.get(name) as never))) now();
		else if (reads.elsewhereWithin !== undefined) timer ??= setTimeout(now, reads.elsewhereWithin);
	};
	doc.on('update', updated);
	return () => {
		clearTimeout(timer);
		doc.off('update', updated);
	};
}

type Source = Pick<DocumentHandle, 'status' | 'onStatus'>;

/** A document's status, reactive. */
export function statusOf(source: Source): View<DocumentHandle['status']> {
	const subscribe = createSubscriber((update) => source.onStatus(update));
	return {
		get current() {
			subscribe();
			return source.status;
		},
	};
}

/** What a page asks of the status, which changes with every letter that anybody writes; the answer hardly ever does. */
export function statusPartOf<T extends string | number | boolean | null>(
	source: Source,
	read: (status: DocumentHandle['status']) => T,
): View<T> {
	const subscribe = createSubscriber((update) => {
		let known = read(source.status);
		return source.onStatus(() => {
			const now = read(source.status);
			if (now === known) return;
			known = now;
			update();
		});
	});
	return {
		get current() {
			subscribe();
			return read(source.status);
		},
	};
}
