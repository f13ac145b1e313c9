/**
 * Makes a log into one state in a thread of its own, so that nobody waits for it: a long history takes seconds. The thread
 * lives while there is something to do and a little longer, keeps no process alive, and when it dies, or does not come to
 * an end, what it was at fails and nothing else.
 */
import { Worker } from 'node:worker_threads';
import type { StoredDocument } from '../storage/contract.ts';

/** A document as one update, and what that holds, as a state vector. */
export type EncodedState = { state: Uint8Array; vector: Uint8Array };
export type Encoded = EncodedState | { error: string };

/** How long a thread without work is kept. Milliseconds. */
const patience = 60_000;

/** Less than a lease, and thirty times what the longest history takes that we know. Milliseconds. */
const usualLimit = 45_000;

export class StateEncoder {
	readonly #limit: number;
	#worker: Worker | null = null;
	/** The first is under way. */
	readonly #jobs: { stored: StoredDocument; settle: (encoded: Encoded) => void }[] = [];
	#leaving: NodeJS.Timeout | undefined;
	#ending: NodeJS.Timeout | undefined;

	/** @param limit milliseconds for one document */
	constructor(limit: number = usualLimit) {
		this.#limit = limit;
	}

	/** @throws Error when the log does not apply as a whole, or that takes too long */
	async encode(stored: StoredDocument): Promise<EncodedState> {
		const encoded = await new Promise<Encoded>((settle) => {
			if (this.#jobs.push({ stored, settle }) === 1) this.#begin();
		});
		if ('error' in encoded) throw new Error(encoded.error);
		return encoded;
	}

	#begin(): void {
		const [job] = this.#jobs;
		if (!job) return this.#rest();
		clearTimeout(this.#leaving);
		const worker = (this.#worker ??= this.#start());
		worker.ref();
		this.#ending = setTimeout(() => {
			this.#lose(worker, `it takes longer than ${this.#limit} ms`);
			void worker.terminate();
		}, this.#limit).unref();
		worker.postMessage(job.stored);
	}

	#start(): Worker {
		const worker = new Worker(new URL('./compaction-worker.ts', import.meta.url));
		worker.on('message', (encoded: Encoded) => this.#worker === worker && this.#end(encoded));
		worker.on('error', (error) => this.#lose(worker, String(error)));
		worker.on('exit', () => this.#lose(worker, 'the thread ended'));
		return worker;
	}

	#end(encoded: Encoded): void {
		clearTimeout(this.#ending);
		this.#jobs.shift()?.settle(encoded);
		this.#begin();
	}

	#rest(): void {
		this.#worker?.unref();
		this.#leaving = setTimeout(() => {
			void this.#worker?.terminate();
			this.#worker = null;
		}, patience).unref();
	}

	#lose(worker: Worker, error: string): void {
		if (this.#worker !== worker) return;
		this.#worker = null;
		this.#end({ error });
	}
}
