import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';

/** What an editor works on: an open document and what this person may do with it. A `DocumentHandle` is one. */
export type BodyHandle = {
	readonly doc: Y.Doc;
	readonly awareness: Awareness;
	readonly access: 'none' | 'read' | 'write';
	/** `saved`: all that was written here is on the relay's disk. */
	readonly status?: { readonly connection: 'offline' | 'connecting' | 'online'; readonly saved: boolean };
	/** @returns a function that stops it */
	onStatus?(listener: () => void): () => void;
	/** Settles when what the device holds has been read. */
	readonly whenLoaded?: Promise<void>;
};
