/**
 * Connections that have not become a socket of a document, bounded in number, together and per address. Where there are
 * as many as there may be, the one that has waited longest makes room: whoever comes and asks at once is served, however
 * many others hold theirs open and say nothing, speak slowly, or do not read what they asked for.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from './client-address.ts';

/** All together, and from one address that is no proxy; of IPv6 from one network. */
export const connectionLimits = { all: 1000, perAddress: 500 } as const;

/**
 * Milliseconds within which a request's head, and all of it, must have come; how often that is looked at; how long a
 * connection may be without a byte in either direction; and how long nothing may be read of an answer that is not read to
 * its end.
 */
export const requestPatience = { head: 10_000, whole: 30_000, look: 2000, silence: 120_000, unread: 30_000 } as const;

/** The last answer may have arrived, and its end not be known here yet, when the next request comes. */
const answersUnderWay = 2;

export type PendingConnections = {
	/** To be called with every new connection. */
	opened(socket: Socket): void;
	/**
	 * A request has come. Who asks on without waiting for answers, which no browser and no proxy does, is cut off.
	 * @returns whether it is to be answered
	 */
	asked(request: IncomingMessage, response: ServerResponse): boolean;
	/** It becomes a WebSocket, or is refused and closed. */
	left(socket: Socket): void;
	readonly count: number;
};

/** @param isProxy an address from which many come */
export function createPendingConnections(
	isProxy: (address: string) => boolean,
	limits: Record<keyof typeof connectionLimits, number> = connectionLimits,
): PendingConnections {
	/** By how long they have waited, the longest first; with the network that they count for. */
	const pending = new Map<Socket, string>();
	const perNetwork = new Map<string, Set<Socket>>();
	const underWay = new WeakMap<Socket, number>();

	function place(socket: Socket, network: string): void {
		pending.delete(socket);
		pending.set(socket, network);
		const sockets = perNetwork.get(network) ?? new Set();
		sockets.delete(socket);
		perNetwork.set(network, sockets.add(socket));
	}

	function left(socket: Socket): void {
		const network = pending.get(socket);
		if (network === undefined) return;
		pending.delete(socket);
		socket.off('close', gone);
		const sockets = perNetwork.get(network);
		sockets?.delete(socket);
		if (sockets?.size === 0) perNetwork.delete(network);
	}

	/** One listener for all. */
	function gone(this: Socket): void {
		left(this);
	}

	function close(socket: Socket | undefined): void {
		if (!socket) return;
		left(socket);
		socket.destroy();
	}

	/** Its wait begins anew. */
	function moved(socket: Socket): void {
		const network = pending.get(socket);
		if (network !== undefined) place(socket, network);
	}

	return {
		opened(socket) {
			const address = socket.remoteAddress ?? '';
			const network = networkOf(address);
			const here = perNetwork.get(network);
			if (here && here.size >= limits.perAddress && !isProxy(address)) close(here.values().next().value);
			else if (pending.size >= limits.all) close(pending.keys().next().value);
			place(socket, network);
			socket.on('close', gone);
		},
		asked({ socket }, response) {
			const before = underWay.get(socket) ?? 0;
			if (before >= answersUnderWay) {
				close(socket);
				return false;
			}
			underWay.set(socket, before + 1);
			response.once('close', () => {
				underWay.set(socket, (underWay.get(socket) ?? 1) - 1);
				moved(socket);
			});
			moved(socket);
			return true;
		},
		left,
		get count() {
			return pending.size;
		},
	};
}
