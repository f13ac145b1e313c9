/**
 * Makes a log into one state in a thread of its own, so that nobody waits for it: a long history takes seconds. The thread
 * lives while there is something to do and a little longer, keeps no process alive, and when it dies, what it had to do
 * fails and nothing else.
 */
import { Worker } from 'node:worker_threads';
import type { StoredDocument } from '../storage/contract.ts';

/** A document as one update, and what that holds, as a state vector. */
export type EncodedState = { state: Uint8Array; vector: Uint8Array };
export type Encoded = EncodedState | { error: string };

/** How long a thread without work is kept. Milliseconds. */
const patience = 60_000;

export class StateEncoder {
	#worker: Worker | null = null;
	#waiting: ((encoded: Encoded) => void)[] = [];
	#leaving: NodeJS.Timeout | undefined;

	/** @throws Error when the log does not apply as a whole */
	async encode(stored: StoredDocument): Promise<EncodedState> {
		clearTimeout(this.#leaving);
		const worker = (this.#worker ??= this.#start());
		worker.ref();
		const encoded = await new Promise<Encoded>((resolve) => {
			this.#waiting.push(resolve);
			worker.postMessage(stored);
		});
		if (this.#waiting.length === 0) this.#rest();
		if ('error' in encoded) throw new Error(encoded.error);
		return encoded;
	}

	#start(): Worker {
		const worker = new Worker(new URL('./compaction-worker.ts', import.meta.url));
		worker.on('message', (encoded: Encoded) => this.#waiting.shift()?.(encoded));
		worker.on('error', (error) => this.#lose(worker, String(error)));
		worker.on('exit', () => this.#lose(worker, 'the thread ended'));
		return worker;
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
		for (const fail of this.#waiting.splice(0)) fail({ error });
	}
}
