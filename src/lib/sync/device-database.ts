/**
 * The one IndexedDB database that holds what one person has on this device. Nothing here rejects or throws: every way in
 * which a browser refuses to keep data ends in `keeping`, and a transaction answers only after its commit, so that
 * nothing is called kept that could still be rolled back.
 *
 * Not y-indexeddb: its failures end in promises that nobody can catch, so they can be neither reported nor waited for
 * (docs/decisions).
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';

/** One update of one document. `sum` tells a row that the disk changed from one that is as it was written. */
export type UpdateRow = { name: DocumentName; update: Uint8Array; sum: number };

/** What is known of a document: the listed version that is surely contained in the rows, and that the relay ever sent it. */
export type DocumentRow = { name: DocumentName; version: string | null; everSynced: boolean };

/** Changes made in one tab that the relay has not confirmed, and how many that tab ever made. */
export type WaitingRow = { name: DocumentName; tab: string; count: number; changes: number };

export type DatabaseFailure = 'denied' | 'full' | 'closed' | 'timeout';
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: DatabaseFailure };

const stores = ['updates', 'documents', 'waiting', 'damaged'] as const;
export type Stores = Record<(typeof stores)[number], IDBObjectStore>;

export type DeviceDatabaseOptions = {
	name: string;
	/** Asked at opening: reading `indexedDB` itself may throw. */
	factory: () => IDBFactory | undefined;
	/** Milliseconds until an opening that does not answer counts as failed. */
	openLimit: number;
};

/** The database that holds everything of one person on this device. */
export function databaseNameOf(personId: string, storagePrefix = 'mitschrift'): string {
	return `${storagePrefix}/${personId}`;
}

type Connection = { db: IDBDatabase } | { failure: DatabaseFailure };

export class DeviceDatabase {
	readonly #options: DeviceDatabaseOptions;
	readonly #listeners = new Set<(event: 'failed' | 'reopened') => void>();
	#opening: Promise<Connection>;
	#connection: Connection | null = null;
	#reopened = false;
	#closed = false;

	constructor(options: DeviceDatabaseOptions) {
		this.#options = options;
		this.#opening = this.#open();
	}

	/** Null while the database can be used or is still being opened. */
	get failure(): DatabaseFailure | null {
		return this.#connection && 'failure' in this.#connection ? this.#connection.failure : null;
	}

	/** `reopened`: the system had closed the database and may have emptied it; whoever wrote into it writes again. */
	onEvent(listener: (event: 'failed' | 'reopened') => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/**
	 * Runs `work` in one transaction over all stores and settles after the commit. Transactions that write are committed
	 * in the order of their calls.
	 * @param work places requests; `done` sets the value to answer with
	 */
	async run<T>(
		mode: IDBTransactionMode,
		work: (stores: Stores, done: (value: T) => void) => void,
	): Promise<Outcome<T | undefined>> {
		const connection = this.#connection ?? (await this.#opening);
		if ('failure' in connection) return { ok: false, failure: connection.failure };
		const outcome = await transact(connection.db, mode, work);
		if (outcome.ok || outcome.failure !== 'closed') return outcome;
		this.#lost(connection);
		const again = await this.#opening;
		return 'failure' in again ? { ok: false, failure: again.failure } : await transact(again.db, mode, work);
	}

	async close(): Promise<void> {
		this.#closed = true;
		const connection = await this.#opening;
		if ('db' in connection) connection.db.close();
		this.#listeners.clear();
	}

	#open(): Promise<Connection> {
		return new Promise((resolve) => {
			const settle = (connection: Connection) => {
				const late = this.#connection !== null && 'failure' in this.#connection && 'db' in connection;
				this.#connection = connection;
				resolve(connection);
				if ('failure' in connection) this.#emit('failed');
				// The limit had passed and the database came after all: use it from now on.
				if (late) {
					this.#opening = Promise.resolve(connection);
					this.#emit('reopened');
				}
			};
			const limit = setTimeout(() => settle({ failure: 'timeout' }), this.#options.openLimit);
			const fail = (error: unknown) => {
				clearTimeout(limit);
				settle({ failure: this.#reopened ? 'closed' : failureOf(error, 'denied') });
			};
			try {
				const factory = this.#options.factory();
				if (!factory) return fail(null);
				const request = factory.open(this.#options.name, 1);
				request.onupgradeneeded = () => createStores(request.result);
				request.onerror = (event) => {
					event.preventDefault();
					fail(request.error);
				};
				request.onsuccess = () => {
					clearTimeout(limit);
					this.#watch(request.result);
					settle({ db: request.result });
				};
			} catch (error) {
				fail(error);
			}
		});
	}

	#watch(db: IDBDatabase): void {
		const connection = () =>
			this.#connection && 'db' in this.#connection && this.#connection.db === db ? this.#connection : null;
		db.onclose = () => {
			const current = connection();
			if (current) this.#lost(current);
		};
		// Another tab deletes the database (signing out): let it, and never write into a new one.
		db.onversionchange = () => {
			db.close();
			this.#reopened = true;
			const current = connection();
			if (current) this.#lost(current);
		};
	}

	/** The system closed the connection: open it once more, and say so when that does not hold. */
	#lost(connection: Connection): void {
		if (this.#connection !== connection || this.#closed) return;
		if (this.#reopened) {
			this.#connection = { failure: 'closed' };
			this.#opening = Promise.resolve(this.#connection);
			this.#emit('failed');
			return;
		}
		this.#reopened = true;
		this.#connection = null;
		this.#opening = this.#open();
		void this.#opening.then((next) => 'db' in next && this.#emit('reopened'));
	}

	#emit(event: 'failed' | 'reopened'): void {
		for (const listener of [...this.#listeners]) listener(event);
	}
}

function createStores(db: IDBDatabase): void {
	db.createObjectStore('updates', { autoIncrement: true }).createIndex('name', 'name');
	db.createObjectStore('documents', { keyPath: 'name' });
	db.createObjectStore('waiting', { keyPath: ['name', 'tab'] }).createIndex('name', 'name');
	db.createObjectStore('damaged', { autoIncrement: true }).createIndex('name', 'name');
}

function transact<T>(
	db: IDBDatabase,
	mode: IDBTransactionMode,
	work: (stores: Stores, done: (value: T) => void) => void,
): Promise<Outcome<T | undefined>> {
	return new Promise((resolve) => {
		let value: T | undefined;
		let failed: unknown = null;
		let transaction: IDBTransaction | null = null;
		try {
			transaction = db.transaction(stores, mode);
			transaction.oncomplete = () => resolve({ ok: true, value });
			transaction.onabort = () => resolve({ ok: false, failure: failureOf(transaction?.error ?? failed, 'closed') });
			transaction.onerror = (event) => {
				failed ??= (event.target as IDBRequest).error;
			};
			work(
				{
					updates: transaction.objectStore('updates'),
					documents: transaction.objectStore('documents'),
					waiting: transaction.objectStore('waiting'),
					damaged: transaction.objectStore('damaged'),
				},
				(next) => (value = next),
			);
		} catch (error) {
			resolve({ ok: false, failure: failureOf(error, 'closed') });
			abort(transaction);
		}
	});
}

function abort(transaction: IDBTransaction | null): void {
	try {
		transaction?.abort();
	} catch {
		// It was over already.
	}
}

function failureOf(error: unknown, otherwise: DatabaseFailure): DatabaseFailure {
	const name = error instanceof Error || error instanceof DOMException ? error.name : null;
	if (name === 'QuotaExceededError') return 'full';
	if (name === 'SecurityError') return 'denied';
	return otherwise;
}
