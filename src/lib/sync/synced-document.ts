/**
 * One open document: its store on this device, its line to the relay, and the other tabs, around one `Y.Doc`. Every
 * change is written here before it is sent, and `status` says only what one of the three has confirmed.
 */
import { parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessTo, type Access, type Holder } from '#lib/protocol/policy.ts';
import { receiveWithoutWriting } from '#lib/protocol/receive-without-writing.ts';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { Acknowledgement } from './acknowledgement.ts';
import type { DocumentStatus, Refusal, RelayMessage, WaitingDocument } from './contract.ts';
import { LocalStore, type DeviceStorage } from './local-store.ts';
import { RelayConnection } from './relay-connection.ts';
import type { Tabs } from './tabs.ts';

/** What all documents of a workspace share. */
export type Surroundings = {
	storage: DeviceStorage;
	tabs: Tabs;
	holder: Holder;
	personId: string;
	relayUrl: string;
	WebSocket: typeof WebSocket;
	maxBackoff: number;
	whyRefused: (name: DocumentName) => Promise<Refusal | null>;
	/** The document is on this device as it is to be opened again. */
	reopen: (name: DocumentName) => void;
	/** Called when something begins to wait in a document, and before one is connected in which it does. Never rejects. */
	guard: ((document: WaitingDocument) => Promise<void>) | undefined;
	/** What others wait for leaves when what was written is painted. */
	afterPaint: (work: () => void) => void;
	/** What others do is taken at once, or soon together with what comes meanwhile. */
	gather: (work: () => void) => void;
	/** What nobody waits for is done when there is time. */
	whenIdle: (work: () => void) => void;
};

/** Within so many milliseconds it is said that something was written, and that it is saved. */
export const tellWithin = 50;

export class SyncedDocument implements WaitingDocument {
	readonly name: DocumentName;
	readonly doc = new Y.Doc();
	readonly awareness: Awareness;
	readonly access: Access;
	readonly whenLoaded: Promise<void>;
	/** A stable snapshot: another object only when something in it differs. */
	status: DocumentStatus;
	readonly #surroundings: Surroundings;
	readonly #listeners = new Set<() => void>();
	readonly #acknowledgement: Acknowledgement;
	readonly #store: LocalStore;
	readonly #relay: RelayConnection;
	readonly #detach: () => void;
	#changes = 0;
	#notedWaiting = 0;
	#closed = false;
	#telling: ReturnType<typeof setTimeout> | undefined;

	/** @throws RangeError when `name` is not a document's name */
	constructor(name: DocumentName, surroundings: Surroundings) {
		const parsed = parseDocumentName(name);
		if (!parsed) throw new RangeError(`not a document name: ${JSON.stringify(name)}`);
		this.name = name;
		this.#surroundings = surroundings;
		this.access = accessTo(surroundings.holder, parsed.name);
		receiveWithoutWriting(this.doc);
		this.awareness = new Awareness(this.doc);
		// Nobody looks at it yet; whoever gets a handle is present.
		this.awareness.setLocalState(null);
		const onChange = () => this.#refresh();
		this.#acknowledgement = new Acknowledgement({
			mayWrite: this.access === 'write',
			clientId: () => this.doc.clientID,
			onChange,
		});
		this.#store = new LocalStore({
			...surroundings,
			name,
			doc: this.doc,
			tab: crypto.randomUUID(),
			onChange,
		});
		// Before the connection's own listener: a change is counted and written before it is sent.
		this.doc.on('update', (update: Uint8Array, origin: unknown) => this.#updated(update, origin));
		this.doc.on('afterTransaction', ({ deleteSet, origin }: Y.Transaction) => {
			if (deleteSet.clients.size === 0 || this.#store.isOrigin(origin)) return;
			this.#store.noteDeletion();
			// It may have been that which was too large.
			if (this.#relay.refusal === 'too-large') this.retry();
		});
		this.#relay = new RelayConnection({
			...surroundings,
			name,
			doc: this.doc,
			awareness: this.awareness,
			acknowledgement: this.#acknowledgement,
			onChange,
			onLost: () => this.#renewUnusedId(),
			onForeignClient: (client) => void this.#keepUnderOtherId(client),
		});
		this.#detach = surroundings.tabs.attach(name, this.doc, this.awareness);
		this.status = this.#read();
		// What the device holds is read first: then the answer to the relay's question holds it all.
		this.whenLoaded = this.#store.whenLoaded.then(() => void this.#connect());
	}

	onStatus(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	said(origin: unknown): readonly RelayMessage[] {
		return this.#relay.isOrigin(origin) ? this.#acknowledgement.heard : [];
	}

	/** Settles when every change so far is committed; false when this device does not keep it. */
	flush(): Promise<boolean> {
		return this.#store.flush();
	}

	/** What was deleted is erased at the server: it leaves this device too. @returns whether it has */
	forgetDeleted(): Promise<boolean> {
		return this.#store.forgetDeleted();
	}

	/** Notes that this device holds the document as it was listed under `version`. */
	noteVersion(version: string): Promise<void> {
		return this.#store.noteVersion(version);
	}

	retry(): void {
		if (this.status.loaded) this.#relay.retry();
	}

	lost(): void {
		if (this.status.loaded) this.#relay.lost();
	}

	refuse(refusal: Refusal): void {
		this.#relay.refuse(refusal);
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#telling);
		this.#listeners.clear();
		this.#detach();
		this.#relay.close();
		this.#store.close();
		this.doc.destroy();
	}

	async #connect(): Promise<void> {
		if (this.#store.inherited > 0) await this.#surroundings.guard?.(this);
		this.#relay.connect();
	}

	#updated(update: Uint8Array, origin: unknown): void {
		if (this.#store.isOrigin(origin)) return;
		const { tabs } = this.#surroundings;
		const own = !this.#relay.isOrigin(origin) && !tabs.isOrigin(origin);
		if (own) {
			this.#changes++;
			this.#notedWaiting = this.#acknowledgement.waiting + 1;
		}
		this.#store.write(update, this.#waitingNow(), own);
		if (!own) return;
		tabs.share(this.name, update);
		this.#acknowledgement.changed();
		if (this.#changes === 1) void this.#surroundings.guard?.(this);
	}

	/**
	 * Others saw the id, and what is written under it while we are away they could write first. One that nobody has seen is
	 * nobody's to guess.
	 */
	#renewUnusedId(): void {
		const { doc } = this;
		if (!this.#closed && !doc.store.clients.has(doc.clientID)) this.#takeNewId();
	}

	#takeNewId(): void {
		const { doc, awareness } = this;
		const state = awareness.getLocalState();
		awareness.setLocalState(null);
		awareness.clientID = doc.clientID = new Y.Doc().clientID;
		awareness.setLocalState(state);
	}

	/** @param client somebody else's at the relay; nothing of ours under it was taken there */
	async #keepUnderOtherId(client: number): Promise<void> {
		const { relayUrl, WebSocket, personId, reopen } = this.#surroundings;
		try {
			const { moveToOtherClient, readRelay } = await import('./foreign-client.ts');
			const relay = await readRelay(relayUrl, this.name, WebSocket);
			const { state, change } = moveToOtherClient(this.doc, relay, client, personId);
			this.#takeNewId();
			if (await this.#store.replace(state, change)) reopen(this.name);
		} catch {
			// The relay cannot be reached now: when it can, it says the same again.
		}
	}

	#waitingNow(): { count: number; changes: number } {
		return { count: this.#notedWaiting, changes: this.#changes };
	}

	/** Something that this document stands on has changed. */
	#refresh(): void {
		if (this.#closed) return;
		const { waiting, received, durable } = this.#acknowledgement;
		if (waiting < this.#notedWaiting) {
			this.#notedWaiting = waiting;
			this.#store.noteWaiting(this.#waitingNow());
		}
		if (received) this.#store.noteSynced();
		if (durable && this.#store.loaded) {
			this.#relay.noteDurable();
			this.#store.confirmInherited();
		}
		const [before, next] = [this.status, this.#read()];
		if (sameStatus(before, next)) return;
		this.status = next;
		// With every letter that anybody writes: said together.
		if (sameStatus({ ...before, waiting: next.waiting, saved: next.saved }, next))
			this.#telling ??= setTimeout(this.#tell, tellWithin);
		else this.#tell();
	}

	readonly #tell = (): void => {
		clearTimeout(this.#telling);
		this.#telling = undefined;
		for (const listener of [...this.#listeners]) listener();
	};

	#read(): DocumentStatus {
		const store = this.#store;
		const relay = this.#relay;
		return {
			loaded: store.loaded,
			keeping: store.keeping,
			connection: relay.connection,
			everSynced: store.everSynced,
			waiting: this.#acknowledgement.waiting + store.inherited,
			saved:
				store.loaded &&
				relay.connection === 'online' &&
				this.#acknowledgement.durable &&
				// Content that cannot be put together without something missing was not confirmed by anybody.
				this.doc.store.pendingStructs === null,
			serverSaves: relay.serverSaves,
			refusal: relay.refusal,
		};
	}
}

function sameStatus(a: DocumentStatus, b: DocumentStatus): boolean {
	return (Object.keys(a) as (keyof DocumentStatus)[]).every((key) => a[key] === b[key]);
}
