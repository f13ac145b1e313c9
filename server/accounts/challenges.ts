/**
 * What a passkey is asked to sign: drawn for one purpose, taken once, and void after five minutes. In memory only: a
 * restart asks people to press the button again. Invariant: at most `capacity` wait, the oldest goes first.
 */
const lifetime = 5 * 60_000;
const capacity = 1000;

export type Challenges = ReturnType<typeof createChallenges>;

/** @param now milliseconds since 1970 */
export function createChallenges(now: () => number) {
	const waiting = new Map<string, { purpose: string; until: number }>();

	return {
		keep(challenge: string, purpose: string): void {
			waiting.set(challenge, { purpose, until: now() + lifetime });
			const oldest = waiting.keys().next();
			if (waiting.size > capacity && !oldest.done) waiting.delete(oldest.value);
		},

		/** Whether it was drawn for this purpose and is still good; it is gone afterwards either way. */
		take(challenge: string, purpose: string): boolean {
			const kept = waiting.get(challenge);
			waiting.delete(challenge);
			return kept !== undefined && kept.purpose === purpose && now() <= kept.until;
		},
	};
}
