/**
 * One IndexedDB database, used so that nothing rejects or throws: every way in which a browser refuses to keep data is an
 * outcome, and a transaction answers only after its commit, so that nothing is called kept that could still be rolled
 * back. A database that the system closes is opened once more; the second time it is said.
 */
export type DatabaseFailure = 'denied' | 'full' | 'closed' | 'timeout';
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: DatabaseFailure };
export type Stores<Name extends string> = Record<Name, IDBObjectStore>;

export type DeviceDatabaseOptions<Name extends string> = {
	stores: readonly Name[];
	/** Opens it; may reject. Called again when the system closed it. */
	connect: () => Promise<IDBDatabase>;
	/** Milliseconds until an opening that does not answer counts as failed. */
	openLimit: number;
};

/** Databases of people's documents begin with it. */
export const databasePrefix = 'mitschrift/';

/** All databases of one person on this device begin with it. */
export function databasePrefixOf(personId: string, storagePrefix = 'mitschrift'): string {
	return `${storagePrefix}/${personId}/`;
}

/** @throws whatever the browser says; reading `indexedDB` itself may throw, so the factory is asked for here */
export function openPlain(
	factory: () => IDBFactory | undefined,
	name: string,
	create: (db: IDBDatabase) => void,
): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const available = factory();
		if (!available) throw new DOMException('no storage here', 'SecurityError');
		const request = available.open(name);
		request.onupgradeneeded = () => create(request.result);
		request.onsuccess = () => resolve(request.result);
		request.onerror = (event) => {
			event.preventDefault();
			reject(request.error ?? new DOMException('not opened', 'SecurityError'));
		};
	});
}

type Connection = { db: IDBDatabase } | { failure: DatabaseFailure };

export class DeviceDatabase<Name extends string> {
	readonly #options: DeviceDatabaseOptions<Name>;
	readonly #listeners = new Set<(event: 'failed' | 'reopened') => void>();
	#opening: Promise<Connection>;
	#connection: Connection | null = null;
	#reopened = false;
	#closed = false;

	constructor(options: DeviceDatabaseOptions<Name>) {
		this.#options = options;
		this.#opening = this.#open();
	}

	/** Null while the database can be used or is still being opened. */
	get failure(): DatabaseFailure | null {
		return this.#connection && 'failure' in this.#connection ? this.#connection.failure : null;
	}

	/** `reopened`: it was closed or late, and may have been emptied; whoever wrote into it writes again. */
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
		work: (stores: Stores<Name>, done: (value: T) => void) => void,
	): Promise<Outcome<T | undefined>> {
		const connection = this.#connection ?? (await this.#opening);
		if ('failure' in connection) return { ok: false, failure: connection.failure };
		const outcome = await transact(connection.db, this.#options.stores, mode, work);
		if (outcome.ok || outcome.failure !== 'closed') return outcome;
		this.#lost(connection);
		const again = await this.#opening;
		return 'failure' in again
			? { ok: false, failure: again.failure }
			: await transact(again.db, this.#options.stores, mode, work);
	}

	async close(): Promise<void> {
		this.#closed = true;
		this.#listeners.clear();
		const connection = await this.#opening;
		if ('db' in connection) connection.db.close();
	}

	#open(): Promise<Connection> {
		return new Promise((resolve) => {
			const settle = (connection: Connection) => {
				const late = this.#connection !== null && 'failure' in this.#connection;
				this.#connection = connection;
				resolve(connection);
				if ('failure' in connection) return this.#emit('failed');
				if (this.#closed) return connection.db.close();
				this.#watch(connection.db);
				if (!late) return;
				// The limit had passed and the database came after all: use it from now on.
				this.#opening = Promise.resolve(connection);
				this.#emit('reopened');
			};
			const limit = setTimeout(() => settle({ failure: 'timeout' }), this.#options.openLimit);
			Promise.resolve()
				.then(() => this.#options.connect())
				.then(
					(db) => (clearTimeout(limit), settle({ db })),
					(error: unknown) => {
						clearTimeout(limit);
						settle({ failure: this.#reopened ? 'closed' : failureOf(error, 'denied') });
					},
				);
		});
	}

	#watch(db: IDBDatabase): void {
		const lost = () => {
			const current = this.#connection;
			if (current && 'db' in current && current.db === db) this.#lost(current);
		};
		db.onclose = lost;
		// Another tab deletes the database (signing out): let it, and never write into a new one.
		db.onversionchange = () => {
			db.close();
			this.#reopened = true;
			lost();
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

export function transact<T, Name extends string>(
	db: IDBDatabase,
	names: readonly Name[],
	mode: IDBTransactionMode,
	work: (stores: Stores<Name>, done: (value: T) => void) => void,
): Promise<Outcome<T | undefined>> {
	return new Promise((resolve) => {
		let value: T | undefined;
		let failed: unknown = null;
		let transaction: IDBTransaction | null = null;
		try {
			const begun = (transaction = db.transaction(names, mode));
			begun.oncomplete = () => resolve({ ok: true, value });
			begun.onabort = () => resolve({ ok: false, failure: failureOf(begun.error ?? failed, 'closed') });
			begun.onerror = (event) => {
				failed ??= (event.target as IDBRequest).error;
			};
			const stores = Object.fromEntries(names.map((name) => [name, begun.objectStore(name)]));
			work(stores as Stores<Name>, (next) => (value = next));
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
