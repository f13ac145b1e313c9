/**
 * What this device showed of a document when its person last looked, in a small database of its own under the person's
 * prefix: it goes with everything else when the device is to forget them. A device that keeps nothing has no last visit.
 * Erasing at the server ends every visit: a row says which erasure it comes after, and an older one is not kept.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Beside } from '#lib/domain/beside.ts';
import { DeviceDatabase, openPlain } from './device-database.ts';
import { mergedShares, noShare, type OwnShare } from './own-share.ts';
import { withoutDeleted } from './without-deleted.ts';

/** A document as it was shown at one moment. `at`: milliseconds. `beside`: of what it showed from elsewhere, if that is known. */
export type Seen = { state: Uint8Array; at: number; beside?: Beside | undefined };

export type SeenRow = {
	name: DocumentName;
	/** When the visit before this one ended, and the document then; null on a first visit. */
	before: Seen | null;
	/** As it was when it was last looked at; null when that was erased. */
	last: Seen | null;
	/** What was written here since `before`. */
	own?: OwnShare;
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
	async write({ name, before, last, own = noShare, erased = null }: SeenRow): Promise<void> {
		const state = last && withoutDeleted([last.state]);
		await this.#database.run('readwrite', ({ seen }) => {
			const found = seen.get(name);
			found.onsuccess = () => {
				const row = found.result as SeenRow | undefined;
				const known = row?.erased ?? null;
				const kept = known === erased ? before : null;
				// Another tab writes in the same visit.
				const goesOn = row?.own && row.before?.at === before?.at;
				seen.put({
					name,
					before: kept,
					last: last && state && { ...last, state },
					own: goesOn ? mergedShares(row.own ?? noShare, own) : own,
					erased: known,
				} satisfies SeenRow);
			};
		});
	}

	/** Nothing of earlier states stays, nor what others showed of it. @returns whether that is so */
	async forget(name: DocumentName, erased: string): Promise<boolean> {
		const outcome = await this.#database.run('readwrite', ({ seen }) => {
			seen.put({ name, before: null, last: null, erased } satisfies SeenRow);
			const rows = seen.openCursor();
			rows.onsuccess = () => {
				const row = rows.result?.value as SeenRow | undefined;
				if (!row) return;
				if (row.before?.beside || row.last?.beside)
					rows.result?.update({ ...row, before: withoutBeside(row.before), last: withoutBeside(row.last) });
				rows.result?.continue();
			};
		});
		return outcome.ok;
	}

	close(): Promise<void> {
		return this.#database.close();
	}
}

function withoutBeside(seen: Seen | null): Seen | null {
	return seen && { state: seen.state, at: seen.at };
}

export async function forgetSeen(place: SeenPlace, name: DocumentName, erased: string): Promise<boolean> {
	const states = new SeenStates(place);
	try {
		return await states.forget(name, erased);
	} finally {
		await states.close();
	}
}
