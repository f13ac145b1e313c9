/**
 * What this device keeps of one document: y-indexeddb, wrapped so that its failures show. The invariants: `kept` is said
 * only while every change so far is written or being written without a failure; a row is deleted only in the
 * transaction that read it and after its content was put into the document (so two tabs may compact at once); nothing of
 * y-indexeddb is begun that could end in a promise nobody can catch: rows are vetted before it loads them, and its
 * writing, which forgets its failures, is done here in the same way, with the count of waiting changes in the same
 * transaction.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import type { LocalKeeping } from './contract.ts';
import { DeviceDatabase, openPlain, transact, type DatabaseFailure } from './device-database.ts';
import type { DeviceIndex } from './device-index.ts';
import {
	addRow,
	confirmWaiting,
	createDocumentStores,
	deleteRow,
	documentStores,
	forgetAside,
	putKnown,
	putWaiting,
	readNotes,
	vetRows,
	type DocumentStores,
	type Notes,
	type Waiting,
} from './document-rows.ts';
import { GatheredWrites, othersWithin, ownWithin } from './gathered-writes.ts';
import { LastWords, readLastWords } from './last-words.ts';
import { withoutDeleted } from './without-deleted.ts';

/** Rows of one document before they are rewritten as one. */
const compactAt = 300;

/** A full device is tried again after so many milliseconds: there may be room, and nothing else may come to be written. */
const tryAgainAfter = 5000;

/** Milliseconds after a deletion until the rows are rewritten without what was deleted, if nothing is typed meanwhile. */
const eraseAfter = 3000;

/** Milliseconds without a change until the index is told how many wait. */
const indexAfter = 300;

/** What the documents of one person on this device share. */
export type DeviceStorage = {
	factory: () => IDBFactory | undefined;
	/** Opens y-indexeddb's store. It takes the browser's own IndexedDB; tests give each device another. */
	persist: (name: string, doc: Y.Doc) => IndexeddbPersistence;
	/** Of all database names. */
	prefix: string;
	index: DeviceIndex;
	/** Milliseconds until a store that does not answer counts as failed. */
	openLimit: number;
};

export type LocalStoreOptions = {
	storage: DeviceStorage;
	name: DocumentName;
	doc: Y.Doc;
	/** Counts of waiting changes are kept per opening. */
	tab: string;
	onChange: () => void;
};

export class LocalStore {
	/** Settles when what the device holds is in the document, or when that has failed. */
	readonly whenLoaded: Promise<void>;
	keeping: LocalKeeping = 'opening';
	loaded = false;
	everSynced = false;
	/** Changes of earlier sessions and of other tabs that the relay had not confirmed when this store was opened. */
	inherited = 0;

	readonly #options: LocalStoreOptions;
	readonly #database: DeviceDatabase<(typeof documentStores)[number]>;
	readonly #unsubscribe: () => void;
	readonly #lastWords: LastWords;
	#persistence: IndexeddbPersistence | null = null;
	#inherited = new Map<string, Waiting>();
	#version: string | null = null;
	#replaced = false;
	#closed = false;
	#change = (update: Uint8Array): Uint8Array => update;
	#damaged = false;
	/** The rows may lack something of the document: the next write is the whole document. */
	#lacking = false;
	/** What is stored has been read. */
	#read = false;
	#rowCount = 0;
	#erasing: ReturnType<typeof setTimeout> | undefined;
	#trying: ReturnType<typeof setTimeout> | undefined;
	#waiting: Waiting = { count: 0, changes: 0 };
	/** What the index says of it; not known before this store has said something itself. */
	#indexed: number | null = null;
	#indexing: ReturnType<typeof setTimeout> | undefined;
	/** What the next transaction writes. */
	readonly #gathered = new GatheredWrites((update) => (update ? this.#put(update) : this.#putCount()));

	constructor(options: LocalStoreOptions) {
		this.#options = options;
		const change = (update: Uint8Array) => this.#change(update);
		this.#lastWords = new LastWords(options.storage.prefix + options.name, options.tab, undefined, undefined, change);
		this.#database = new DeviceDatabase({
			stores: documentStores,
			connect: () => this.#connect(),
			openLimit: options.storage.openLimit,
		});
		const stop = this.#database.onEvent((event) => void this.#databaseChanged(event));
		// A phone ends a page that nobody sees without a word.
		const hidden = () => document.hidden && this.#gathered.write();
		globalThis.document?.addEventListener('visibilitychange', hidden);
		this.#unsubscribe = () => {
			stop();
			globalThis.document?.removeEventListener('visibilitychange', hidden);
		};
		this.whenLoaded = this.#load();
	}

	/** Whether a transaction's origin is what this store read. */
	isOrigin(origin: unknown): boolean {
		return origin === this || (origin !== null && origin === this.#persistence);
	}

	/**
	 * Writes one change, with the count of waiting changes in the same transaction.
	 * @param own it was made on this device: nobody else has it
	 */
	write(update: Uint8Array, waiting: Waiting, own: boolean): void {
		this.#waiting = waiting;
		if (own) this.#noteIndex();
		if (!this.#read) this.#lacking = true;
		else void this.#lastWords.during(update, this.#gathered.add(update, own ? ownWithin : othersWithin), own);
	}

	/** Notes how many changes wait, without a new one. */
	noteWaiting(waiting: Waiting): void {
		this.#waiting = waiting;
		this.#noteIndex();
		if (this.#read) void this.#gathered.add(null);
	}

	/**
	 * Puts a state in the place of all rows.
	 * @param change what later changes of the document are written as; the document itself is to be opened again
	 * @returns whether it is on this device
	 */
	async replace(state: Uint8Array, change: (update: Uint8Array) => Uint8Array): Promise<boolean> {
		this.#change = change;
		this.#replaced = true;
		if (!this.#read) return false;
		return this.#run((stores) =>
			vetRows(stores, (rows) => {
				for (const [key] of rows) deleteRow(stores, key);
				addRow(stores, state);
			}),
		);
	}

	/** The relay's content is in the document. */
	noteSynced(): void {
		if (this.everSynced && !this.#damaged) return;
		this.everSynced = true;
		if (!this.#read) return;
		// Not said before it is so.
		this.#gathered.write();
		void this.#putKnown();
	}

	/** Everything that stood here at loading is on the relay's disk. */
	confirmInherited(): void {
		if (this.inherited === 0) return;
		const confirmed = this.#inherited;
		this.inherited = 0;
		this.#inherited = new Map();
		void this.#run((stores) => confirmed.forEach((waiting, tab) => confirmWaiting(stores, tab, waiting)));
		this.#noteIndex();
		this.#options.onChange();
	}

	/** Notes that the rows hold the document as it was listed under `version`. */
	async noteVersion(version: string): Promise<void> {
		this.#version = version;
		await this.#putKnown();
	}

	/** Settles when everything written so far is committed; false when it is not on this device. */
	async flush(): Promise<boolean> {
		await this.whenLoaded;
		if (!this.#read) return false;
		this.#gathered.write();
		if (this.#lacking) return await this.#put(null);
		await this.erase();
		return await this.#run(() => {});
	}

	/**
	 * Something of the document was deleted: older rows still hold it, so they are rewritten soon as one without it. This
	 * page can undo it as long as it is open: it has it in memory.
	 */
	noteDeletion(): void {
		clearTimeout(this.#erasing);
		this.#erasing = setTimeout(() => void this.erase(), eraseAfter);
	}

	/** Rewrites the rows at once, when something was deleted since that was done last. */
	async erase(): Promise<void> {
		if (this.#erasing === undefined) return;
		clearTimeout(this.#erasing);
		this.#erasing = undefined;
		await this.whenLoaded;
		if (this.#read && !this.#lacking) await this.#compact();
	}

	/** What was deleted is erased at the server: nothing of it stays here, in damaged rows that were put aside neither. */
	async forgetDeleted(): Promise<boolean> {
		await this.whenLoaded;
		if (!this.#read || this.#lacking) return false;
		this.#gathered.write();
		return (await this.#compact()) && (await this.#run(forgetAside));
	}

	close(): void {
		clearTimeout(this.#erasing);
		this.#gathered.write();
		if (this.#indexing !== undefined) this.#writeIndex();
		this.#closed = true;
		clearTimeout(this.#trying);
		this.#unsubscribe();
		this.#lastWords.close();
		// The database first: afterwards y-indexeddb closes it once more, which does nothing.
		void this.#database.close().then(() => this.#persistence?.destroy());
	}

	async #connect(): Promise<IDBDatabase> {
		const { storage, name, doc } = this.#options;
		const databaseName = storage.prefix + name;
		const plain = await openPlain(storage.factory, databaseName, createDocumentStores);
		const vetted = await transact(plain, documentStores, 'readwrite', (stores) =>
			vetRows(stores, (intact) => (this.#rowCount = intact.length)),
		);
		plain.close();
		// A full disk cannot put rows aside, but what is intact can be read.
		if (!vetted.ok && vetted.failure !== 'full') throw new Error('the rows cannot be read');
		// Before the rows, so that nobody sees these without the last words, which wait for what they stand on.
		for (const update of readLastWords(databaseName)) this.#apply(update);
		const persistence = storage.persist(databaseName, doc);
		doc.off('update', persistence._storeUpdate);
		this.#persistence = persistence;
		await persistence.whenSynced;
		return persistence.db ?? (await persistence._db);
	}

	async #load(): Promise<void> {
		const notes = await this.#readNotes();
		this.keeping = typeof notes === 'string' ? notes : this.#take(notes);
		if (this.#read) await this.#lastWords.takeBack((update) => this.#takeBack(update));
		this.loaded = true;
		if (this.#read && this.#lacking) void this.#put(null);
		else if (this.#rowCount >= compactAt) void this.#compact();
		// A page that ended at once may have left rows with what it deleted.
		else if (this.#rowCount > 1) this.noteDeletion();
		if (this.#read && this.everSynced && this.#lacking) void this.#putKnown();
		this.#options.onChange();
	}

	/** What the page before this one could not commit any more. */
	#takeBack(update: Uint8Array): Promise<boolean> {
		// It is no update: there is nothing to keep.
		return this.#apply(update) ? this.#put(update) : Promise.resolve(true);
	}

	/** @returns whether it is an update at all */
	#apply(update: Uint8Array): boolean {
		try {
			Y.applyUpdate(this.#options.doc, update, this);
			return true;
		} catch {
			return false;
		}
	}

	async #readNotes(): Promise<Notes | DatabaseFailure> {
		const outcome = await this.#database.run<Notes>('readonly', readNotes);
		if (!outcome.ok) return outcome.failure;
		return outcome.value ?? { known: undefined, waiting: new Map(), damaged: false };
	}

	#take({ known, waiting, damaged }: Notes): LocalKeeping {
		this.#read = true;
		this.#damaged = damaged;
		this.everSynced ||= known?.everSynced === true;
		this.#version = damaged ? null : (known?.version ?? null);
		this.#inherited = new Map([...waiting].filter(([tab]) => tab !== this.#options.tab));
		this.inherited = [...this.#inherited.values()].reduce((sum, { count }) => sum + count, 0);
		return damaged ? 'corrupt' : 'kept';
	}

	#putCount(): Promise<boolean> {
		const { tab } = this.#options;
		const waiting = this.#waiting;
		return this.#run((stores) => putWaiting(stores, tab, waiting));
	}

	/** @param update null for the whole document */
	async #put(update: Uint8Array | null): Promise<boolean> {
		const whole = this.#lacking || update === null;
		this.#lacking = false;
		const content = this.#change(whole ? this.#whole() : update);
		const { tab } = this.#options;
		const waiting = this.#waiting;
		const written = this.#run((stores) => {
			addRow(stores, content);
			putWaiting(stores, tab, waiting);
		});
		if (++this.#rowCount >= compactAt) void this.#compact();
		// What was gathered is noted piece by piece until it is written.
		return whole ? this.#lastWords.during(content, written) : written;
	}

	#putKnown(): Promise<boolean> {
		const known = { version: this.#version, everSynced: this.everSynced };
		const mends = this.#damaged;
		this.#damaged = false;
		this.#options.storage.index.note(this.#options.name, known);
		return this.#run((stores) => {
			putKnown(stores, known);
			// Instead of what was put aside.
			if (mends) addRow(stores, this.#change(this.#whole()));
		});
	}

	/** Reads all rows, takes in what another tab wrote, and leaves one row in their place: one transaction. */
	async #compact(): Promise<boolean> {
		this.#rowCount = 0;
		const { doc } = this.#options;
		return this.#run((stores) =>
			vetRows(stores, (intact) => {
				const rows = intact.map(([, row]) => row);
				// Rows that were put in the place of others are not what the open document amounts to.
				if (!this.#replaced) doc.transact(() => rows.forEach((row) => Y.applyUpdate(doc, row, this)), this);
				addRow(stores, withoutDeleted(rows));
				for (const [key] of intact) deleteRow(stores, key);
			}),
		);
	}

	#whole(): Uint8Array {
		return withoutDeleted([Y.encodeStateAsUpdate(this.#options.doc)]);
	}

	async #run(work: (stores: DocumentStores) => void): Promise<boolean> {
		const outcome = await this.#database.run('readwrite', work);
		if (!outcome.ok) {
			this.#lacking = true;
			this.#say(outcome.failure);
			if (outcome.failure === 'full') this.#tryAgain();
		} else if (!this.#lacking && this.keeping !== 'corrupt') this.#say('kept');
		return outcome.ok;
	}

	#tryAgain(): void {
		if (this.#closed) return;
		clearTimeout(this.#trying);
		this.#trying = setTimeout(() => void (this.#lacking && this.#put(null)), tryAgainAfter);
	}

	/**
	 * That something waits is noted at once: a page that goes before it is written leaves its last words, and the next start
	 * must know to look for them. How much, and that it is nothing any more, when nothing comes for a moment.
	 */
	#noteIndex(): void {
		clearTimeout(this.#indexing);
		if (!this.#indexed && this.#waiting.count > 0) this.#writeIndex();
		else this.#indexing = setTimeout(() => this.#writeIndex(), indexAfter);
	}

	#writeIndex(): void {
		clearTimeout(this.#indexing);
		this.#indexing = undefined;
		const waiting = this.#waiting.count + this.inherited;
		if (waiting === this.#indexed) return;
		this.#indexed = waiting;
		this.#options.storage.index.note(this.#options.name, { waiting });
	}

	async #databaseChanged(event: 'failed' | 'reopened'): Promise<void> {
		if (!this.loaded) return;
		this.#lacking = true;
		if (event === 'failed') return this.#say(this.#database.failure ?? 'closed');
		if (!this.#read) await this.#load();
		else await this.#put(null);
	}

	#say(keeping: LocalKeeping): void {
		if (this.keeping === keeping) return;
		this.keeping = keeping;
		this.#options.onChange();
	}
}
