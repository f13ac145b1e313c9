/** Several documents that one page reads at once, such as the shifts of the next actions. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { untrack } from 'svelte';
import type * as Y from 'yjs';
import type { App } from './app.svelte.ts';
import { statusOf, viewOf, type View } from './document-view.svelte.ts';

export type Reading<T> = { readonly current: T; readonly loaded: boolean };

/**
 * Opens the named documents while the component that calls this is on screen, without being in them for the others.
 * @param names may depend on anything reactive; a document that leaves the list is released
 * @param read must be total
 */
export function readDocuments<T>(app: App, names: () => readonly DocumentName[], read: (doc: Y.Doc) => T): Readings<T> {
	return readWhile(app, names, read, (wanted, open) => wanted.forEach(open));
}

/** As `readDocuments`, one after the other, each when it is its turn: what one presses meanwhile comes first. */
export function readDocumentsInTurn<T>(
	app: App,
	names: () => readonly DocumentName[],
	read: (doc: Y.Doc) => T,
	whenIdle: (work: () => void) => void,
): Readings<T> {
	return readWhile(app, names, read, async (wanted, open) => {
		for (const name of wanted) {
			await new Promise<void>(whenIdle);
			const handle = open(name);
			if (!handle) return;
			await Promise.allSettled([handle.whenLoaded]);
		}
	});
}

type Readings<T> = { of(name: DocumentName): Reading<T> | undefined };
/** Opens one; not any more when nobody looks. */
type Open = (name: DocumentName) => DocumentHandle | undefined;

function readWhile<T>(
	app: App,
	names: () => readonly DocumentName[],
	read: (doc: Y.Doc) => T,
	openAll: (wanted: readonly DocumentName[], open: Open) => unknown,
): Readings<T> {
	let readings = $state.raw<ReadonlyMap<DocumentName, Reading<T>>>(new Map());
	const key = $derived(names().join(' '));
	$effect(() => {
		const wanted = key === '' ? [] : (key.split(' ') as DocumentName[]);
		const handles: DocumentHandle[] = [];
		// What was read before is shown until it is read again.
		const known = new Map(untrack(() => [...readings].filter(([name]) => wanted.includes(name))));
		let closed = false;
		readings = new Map(known);
		void openAll(wanted, (name) => {
			if (closed) return undefined;
			const handle = app.workspace.open(name, { present: false });
			handles.push(handle);
			readings = new Map(known.set(name, toReading(handle, viewOf(handle.doc, read))));
			return handle;
		});
		return () => {
			closed = true;
			handles.forEach((handle) => handle.release());
		};
	});
	return { of: (name) => readings.get(name) };
}

function toReading<T>(handle: DocumentHandle, view: View<T>): Reading<T> {
	const status = statusOf(handle);
	return {
		get current() {
			return view.current;
		},
		get loaded() {
			return status.current.loaded;
		},
	};
}
