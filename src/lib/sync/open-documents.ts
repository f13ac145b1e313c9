/**
 * Which documents are open, for whom, and when they may close. A document is opened once and shared; after the last
 * release it stays open until what was changed in it is confirmed by the relay, or surely on this device with no hope of
 * being confirmed now. Nothing is closed that is the only copy of somebody's work.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { encodeStateAsUpdate } from 'yjs';
import type { DocumentHandle, InPage } from './contract.ts';
import { SyncedDocument, type Surroundings } from './synced-document.ts';

type Entry = {
	document: SyncedDocument;
	/** Pages that show it. */
	handles: number;
	/** Those of them in which the person is there for the others. */
	present: number;
	/** Held open by the background fetch. */
	holds: number;
	retiring: boolean;
};

export class OpenDocuments {
	/** Changes that wait in documents that are not open. */
	readonly closedWaiting = new Map<DocumentName, number>();
	readonly #surroundings: Surroundings;
	readonly #onChange: (document: SyncedDocument | null) => void;
	readonly #entries = new Map<DocumentName, Entry>();

	/** @param onChange called with the document whose status changed, or null when one was opened or closed */
	constructor(surroundings: Surroundings, onChange: (document: SyncedDocument | null) => void) {
		this.#surroundings = surroundings;
		this.#onChange = onChange;
	}

	get all(): { document: SyncedDocument; inUse: boolean }[] {
		return [...this.#entries.values()].map(({ document, handles }) => ({ document, inUse: handles > 0 }));
	}

	inPage(): InPage[] {
		return this.all.map(({ document: { name, doc, status } }) => {
			return { name, waits: status.waiting > 0, update: encodeStateAsUpdate(doc) };
		});
	}

	/** A handle for a page. */
	open(name: DocumentName, { present }: { present: boolean } = { present: true }): DocumentHandle {
		const entry = this.#entry(name);
		const { document } = entry;
		entry.handles++;
		if (present && entry.present++ === 0) document.awareness.setLocalState({});
		this.#onChange(null);
		const release = once(() => {
			entry.handles--;
			if (present && --entry.present === 0) document.awareness.setLocalState(null);
			this.#onChange(null);
			this.#retireLater(entry);
		});
		return {
			name,
			doc: document.doc,
			awareness: document.awareness,
			access: document.access,
			whenLoaded: document.whenLoaded,
			get status() {
				return document.status;
			},
			onStatus: (listener) => document.onStatus(listener),
			release,
		};
	}

	/** Keeps a document open without being present in it. */
	hold(name: DocumentName): { document: SyncedDocument; release: () => void } {
		const entry = this.#entry(name);
		entry.holds++;
		const release = once(() => {
			entry.holds--;
			void this.#retire(entry);
		});
		return { document: entry.document, release };
	}

	/** Closes all; settles when everything written so far is on the device, or is known not to be. */
	async close(): Promise<void> {
		const entries = [...this.#entries.values()];
		await Promise.all(entries.map(({ document }) => document.flush()));
		for (const { document } of entries) document.close();
		this.#entries.clear();
	}

	#entry(name: DocumentName): Entry {
		const open = this.#entries.get(name);
		if (open) return open;
		const document = new SyncedDocument(name, this.#surroundings);
		const entry: Entry = { document, handles: 0, present: 0, holds: 0, retiring: false };
		this.#entries.set(name, entry);
		document.onStatus(() => {
			this.#onChange(document);
			if (this.#isUnused(entry)) this.#retireLater(entry);
		});
		return entry;
	}

	/** The page one goes to comes first: to put a document away may mean to rewrite all of it. */
	#retireLater(entry: Entry): void {
		this.#surroundings.whenIdle(() => void this.#retire(entry));
	}

	async #retire(entry: Entry): Promise<void> {
		if (entry.retiring || !this.#isUnused(entry)) return;
		entry.retiring = true;
		const kept = await entry.document.flush();
		entry.retiring = false;
		if (!this.#isUnused(entry)) return;
		const { name, status } = entry.document;
		if (status.waiting > 0 && !(kept && status.refusal)) return;
		entry.document.close();
		this.#entries.delete(name);
		if (status.waiting > 0) this.closedWaiting.set(name, status.waiting);
		else this.closedWaiting.delete(name);
		this.#onChange(null);
	}

	/** It is open, and for nobody. */
	#isUnused(entry: Entry): boolean {
		const { handles, holds, document } = entry;
		return handles === 0 && holds === 0 && this.#entries.get(document.name) === entry;
	}
}

function once(run: () => void): () => void {
	let ran = false;
	return () => {
		if (ran) return;
		ran = true;
		run();
	};
}
