/**
 * What lies beneath the log: snapshots, what was moved out of the log, versions. It is in this process and works
 * synchronously, and everything is on disk when a function returns. A store that is somewhere else needs no log of ours:
 * it is an `UpdateStore` itself.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Author, Authors, Sequence, StoredDocument, StoreProbe } from './contract.ts';
import type { ScrubbedStore } from './scrub-contract.ts';
import type { VersionStore } from './version-contract.ts';

/** Updates of one document that follow each other; `first` is the sequence of the first. */
export type Moved = {
	name: DocumentName;
	first: Sequence;
	updates: readonly Uint8Array[];
	/** What came with them; it may be here already. */
	authors: readonly Author[];
};

export interface Base extends VersionStore, StoreProbe, ScrubbedStore {
	/** Of the last that is here; 0 when nothing is. */
	sequenceOf(name: DocumentName): Sequence;
	read(name: DocumentName): StoredDocument;
	authorsOf(name: DocumentName): Authors;
	has(name: DocumentName): boolean;
	all(): { name: DocumentName; sequence: Sequence }[];
	/** Takes these over, all or none. */
	adopt(moved: readonly Moved[]): void;
	/**
	 * Replaces what is here up to and including `upTo` by one state, unless a later one is here.
	 * @param authors what came with what it covers
	 * @param vector what the state holds, where that is known
	 */
	install(
		name: DocumentName,
		snapshot: Uint8Array,
		upTo: Sequence,
		authors: readonly Author[],
		vector?: Uint8Array,
	): void;
	/** The document exists from now on, also when nothing of it is here. */
	mention(name: DocumentName): void;
	closeBase(): void;
}
