/** What erasing asks of a store, beside compacting the document and forgetting its versions. */
export interface ScrubbedStore {
	/**
	 * What was deleted or replaced is in no file of the store any more, not in free pages and logs either. What is there
	 * stays as it is, and whoever writes meanwhile loses nothing.
	 * @throws StorageError when some of it may still be there: trying again is worth it
	 */
	scrub(): Promise<void>;
	/** Settles when the store is not being rewritten. Who writes to its file before waits in SQLite, and everybody with them. */
	rewritten(): Promise<void>;
}
