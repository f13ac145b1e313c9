/**
 * One text that outlasts the documents it was made from: a database of its own, beside everyone's. What a browser denies
 * is not kept, and reading it answers null.
 */
import { openPlain, transact } from './device-database.ts';

export const shelfName = 'mitschrift-unsent';
const stores = ['shelf'] as const;

export class Shelf {
	readonly #factory: () => IDBFactory | undefined;

	constructor(factory: () => IDBFactory | undefined = () => globalThis.indexedDB) {
		this.#factory = factory;
	}

	/** @returns whether it is on the device */
	put(entry: Readonly<Record<string, string>>): Promise<boolean> {
		return this.#run('readwrite', ({ shelf }, done) => {
			shelf.put(entry, 'entry');
			done(true);
		}).then((kept) => kept === true);
	}

	read(): Promise<Readonly<Record<string, string>> | null> {
		return this.#run('readonly', ({ shelf }, done: (value: Record<string, string> | null) => void) => {
			const request = shelf.get('entry');
			request.onsuccess = () => done((request.result as Record<string, string> | undefined) ?? null);
		});
	}

	clear(): Promise<void> {
		return new Promise((resolve) => {
			const request = this.#factory()?.deleteDatabase(shelfName);
			if (!request) return resolve();
			request.onsuccess = request.onerror = () => resolve();
		});
	}

	async #run<T>(
		mode: IDBTransactionMode,
		work: (opened: Record<'shelf', IDBObjectStore>, done: (value: T) => void) => void,
	): Promise<T | null> {
		try {
			const db = await openPlain(this.#factory, shelfName, (made) => made.createObjectStore('shelf'));
			const outcome = await transact<T, 'shelf'>(db, stores, mode, work);
			db.close();
			return outcome.ok ? (outcome.value ?? null) : null;
		} catch {
			return null;
		}
	}
}
