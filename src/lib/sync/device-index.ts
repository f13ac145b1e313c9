/**
 * Which documents this device has, in a small database of its own: so that a start knows, without opening each one, how
 * many changes wait, and the background fetch what is here. Copies for listing; the documents' own databases are right.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { DeviceDatabase, openPlain } from './device-database.ts';

export type IndexRow = {
	name: DocumentName;
	/** The listed version that is surely on this device. */
	version: string | null;
	everSynced: boolean;
	/** Changes that the relay has not confirmed. */
	waiting: number;
	/** Which erasure at the server this device has followed last. */
	erased?: string | null;
};

export class DeviceIndex {
	readonly #database: DeviceDatabase<'documents'>;
	/** Changes of rows that the next transaction writes. */
	readonly #pending = new Map<DocumentName, Partial<IndexRow>>();
	#writing: Promise<void> | null = null;

	constructor(factory: () => IDBFactory | undefined, prefix: string, openLimit: number) {
		this.#database = new DeviceDatabase({
			stores: ['documents'],
			connect: () =>
				openPlain(factory, `${prefix}index`, (db) => db.createObjectStore('documents', { keyPath: 'name' })),
			openLimit,
		});
	}

	/** Null when the device keeps nothing. */
	async read(): Promise<Map<DocumentName, IndexRow> | null> {
		const outcome = await this.#database.run<IndexRow[]>('readonly', ({ documents }, done) => {
			const rows = documents.getAll();
			rows.onsuccess = () => done(rows.result as IndexRow[]);
		});
		return outcome.ok ? new Map((outcome.value ?? []).map((row) => [row.name, row])) : null;
	}

	/** Notes a change of one row, making it where there is none. What comes while one is being written goes together. */
	note(name: DocumentName, change: Partial<Omit<IndexRow, 'name'>>): void {
		this.#pending.set(name, { ...this.#pending.get(name), ...change });
		this.#writing ??= this.#write().finally(() => (this.#writing = null));
	}

	/** Takes documents off the list. */
	async forget(names: readonly DocumentName[]): Promise<void> {
		await this.#database.run('readwrite', ({ documents }) => {
			for (const name of names) documents.delete(name);
		});
	}

	async close(): Promise<void> {
		await this.#writing;
		await this.#database.close();
	}

	async #write(): Promise<void> {
		while (this.#pending.size > 0) {
			const changes = [...this.#pending];
			this.#pending.clear();
			await this.#database.run('readwrite', ({ documents }) => {
				for (const [name, change] of changes) merge(documents, name, change);
			});
		}
	}
}

function merge(documents: IDBObjectStore, name: DocumentName, change: Partial<IndexRow>): void {
	const request = documents.get(name);
	request.onsuccess = () => {
		const before = request.result as IndexRow | undefined;
		documents.put({ version: null, everSynced: false, waiting: 0, ...before, ...change, name } satisfies IndexRow);
	};
}
