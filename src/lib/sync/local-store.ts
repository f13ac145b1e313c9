/**
 * What this device keeps of one document. The invariants: `kept` is said only while every change so far is written or
 * being written without a failure; a row is deleted only in the transaction that read it and after its content was put
 * into the document (so two tabs may compact at once); a row that the disk changed is neither applied nor deleted, it
 * is put aside once the relay has sent the document again.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import * as Y from 'yjs';
import type { LocalKeeping } from './contract.ts';
import type { DeviceDatabase, DocumentRow, Stores, UpdateRow, WaitingRow } from './device-database.ts';

/** Rows of one document before they are rewritten as one. */
const compactAt = 300;

export type LocalStoreOptions = {
	database: DeviceDatabase;
	name: DocumentName;
	doc: Y.Doc;
	/** Of this tab's life: counts of waiting changes are kept per tab. */
	tab: string;
	/** Milliseconds until the document is shown without what the device may hold. */
	loadLimit: number;
	onChange: () => void;
};

type Loaded = { rows: UpdateRow[]; keys: IDBValidKey[]; known: DocumentRow | undefined; waiting: WaitingRow[] };

export class LocalStore {
	readonly whenLoaded: Promise<void>;
	keeping: LocalKeeping = 'opening';
	loaded = false;
	everSynced = false;
	/** The listed version that the rows surely contain. */
	version: string | null = null;
	/** Changes of earlier sessions and of other tabs that the relay had not confirmed when this store was opened. */
	inherited = 0;

	readonly #options: LocalStoreOptions;
	readonly #unsubscribe: () => void;
	#inheritedRows: WaitingRow[] = [];
	#damaged: IDBValidKey[] = [];
	/** What the rows hold may lack something of the document: the next write is the whole document. */
	#lacking = false;
	#read = false;
	#rowCount = 0;
	#waiting: { count: number; changes: number } = { count: 0, changes: 0 };

	constructor(options: LocalStoreOptions) {
		this.#options = options;
		this.#unsubscribe = options.database.onEvent((event) => this.#databaseChanged(event));
		this.whenLoaded = new Promise((resolve) => {
			const limit = setTimeout(() => this.#finishLoading('timeout', resolve), options.loadLimit);
			void this.#load().then((keeping) => {
				clearTimeout(limit);
				this.#finishLoading(keeping, resolve);
			});
		});
	}

	/** The origin of what this store puts into the document. */
	isOrigin(origin: unknown): boolean {
		return origin === this;
	}

	/** Writes one change, with the count of waiting changes in the same transaction. */
	write(update: Uint8Array, waiting: { count: number; changes: number }): void {
		this.#waiting = waiting;
		if (!this.#read) {
			this.#lacking = true;
			return;
		}
		void this.#put(update);
	}

	/** Notes how many changes wait, without a new one. */
	noteWaiting(waiting: { count: number; changes: number }): void {
		this.#waiting = waiting;
		if (this.#read) void this.#run((stores) => this.#putWaiting(stores));
	}

	/** The relay's content is in the document. */
	noteSynced(): void {
		if (this.everSynced && this.#damaged.length === 0) return;
		this.everSynced = true;
		if (this.#read) void this.#putKnown();
	}

	/** Everything that stood here at loading is on the relay's disk. */
	confirmInherited(): void {
		if (this.inherited === 0) return;
		const rows = this.#inheritedRows;
		this.inherited = 0;
		this.#inheritedRows = [];
		void this.#run(({ waiting }) => {
			for (const row of rows) {
				const request = waiting.get([row.name, row.tab]);
				request.onsuccess = () => {
					const now = request.result as WaitingRow | undefined;
					// The other tab may have changed more since: then it confirms that itself.
					if (now && now.changes === row.changes) waiting.delete([row.name, row.tab]);
				};
			}
		});
		this.#options.onChange();
	}

	/** Notes that the rows hold the document as it was listed under `version`. */
	async noteVersion(version: string): Promise<void> {
		this.version = version;
		await this.#putKnown();
	}

	/** Settles when everything written so far is committed; false when it is not on this device. */
	async flush(): Promise<boolean> {
		await this.whenLoaded;
		if (!this.#read) return false;
		return this.#lacking ? await this.#put(null) : await this.#run(() => {});
	}

	close(): void {
		this.#unsubscribe();
	}

	async #load(): Promise<LocalKeeping> {
		const { database, name } = this.#options;
		const outcome = await database.run<Loaded>('readonly', (stores, done) => {
			const rows = stores.updates.index('name').getAll(name);
			const keys = stores.updates.index('name').getAllKeys(name);
			const known = stores.documents.get(name);
			const waiting = stores.waiting.index('name').getAll(name);
			waiting.onsuccess = () =>
				done({
					rows: rows.result as UpdateRow[],
					keys: keys.result,
					known: known.result as DocumentRow | undefined,
					waiting: waiting.result as WaitingRow[],
				});
		});
		if (!outcome.ok) return outcome.failure;
		this.#read = true;
		return outcome.value ? this.#take(outcome.value) : 'kept';
	}

	#take({ rows, keys, known, waiting }: Loaded): LocalKeeping {
		this.#damaged = applyRows(this.#options.doc, rows, keys, this);
		this.#rowCount = rows.length;
		const hurt = this.#damaged.length > 0;
		this.everSynced ||= known?.everSynced === true;
		this.version = hurt ? null : (known?.version ?? null);
		this.#inheritedRows = waiting.filter((row) => row.tab !== this.#options.tab);
		this.inherited = this.#inheritedRows.reduce((sum, row) => sum + row.count, 0);
		return hurt ? 'corrupt' : 'kept';
	}

	#finishLoading(keeping: LocalKeeping, resolve: () => void): void {
		this.keeping = keeping;
		this.loaded = true;
		resolve();
		this.#options.onChange();
		if (!this.#read) return;
		if (this.#lacking) void this.#put(null);
		if (this.#rowCount >= compactAt) void this.#compact();
	}

	/** @param update null for the whole document */
	async #put(update: Uint8Array | null): Promise<boolean> {
		const whole = this.#lacking || update === null;
		this.#lacking = false;
		const content = whole ? Y.encodeStateAsUpdate(this.#options.doc) : update;
		const written = await this.#run((stores) => {
			stores.updates.add({ name: this.#options.name, update: content, sum: checksum(content) } satisfies UpdateRow);
			this.#putWaiting(stores);
		});
		if (written && ++this.#rowCount >= compactAt) void this.#compact();
		return written;
	}

	#putWaiting({ waiting }: Stores): void {
		const { name, tab } = this.#options;
		if (this.#waiting.count === 0) waiting.delete([name, tab]);
		else waiting.put({ name, tab, ...this.#waiting } satisfies WaitingRow);
	}

	#putKnown(): Promise<boolean> {
		const damaged = this.#damaged;
		this.#damaged = [];
		return this.#run((stores) => {
			const { name } = this.#options;
			stores.documents.put({ name, version: this.version, everSynced: this.everSynced } satisfies DocumentRow);
			if (damaged.length === 0) return;
			const whole = Y.encodeStateAsUpdate(this.#options.doc);
			stores.updates.add({ name, update: whole, sum: checksum(whole) } satisfies UpdateRow);
			for (const key of damaged) putAside(stores, key);
		});
	}

	/** Reads all rows, takes in what another tab wrote, and leaves one row in their place: one transaction. */
	async #compact(): Promise<void> {
		this.#rowCount = 0;
		const { doc, name } = this.#options;
		await this.#run(({ updates }) => {
			const rows = updates.index('name').getAll(name);
			const keys = updates.index('name').getAllKeys(name);
			keys.onsuccess = () => {
				const damaged = new Set(applyRows(doc, rows.result as UpdateRow[], keys.result, this));
				const whole = Y.encodeStateAsUpdate(doc);
				updates.add({ name, update: whole, sum: checksum(whole) } satisfies UpdateRow);
				for (const key of keys.result) if (!damaged.has(key)) updates.delete(key);
				this.#rowCount = 1 + damaged.size;
			};
		});
	}

	async #run(work: (stores: Stores) => void): Promise<boolean> {
		const outcome = await this.#options.database.run('readwrite', work);
		if (!outcome.ok) {
			this.#lacking = true;
			this.#say(outcome.failure);
		} else if (!this.#lacking && this.keeping !== 'corrupt') this.#say('kept');
		return outcome.ok;
	}

	#databaseChanged(event: 'failed' | 'reopened'): void {
		if (!this.loaded) return;
		this.#lacking = true;
		if (event === 'failed') this.#say(this.#options.database.failure ?? 'closed');
		else if (this.#read) void this.#put(null);
		else
			void this.#load().then((keeping) => {
				this.#say(keeping);
				if (!this.#read) return;
				void this.#put(null);
				if (this.everSynced) void this.#putKnown();
			});
	}

	#say(keeping: LocalKeeping): void {
		if (this.keeping === keeping) return;
		this.keeping = keeping;
		this.#options.onChange();
	}
}

/** @returns the keys of rows that are not as they were written; those are not applied */
function applyRows(
	doc: Y.Doc,
	rows: readonly UpdateRow[],
	keys: readonly IDBValidKey[],
	origin: unknown,
): IDBValidKey[] {
	const damaged: IDBValidKey[] = [];
	try {
		doc.transact(() => {
			rows.forEach((row, index) => {
				const key = keys[index];
				if (!applyRow(doc, row, origin) && key !== undefined) damaged.push(key);
			});
		}, origin);
	} catch (error) {
		// What observers throw reaches us after the rows were applied; it must not look like a disk that fails.
		console.error(error);
	}
	return damaged;
}

function applyRow(doc: Y.Doc, { update, sum }: Partial<UpdateRow>, origin: unknown): boolean {
	if (!(update instanceof Uint8Array) || checksum(update) !== sum) return false;
	try {
		Y.applyUpdate(doc, update, origin);
		return true;
	} catch {
		return false;
	}
}

function putAside({ updates, damaged }: Stores, key: IDBValidKey): void {
	const request = updates.get(key);
	request.onsuccess = () => {
		if (request.result === undefined) return;
		damaged.add(request.result);
		updates.delete(key);
	};
}

/** FNV-1a, 32 bits: enough to tell a row the disk damaged from one it did not. */
export function checksum(bytes: Uint8Array): number {
	let sum = 0x811c9dc5;
	for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
	return sum >>> 0;
}
