/**
 * An issue as it is on the server. What an approval or a publication is about is read here and nowhere else: never from a
 * device, and never what is still on its way.
 */
import { bodyRoot, readBody } from '#lib/documents/body.ts';
import {
	asShownFrom,
	asWordsFrom,
	countSuggestions,
	hashOfContent,
	holdsUnknown,
	readOutline,
	type SuggestionCounts,
	type ContentOutline,
} from '#lib/documents/bulletin-content.ts';
import { readBulletin } from '#lib/documents/bulletin.ts';
import { closedItemIds } from '#lib/documents/closed-items.ts';
import { readDirectory, type Directory } from '#lib/documents/directory.ts';
import { factSources, readArrived } from '#lib/documents/fact-sources.ts';
import { factsIn } from '#lib/documents/freeze-facts.ts';
import { readMinutes } from '#lib/documents/minutes.ts';
import { readRoster } from '#lib/documents/roster.ts';
import type { BulletinEntry } from '#lib/domain/bulletin.ts';
import type { Fact, FactSources } from '#lib/domain/facts/fact.ts';
import { directoryName, parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import * as Y from 'yjs';
import type { StoredDocument, UpdateStore } from '../storage/contract.ts';
import { toContent, type IssueContent } from './issue-content.ts';

export type Issue = {
	entry: BulletinEntry;
	outline: ContentOutline;
	/** As it is approved. */
	hash: string;
	/** The hash of what goes out. */
	words: string;
	suggestions: SuggestionCounts;
	/** Something in it is of a newer app. */
	unknown: boolean;
	content: IssueContent;
};

export type IssueReader = (id: string) => Promise<Issue | null>;

export type ReaderParts = {
	store: Pick<UpdateStore, 'load'>;
	/** Empty for somebody who is not known. */
	personName(id: string): string;
};

/** @returns what answers an issue, or null for one that the directory does not list */
export function createIssueReader({ store, personName }: ReaderParts): IssueReader {
	async function read<T>(name: DocumentName, look: (doc: Y.Doc) => T | Promise<T>): Promise<T> {
		const doc = toDoc(await store.load(name));
		try {
			return await look(doc);
		} finally {
			doc.destroy();
		}
	}

	/** The documents that facts of this issue point into. */
	async function sourcesOf(facts: readonly Fact[], directory: Directory): Promise<FactSources> {
		const rosters = await readEach('roster', 'shift', readArrived(readRoster));
		const minutes = await readEach('minutes', 'resolution', readArrived(readMinutes));
		const closed = await readEach('agenda', 'resolution', readArrived(closedItemIds));
		return factSources({
			directory,
			rosterOf: (id) => rosters.get(id),
			minutesOf: (id) => minutes.get(id),
			closedItemsOf: (id) => closed.get(id),
			personName,
		});

		async function readEach<T>(document: 'roster' | 'minutes' | 'agenda', kind: string, look: (doc: Y.Doc) => T) {
			const ids = new Set(facts.filter((fact) => fact.kind === kind).map(({ of }) => of.split('/')[0] ?? ''));
			const found = new Map<string, T>();
			for (const id of ids) {
				const name = parseDocumentName(`${document}:${id}`)?.name;
				if (name) found.set(id, await read(name, look));
			}
			return found;
		}
	}

	return async (id) => {
		const name = parseDocumentName(`bulletin:${id}`)?.name;
		if (!name) return null;
		const directory = await read(directoryName, readDirectory);
		const entry = directory.bulletins.find((bulletin) => bulletin.id === id);
		if (!entry) return null;
		return read(name, async (doc) => readIssue(doc, entry, await sourcesOf(factsOf(doc), directory)));
	};
}

function factsOf(doc: Y.Doc): Fact[] {
	return readBulletin(doc).articles.flatMap(({ id }) => factsIn(readBody(doc, bodyRoot(id))));
}

function readIssue(doc: Y.Doc, entry: BulletinEntry, sources: FactSources): Issue {
	const outline = readOutline(doc, entry, asShownFrom(sources));
	return {
		entry,
		outline,
		hash: hashOfContent(outline),
		words: hashOfContent(readOutline(doc, entry, asWordsFrom(sources))),
		suggestions: countSuggestions(doc),
		unknown: holdsUnknown(doc),
		content: toContent(doc, entry, sources),
	};
}

/** @throws Error when the log has a gap: a part of an issue must not pass for the whole */
export function toDoc({ snapshot, tail }: StoredDocument): Y.Doc {
	const doc = new Y.Doc();
	doc.transact(() => {
		for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(doc, update);
	});
	if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('the log has a gap');
	return doc;
}
