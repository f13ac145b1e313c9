/**
 * Deletes what this device holds of one person's documents. Settles also when another tab still holds the database open:
 * that tab lets go when it hears of the deletion, and never writes into a new one.
 */
import { databaseNameOf } from './device-database.ts';

export function forgetDocuments(personId: string, factory: IDBFactory = indexedDB): Promise<void> {
	return new Promise((resolve) => {
		const request = factory.deleteDatabase(databaseNameOf(personId));
		request.onsuccess = request.onerror = request.onblocked = () => resolve();
	});
}
