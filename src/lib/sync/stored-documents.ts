/**
 * What this device holds of one person while nobody has it open: which documents, in which of them work waits that the
 * relay has not confirmed, and their content. Total: a database that cannot be read holds nothing that could be told.
 */
import { parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import * as Y from 'yjs';
import { DeviceIndex } from './device-index.ts';
import { databasePrefixOf, openPlain, transact } from './device-database.ts';
import { documentStores, readNotes, vetRows, type Notes } from './document-rows.ts';
import { forgetLastWordsOf, readLastWords } from './last-words.ts';

const patience = 5000;

export type StoredDocument = { name: DocumentName; waits: boolean };

export async function listStored(personId: string, factory: IDBFactory = indexedDB): Promise<StoredDocument[]> {
	const prefix = databasePrefixOf(personId);
	const databases = await factory.databases();
	const names = databases.flatMap(({ name }) => {
		const parsed = name?.startsWith(prefix) ? parseDocumentName(name.slice(prefix.length)) : null;
		return parsed ? [parsed.name] : [];
	});
	return Promise.all(names.map(async (name) => ({ name, waits: await waits(prefix + name, factory) })));
}

/** How many changes wait here that the relay has not confirmed, whichever page made them. */
export async function countStored(personId: string, factory: IDBFactory = indexedDB): Promise<number> {
	const documents = await listStored(personId, factory);
	const counts = documents.map(async ({ name, waits: some }) => {
		if (!some) return 0;
		const database = databasePrefixOf(personId) + name;
		const { waiting } = (await use<Notes>(database, factory, readNotes, 'readonly')) ?? {};
		// What a page left behind in its last moment was not counted by anybody.
		return [...(waiting?.values() ?? [])].reduce((sum, { count }) => sum + count, readLastWords(database).length);
	});
	return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** The whole document as one update; null when nothing of it can be read. */
export async function readStored(
	personId: string,
	name: DocumentName,
	factory: IDBFactory = indexedDB,
): Promise<Uint8Array | null> {
	const database = databasePrefixOf(personId) + name;
	const rows = await use<[IDBValidKey, Uint8Array][]>(database, factory, (stores, done) => vetRows(stores, done));
	const doc = new Y.Doc();
	for (const update of [...(rows ?? []).map(([, row]) => row), ...readLastWords(database)]) apply(doc, update);
	const state = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return rows === null && state.length <= 2 ? null : state;
}

/**
 * Deletes these documents, also when another page lets go of them only then.
 * @returns whether they are gone
 */
export async function dropStored(
	personId: string,
	names: readonly DocumentName[],
	factory: IDBFactory = indexedDB,
): Promise<boolean> {
	const prefix = databasePrefixOf(personId);
	for (const name of names) forgetLastWordsOf(prefix + name);
	// What was seen at the last visits goes as a whole: it holds states of the same documents.
	return dropDatabases(
		[...names, 'seen'].map((name) => prefix + name),
		factory,
	);
}

/** Takes documents off the device's list, those too that it only knew of: a name says that there is such a one. */
export async function unlist(
	personId: string,
	goes: (name: DocumentName) => boolean,
	factory: IDBFactory = indexedDB,
): Promise<void> {
	const index = new DeviceIndex(() => factory, databasePrefixOf(personId), patience);
	const listed = (await index.read())?.keys() ?? [];
	await index.forget([...listed].filter(goes));
	await index.close();
}

export async function dropDatabases(names: readonly string[], factory: IDBFactory): Promise<boolean> {
	await Promise.all(names.map((name) => drop(name, factory)));
	const left = new Set((await factory.databases()).map(({ name }) => name));
	return !names.some((name) => left.has(name));
}

function drop(name: string, factory: IDBFactory): Promise<void> {
	return new Promise((resolve) => {
		const request = factory.deleteDatabase(name);
		// Blocked is not refused: whoever has it open hears of it and lets go.
		request.onsuccess = request.onerror = () => resolve();
		setTimeout(resolve, patience);
	});
}

/** Whether work waits in it, or it cannot be told. */
export async function mayWait(personId: string, name: DocumentName, factory: IDBFactory): Promise<boolean> {
	const database = databasePrefixOf(personId) + name;
	const notes = await use<Notes>(database, factory, readNotes, 'readonly');
	return notes === null || holdsWaiting(notes) || readLastWords(database).length > 0;
}

async function waits(database: string, factory: IDBFactory): Promise<boolean> {
	const notes = await use<Notes>(database, factory, readNotes);
	return (notes !== null && holdsWaiting(notes)) || readLastWords(database).length > 0;
}

function holdsWaiting({ waiting }: Notes): boolean {
	return [...waiting.values()].some(({ count }) => count > 0);
}

async function use<T>(
	database: string,
	factory: IDBFactory,
	work: (stores: Parameters<typeof vetRows>[0], done: (value: T) => void) => void,
	mode: IDBTransactionMode = 'readwrite',
): Promise<T | null> {
	try {
		const db = await openPlain(
			() => factory,
			database,
			() => {},
		);
		const outcome = await transact<T, (typeof documentStores)[number]>(db, documentStores, mode, work);
		db.close();
		return outcome.ok ? (outcome.value ?? null) : null;
	} catch {
		return null;
	}
}

function apply(doc: Y.Doc, update: Uint8Array): void {
	try {
		Y.applyUpdate(doc, update);
	} catch {
		// A damaged row: the others tell what they hold.
	}
}
