import type { Appending, Sequence } from './contract.ts';

/** Of a store for which written and durable are one moment: that of its commit. */
export function committed(commit: Promise<Sequence[]>): Appending {
	return toAppending(
		commit,
		commit.then(() => {}),
	);
}

/** A rejection of either counts as handled: whoever waits for one of them hears of it there. */
export function toAppending(written: Promise<Sequence[]>, durable: Promise<void>): Appending {
	for (const promise of [written, durable]) promise.catch(() => {});
	return { written, durable };
}
