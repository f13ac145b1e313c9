/**
 * What the directory says of an issue's publication, so that devices know it without asking, without a network too. The
 * tables are the truth: this is written after them, at every publication and withdrawal. A note that cannot be written is
 * owed: it is tried again until it is there, and a server that starts looks for what the one before still owed. Each note
 * is made on top of the one before: of two that were made at once, chance would say which one stands. And an issue whose page
 * everybody can see is in the list: a device that removed it before it knew of the page does not make that page nobody's.
 */
import { readDirectory } from '#lib/documents/directory.ts';
import { addBulletin, noteBulletin } from '#lib/documents/change-directory.ts';
import { restoreRemoved } from '#lib/documents/removed-entry.ts';
import type { BulletinEntry, BulletinFacts } from '#lib/domain/bulletin.ts';
import { directoryName, type DocumentName } from '#lib/protocol/document-name.ts';
import * as Y from 'yjs';
import type { PublicPage, Publications } from '../accounts/publications.ts';
import type { UpdateStore } from '../storage/contract.ts';
import { toDoc } from './issue-reader.ts';
import { createTurns } from './turns.ts';

export type NoteParts = {
	store: Pick<UpdateStore, 'load'>;
	pageOf(issueId: string): PublicPage | null;
	/** What its page says of an issue; null for one without. */
	factsOf(issueId: string): BulletinFacts | null;
	/** Of all issues that ever had one. */
	pages(): PublicPage[];
	contribute(name: DocumentName, update: Uint8Array): Promise<void>;
	/** @param wait milliseconds */
	later(work: () => void, wait: number): void;
	log: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
};

/** Until the next try, the last one again and again. Milliseconds. */
const waits = [1000, 10_000, 60_000];
const longest = 300_000;

export function createDirectoryNote({ store, pageOf, factsOf, pages, contribute, later, log }: NoteParts) {
	/** How often the note about an issue has failed. */
	const owed = new Map<string, number>();
	const inTurn = createTurns();

	/** Never throws: what it is about has happened, and is not undone because of it. */
	const note = (issueId: string): Promise<void> => inTurn(directoryName, () => write(issueId));

	async function write(issueId: string): Promise<void> {
		try {
			const directory = toDoc(await store.load(directoryName));
			const update = noteUpdate(directory, issueId, pageOf(issueId), factsOf(issueId));
			if (update) await contribute(directoryName, update);
			owed.delete(issueId);
		} catch (cause) {
			const tries = owed.get(issueId) ?? 0;
			owed.set(issueId, tries + 1);
			log('note-failed', { error: String(cause), tries: tries + 1 });
			later(() => owed.has(issueId) && void note(issueId), waits[tries] ?? longest);
		}
	}

	return {
		note,
		/** Writes what a server that ended too early still owed, and what somebody has undone since. */
		async catchUp(): Promise<void> {
			const known = pages();
			if (known.length === 0) return;
			const { bulletins } = readDirectory(toDoc(await store.load(directoryName)));
			for (const page of known) {
				const entry = bulletins.find(({ id }) => id === page.issueId);
				if (entry ? !isNoted(entry, page) : shownName(page) !== null) await note(page.issueId);
			}
		},
	};
}

function shownName(page: PublicPage | null): string | null {
	return page?.withdrawnAt === null ? page.name : null;
}

function isNoted({ page: noted, status }: BulletinEntry, page: PublicPage): boolean {
	const name = shownName(page);
	return noted === name && (name !== null || status === 'withdrawn');
}

function noteUpdate(
	directory: Y.Doc,
	issueId: string,
	page: PublicPage | null,
	facts: BulletinFacts | null,
): Uint8Array | null {
	const entryOf = () => readDirectory(directory).bulletins.find(({ id }) => id === issueId);
	const before = Y.encodeStateVector(directory);
	const isMissing = !entryOf() && facts && shownName(page) !== null;
	if (isMissing && !restoreRemoved(directory, 'bulletins', issueId))
		addBulletin(directory, { id: issueId, ...facts, status: 'published' });
	const entry = entryOf();
	if (!entry) return null;
	noteBulletin(directory, issueId, noteFor(entry, page));
	return Y.encodeStateAsUpdate(directory, before);
}

function noteFor({ status, news }: BulletinEntry, page: PublicPage | null): Parameters<typeof noteBulletin>[2] {
	const name = shownName(page);
	const said = status === 'draft' ? 'draft' : 'review';
	return { status: page ? (name === null ? 'withdrawn' : 'published') : said, page: name, news: news + 1 };
}

/** Of the last version that went out. */
export function createFactsOfPage({ versions }: Pick<Publications, 'versions'>) {
	return (issueId: string): BulletinFacts | null => {
		const last = versions(issueId).at(-1);
		if (!last) return null;
		const { title, date, language } = JSON.parse(last.content) as BulletinFacts;
		return { title, date, language };
	};
}
