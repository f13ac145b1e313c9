/**
 * Texts that outlast the documents they were made from, one for each person: a database of its own, beside everyone's.
 * What a browser denies is not kept, and reading it answers nothing.
 */
import { openPlain, transact } from './device-database.ts';

export const shelfName = 'mitschrift-unsent';
const stores = ['shelf'] as const;

export type ShelfEntry = Readonly<Record<string, string>>;

export class Shelf {
	readonly #factory: () => IDBFactory | undefined;

	constructor(factory: () => IDBFactory | undefined = () => globalThis.indexedDB) {
		this.#factory = factory;
	}

	/**
	 * Tabs that put something aside at the same time each see what the other did.
	 * @param make of what lies there now
	 * @returns what it made; it is on the device when it is read again
	 */
	async change<T extends ShelfEntry>(personId: string, make: (before: ShelfEntry | undefined) => T): Promise<T> {
		let made: T | null = null;
		await this.#run('readwrite', ({ shelf }) => {
			const before = shelf.get(personId);
			before.onsuccess = () => shelf.put((made = make(before.result as ShelfEntry | undefined)), personId);
		});
		return made ?? make(undefined);
	}

	/** All of them, by person. */
	async read(): Promise<ReadonlyMap<string, ShelfEntry>> {
		const all = await this.#run('readonly', ({ shelf }, done: (value: Map<string, ShelfEntry>) => void) => {
			const keys = shelf.getAllKeys();
			const entries = shelf.getAll();
			entries.onsuccess = () =>
				done(new Map(keys.result.map((key, at) => [String(key), entries.result[at] as ShelfEntry])));
		});
		// Looking alone has made the database.
		if (all?.size === 0) await this.#drop();
		return all ?? new Map();
	}

	/** With the last one the database goes. */
	async remove(personId: string): Promise<void> {
		const left = await this.#run('readwrite', ({ shelf }, done: (left: number) => void) => {
			shelf.delete(personId);
			const count = shelf.count();
			count.onsuccess = () => done(count.result);
		});
		if (left === 0) await this.#drop();
	}

	#drop(): Promise<void> {
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
