/**
 * What this device showed of a document when its person last looked, in a small database of its own under the person's
 * prefix: it goes with everything else when the device is to forget them. A device that keeps nothing has no last visit.
 * Erasing at the server ends every visit: a row says which erasure it comes after, and an older one is not kept.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { DeviceDatabase, openPlain } from './device-database.ts';
import { withoutDeleted } from './without-deleted.ts';

export type SeenRow = {
	name: DocumentName;
	/** When the visit before this one ended, and the document's state then; null on a first visit. */
	before: { state: Uint8Array; at: number } | null;
	/** As it was when it was last looked at; null when that was erased. */
	last: { state: Uint8Array; at: number } | null;
	/** Which erasure it comes after. */
	erased?: string | null;
};

/** @param prefix of all databases of a person, see `databasePrefixOf` */
export type SeenPlace = { prefix: string; factory?: () => IDBFactory | undefined };

export class SeenStates {
	readonly #database: DeviceDatabase<'seen'>;

	constructor({ prefix, factory = () => indexedDB }: SeenPlace, openLimit = 3000) {
		this.#database = new DeviceDatabase({
			stores: ['seen'],
			connect: () => openPlain(factory, `${prefix}seen`, (db) => db.createObjectStore('seen', { keyPath: 'name' })),
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

	/** @param row what its state says of an earlier visit goes when that was erased meanwhile */
	async write({ name, before, last, erased = null }: SeenRow): Promise<void> {
		const state = last && withoutDeleted([last.state]);
		await this.#database.run('readwrite', ({ seen }) => {
			const found = seen.get(name);
			found.onsuccess = () => {
				const known = (found.result as SeenRow | undefined)?.erased ?? null;
				const kept = known === erased ? before : null;
				seen.put({ name, before: kept, last: last && state && { state, at: last.at }, erased: known });
			};
		});
	}

	/** Nothing of earlier states stays. @returns whether that is so */
	async forget(name: DocumentName, erased: string): Promise<boolean> {
		const outcome = await this.#database.run('readwrite', ({ seen }) => {
			seen.put({ name, before: null, last: null, erased } satisfies SeenRow);
		});
		return outcome.ok;
	}

	close(): Promise<void> {
		return this.#database.close();
	}
}

export async function forgetSeen(place: SeenPlace, name: DocumentName, erased: string): Promise<boolean> {
	const states = new SeenStates(place);
	try {
		return await states.forget(name, erased);
	} finally {
		await states.close();
	}
}
