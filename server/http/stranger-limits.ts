/**
 * What those who show no session may cost. Connections that have not become a socket of a document are bounded in
 * number, together and per address; what they ask without a session is paced per address. Who is in is not counted, so
 * that a stranger in the same building cannot lock the association out.
 */
import type { Socket } from 'node:net';

export const strangerLimits = {
	/** Connections that are no document's socket: all together, and from one address that is no proxy. */
	connections: 2000,
	connectionsPerAddress: 500,
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

/** What one person may ask for of a kind that takes the server a while: so many at once, and one a minute for ever. */
export const effortLimits = { burst: 10, perSecond: 1 / 60, addresses: strangerLimits.addresses } as const;

type StrangerLimits = Record<keyof typeof strangerLimits, number>;

/** Milliseconds within which a request's head, and all of it, must have come; and how often that is looked at. */
export const requestPatience = { head: 10_000, whole: 30_000, look: 2000 } as const;

export type PendingConnections = {
	/** To be called with every new connection: one too many is closed at once. */
	opened(socket: Socket): void;
	/** It becomes a WebSocket, or is refused and closed. */
	left(socket: Socket): void;
	readonly count: number;
};

/** @param isProxy an address from which many come */
export function createPendingConnections(
	isProxy: (address: string) => boolean,
	limits: Pick<StrangerLimits, 'connections' | 'connectionsPerAddress'> = strangerLimits,
): PendingConnections {
	const pending = new Map<Socket, string>();
	const perAddress = new Map<string, number>();

	function left(socket: Socket): void {
		const address = pending.get(socket);
		if (address === undefined) return;
		pending.delete(socket);
		const rest = (perAddress.get(address) ?? 1) - 1;
		if (rest === 0) perAddress.delete(address);
		else perAddress.set(address, rest);
	}

	return {
		opened(socket) {
			const address = socket.remoteAddress ?? '';
			const here = perAddress.get(address) ?? 0;
			const tooMany = here >= limits.connectionsPerAddress && !isProxy(address);
			if (tooMany || pending.size >= limits.connections) return void socket.destroy();
			pending.set(socket, address);
			perAddress.set(address, here + 1);
			socket.once('close', () => left(socket));
		},
		left,
		get count() {
			return pending.size;
		},
	};
}

export type Pace = {
	/** Counts one. @returns milliseconds until whoever it is, an address for strangers, may ask again; 0: now */
	take(address: string): number;
	readonly remembered: number;
};

export function createPace(
	now: () => number,
	limits: Pick<StrangerLimits, 'burst' | 'perSecond' | 'addresses'> = strangerLimits,
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
