/**
 * Opens everything that one person on this device has of one association: documents are opened once, shared by whoever
 * holds a handle, and closed after the last release.
 */
import { parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import { ackParameter } from '#lib/protocol/messages.ts';
import { accessOf, type Role } from '#lib/protocol/policy.ts';
import { IndexeddbPersistence } from 'y-indexeddb';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { DocumentHandle, DocumentStatus, SyncState, Workspace, WorkspaceStatus } from './contract.ts';

export type WorkspaceOptions = {
	personId: string;
	role: Role;
	/** Changes when the server's data is another (a restored backup): what was known of its versions is void. */
	epoch?: string;
	/** `ws(s)://host/sync`, without the document's name. */
	relayUrl: string;
	/** Keeps apart what several associations store under one origin; tests give each device its own. */
	storagePrefix?: string;
	WebSocket?: typeof WebSocket;
	indexedDB?: IDBFactory;
	fetch?: typeof fetch;
	now?: () => number;
};

type OpenDocument = {
	doc: Y.Doc;
	awareness: Awareness;
	status: DocumentStatus;
	listeners: Set<() => void>;
	handles: number;
	whenLoaded: Promise<void>;
	close(): Promise<void>;
};

export function openWorkspace(options: WorkspaceOptions): Workspace {
	const documents = new Map<DocumentName, OpenDocument>();
	const listeners = new Set<() => void>();
	let status: WorkspaceStatus = summary(documents);

	function changed(document: OpenDocument, next: Partial<DocumentStatus>) {
		document.status = { ...document.status, ...next };
		status = summary(documents);
		for (const listener of [...document.listeners, ...listeners]) listener();
	}

	function start(name: DocumentName): OpenDocument {
		const doc = new Y.Doc();
		const awareness = new Awareness(doc);
		const persistence = new IndexeddbPersistence(`mitschrift/${options.personId}/${name}`, doc);
		const provider = new WebsocketProvider(options.relayUrl, name, doc, {
			awareness,
			params: { [ackParameter]: '1' },
			disableBc: true,
			...(options.WebSocket && { WebSocketPolyfill: options.WebSocket }),
		});
		const document: OpenDocument = {
			doc,
			awareness,
			handles: 0,
			listeners: new Set(),
			status: {
				loaded: false,
				keeping: 'opening',
				connection: 'connecting',
				everSynced: false,
				waiting: 0,
				saved: false,
				refusal: null,
			},
			whenLoaded: persistence.whenSynced.then(() => changed(document, { loaded: true, keeping: 'kept' })),
			close: async () => {
				provider.destroy();
				await persistence.destroy();
				doc.destroy();
			},
		};
		provider.on('status', (event) =>
			changed(document, {
				connection: event.status === 'connected' ? 'online' : event.status === 'connecting' ? 'connecting' : 'offline',
				saved: false,
			}),
		);
		provider.on('sync', (synced) =>
			changed(document, { everSynced: synced || document.status.everSynced, saved: synced }),
		);
		return document;
	}

	return {
		get status() {
			return status;
		},
		onStatus(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		open(name) {
			const parsed = parseDocumentName(name);
			if (!parsed) throw new RangeError(`not a document name: ${name}`);
			const document = documents.get(name) ?? start(name);
			documents.set(name, document);
			document.handles++;
			let released = false;
			const handle: DocumentHandle = {
				name,
				doc: document.doc,
				awareness: document.awareness,
				access: accessOf(options.role, parsed.kind),
				whenLoaded: document.whenLoaded,
				get status() {
					return document.status;
				},
				onStatus(listener) {
					document.listeners.add(listener);
					return () => document.listeners.delete(listener);
				},
				release() {
					if (released) return;
					released = true;
					if (--document.handles > 0) return;
					documents.delete(name);
					void document.close();
				},
			};
			return handle;
		},
		async close() {
			await Promise.all([...documents.values()].map((document) => document.close()));
			documents.clear();
		},
	};
}

function summary(documents: ReadonlyMap<DocumentName, OpenDocument>): WorkspaceStatus {
	const list = [...documents].map(([name, { status }]) => ({ name, status }));
	const state: SyncState = list.some(({ status }) => status.connection !== 'online')
		? 'offline'
		: list.every(({ status }) => status.saved)
			? 'saved'
			: 'saving';
	return { state, waiting: 0, documents: list, fetched: { done: 0, of: 0 } };
}
