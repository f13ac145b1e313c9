/** Several documents that one page reads at once, such as the shifts of the next actions. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import type * as Y from 'yjs';
import type { App } from './app.svelte.ts';
import { statusOf, viewOf, type View } from './document-view.svelte.ts';

export type Reading<T> = { readonly current: T; readonly loaded: boolean };

/**
 * Opens the named documents while the component that calls this is on screen, without being in them for the others.
 * @param names may depend on anything reactive; a document that leaves the list is released
 * @param read must be total
 */
export function readDocuments<T>(
	app: App,
	names: () => readonly DocumentName[],
	read: (doc: Y.Doc) => T,
): { of(name: DocumentName): Reading<T> | undefined } {
	let readings = $state.raw<ReadonlyMap<DocumentName, Reading<T>>>(new Map());
	const key = $derived(names().join(' '));
	$effect(() => {
		const wanted = key === '' ? [] : (key.split(' ') as DocumentName[]);
		const handles = wanted.map((name) => app.workspace.open(name, { present: false }));
		readings = new Map(handles.map((handle) => [handle.name, toReading(handle, viewOf(handle.doc, read))]));
		return () => handles.forEach((handle) => handle.release());
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
