/**
 * A person's visit to a document on this device: what changed since the one before. Looking away for a short while does
 * not end a visit, so that what is new stays new until it was seen. What is seen is noted while it is on screen: a page
 * that is reloaded, closed or killed has no time left for it.
 */
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { databasePrefixOf } from '#lib/sync/device-database.ts';
import { SeenStates, type SeenRow } from '#lib/sync/seen-states.ts';
import { createSubscriber } from 'svelte/reactivity';
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
	readonly #handle: DocumentHandle;
	readonly #store: Pick<SeenStates, 'read' | 'write'>;
	readonly #now: () => number;
	readonly #subscribe: () => void;
	#before = $state.raw<SeenRow['before'] | undefined>(undefined);
	/** What was written once is not unwritten: since which visit that is known. */
	#grownSince: SeenRow['before'] = null;
	#erased: string | null = null;
	#closed = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#notedAt = -Infinity;
	/** When somebody wrote what is not noted yet. */
	#writtenAt: number | null = null;
	readonly #then = $derived.by(
		() => this.#before && Y.decodeStateVector(Y.encodeStateVectorFromUpdate(this.#before.state)),
	);

	constructor(handle: DocumentHandle, store: Pick<SeenStates, 'read' | 'write'>, now: () => number = Date.now) {
		this.#handle = handle;
		this.#store = store;
		this.#now = now;
		this.#subscribe = createSubscriber((update) => {
			// With every letter that anybody writes: said once.
			const look = () => {
				if (this.#grownSince !== this.#before && this.#hasGrown()) update();
			};
			handle.doc.on('update', look);
			return () => handle.doc.off('update', look);
		});
		document.addEventListener('visibilitychange', this.#turned);
		handle.doc.on('update', this.#written);
		void this.#begin();
	}

	/** Null on a first visit, and until it is known. */
	get before(): SeenRow['before'] {
		return this.#before ?? null;
	}

	/** Whether somebody, anywhere, wrote something since. */
	get changed(): boolean {
		this.#subscribe();
		const { before } = this;
		if (before && this.#grownSince !== before && this.#hasGrown()) this.#grownSince = before;
		return before !== null && this.#grownSince === before;
	}

	#hasGrown(): boolean {
		const then = this.#then;
		if (!then) return false;
		const own = this.#handle.doc.clientID;
		return [...Y.decodeStateVector(Y.encodeStateVector(this.#handle.doc))].some(
			([client, clock]) => client !== own && clock > (then.get(client) ?? 0),
		);
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#timer);
		document.removeEventListener('visibilitychange', this.#turned);
		this.#handle.doc.off('update', this.#written);
		if (!document.hidden) void this.#note();
	}

	readonly #written = (): void => void (this.#writtenAt = this.#now());

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
		const before = beforeThisVisit(row, this.#now());
		if (this.#before === undefined || before?.at !== this.#before?.at) this.#before = before;
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
		const last = { state: Y.encodeStateAsUpdate(doc), at: this.#now() };
		this.#notedAt = last.at;
		this.#writtenAt = null;
		await this.#store.write({ name, before: this.#before, last, erased: this.#erased });
	}
}
