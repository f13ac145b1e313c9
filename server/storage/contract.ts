/**
 * What the relay asks of a store. Everything is asynchronous and batched, so that another process (PostgreSQL) can stand
 * behind it as well as a file. `tests/contracts/storage.ts` is this contract in executable form.
 *
 * A document's log is a snapshot and the updates that came after it, each with a sequence number that only grows.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';

export type Sequence = number;

export type StoredDocument = {
	/** One encoded state, or null when nothing was compacted yet. */
	snapshot: Uint8Array | null;
	/** Updates after the snapshot, in order. */
	tail: Uint8Array[];
	/**
	 * What the snapshot holds, as a state vector: who has it need not read through the snapshot. Only where it was noted with
	 * these very bytes.
	 */
	vector?: Uint8Array;
	/** Of the last record; 0 when the document does not exist. */
	sequence: Sequence;
};

/** Whose a client id is in one document: a person's, or nobody's for good. What is not in it is not known to be anybody's. */
export type Authors = ReadonlyMap<number, string | null>;

/** One of them. */
export type Author = readonly [client: number, person: string | null];

export type Append = {
	name: DocumentName;
	updates: readonly Uint8Array[];
	/** What this makes known of client ids, on disk together with the updates. An id that is somebody else's becomes nobody's. */
	authors?: Iterable<Author>;
};

/** One append on its way to the disk. Whoever waits for only one of the two need not handle the other's rejection. */
export type Appending = {
	/**
	 * The store has it: the end of this process loses nothing of it, the end of the machine may. It may be seen now.
	 * Rejects when none of it was appended.
	 * @returns per entry, the sequence of its last update
	 */
	readonly written: Promise<Sequence[]>;
	/**
	 * All of it is on disk, with all that was appended before. It may be acknowledged now. Rejects when it is not: the
	 * store has taken it back then, with all that was appended after it and is not on disk either, as if nobody had ever
	 * appended it. Their sequences are not given again while the store is open. Only a crash before the next append may
	 * bring it back: then it is like what was written and never acknowledged.
	 *
	 * Of a store for which written and durable are one moment nothing is seen that it loses: both reject, and what was asked
	 * for later is not part of it. One that several relays share must be such a store: what one of them reads it goes on
	 * from. When the connection to it ends meanwhile nobody knows, both reject, and it may be there: whoever wrote it says it
	 * again, and what is known already changes nothing.
	 */
	readonly durable: Promise<void>;
};

export interface UpdateStore {
	/** @returns all that is written at this moment */
	load(name: DocumentName): Promise<StoredDocument>;

	/**
	 * Appends to many documents, all of it or nothing. The next append need not wait: they are written, and become durable,
	 * in the order in which they were asked for. Both promises reject with a StorageError.
	 */
	append(batch: readonly Append[]): Appending;

	/**
	 * Replaces everything up to and including `upTo` by one state, atomically. Updates after it stay. Without effect when
	 * the log was compacted beyond `upTo` meanwhile, or when what it is made of was taken back.
	 * @param token of the lease under which it was made (see lease-contract.ts); without effect under one that is older
	 * than one that came before
	 * @param vector what the state holds; noted with it
	 */
	compact(name: DocumentName, snapshot: Uint8Array, upTo: Sequence, token: number, vector?: Uint8Array): Promise<void>;

	/** What is known of the document's client ids; compaction leaves it alone. */
	authors(name: DocumentName): Promise<Authors>;

	exists(name: DocumentName): Promise<boolean>;

	/** All documents that exist, with the sequence of their last update. */
	list(): Promise<{ name: DocumentName; sequence: Sequence }[]>;

	close(): Promise<void>;
}

export interface StoreProbe {
	/**
	 * Writes something of the size that people's work has, to disk, and takes it away again.
	 * @throws StorageError when an append would not succeed now either
	 */
	probe(): Promise<void>;
}

/** What is known of whether the store takes writes. */
export type StoreHealth = {
	/** Null: well. */
	readonly trouble: StorageError['kind'] | null;
	/** Called after `trouble` changed. @returns a function that stops listening */
	onChange(listener: () => void): () => void;
};

/** `full`: no space left; writing may work again later. `failed`: anything else, with its cause. */
export class StorageError extends Error {
	readonly kind: 'full' | 'failed';
	constructor(kind: 'full' | 'failed', message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'StorageError';
		this.kind = kind;
	}
}
