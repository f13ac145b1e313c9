/**
 * What those who show no session may cost: what they ask is paced per address. Who is in is not counted, so that a
 * stranger in the same building cannot lock the association out. Their connections are bounded in
 * `pending-connections.ts`.
 */
export const strangerLimits = {
	/** Requests without a session from one address: so many at once, and so many a second for ever. */
	burst: 240,
	perSecond: 4,
	/** Addresses that are remembered; the longest silent is forgotten first. */
	addresses: 10_000,
} as const;

/**
 * Pages that are read from one address, which may be a whole members' meeting behind one router. Counted by themselves, so
 * that who only reads takes nothing from who wants in.
 */
export const readerLimits = { burst: 600, perSecond: 20, addresses: strangerLimits.addresses } as const;

/**
 * What one person may change, of whatever kind: each change is a write to the disk that others wait behind. Nobody who
 * presses buttons comes near it, nor does who invites everybody on one evening.
 */
export const changeLimits = { burst: 150, perSecond: 0.5, addresses: strangerLimits.addresses } as const;

/** What one person may ask for of a kind that takes the server a while: so many at once, and one a minute for ever. */
export const effortLimits = { burst: 10, perSecond: 1 / 60, addresses: strangerLimits.addresses } as const;

export type Pace = {
	/** Counts one. @returns milliseconds until whoever it is, an address for strangers, may ask again; 0: now */
	take(address: string): number;
	readonly remembered: number;
};

export function createPace(
	now: () => number,
	limits: Record<keyof typeof strangerLimits, number> = strangerLimits,
): Pace {
	const known = new Map<string, { left: number; at: number }>();
	return {
		take(address) {
			const { left, at } = known.get(address) ?? { left: limits.burst, at: now() };
			const passed = Math.max(0, now() - at) / 1000;
			const have = Math.min(limits.burst, left + passed * limits.perSecond);
			known.delete(address);
			known.set(address, { left: Math.max(0, have - 1), at: now() });
			const oldest = known.keys().next();
			if (known.size > limits.addresses && !oldest.done) known.delete(oldest.value);
			return have >= 1 ? 0 : Math.ceil(((1 - have) / limits.perSecond) * 1000);
		},
		get remembered() {
			return known.size;
		},
	};
}
