/**
 * The database of one document, in y-indexeddb's layout: `updates` holds its rows, `custom` what we note beside them. A
 * row that the disk changed is neither applied nor deleted: it is put aside, so that y-indexeddb, whose load never ends
 * on such a row, does not meet it. For that our rows have a checksum; a row without one is tried on a scratch document.
 *
 *     custom: known → { version, everSynced } · waiting:<tab> → { count, changes } · sum:<row> → checksum
 *             aside:<row> → the damaged row · damaged → true until the relay has sent the document again
 */
import * as Y from 'yjs';
import type { Stores } from './device-database.ts';

export const documentStores = ['updates', 'custom'] as const;
export type DocumentStores = Stores<(typeof documentStores)[number]>;

export type Waiting = { count: number; changes: number };
export type Known = { version: string | null; everSynced: boolean };

export type Notes = { known: Known | undefined; waiting: Map<string, Waiting>; damaged: boolean };

const waitingPrefix = 'waiting:';
const asidePrefix = 'aside:';

export function createDocumentStores(db: IDBDatabase): void {
	db.createObjectStore('updates', { autoIncrement: true });
	db.createObjectStore('custom');
}

export function addRow({ updates, custom }: DocumentStores, update: Uint8Array): void {
	const added = updates.add(update);
	added.onsuccess = () => custom.put(checksum(update), sumKey(added.result));
}

export function putKnown({ custom }: DocumentStores, known: Known): void {
	custom.put(known, 'known');
	custom.delete('damaged');
}

export function putWaiting({ custom }: DocumentStores, tab: string, waiting: Waiting): void {
	if (waiting.count === 0) custom.delete(waitingPrefix + tab);
	else custom.put(waiting, waitingPrefix + tab);
}

/** Takes a tab's count away, unless that tab has changed more since: then it confirms that itself. */
export function confirmWaiting({ custom }: DocumentStores, tab: string, { changes }: Waiting): void {
	const request = custom.get(waitingPrefix + tab);
	request.onsuccess = () => {
		const now = request.result as Waiting | undefined;
		if (now?.changes === changes) custom.delete(waitingPrefix + tab);
	};
}

export function readNotes({ custom }: DocumentStores, done: (notes: Notes) => void): void {
	readCustom(custom, (entries) => {
		const waiting = [...entries].flatMap(([key, value]): [string, Waiting][] =>
			key.startsWith(waitingPrefix) ? [[key.slice(waitingPrefix.length), value as Waiting]] : [],
		);
		done({
			known: entries.get('known') as Known | undefined,
			waiting: new Map(waiting),
			damaged: entries.get('damaged') === true,
		});
	});
}

/** Puts damaged rows aside and hands out the others, without those that say nothing: y-indexeddb adds one at each opening. */
export function vetRows(stores: DocumentStores, done: (intact: [IDBValidKey, Uint8Array][]) => void): void {
	const { updates, custom } = stores;
	const rows = updates.getAll();
	const keys = updates.getAllKeys();
	readCustom(custom, (entries) => {
		const intact: [IDBValidKey, Uint8Array][] = [];
		keys.result.forEach((key, at) => {
			const row: unknown = rows.result[at];
			if (!(row instanceof Uint8Array)) putAside(stores, key, row);
			else if (isEmpty(row)) deleteRow(stores, key);
			else if (isIntact(row, entries.get(sumKey(key)))) intact.push([key, row]);
			else putAside(stores, key, row);
		});
		done(intact);
	});
}

export function deleteRow({ updates, custom }: DocumentStores, key: IDBValidKey): void {
	updates.delete(key);
	custom.delete(sumKey(key));
}

export function forgetAside({ custom }: DocumentStores): void {
	readCustom(custom, (entries) => {
		for (const key of entries.keys()) if (key.startsWith(asidePrefix)) custom.delete(key);
	});
}

function putAside(stores: DocumentStores, key: IDBValidKey, row: unknown): void {
	stores.custom.put(row, asidePrefix + String(key));
	stores.custom.put(true, 'damaged');
	deleteRow(stores, key);
}

function readCustom(custom: IDBObjectStore, done: (entries: Map<string, unknown>) => void): void {
	const keys = custom.getAllKeys();
	const values = custom.getAll();
	values.onsuccess = () => done(new Map(keys.result.map((key, at) => [String(key), values.result[at] as unknown])));
}

function isIntact(row: Uint8Array, sum: unknown): boolean {
	if (sum !== undefined) return sum === checksum(row);
	const scratch = new Y.Doc();
	try {
		Y.applyUpdate(scratch, row);
		return true;
	} catch {
		return false;
	} finally {
		scratch.destroy();
	}
}

/** An update without anything written or deleted. */
function isEmpty(row: Uint8Array): boolean {
	return row.length === 2 && row[0] === 0 && row[1] === 0;
}

function sumKey(key: IDBValidKey): string {
	return `sum:${String(key)}`;
}

/** FNV-1a, 32 bits: enough to tell a row the disk damaged from one it did not. */
function checksum(bytes: Uint8Array): number {
	let sum = 0x811c9dc5;
	for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
	return sum >>> 0;
}
