/**
 * When the next commit may begin. Idle, that is at once. Under load a commit, with the fan-out after it, gets no more
 * than about half of the time, and where commits come close upon each other they begin a few milliseconds apart: so the
 * turns grow and with them what one write to the log, one sync to disk and one write per listener carry; latency rises by
 * those milliseconds, and throughput with it.
 */
export type Pacing = {
	/** Settles when the next commit may begin. */
	turn(): Promise<void>;
	/** To be called around the commit. */
	begin(): void;
	end(): void;
};

/** Nobody waits longer than this for others. Milliseconds. */
const longestRest = 4;
/** Commits that begin less than this apart, on average, come close upon each other. Milliseconds. */
const close = 8;
/** Of so many commits the average is made. */
const memory = 16;
const idle = 2 * close;

export function createPacing(now: () => number = () => performance.now()): Pacing {
	let began = -Infinity;
	let rested = 0;
	/** How far apart commits begin, smoothed; after a long while one is enough to be idle again. */
	let apart = idle;
	return {
		turn() {
			const rest = rested - now();
			return new Promise((resolve) => (rest < 1 ? setImmediate(resolve) : setTimeout(resolve, rest)));
		},
		begin() {
			const begins = now();
			apart = begins - began > memory * close ? idle : apart + (begins - began - apart) / memory;
			began = begins;
		},
		end() {
			const ended = now();
			const rest = Math.min(longestRest, ended - began);
			rested = Math.max(ended + rest, apart < close ? began + longestRest : 0);
		},
	};
}
