/**
 * When the next commit may begin. Idle, that is at once. Under load a commit, with the fan-out after it, gets no more
 * than about half of the time, so that the turns grow and with them what one sync to disk and one write per listener
 * carry; latency rises by a few milliseconds, and throughput with it.
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

export function createPacing(now: () => number = () => performance.now()): Pacing {
	let began = 0;
	let rested = 0;
	return {
		turn() {
			const rest = rested - now();
			return new Promise((resolve) => (rest < 1 ? setImmediate(resolve) : setTimeout(resolve, rest)));
		},
		begin() {
			began = now();
		},
		end() {
			const ended = now();
			rested = ended + Math.min(longestRest, ended - began);
		},
	};
}
