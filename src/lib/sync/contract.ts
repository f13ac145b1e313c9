/** What the rest of the app knows of sync: documents that are open, and what is true of them right now. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Access } from '#lib/protocol/policy.ts';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';

/**
 * Whether this device keeps what is written here.
 * `opening`: not known yet · `kept`: yes · anything else: no, and why.
 */
export type LocalKeeping = 'opening' | 'kept' | 'denied' | 'full' | 'corrupt' | 'closed' | 'timeout';

/**
 * Why nothing is sent any more, until the person does something about it. `reopening`: the document has to be opened
 * again; what was written in it is kept and sent then. `too-large`: something in it can be sent neither as it is nor in
 * pieces; the document is connected again when something was deleted from it.
 */
export type Refusal = 'signed-out' | 'forbidden' | 'outdated' | 'bad-frame' | 'too-large' | 'not-found' | 'reopening';

export type DocumentStatus = {
	/** What the device holds has been read, or that has failed: the document can be shown. */
	loaded: boolean;
	keeping: LocalKeeping;
	connection: 'offline' | 'connecting' | 'online';
	/** The relay's content has arrived since this document was opened, or on an earlier visit. */
	everSynced: boolean;
	/** Changes made here that the relay has not called durable. */
	waiting: number;
	/** True only when connected and everything in this document is known to be on the relay's disk. */
	saved: boolean;
	/** False while the server cannot write to its disk: what is sent stays `waiting`, and is sent again by itself. */
	serverSaves: boolean;
	refusal: Refusal | null;
};

/** One open document. Whoever opened it calls `release` once; the last release closes it after its work is written. */
export interface DocumentHandle {
	readonly name: DocumentName;
	readonly doc: Y.Doc;
	readonly awareness: Awareness;
	readonly access: Access;
	/** Settles when `status.loaded` is true. Never rejects. */
	readonly whenLoaded: Promise<void>;
	readonly status: DocumentStatus;
	/** @returns a function that stops listening */
	onStatus(listener: () => void): () => void;
	release(): void;
}

/** As it came. */
export type RelayMessage = { readonly data: ArrayBuffer };

/** An open document in which something waits, as whoever keeps it from what others do unseen has it. */
export interface WaitingDocument extends Pick<DocumentHandle, 'name' | 'doc' | 'access' | 'whenLoaded' | 'status'> {
	/**
	 * The relay's messages of which a transaction with this origin takes one in, from the beginning of the connection until
	 * its content is there; none when the transaction takes in something else.
	 */
	said(origin: unknown): readonly RelayMessage[];
}

/** The one indicator's states, the worst of all open documents. */
export type SyncState = 'saved' | 'saving' | 'offline' | 'cannot-save' | 'not-kept' | 'outdated' | 'signed-out';

export type WorkspaceStatus = {
	state: SyncState;
	/** Changes waiting in all documents, closed ones included. */
	waiting: number;
	documents: { name: DocumentName; status: DocumentStatus }[];
	/**
	 * The background fetch of what the role may see: how many are on this device, of how many. `unknown`: neither the
	 * device nor the server has said yet.
	 */
	fetched: { done: number; of: number; unknown?: true };
};

/** Everything that one person on this device has of one association. */
/** `update`: the whole document. */
export type InPage = { name: DocumentName; waits: boolean; update: Uint8Array };

export interface Workspace {
	/**
	 * Opens a document, or hands out another handle on the one that is open. To the others this person is in it; with
	 * `present: false` a page only draws on it, as Start does.
	 */
	open(name: DocumentName, as?: { present: boolean }): DocumentHandle;
	readonly status: WorkspaceStatus;
	onStatus(listener: () => void): () => void;
	/** The documents that are open, as they stand in this page; `waits`: with something that the relay has not confirmed. */
	inPage(): InPage[];
	/** Closes every document; settles when what was typed is on the device. */
	close(): Promise<void>;
}
