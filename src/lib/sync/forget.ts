/**
 * Empties this device. `forgetDocuments`: of what it holds of one person; `forgetOthers`: of all but one. `emptyDevice`: of everything that Mitschrift
 * keeps here, except what it needs to say so: the app's own files, and the choices of language and appearance.
 */
import { databasePrefix, databasePrefixOf } from './device-database.ts';
import { forgetLastWords } from './last-words.ts';
import { dropDatabases, listStored, mayWait } from './stored-documents.ts';

/** @returns whether nothing of theirs is left */
export async function forgetDocuments(personId: string, factory: IDBFactory = indexedDB): Promise<boolean> {
	const prefix = databasePrefixOf(personId);
	forgetLastWords(prefix);
	const databases = await factory.databases();
	return dropDatabases(
		databases.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : [])),
		factory,
	);
}

/**
 * Of everybody but one person. Who was here before them has gone, and what they had not sent lies aside; but a page of
 * theirs that was fetching a document in that moment may have stored it since. Where work waits that could not be put
 * aside, it stays for its author.
 */
export async function forgetOthers(personId: string, factory: IDBFactory = indexedDB): Promise<void> {
	const databases = await factory.databases();
	const people = databases.flatMap(({ name }) =>
		name?.startsWith(databasePrefix) ? [name.slice(databasePrefix.length).split('/', 1)[0] ?? ''] : [],
	);
	for (const other of new Set(people)) {
		if (other === personId) continue;
		const documents = await listStored(other, factory);
		const waiting = await Promise.all(documents.map(({ name }) => mayWait(other, name, factory)));
		if (waiting.includes(true)) continue;
		await forgetDocuments(other, factory);
	}
}

export type DeviceParts = {
	indexedDB: IDBFactory;
	/** Undefined where the browser has none. */
	caches: CacheStorage | undefined;
	localStorage: Storage | undefined;
	sessionStorage: Storage | undefined;
	serviceWorker: ServiceWorkerContainer | undefined;
};

/** Which of our keys in `localStorage` say nothing about anybody. */
const harmless = new Set(['mitschrift.theme', 'PARAGLIDE_LOCALE']);

/**
 * @param spare names of databases and keys that stay
 * @returns whether all of it is gone
 */
export async function emptyDevice(parts: DeviceParts, spare: ReadonlySet<string>): Promise<boolean> {
	const databases = await parts.indexedDB.databases();
	const ours = databases.flatMap(({ name }) => (name?.startsWith('mitschrift') && !spare.has(name) ? [name] : []));
	const [gone] = await Promise.all([
		dropDatabases(ours, parts.indexedDB),
		emptyCaches(parts.caches),
		endPush(parts.serviceWorker),
	]);
	for (const key of Object.keys(parts.localStorage ?? {}))
		if (!harmless.has(key) && !spare.has(key)) parts.localStorage?.removeItem(key);
	parts.sessionStorage?.clear();
	return gone;
}

/** The app's own files stay: they say what has happened, and hold nothing of anybody. */
async function emptyCaches(caches: CacheStorage | undefined): Promise<void> {
	const names = (await caches?.keys().catch(() => [])) ?? [];
	const held = names.filter((name) => !name.includes('-precache-'));
	await Promise.all(held.map((name) => caches?.delete(name)));
}

async function endPush(serviceWorker: ServiceWorkerContainer | undefined): Promise<void> {
	try {
		const registration = await serviceWorker?.getRegistration();
		const subscription = await registration?.pushManager?.getSubscription();
		await subscription?.unsubscribe();
	} catch {
		// Without a subscription there is nothing to end.
	}
}
