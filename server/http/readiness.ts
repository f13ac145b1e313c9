/**
 * Whether people's work can be saved now, as opposed to whether the process lives. Asking writes to the disk, so whoever
 * asks within a moment shares one answer: a flood of questions is not a flood of commits.
 */
import { elapsed } from '../elapsed.ts';
import type { StorageError, StoreHealth, StoreProbe } from '../storage/contract.ts';

/** The reason codes of `/readyz`. */
export type Unready = 'store-full' | 'store-failed' | 'disk-low';

export type ReadinessParts = {
	store: StoreProbe;
	/** While it is in trouble the relay is read-only, whatever a probe says. */
	health: Pick<StoreHealth, 'trouble'>;
	/** What the data folder's disk has left. Bytes. */
	freeBytes: () => Promise<number>;
	/** Milliseconds since any moment. */
	now?: () => number;
};

/** A write-ahead log at rest, a compaction and a backup's beginning fit in. Bytes. */
export const leastFree = 64 * 1024 * 1024;
/** Milliseconds. */
const lasting = 2000;

/** @returns null when ready */
export type Readiness = () => Promise<Unready | null>;

export function createReadiness({ store, health, freeBytes, now = elapsed }: ReadinessParts): Readiness {
	let last: { at: number; answer: Promise<Unready | null> } | null = null;

	async function look(): Promise<Unready | null> {
		if (health.trouble) return `store-${health.trouble}`;
		try {
			await store.probe();
			return (await freeBytes()) < leastFree ? 'disk-low' : null;
		} catch (cause) {
			return (cause as Partial<StorageError>).kind === 'full' ? 'store-full' : 'store-failed';
		}
	}

	return () => {
		if (!last || now() - last.at >= lasting) last = { at: now(), answer: look() };
		return last.answer;
	};
}
