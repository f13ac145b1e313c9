/**
 * Of one person's requests only so many are worked on at once; the others wait, each of their devices in turn. What a
 * request costs is done on the one thread that everybody is served by, so whoever asks a thousand things at once waits for
 * them, and nobody else does: neither other people nor the person's other devices.
 */

/** A browser asks six things at once of one server, and what an answer takes is seldom more than a few milliseconds. */
const usualMost = 4;

/** To be called when the work is done; once more does nothing. */
export type Leave = () => void;

type Lane = { underWay: number; waiting: Map<string, (() => void)[]> };

export class RequestsUnderWay {
	readonly #most: number;
	readonly #later: (work: () => void) => void;
	readonly #lanes = new Map<string, Lane>();

	/** @param later runs `work` in another turn of the event loop, when others had theirs */
	constructor(most: number = usualMost, later: (work: () => void) => void = setImmediate) {
		this.#most = most;
		this.#later = later;
	}

	/** @returns at once when there is room, else when it is this device's turn */
	enter(personId: string, deviceId: string): Leave | Promise<Leave> {
		const lane = this.#lanes.get(personId) ?? { underWay: 0, waiting: new Map<string, (() => void)[]>() };
		this.#lanes.set(personId, lane);
		let left = false;
		const leave = () => {
			if (!left) this.#leave(personId, lane);
			left = true;
		};
		if (lane.underWay < this.#most) {
			lane.underWay += 1;
			return leave;
		}
		return new Promise((resolve) => {
			const waiting = lane.waiting.get(deviceId) ?? [];
			lane.waiting.set(deviceId, [...waiting, () => resolve(leave)]);
		});
	}

	#leave(personId: string, lane: Lane): void {
		const [next] = lane.waiting;
		if (next) {
			const [deviceId, [begin, ...others]] = next;
			// Behind all other devices that wait.
			lane.waiting.delete(deviceId);
			if (others.length > 0) lane.waiting.set(deviceId, others);
			if (begin) this.#later(begin);
			return;
		}
		lane.underWay -= 1;
		if (lane.underWay === 0) this.#lanes.delete(personId);
	}
}
