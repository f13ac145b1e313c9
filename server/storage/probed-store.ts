/**
 * Whether the store takes writes, as far as is known. A failed append says no; from then on the store is probed until
 * it takes something again, so that trouble ends by itself when, say, somebody made space on the disk.
 */
import type { StorageError, StoreHealth, StoreProbe, UpdateStore } from './contract.ts';
import { watchedStore } from './watched-store.ts';

type Trouble = StorageError['kind'];

export type ProbedStore = StoreHealth & {
	/** Asks the store whether it writes, also when nothing was written yet that could have failed. Rejects when it does not. */
	probe(): Promise<void>;
	/** The store to write through. */
	store: UpdateStore;
	/** No probe begins after this. The store stays open. */
	stop(): void;
};

/** Milliseconds between two probes of a store in trouble. */
const probeInterval = 3000;

/** @param later runs `work` after a while */
export function createProbedStore(
	store: UpdateStore & StoreProbe,
	later: (work: () => void) => void = (work) => void setTimeout(work, probeInterval).unref(),
): ProbedStore {
	const listeners = new Set<() => void>();
	let trouble: Trouble | null = null;
	let stopped = false;

	function note(next: Trouble | null): void {
		if (next === trouble) return;
		const began = trouble === null;
		trouble = next;
		if (began) later(probe);
		for (const listener of [...listeners]) listener();
	}

	function probe(): void {
		if (stopped || trouble === null) return;
		store.probe().then(
			() => note(null),
			(cause: unknown) => {
				note(kindOf(cause));
				later(probe);
			},
		);
	}

	const failed = (cause: unknown) => note(kindOf(cause));
	/** Appends that one sync brings to disk share it. */
	let last: Promise<void> | null = null;

	return {
		get trouble() {
			return trouble;
		},
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		async probe() {
			const probed = store.probe();
			probed.catch(failed);
			await probed;
		},
		stop: () => void (stopped = true),
		store: watchedStore(store, (batch) => {
			const appending = store.append(batch);
			// Before whoever appends hears of it: reactions run in the order in which they were asked for.
			appending.written.catch(failed);
			if (appending.durable !== last) (last = appending.durable).catch(failed);
			return appending;
		}),
	};
}

function kindOf(cause: unknown): Trouble {
	return (cause as Partial<StorageError>).kind === 'full' ? 'full' : 'failed';
}
