/**
 * Of one person's requests only so many are worked on at once; the others wait, each of their devices in turn. What a
 * request costs is done on the one thread that everybody is served by, so whoever asks a thousand things at once waits for
 * them, and nobody else does: neither other people nor the person's other devices.
 *
 * An answer that nobody reads stays in memory. So nothing more is worked on for a device that has not read enough of what
 * it was answered; the person's other devices go on.
 */

/** A browser asks six things at once of one server, and what an answer takes is seldom more than a few milliseconds. */
const usualMost = 4;

/** Bytes that one device may have left unread; what is begun below the bound may go beyond it. */
const usualUnread = 4 * 1024 * 1024;

export type RequestBounds = { most: number; unread: number };

/** Of a request that is worked on. All but the first call of each does nothing. */
export type Place = {
	/** It is answered; so many bytes of it are not read. */
	answered(unread: number): void;
	/** All of it was read, or nobody will. Also where it was not answered. */
	leave(): void;
};

type Waiting = { weight: number; begin: () => void };
type Device = { unread: number; waiting: Waiting[] };
type Lane = { id: string; underWay: number; devices: Map<string, Device> };

export class RequestsUnderWay {
	readonly #bounds: RequestBounds;
	readonly #later: (work: () => void) => void;
	readonly #lanes = new Map<string, Lane>();

	/** @param later runs `work` in another turn of the event loop, when others had theirs */
	constructor(bounds: Partial<RequestBounds> = {}, later: (work: () => void) => void = setImmediate) {
		this.#bounds = { most: usualMost, unread: usualUnread, ...bounds };
		this.#later = later;
	}

	/**
	 * @param large its answer may be as large as a document: it is worked on when none of the person's others is
	 * @returns at once when there is room, else when it is this device's turn
	 */
	enter(personId: string, deviceId: string, large = false): Place | Promise<Place> {
		const lane = this.#lanes.get(personId) ?? { id: personId, underWay: 0, devices: new Map<string, Device>() };
		this.#lanes.set(personId, lane);
		const weight = large ? this.#bounds.most : 1;
		const place = this.#placeFor(lane, deviceId, weight);
		const device = deviceIn(lane, deviceId);
		if (!this.#isAnyoneNext(lane) && this.#mayBegin(device) && this.#fits(lane, weight)) {
			lane.underWay += weight;
			return place;
		}
		return new Promise((resolve) => device.waiting.push({ weight, begin: () => resolve(place) }));
	}

	#mayBegin({ unread }: Device): boolean {
		return unread < this.#bounds.unread;
	}

	#fits({ underWay }: Lane, weight: number): boolean {
		return underWay + weight <= this.#bounds.most;
	}

	/** Whether somebody waits only for those who are worked for. */
	#isAnyoneNext({ devices }: Lane): boolean {
		return devices.values().some((device) => device.waiting.length > 0 && this.#mayBegin(device));
	}

	#placeFor(lane: Lane, deviceId: string, weight: number): Place {
		let state: 'working' | 'unread' | 'left' = 'working';
		let held = 0;
		const hold = (unread: number) => {
			const device = deviceIn(lane, deviceId);
			device.unread += unread - held;
			held = unread;
			if (device.unread === 0 && device.waiting.length === 0) lane.devices.delete(deviceId);
			while (this.#beginNext(lane));
			if (lane.underWay === 0 && lane.devices.size === 0) this.#lanes.delete(lane.id);
		};
		return {
			answered(unread) {
				if (state !== 'working') return;
				state = 'unread';
				lane.underWay -= weight;
				hold(unread);
			},
			leave() {
				if (state === 'working') lane.underWay -= weight;
				if (state !== 'left' && (state === 'working' || held > 0)) hold(0);
				state = 'left';
			},
		};
	}

	/** Nobody comes past whose turn it is and who needs more room than there is. @returns whether one began */
	#beginNext(lane: Lane): boolean {
		for (const [id, device] of lane.devices) {
			const [first] = device.waiting;
			if (!first || !this.#mayBegin(device)) continue;
			if (!this.#fits(lane, first.weight)) return false;
			device.waiting.shift();
			lane.underWay += first.weight;
			// Behind all other devices that wait.
			lane.devices.delete(id);
			if (device.unread > 0 || device.waiting.length > 0) lane.devices.set(id, device);
			this.#later(first.begin);
			return true;
		}
		return false;
	}
}

function deviceIn(lane: Lane, id: string): Device {
	const known = lane.devices.get(id);
	if (known) return known;
	const device: Device = { unread: 0, waiting: [] };
	lane.devices.set(id, device);
	return device;
}
