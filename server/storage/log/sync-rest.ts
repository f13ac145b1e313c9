/**
 * When the next sync to disk may begin: some time after the one before. Every sync costs a turn of the disk and writes its
 * last page whole, and again with the next one; what others see does not wait for it, and nobody notices whether _saved_
 * comes a tenth of a second later. After a pause there is nothing to wait for.
 */
export type LogClock = {
	/** Milliseconds since any moment. */
	now(): number;
	/** Settles after so many milliseconds, and not before everything is done that is to be done now. */
	rest(milliseconds: number): Promise<void>;
};

/** From the beginning of one sync to that of the next. Milliseconds. */
const interval = 100;

export const realClock: LogClock = {
	now: () => performance.now(),
	rest: (milliseconds) =>
		new Promise((resolve) => {
			if (milliseconds < 1) setImmediate(resolve);
			else setTimeout(resolve, milliseconds);
		}),
};

export class SyncRest {
	readonly #clock: LogClock;
	#last = -Infinity;

	constructor(clock: LogClock) {
		this.#clock = clock;
	}

	/** To be awaited before a sync: who is to see what was written sees it first. */
	async before(): Promise<void> {
		await this.#clock.rest(Math.max(0, this.#last + interval - this.#clock.now()));
		this.#last = this.#clock.now();
	}
}
