/**
 * What the history of documents asks of a store: whole states of a document at moments, each under an id of its own.
 * `tests/contracts/versions.ts` is this contract in executable form.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Sequence } from './contract.ts';

export type Version = {
	id: string;
	/** What a person called it; null when it was made by itself. */
	label: string | null;
	/** Milliseconds since 1970. */
	madeAt: number;
	/** Who made it; null when it was made by itself. */
	personId: string | null;
	/** Of the last update in it. */
	sequence: Sequence;
};

export interface VersionStore {
	/** The newest first; none for a document that does not exist. */
	versions(name: DocumentName): Promise<Version[]>;

	/** @returns the state, as encoded as it was kept, or null when this document has no version of that id */
	readVersion(name: DocumentName, id: string): Promise<Uint8Array<ArrayBuffer> | null>;

	/**
	 * On disk when the promise resolves.
	 * @param version as a function: asked in the moment before it is written, or sent to where it is written, when nothing
	 *   here waits any more; what it throws leaves no version, and is thrown
	 * @returns null when the document was compacted up to a later sequence since the version's: nothing is kept then, because
	 *   what was erased meanwhile may be in it. Asked in the same moment in which it is written
	 * @throws StorageError `failed` for a document that does not exist
	 */
	keepVersion(name: DocumentName, version: Version | (() => Version), state: Uint8Array): Promise<Version | null>;

	/** Forgets versions of this document; without effect for ids that are not among them. */
	forgetVersions(name: DocumentName, ids: readonly string[]): Promise<void>;
}
