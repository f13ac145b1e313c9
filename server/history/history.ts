/**
 * The versions of documents: people name one, and others are made by themselves while a document changes. A version is
 * what is written at that moment, so it holds everything that was acknowledged before it was asked for.
 */
import { newId } from '#lib/domain/id.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { setImmediate } from 'node:timers/promises';
import * as Y from 'yjs';
import type { StoredDocument, UpdateStore } from '../storage/contract.ts';
import type { Version, VersionStore } from '../storage/version-contract.ts';
import { versionsToForget } from './thinning.ts';

export type HistoryParts = {
	store: Pick<UpdateStore, 'load' | 'list'> & VersionStore;
	/** Milliseconds since 1970. */
	now: () => number;
	/** Of the association: in it a day is a day. */
	timeZone: () => string;
	/**
	 * Makes a log into one state; a long one takes seconds, so a server that others wait for does it in another thread.
	 * Rejects when the log has a gap.
	 */
	encode?: (stored: StoredDocument) => Promise<Uint8Array>;
	log: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
};

export type History = {
	/**
	 * @param by whose it is: asked in the moment before it is written; what it throws leaves no version
	 * @returns null when the document does not exist, or has as many named versions of theirs as it may
	 */
	name(document: DocumentName, label: string, by: () => string): Promise<Version | null>;
	/** Keeps a version of every document that changed since its last one, and thins what is old; ends early on a signal. */
	sweep(signal?: AbortSignal): Promise<void>;
};

/** Named versions stay for ever, so one person makes no more than this of a document; what others made takes nothing from them. */
export const namedLimit = 200;

/** Of a version that is compacted, or erased, under one's hands; both are seldom. */
const tries = 5;

export function createHistory({ store, now, timeZone, encode = encodeHere, log }: HistoryParts): History {
	async function keep(document: DocumentName, label: string | null, by: () => string | null): Promise<Version> {
		for (let left = tries; left > 0; left--) {
			const stored = await store.load(document);
			const [id, madeAt] = [newId(), now()];
			const state = await encode(stored);
			const finish = () => ({ id, label, madeAt, personId: by(), sequence: stored.sequence });
			const kept = await store.keepVersion(document, finish, state);
			if (kept) return kept;
		}
		throw new Error('the document was compacted each time');
	}

	async function sweepOne(document: DocumentName, sequence: number): Promise<void> {
		const versions = await store.versions(document);
		if (versions[0]?.sequence !== sequence) versions.unshift(await keep(document, null, () => null));
		const old = versionsToForget(versions, now(), timeZone());
		if (old.length > 0) await store.forgetVersions(document, old);
	}

	return {
		async name(document, label, by) {
			const { sequence } = await store.load(document);
			const person = by();
			const named = (await store.versions(document)).filter((one) => one.label !== null && one.personId === person);
			return sequence === 0 || named.length >= namedLimit ? null : keep(document, label, by);
		},
		async sweep(signal) {
			for (const { name, sequence } of await store.list()) {
				// One document at a time, and everyone who writes comes first.
				await setImmediate();
				if (signal?.aborted) return;
				await sweepOne(name, sequence).catch((cause: unknown) => log('version-failed', { error: String(cause) }));
			}
		},
	};
}

/** @throws Error when the log has a gap: a version of a part of a document would be taken for the whole */
async function encodeHere({ snapshot, tail }: StoredDocument): Promise<Uint8Array> {
	const doc = new Y.Doc();
	try {
		doc.transact(() => {
			for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(doc, update);
		});
		if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('the log has a gap');
		return Y.encodeStateAsUpdate(doc);
	} finally {
		doc.destroy();
	}
}

/**
 * Sweeps now and then.
 * @param every milliseconds
 * @returns a function that ends it, and settles when no document is being read or written any more
 */
export function keepHistory(history: Pick<History, 'sweep'>, every: number, log: HistoryParts['log']) {
	const stop = new AbortController();
	let running: Promise<void> = Promise.resolve();
	const timer = setInterval(() => {
		running = running
			.then(() => history.sweep(stop.signal))
			.catch((cause: unknown) => log('sweep-failed', { error: String(cause) }));
	}, every).unref();
	return async (): Promise<void> => {
		clearInterval(timer);
		stop.abort();
		await running;
	};
}
