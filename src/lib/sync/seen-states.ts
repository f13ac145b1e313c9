/**
 * What this device showed of a document when its person last looked, in a small database of its own under the person's
 * prefix: it goes with everything else when the device is to forget them. A device that keeps nothing has no last visit.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { databasePrefixOf, DeviceDatabase, openPlain } from './device-database.ts';

export type SeenRow = {
	name: DocumentName;
	/** When the visit before this one ended, and the document's state then; null on a first visit. */
	before: { state: Uint8Array; at: number } | null;
	/** As it was when it was last looked at. */
	last: { state: Uint8Array; at: number };
};

export class SeenStates {
	readonly #database: DeviceDatabase<'seen'>;

	constructor(personId: string, factory: () => IDBFactory | undefined = () => indexedDB, openLimit = 3000) {
		this.#database = new DeviceDatabase({
			stores: ['seen'],
			connect: () =>
				openPlain(factory, `${databasePrefixOf(personId)}seen`, (db) =>
					db.createObjectStore('seen', { keyPath: 'name' }),
				),
			openLimit,
		});
	}

	async read(name: DocumentName): Promise<SeenRow | null> {
		const outcome = await this.#database.run<SeenRow>('readonly', ({ seen }, done) => {
			const row = seen.get(name);
			row.onsuccess = () => done(row.result as SeenRow);
		});
		return outcome.ok ? (outcome.value ?? null) : null;
	}

	async write(row: SeenRow): Promise<void> {
		await this.#database.run('readwrite', ({ seen }) => {
			seen.put(row);
		});
	}

	close(): Promise<void> {
		return this.#database.close();
	}
}
