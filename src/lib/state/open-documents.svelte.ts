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

/**
 * As `readDocuments`, one after the other, each when it is its turn: what one presses meanwhile comes first.
 * @param turn settles when it is; `at` counts from zero
 * @param held how many of them stay open; what follows is read once and let go, for many long ones have no room at once
 */
export function readDocumentsInTurn<T>(
	app: App,
	names: () => readonly DocumentName[],
	read: (doc: Y.Doc) => T,
	turn: (name: DocumentName, at: number) => Promise<void>,
	held: number,
): Readings<T> {
	return readWhile(app, names, read, async (wanted, open, look) => {
		for (const [at, name] of wanted.entries()) {
			await turn(name, at);
			if (at >= held) {
				if (!(await look(name))) return;
				continue;
			}
			const handle = open(name);
			if (!handle) return;
			await Promise.allSettled([handle.whenLoaded]);
		}
	});
}

type Readings<T> = { of(name: DocumentName): Reading<T> | undefined };
/** Opens one; not any more when nobody looks. */
type Open = (name: DocumentName) => DocumentHandle | undefined;
/** Reads one and lets it go. @returns false when nobody looks any more */
type Look = (name: DocumentName) => Promise<boolean>;

/** How long the relay may take for what is not on the device. Milliseconds. */
const answersWithin = 5000;

function readWhile<T>(
	app: App,
	names: () => readonly DocumentName[],
	read: (doc: Y.Doc) => T,
	openAll: (wanted: readonly DocumentName[], open: Open, look: Look) => unknown,
): Readings<T> {
	let readings = $state.raw<ReadonlyMap<DocumentName, Reading<T>>>(new Map());
	const key = $derived(names().join(' '));
	$effect(() => {
		const wanted = key === '' ? [] : (key.split(' ') as DocumentName[]);
		const handles = new Set<DocumentHandle>();
		// What was read before is shown until it is read again.
		const known = new Map(untrack(() => [...readings].filter(([name]) => wanted.includes(name))));
		let closed = false;
		readings = new Map(known);
		const show = (name: DocumentName, reading: Reading<T>) => (readings = new Map(known.set(name, reading)));
		const take = (name: DocumentName) => {
			const handle = app.workspace.open(name, { present: false });
			handles.add(handle);
			return handle;
		};
		const open: Open = (name) => {
			if (closed) return undefined;
			const handle = take(name);
			show(name, toReading(handle, viewOf(handle.doc, read)));
			return handle;
		};
		const look: Look = async (name) => {
			if (closed) return false;
			const handle = take(name);
			const found = await isThere(handle);
			if (!closed && found) show(name, { current: read(handle.doc), loaded: true });
			handle.release();
			handles.delete(handle);
			return !closed;
		};
		void openAll(wanted, open, look);
		return () => {
			closed = true;
			handles.forEach((handle) => handle.release());
		};
	});
	return { of: (name) => readings.get(name) };
}

/** Settles when the device or the relay has said what a document holds. @returns false when neither did in time */
function isThere(handle: DocumentHandle): Promise<boolean> {
	return new Promise((resolve) => {
		const settle = (found: boolean) => {
			clearTimeout(timer);
			off();
			resolve(found);
		};
		const ask = () => {
			const { loaded, everSynced, connection } = handle.status;
			if (loaded && (everSynced || connection === 'offline')) settle(true);
		};
		const off = handle.onStatus(ask);
		const timer = setTimeout(() => settle(false), answersWithin);
		ask();
	});
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
