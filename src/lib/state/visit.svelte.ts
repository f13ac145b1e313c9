/**
 * A person's visit to a document on this device: what changed since the one before. Looking away for a short while does
 * not end a visit, so that what is new stays new until it was seen.
 */
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { databasePrefixOf } from '#lib/sync/device-database.ts';
import { SeenStates, type SeenRow } from '#lib/sync/seen-states.ts';
import { createSubscriber } from 'svelte/reactivity';
import * as Y from 'yjs';
import type { App } from './app.svelte.ts';

/** Whoever comes back later than this has come anew. Milliseconds. */
export const visitEnds = 10 * 60_000;

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
	/** What was written once is not unwritten. */
	#changed = false;
	readonly #away: () => void;
	#before = $state.raw<SeenRow['before'] | undefined>(undefined);
	#erased: string | null = null;
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
				if (!this.#changed && this.#hasGrown()) update();
			};
			handle.doc.on('update', look);
			return () => handle.doc.off('update', look);
		});
		this.#away = () => document.hidden && void this.#note();
		document.addEventListener('visibilitychange', this.#away);
		void this.#begin();
	}

	/** Null on a first visit, and until it is known. */
	get before(): SeenRow['before'] {
		return this.#before ?? null;
	}

	/** Whether somebody, anywhere, wrote something since. */
	get changed(): boolean {
		this.#subscribe();
		return (this.#changed ||= this.#hasGrown());
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
		document.removeEventListener('visibilitychange', this.#away);
		void this.#note();
	}

	async #begin(): Promise<void> {
		await this.#handle.whenLoaded;
		const row = await this.#store.read(this.#handle.name);
		this.#erased = row?.erased ?? null;
		this.#before = beforeThisVisit(row, this.#now());
	}

	async #note(): Promise<void> {
		const { doc, name } = this.#handle;
		if (this.#before === undefined || doc.store.clients.size === 0) return;
		const last = { state: Y.encodeStateAsUpdate(doc), at: this.#now() };
		await this.#store.write({ name, before: this.#before, last, erased: this.#erased });
	}
}
