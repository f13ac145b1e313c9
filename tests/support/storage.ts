/** A device's IndexedDB whose failures a test decides. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { databasePrefixOf } from '#lib/sync/device-database.ts';
import { createDocumentStores, type Known } from '#lib/sync/document-rows.ts';
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';

/** fake-indexeddb's own way to end a transaction with a named error; a browser does that when the disk is full. */
type Abortable = IDBTransaction & { _abort(name: string): void; _requests: unknown[] };

export class FaultyStorage extends IDBFactory {
	/** Every transaction that writes something is rolled back. */
	full = false;
	/** Opening does not answer until `answer` is called. */
	silent = false;
	readonly #opened: IDBDatabase[] = [];
	#held: (() => void)[] = [];

	override open(name: string, version?: number): IDBOpenDBRequest {
		const request = super.open(name, version);
		request.addEventListener('success', () => this.#watch(request.result));
		return this.silent ? this.#hold(request) : request;
	}

	/** Lets the openings answer that were held back. */
	answer(): void {
		this.silent = false;
		for (const release of this.#held.splice(0)) release();
	}

	/** As when the browser evicts an origin or its disk goes away. */
	closeAll(): void {
		for (const database of this.#opened.splice(0)) {
			forceCloseDatabase(database as unknown as Parameters<typeof forceCloseDatabase>[0]);
		}
	}

	#watch(database: IDBDatabase): void {
		this.#opened.push(database);
		const begin = database.transaction.bind(database);
		database.transaction = (...parameters) => {
			const transaction = begin(...parameters) as Abortable;
			if (this.full && transaction.mode === 'readwrite') {
				queueMicrotask(() => transaction._requests.length > 0 && transaction._abort('QuotaExceededError'));
			}
			return transaction;
		};
	}

	#hold(request: IDBOpenDBRequest): IDBOpenDBRequest {
		const held = { result: null, error: null } as unknown as IDBOpenDBRequest;
		const answered = new Promise<void>((resolve) => this.#held.push(resolve));
		request.onupgradeneeded = (event) => {
			Object.assign(held, { result: request.result });
			held.onupgradeneeded?.(event);
		};
		request.onsuccess = (event) => {
			Object.assign(held, { result: request.result });
			void answered.then(() => held.onsuccess?.(event));
		};
		return held;
	}
}

/** Storage that the browser does not let the page use. */
export function deniedStorage(how: 'throws' | 'rejects'): IDBFactory {
	const storage = new IDBFactory();
	storage.open = () => {
		const error = new DOMException('denied', 'SecurityError');
		if (how === 'throws') throw error;
		const request = { error } as unknown as IDBOpenDBRequest;
		queueMicrotask(() => request.onerror?.(new Event('error', { cancelable: true })));
		return request;
	};
	return storage;
}

/** Looks at, or changes, one document's database, past the code that is tested. */
export async function inspect(
	storage: IDBFactory,
	prefix: string,
	change?: (updates: IDBObjectStore) => void,
	name: DocumentName = 'minutes:m1',
): Promise<{ updates: Uint8Array[]; aside: string[]; known: Known | undefined }> {
	const request = storage.open(databasePrefixOf('mara', prefix) + name);
	request.onupgradeneeded = () => createDocumentStores(request.result);
	const database = await settled(request);
	const transaction = database.transaction(['updates', 'custom'], change ? 'readwrite' : 'readonly');
	change?.(transaction.objectStore('updates'));
	const updates = transaction.objectStore('updates').getAll();
	const notes = transaction.objectStore('custom').getAllKeys();
	const known = transaction.objectStore('custom').get('known') as IDBRequest<Known | undefined>;
	await new Promise((resolve) => (transaction.oncomplete = resolve));
	database.close();
	const aside = notes.result.map(String).filter((key) => key.startsWith('aside:'));
	return { updates: updates.result as Uint8Array[], aside, known: known.result };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('no answer'));
	});
}
