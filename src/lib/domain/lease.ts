/**
 * How long ago the server last confirmed a device, as far as the device can tell without a network. Its clock may be
 * wrong, and whoever holds it may turn it; so three things are looked at:
 *
 * - how far the device's clock has come since then, by what it showed then: right also for a clock that is a year off;
 * - how far it is past the server's own time of then: right for a clock that was off and has been put right since;
 * - what was seen to pass: `elapsed`, the longest time already established, and what ran since then by a clock that
 *   nobody turns.
 *
 * The shorter of the first two counts, because a clock that was wrong then or is right now explains the longer one; but
 * never less than the third. So turning a clock back wins nothing beyond what had passed when the app was last open.
 *
 * Not achieved: a clock that was right then, runs a year ahead now and never meets the server locks (contact unlocks at
 * once); a device whose clock is turned back every time before the app is opened counts only the time it is open.
 */

/** Milliseconds: the server's and the device's time since 1970 at the last contact, and what surely passed since. */
export type Lease = { server: number; device: number; elapsed: number };

export const leaseMs = 30 * 24 * 3_600_000;

export function beginLease(server: number, device: number): Lease {
	return { server, device, elapsed: 0 };
}

/**
 * @param device what the device's clock shows now
 * @param ran what passed since `elapsed` was noted, by a monotonic clock
 */
export function elapsedSince(lease: Lease, device: number, ran: number): number {
	const spans = [device - lease.device, device - lease.server].filter((span) => span >= 0);
	return Math.max(spans.length === 0 ? 0 : Math.min(...spans), lease.elapsed + Math.max(0, ran));
}

/** The same lease with what has passed noted, so that it can only grow. */
export function noteElapsed(lease: Lease, device: number, ran: number): Lease {
	return { ...lease, elapsed: elapsedSince(lease, device, ran) };
}

export function isOver(lease: Lease, device: number, ran: number): boolean {
	return elapsedSince(lease, device, ran) >= leaseMs;
}
