/**
 * Rewrites a document's log as one state once its tail has grown, by load and encode: merged updates would keep erased
 * text. One document at a time, in another thread, and never from a room's state, which may be ahead of the disk.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { StoredDocument, UpdateStore } from '../storage/contract.ts';
import type { Leases } from '../storage/lease-contract.ts';
import type { Log } from './log.ts';
import { StateEncoder } from './state-encoder.ts';

/**
 * A tail is worth rewriting at so many updates, or at so many bytes. Both grow with the snapshot, so that the work of a
 * document's whole life grows with its length and not with its square, and what is written for it is little beside what
 * people write: one who types needs about 16 bytes for a character that takes one in the snapshot. A tail of `mostUpdates`,
 * or of `mostBytes`, is put together in tens of milliseconds.
 */
const usualThreshold = { updates: 2000, mostUpdates: 100_000, bytes: 256 * 1024 };
const mostBytes = 2 * 1024 * 1024;

export type CompactorOptions = {
	threshold?: typeof usualThreshold;
	/** Makes a log into one state. */
	encode?: (stored: StoredDocument) => Promise<Uint8Array>;
};

type Tail = { updates: number; bytes: number; snapshot: number };

export class Compactor {
	readonly #store: UpdateStore;
	readonly #leases: Leases;
	readonly #log: Log;
	readonly #encode: (stored: StoredDocument) => Promise<Uint8Array>;
	readonly #threshold: typeof usualThreshold;
	readonly #tails = new Map<DocumentName, Tail>();
	readonly #due = new Set<DocumentName>();
	#running: Promise<void> | null = null;

	constructor(store: UpdateStore, leases: Leases, log: Log, { threshold, encode }: CompactorOptions = {}) {
		this.#store = store;
		this.#leases = leases;
		this.#threshold = threshold ?? usualThreshold;
		const encoder = new StateEncoder();
		this.#encode = encode ?? ((stored) => encoder.encode(stored));
		this.#log = log;
	}

	loaded(name: DocumentName, stored: StoredDocument): void {
		this.#tails.set(name, measure(stored));
		this.#consider(name);
	}

	appended(name: DocumentName, updates: readonly Uint8Array[]): void {
		const tail = this.#tails.get(name);
		if (!tail) return;
		tail.updates += updates.length;
		tail.bytes += sizeOf(updates);
		this.#consider(name);
	}

	forgotten(name: DocumentName): void {
		this.#tails.delete(name);
	}

	async drained(): Promise<void> {
		await this.#running;
	}

	#consider(name: DocumentName): void {
		const tail = this.#tails.get(name);
		if (!tail || !isWorthIt(tail, this.#threshold)) return;
		this.#due.add(name);
		this.#running ??= this.#run();
	}

	async #run(): Promise<void> {
		for (const name of this.#due) {
			await new Promise(setImmediate);
			this.#due.delete(name);
			await this.#compact(name).catch((error: unknown) => this.#log('compaction-failed', { error: String(error) }));
		}
		this.#running = null;
	}

	/** The tail counts anew from here, also when this fails: the next try comes with the next threshold. */
	async #compact(name: DocumentName): Promise<void> {
		const tail = this.#tails.get(name);
		if (tail) tail.updates = tail.bytes = 0;
		const lease = await this.#leases.take(name);
		if (!lease) return;
		try {
			const stored = await this.#store.load(name);
			// Another relay may just have done it.
			if (!isWorthIt(measure(stored), this.#threshold)) return;
			const state = await this.#encode(stored);
			await this.#store.compact(name, state, stored.sequence, lease.token);
			if (tail) tail.snapshot = state.length;
		} finally {
			await lease.giveBack();
		}
	}
}

function measure({ snapshot, tail }: StoredDocument): Tail {
	return { updates: tail.length, bytes: sizeOf(tail), snapshot: snapshot?.length ?? 0 };
}

function isWorthIt({ updates, bytes, snapshot }: Tail, threshold: typeof usualThreshold): boolean {
	const heavy = bytes >= Math.min(Math.max(threshold.bytes, 16 * snapshot), Math.max(mostBytes, 2 * snapshot));
	return heavy || updates >= Math.min(threshold.mostUpdates, Math.max(threshold.updates, 2 * snapshot));
}

function sizeOf(updates: readonly Uint8Array[]): number {
	return updates.reduce((sum, update) => sum + update.length, 0);
}
