/**
 * What was deleted from a document goes for good: out of its log and what the relay has in memory, out of its versions,
 * which are whole states and held it, out of what else was kept of its content, and out of the files' free pages. After
 * that it is in no byte of the data; see docs/decisions/what-is-erased-takes-its-history-with-it.md.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Sequence, UpdateStore } from '../storage/contract.ts';
import type { ScrubbedStore } from '../storage/scrub-contract.ts';
import type { VersionStore } from '../storage/version-contract.ts';

export type EraserParts = {
	store: Pick<UpdateStore, 'load'> & Pick<VersionStore, 'versions' | 'forgetVersions'> & ScrubbedStore;
	/** Rewrites the document's log as one state without it. */
	forgetDeleted(name: DocumentName): Promise<void>;
	/** What is kept of the content beside the document. */
	forgetCopies(name: DocumentName): Promise<void>;
};

/**
 * One at a time; trying again is always right.
 * @param begin asked when its turn has come, before anything goes; what it throws leaves everything as it is
 * @returns up to where the document is without what was deleted
 * @throws Error when some of it may still be there
 */
export type EraseDeleted = (name: DocumentName, begin?: () => unknown) => Promise<Sequence>;

export function createEraser({ store, forgetDeleted, forgetCopies }: EraserParts): EraseDeleted {
	let last: Promise<unknown> = Promise.resolve();

	async function erase(name: DocumentName, begin: () => unknown): Promise<Sequence> {
		const { sequence } = await store.load(name);
		begin();
		await forgetDeleted(name);
		await forgetCopies(name);
		const versions = await store.versions(name);
		await store.forgetVersions(
			name,
			versions.map(({ id }) => id),
		);
		await store.scrub();
		return sequence;
	}

	return (name, begin = () => {}) => {
		const erased = last.then(() => erase(name, begin));
		last = erased.catch(() => {});
		return erased;
	};
}
