/**
 * Deletes what this device holds of one person's documents. Settles also when another tab still holds a database open:
 * that tab lets go when it hears of the deletion, and never writes into a new one.
 */
import { databasePrefixOf } from './device-database.ts';
import { forgetLastWords } from './last-words.ts';

export async function forgetDocuments(personId: string, factory: IDBFactory = indexedDB): Promise<void> {
	const prefix = databasePrefixOf(personId);
	forgetLastWords(prefix);
	const databases = await factory.databases();
	const names = databases.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
	await Promise.all(names.map((name) => remove(factory, name)));
}

function remove(factory: IDBFactory, name: string): Promise<void> {
	return new Promise((resolve) => {
		const request = factory.deleteDatabase(name);
		request.onsuccess = request.onerror = request.onblocked = () => resolve();
	});
}
