/**
 * Opens everything that one person on this device has of one association: the documents that pages ask for, and in the
 * background all others that their role may see. What is stored is under the person's own name: whoever signs in next on
 * this device opens another database.
 */
import { directoryName, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessTo, type Grant, type Role } from '#lib/protocol/policy.ts';
import { IndexeddbPersistence } from 'y-indexeddb';
import type * as BackgroundModule from './background.ts';
import type { Background, BackgroundOptions } from './background.ts';
import type { DocumentHandle, InPage, WaitingDocument, Workspace, WorkspaceStatus } from './contract.ts';
import { databasePrefixOf } from './device-database.ts';
import { DeviceIndex } from './device-index.ts';
import type { DeviceStorage } from './local-store.ts';
import { watchNetwork } from './network-events.ts';
import { OpenDocuments } from './open-documents.ts';
import { ServerApi } from './server-api.ts';
import { summarize } from './status.ts';
import type { SyncedDocument } from './synced-document.ts';
import { Tabs } from './tabs.ts';

export type WorkspaceOptions = {
	personId: string;
	role: Role;
	/** Of a guest. */
	guestOf?: Grant | undefined;
	/** Changes when the server's data is another (a restored backup): what was known of its versions is void. */
	epoch?: string;
	/** `ws(s)://host/sync`, without the document's name. */
	relayUrl: string;
	/** `https://host`; '' for the page's own origin. */
	apiUrl?: string;
	/** Keeps apart what several associations store under one origin; tests give each device its own. */
	storagePrefix?: string;
	WebSocket?: typeof WebSocket;
	indexedDB?: IDBFactory;
	/** Together with `indexedDB`: y-indexeddb on that factory. */
	persist?: DeviceStorage['persist'];
	fetch?: typeof fetch;
	/** Milliseconds until a store that does not answer counts as failed. */
	storageLimit?: number;
	/** Called when a document has to be opened again: a page loads itself anew. Nothing that was written is lost by it. */
	reopen?: (name: DocumentName) => void;
	/** Longest wait between two attempts to reach the relay, in milliseconds. */
	maxBackoff?: number;
	/** Milliseconds from a change of the directory until the background fetch looks again. */
	directoryDelay?: number;
	/** Brings the code of the background fetch; a page puts that off until it is shown. */
	loadBackground?: () => Promise<typeof BackgroundModule>;
	/** Called when something begins to wait in a document, and before one is connected in which it does. Never rejects. */
	guard?: (document: WaitingDocument) => Promise<void>;
	/** What others wait for leaves a page when what was written is painted, and soon; else at once. */
	afterPaint?: (work: () => void) => void;
	/** What others do reaches a page many times between two letters: at once, or soon together with what comes meanwhile. */
	gather?: (work: () => void) => void;
	/** What nobody waits for is done when a page has time for it; else at once. */
	whenIdle?: (work: () => void) => void;
	/** Milliseconds between two background fetches of a page that stays open. */
	fetchInterval?: number;
};

/** Answers at once; nothing here waits for storage or network before a page can be shown. */
export function openWorkspace(options: WorkspaceOptions): Workspace {
	return new OpenedWorkspace(options);
}

class OpenedWorkspace implements Workspace {
	status: WorkspaceStatus;
	readonly #listeners = new Set<() => void>();
	readonly #index: DeviceIndex;
	readonly #tabs: Tabs;
	readonly #documents: OpenDocuments;
	/** Null until its code is here. */
	#background: Background | null = null;
	#closed = false;
	readonly #stop: (() => void)[] = [];
	readonly #directoryDelay: number;
	#fetched: WorkspaceStatus['fetched'] = { done: 0, of: 0, unknown: true };
	#anyOnline = false;
	#directoryTimer: ReturnType<typeof setTimeout> | undefined;
	#directoryHeard: SyncedDocument | null = null;

	constructor(options: WorkspaceOptions) {
		const { personId, storagePrefix, storageLimit = 5000 } = options;
		const prefix = databasePrefixOf(personId, storagePrefix);
		const factory = () => options.indexedDB ?? globalThis.indexedDB;
		this.#index = new DeviceIndex(factory, prefix, storageLimit);
		const storage: DeviceStorage = {
			factory,
			persist: options.persist ?? ((name, doc) => new IndexeddbPersistence(name, doc)),
			prefix,
			index: this.#index,
			openLimit: storageLimit,
		};
		const request = options.fetch ?? ((...input: Parameters<typeof fetch>) => fetch(...input));
		const api = new ServerApi(request, options.apiUrl ?? '');
		this.#directoryDelay = options.directoryDelay ?? 2000;
		const { afterPaint = (work) => work() } = options;
		this.#tabs = new Tabs(prefix, afterPaint);
		this.#documents = new OpenDocuments(
			{
				storage,
				tabs: this.#tabs,
				holder: options,
				personId,
				relayUrl: options.relayUrl,
				WebSocket: options.WebSocket ?? WebSocket,
				maxBackoff: options.maxBackoff ?? 10_000,
				whyRefused: (document) => api.whyRefused(document),
				reopen: options.reopen ?? (() => {}),
				guard: options.guard,
				afterPaint,
				gather: options.gather ?? ((work) => work()),
				whenIdle: options.whenIdle ?? ((work) => work()),
			},
			(document) => this.#changed(document),
		);
		const background: BackgroundOptions = {
			index: this.#index,
			epoch: options.epoch ?? '',
			list: () => api.documents(),
			waiting: () => [...this.#documents.closedWaiting.keys()],
			mayWrite: (name) => accessTo(options, name) === 'write',
			seen: { prefix, factory },
			hold: (document) => this.#documents.hold(document),
			onProgress: (progress) => {
				this.#fetched = progress;
				this.#changed(null);
			},
			onSignedOut: () => this.#signedOut(),
		};
		this.status = this.#summarize();
		this.#watch(options.fetchInterval ?? 300_000);
		void this.#begin(options.loadBackground ?? (() => import('./background.ts')), background);
	}

	onStatus(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	open(name: DocumentName, as?: { present: boolean }): DocumentHandle {
		const handle = this.#documents.open(name, as);
		if (name === directoryName) this.#listenToDirectory();
		return handle;
	}

	inPage(): InPage[] {
		return this.#documents.inPage();
	}

	async close(): Promise<void> {
		this.#closed = true;
		this.#background?.stop();
		clearTimeout(this.#directoryTimer);
		for (const stop of this.#stop) stop();
		await this.#documents.close();
		this.#tabs.close();
		await this.#index.close();
		this.#listeners.clear();
	}

	async #begin(load: NonNullable<WorkspaceOptions['loadBackground']>, background: BackgroundOptions): Promise<void> {
		const known = await this.#index.read();
		for (const { name, waiting } of known?.values() ?? []) {
			if (waiting > 0) this.#documents.closedWaiting.set(name, waiting);
		}
		this.#changed(null);
		const { Background } = await load();
		if (this.#closed) return;
		this.#background = new Background(background);
		await this.#background.run();
	}

	#watch(fetchInterval: number): void {
		const again = () => {
			for (const { document } of this.#documents.all) document.retry();
			void this.#background?.run();
		};
		const offline = () => {
			for (const { document } of this.#documents.all) document.lost();
		};
		const timer = setInterval(() => void (this.#anyOnline && this.#background?.run()), fetchInterval);
		this.#stop.push(watchNetwork({ online: again, offline, returned: again }), () => clearInterval(timer));
	}

	/** A change of the directory may mean a new document. What the change is, sync does not know. */
	#listenToDirectory(): void {
		const directory = this.#documents.all.find(({ document }) => document.name === directoryName)?.document;
		if (!directory || directory === this.#directoryHeard) return;
		this.#directoryHeard = directory;
		directory.doc.on('update', () => {
			clearTimeout(this.#directoryTimer);
			if (this.#anyOnline) this.#directoryTimer = setTimeout(() => void this.#background?.run(), this.#directoryDelay);
		});
	}

	#changed(document: SyncedDocument | null): void {
		if (document?.status.refusal === 'signed-out') this.#signedOut();
		const online = this.#documents.all.some((entry) => entry.document.status.connection === 'online');
		const reconnected = online && !this.#anyOnline;
		this.#anyOnline = online;
		this.status = this.#summarize();
		for (const listener of [...this.#listeners]) listener();
		if (reconnected) void this.#background?.run();
	}

	/** The session is gone for all documents, whichever noticed. */
	#signedOut(): void {
		for (const { document } of this.#documents.all) {
			if (document.status.refusal !== 'signed-out') document.refuse('signed-out');
		}
	}

	#summarize(): WorkspaceStatus {
		const shown = this.#documents.all.map(({ document, inUse }) => ({
			name: document.name,
			status: document.status,
			inUse,
		}));
		return summarize(shown, this.#documents.closedWaiting, this.#fetched);
	}
}
