/**
 * How often somebody may guess. After some free failures each further one doubles the wait, until a lock of a quarter of
 * an hour; an hour without a failure forgives all. What counts as somebody is the caller's: an address, a code.
 * Invariant: at most `capacity` are remembered, the longest silent is forgotten first.
 */
const second = 1000;

export const triesLimits = {
	/** Failures before any wait: people mistype. */
	free: 5,
	longest: 15 * 60 * second,
	forgivenAfter: 60 * 60 * second,
	capacity: 10_000,
} as const;

type Guesser = { failures: number; failedAt: number };

export type Tries = ReturnType<typeof createTries>;

/** @param now milliseconds since any moment */
export function createTries(now: () => number, limits: typeof triesLimits = triesLimits) {
	const guessers = new Map<string, Guesser>();

	function find(key: string): Guesser | null {
		const known = guessers.get(key);
		return known && now() - known.failedAt < limits.forgivenAfter ? known : null;
	}

	function waitOf({ failures, failedAt }: Guesser): number {
		if (failures <= limits.free) return 0;
		const pause = Math.min(limits.longest, second * 2 ** (failures - limits.free));
		return Math.max(0, failedAt + pause - now());
	}

	return {
		/** Milliseconds until any of these may try again; 0: now. */
		wait(keys: readonly string[]): number {
			return Math.max(0, ...keys.map((key) => waitOf(find(key) ?? { failures: 0, failedAt: 0 })));
		},

		failed(keys: readonly string[]): void {
			for (const key of keys) {
				const failures = (find(key)?.failures ?? 0) + 1;
				guessers.delete(key);
				guessers.set(key, { failures, failedAt: now() });
				const oldest = guessers.keys().next();
				if (guessers.size > limits.capacity && !oldest.done) guessers.delete(oldest.value);
			}
		},

		get remembered(): number {
			return guessers.size;
		},
	};
}
