/**
 * Rewrites a document's log as one state once its tail has grown, by load and encode: merged updates would keep erased
 * text. One document at a time, in another thread, and never from a room's state, which may be ahead of the disk.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { setTimeout } from 'node:timers/promises';
import type { StoredDocument, UpdateStore } from '../storage/contract.ts';
import type { Leases } from '../storage/lease-contract.ts';
import type { Log } from './log.ts';
import { type EncodedState, StateEncoder } from './state-encoder.ts';
import { type Growth, toGrowth } from './turn.ts';

/**
 * While people write, a tail is rewritten at so many updates, or at so many bytes: it can then still be put together in
 * about a tenth of a second. Both grow with the snapshot, so that the work of a document's whole life grows with its
 * length and not with its square. Every state is written twice, to SQLite's log and to its file, so it is written seldom.
 */
const usualThreshold = { updates: 150_000, bytes: 2 * 1024 * 1024 };

/** A stopping server begins no other document after so many milliseconds, and waits no longer for one. */
const stopping = 2000;

/** When nobody writes it is worth it sooner: whoever opens the document next has less to read. */
const quiet = { updates: 500, bytes: 16 * 1024 };

/**
 * When the server stops, a tail is rewritten that takes about half as long to read as the snapshot does: an update of it
 * takes as long as some sixty bytes of a snapshot. Stops are rare, and what is written then wears nothing out.
 */
const atStop = (snapshot: number) => ({
	updates: Math.max(quiet.updates, snapshot / 128),
	bytes: Math.max(quiet.bytes, snapshot / 2),
});

/** For a compaction of somebody else's that is under way. Milliseconds. */
const patience = { tries: 50, between: 100 };

export type CompactorOptions = {
	threshold?: typeof usualThreshold;
	/** Makes a log into one state. */
	encode?: (stored: StoredDocument) => Promise<EncodedState>;
};

type Tail = { updates: number; bytes: number; snapshot: number; /** Since the last rest. */ grew: boolean };

export class Compactor {
	readonly #store: UpdateStore;
	readonly #leases: Leases;
	readonly #log: Log;
	readonly #encode: (stored: StoredDocument) => Promise<EncodedState>;
	readonly #threshold: typeof usualThreshold;
	readonly #tails = new Map<DocumentName, Tail>();
	readonly #due = new Set<DocumentName>();
	#running: Promise<void> | null = null;
	#stopped = false;

	constructor(store: UpdateStore, leases: Leases, log: Log, { threshold, encode }: CompactorOptions = {}) {
		this.#store = store;
		this.#leases = leases;
		this.#threshold = threshold ?? usualThreshold;
		const encoder = new StateEncoder();
		this.#encode = encode ?? ((stored) => encoder.encode(stored));
		this.#log = log;
	}

	/** Whoever opened it waits for it now: that its tail is long can wait. */
	loaded(name: DocumentName, stored: StoredDocument): void {
		this.#tails.set(name, measure(stored));
	}

	appended(name: DocumentName, { updates, bytes }: Growth): void {
		const tail = this.#tails.get(name);
		if (!tail) return;
		tail.updates += updates;
		tail.bytes += bytes;
		tail.grew = true;
		if (isWorthIt(tail, this.#threshold)) this.#undertake(name);
	}

	/** To be called now and then for each room. */
	rest(name: DocumentName): void {
		const tail = this.#tails.get(name);
		if (!tail) return;
		if (!tail.grew && isWorthItNow(tail, this.#threshold)) this.#undertake(name);
		tail.grew = false;
	}

	forgotten(name: DocumentName): void {
		this.#tails.delete(name);
	}

	async drained(): Promise<void> {
		await this.#running;
	}

	/** What is due and has not begun is left: its tail is on disk. */
	stop(): void {
		this.#stopped = true;
		this.#due.clear();
	}

	/**
	 * The server stops: whoever opens a document after the next start waits less, the longest tail first. Settles soon,
	 * whatever is left to do.
	 */
	async finish(now: () => number = () => performance.now()): Promise<void> {
		const end = now() + stopping;
		this.stop();
		await orLeave(this.#running);
		const long = [...this.#tails].filter(([, tail]) => isWorthItAtStop(tail));
		for (const [name] of long.sort(([, a], [, b]) => b.updates - a.updates)) {
			if (now() > end) return;
			await orLeave(this.#compact(name, isWorthItAtStop).catch((error: unknown) => this.#tellFailed(error)));
		}
	}

	/**
	 * Rewrites the log now, however short it is: what was deleted is in none of it afterwards.
	 * @throws Error when it cannot be done
	 */
	async compactNow(name: DocumentName): Promise<void> {
		for (let left = patience.tries; left > 0; left--) {
			if (await this.#compact(name, () => true)) return;
			await setTimeout(patience.between);
		}
		throw new Error('somebody else compacts it, and does not come to an end');
	}

	#undertake(name: DocumentName): void {
		if (this.#stopped) return;
		this.#due.add(name);
		this.#running ??= this.#run();
	}

	async #run(): Promise<void> {
		for (const name of this.#due) {
			await new Promise(setImmediate);
			this.#due.delete(name);
			const wanted = (tail: Tail) => isWorthItNow(tail, this.#threshold);
			await this.#compact(name, wanted).catch((error: unknown) => this.#tellFailed(error));
		}
		this.#running = null;
	}

	#tellFailed(error: unknown): void {
		this.#log('compaction-failed', { error: String(error) });
	}

	/**
	 * The tail counts anew from here, also when this fails: the next try comes with the next threshold.
	 * @returns false when somebody else is at it
	 */
	async #compact(name: DocumentName, wanted: (tail: Tail) => boolean): Promise<boolean> {
		const tail = this.#tails.get(name);
		if (tail) tail.updates = tail.bytes = 0;
		const lease = await this.#leases.take(name);
		if (!lease) return false;
		try {
			const stored = await this.#store.load(name);
			// Another relay may just have done it.
			if (!wanted(measure(stored))) return true;
			const { state, vector } = await this.#encode(stored);
			await this.#store.compact(name, state, stored.sequence, lease.token, vector);
			if (tail) tail.snapshot = state.length;
			return true;
		} finally {
			// It ends by itself.
			await lease.giveBack().catch((error: unknown) => this.#log('lease-not-given-back', { error: String(error) }));
		}
	}
}

/** A stopping server does not wait for it any longer: what it would rewrite stays as it is. */
async function orLeave(work: Promise<unknown> | null): Promise<void> {
	await Promise.race([work, setTimeout(stopping, undefined, { ref: false })]);
}

function measure({ snapshot, tail }: StoredDocument): Tail {
	return { ...toGrowth(tail), snapshot: snapshot?.length ?? 0, grew: true };
}

function isWorthIt({ updates, bytes, snapshot }: Tail, threshold: typeof usualThreshold): boolean {
	return bytes >= Math.max(threshold.bytes, 2 * snapshot) || updates >= Math.max(threshold.updates, snapshot / 2);
}

function isWorthItNow(tail: Tail, threshold: typeof usualThreshold): boolean {
	const { updates, bytes, snapshot } = tail;
	const many = updates >= Math.max(quiet.updates, snapshot / 4);
	return isWorthIt(tail, threshold) || many || bytes >= Math.max(quiet.bytes, 4 * snapshot);
}

function isWorthItAtStop({ updates, bytes, snapshot }: Tail): boolean {
	const least = atStop(snapshot);
	return updates >= least.updates || bytes >= least.bytes;
}
