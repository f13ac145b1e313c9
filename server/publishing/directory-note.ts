/**
 * What the directory says of an issue's publication, so that devices know it without asking, without a network too. The
 * tables are the truth: this is written after them, at every publication and withdrawal.
 */
import { noteBulletin, readDirectory } from '#lib/documents/directory.ts';
import type { BulletinEntry } from '#lib/domain/bulletin.ts';
import { directoryName, type DocumentName } from '#lib/protocol/document-name.ts';
import * as Y from 'yjs';
import type { PublicPage } from '../accounts/publications.ts';
import type { UpdateStore } from '../storage/contract.ts';
import { toDoc } from './issue-reader.ts';

export type NoteParts = {
	store: Pick<UpdateStore, 'load'>;
	pageOf(issueId: string): PublicPage | null;
	contribute(name: DocumentName, update: Uint8Array): Promise<void>;
	log: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
};

/** A note that fails is said in the log only: what it is about has happened. */
export function createDirectoryNote({ store, pageOf, contribute, log }: NoteParts) {
	return async (issueId: string): Promise<void> => {
		try {
			const directory = toDoc(await store.load(directoryName));
			const update = noteUpdate(directory, issueId, pageOf(issueId));
			if (update) await contribute(directoryName, update);
		} catch (cause) {
			log('note-failed', { error: String(cause) });
		}
	};
}

function noteUpdate(directory: Y.Doc, issueId: string, page: PublicPage | null): Uint8Array | null {
	const entry = readDirectory(directory).bulletins.find(({ id }) => id === issueId);
	if (!entry) return null;
	const before = Y.encodeStateVector(directory);
	noteBulletin(directory, issueId, noteFor(entry, page));
	return Y.encodeStateAsUpdate(directory, before);
}

function noteFor({ status, news }: BulletinEntry, page: PublicPage | null): Parameters<typeof noteBulletin>[2] {
	const shown = page?.withdrawnAt === null;
	const said = status === 'draft' ? 'draft' : 'review';
	return { status: shown ? 'published' : said, page: shown ? page.name : null, news: news + 1 };
}
