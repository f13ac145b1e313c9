/**
 * A person's visit to a document on this device: what changed since the one before. Looking away for a short while does
 * not end a visit, so that what is new stays new until it was seen. What is seen is noted while it is on screen: a page
 * that is reloaded, closed or killed has no time left for it.
 */
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { databasePrefixOf } from '#lib/sync/device-database.ts';
import type { Beside } from '#lib/domain/beside.ts';
import { mergedShares, noShare, withChange, type OwnShare } from '#lib/sync/own-share.ts';
import { SeenStates, type SeenRow } from '#lib/sync/seen-states.ts';
import { untrack } from 'svelte';
import * as Y from 'yjs';
import type { App } from './app.svelte.ts';

/** Whoever comes back later than this has come anew. Milliseconds. */
export const visitEnds = 10 * 60_000;

/** What is on screen so long after it came was seen. Milliseconds, as all of these. */
const seenAfter = 1000;
/** How often what has changed is noted from then on. */
const notedEvery = 25_000;
/** Nobody waits for a note: it is made when nobody has written for so long. */
const quietFor = 2000;
/** A visit goes on in which nothing changes. */
const goesOn = visitEnds / 2;

const stores = new WeakMap<App, SeenStates>();

export function seenStatesOf(app: App): SeenStates {
	const known = stores.get(app) ?? new SeenStates({ prefix: databasePrefixOf(app.me.id) });
	stores.set(app, known);
	return known;
}

/** What the visit before this one ended with. */
export function beforeThisVisit(row: SeenRow | null, now: number): SeenRow['before'] {
	if (!row?.last) return null;
	return now - row.last.at > visitEnds ? row.last : row.before;
}

export class Visit {
	/** Says what is shown from elsewhere; null until that is known. */
	beside: (() => Beside) | null = null;
	readonly #handle: DocumentHandle;
	readonly #store: Pick<SeenStates, 'read' | 'write'>;
	readonly #now: () => number;
	#before = $state.raw<SeenRow['before'] | undefined>(undefined);
	#own: OwnShare = noShare;
	#lastBeside: Beside | undefined;
	#erased: string | null = null;
	#closed = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#notedAt = -Infinity;
	/** When somebody wrote what is not noted yet. */
	#writtenAt: number | null = null;

	constructor(handle: DocumentHandle, store: Pick<SeenStates, 'read' | 'write'>, now: () => number = Date.now) {
		this.#handle = handle;
		this.#store = store;
		this.#now = now;
		document.addEventListener('visibilitychange', this.#turned);
		handle.doc.on('update', this.#written);
		void this.#begin();
	}

	get doc(): Y.Doc {
		return this.#handle.doc;
	}

	/** Null on a first visit, and until it is known. */
	get before(): SeenRow['before'] {
		return this.#before ?? null;
	}

	/** What was done here since. */
	get own(): OwnShare {
		return this.#own;
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#timer);
		document.removeEventListener('visibilitychange', this.#turned);
		this.#handle.doc.off('update', this.#written);
		if (!document.hidden) void this.#note();
	}

	readonly #written = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
		this.#writtenAt = this.#now();
		if (transaction.local) this.#own = withChange(this.#own, transaction);
	};

	/** Whoever looks again after a while has come anew, and another tab may have been looked at meanwhile. */
	readonly #turned = (): void => {
		clearTimeout(this.#timer);
		void (document.hidden ? this.#note() : this.#begin());
	};

	async #begin(): Promise<void> {
		await this.#handle.whenLoaded;
		const row = await this.#store.read(this.#handle.name);
		if (this.#closed) return;
		this.#erased = row?.erased ?? null;
		this.#lastBeside = row?.last?.beside;
		const before = beforeThisVisit(row, this.#now());
		const isAnother = this.#before !== undefined && before?.at !== this.#before?.at;
		if (isAnother) this.#own = noShare;
		if (row?.own && before?.at === row.before?.at) this.#own = mergedShares(row.own, this.#own);
		if (this.#before === undefined || isAnother) this.#before = before;
		this.#later(seenAfter);
	}

	#later(wait: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#look(), wait);
	}

	#look(): void {
		if (document.hidden) return;
		const now = this.#now();
		const since = now - this.#notedAt;
		const { everSynced, connection } = this.#handle.status;
		// On a first visit it may come in pieces.
		if (!everSynced && connection !== 'offline') this.#later(seenAfter);
		else if (since < goesOn && this.#writtenAt !== null && now - this.#writtenAt < quietFor) this.#later(quietFor);
		else {
			if (since >= goesOn || this.#writtenAt !== null) void this.#note();
			this.#later(notedEvery);
		}
	}

	async #note(): Promise<void> {
		const { doc, name } = this.#handle;
		if (this.#before === undefined || doc.store.clients.size === 0) return;
		this.#lastBeside = untrack(() => this.beside?.()) ?? this.#lastBeside;
		const last = { state: Y.encodeStateAsUpdate(doc), at: this.#now(), beside: this.#lastBeside };
		this.#notedAt = last.at;
		this.#writtenAt = null;
		this.#own = mergedShares(this.#own, noShare);
		await this.#store.write({ name, before: this.#before, last, own: this.#own, erased: this.#erased });
	}
}
