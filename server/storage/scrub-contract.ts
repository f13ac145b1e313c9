/** What erasing asks of a store, beside compacting the document and forgetting its versions. */
export interface ScrubbedStore {
	/**
	 * What was deleted or replaced is in no file of the store any more, not in free pages and logs either. What is there
	 * stays as it is, and whoever writes meanwhile loses nothing.
	 * @throws StorageError when some of it may still be there: trying again is worth it
	 */
	scrub(): Promise<void>;
}
