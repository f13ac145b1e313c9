/**
 * When the next sync to disk may begin. At once, unless so much is being written that a short wait gathers much more:
 * every sync writes its last page whole, and again with the next one.
 */
export type LogClock = {
	/** Milliseconds since any moment. */
	now(): number;
	/** Settles after so many milliseconds. */
	rest(milliseconds: number): Promise<void>;
};

/** Milliseconds. */
const longest = 20;
/** It is worth waiting when so much comes in that time. Bytes. */
const worth = 8 * 1024;
/** Beside so much, a page written twice is nothing. Bytes. */
const plenty = 48 * 1024;

export const realClock: LogClock = {
	now: () => performance.now(),
	rest: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
};

export class SyncRest {
	readonly #clock: LogClock;
	#last: number;

	constructor(clock: LogClock) {
		this.#clock = clock;
		this.#last = clock.now();
	}

	/** To be awaited before a sync. @param bytes what waits for it */
	async before(bytes: number): Promise<void> {
		const passed = Math.max(1, this.#clock.now() - this.#last);
		const rate = bytes / passed;
		const wait = Math.min(longest - passed, (plenty - bytes) / rate);
		if (rate * longest >= worth && wait >= 1) await this.#clock.rest(wait);
		this.#last = this.#clock.now();
	}
}
