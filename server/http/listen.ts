import { getRequestListener } from '@hono/node-server';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { dressOwnAnswers } from './own-answers.ts';
import { createPendingConnections, type PendingConnections, requestPatience } from './pending-connections.ts';
import { type Patience, watchReading } from './unread-answer.ts';

export type Handlers = {
	fetch: (request: Request, connection: object) => Response | Promise<Response>;
	upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
};

export type ListenOptions = {
	/** Whether many people come from this address. */
	isProxy?: (address: string) => boolean;
	limits?: Parameters<typeof createPendingConnections>[1];
	patience?: Patience;
	/** Public ones, from the configuration. */
	origins?: readonly string[];
};

export type Listening = {
	port: number;
	/**
	 * Takes nothing new; resolves when the requests under way are answered, or were given time to be. Sockets are whoever
	 * upgraded them's.
	 */
	close(): Promise<void>;
};

/** How long a request may take that is under way when the server stops: one that never ends must not hold it up. */
const closePatience = 2000;

/**
 * Serves on one address, or with `localhost` on both loopback addresses: which of the two a browser tries is up to it.
 * @param port 0 takes a free one
 * @throws the error of `listen`, with its `code`
 */
export async function listen(
	host: string,
	port: number,
	handlers: Handlers,
	{ isProxy = () => false, limits, patience = requestPatience, origins = [] }: ListenOptions = {},
): Promise<Listening> {
	const pending = createPendingConnections(isProxy, limits);
	const on = (address: string, at: number) => listenOn(address, at, handlers, { pending, patience, origins });
	if (host !== 'localhost') return toListening([await on(host, port)]);
	const first = await on('127.0.0.1', port);
	try {
		return toListening([first, await on('::1', portOf(first))]);
	} catch (cause) {
		// A machine without IPv6 has one loopback address only.
		if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes((cause as NodeJS.ErrnoException).code ?? ''))
			return toListening([first]);
		first.close();
		throw cause;
	}
}

type Surroundings = { pending: PendingConnections; patience: Patience; origins: readonly string[] };

async function listenOn(
	host: string,
	port: number,
	handlers: Handlers,
	{ pending, patience, origins }: Surroundings,
): Promise<Server> {
	const serverOptions = {
		// Whoever offers another protocol (`curl --http2` does) is answered in this one.
		shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
		headersTimeout: requestPatience.head,
		requestTimeout: requestPatience.whole,
		connectionsCheckingInterval: requestPatience.look,
		// Refused like every other request that cannot be read, and not by Node.
		requireHostHeader: false,
	};
	const answer = getRequestListener(handlers.fetch);
	const server = createServer(serverOptions, (request, response) => {
		if (!pending.asked(request, response)) return;
		dress(request, response);
		watchReading(response, patience);
		void answer(request, response);
	});
	const dress = dressOwnAnswers(server, origins);
	server.timeout = patience.silence;
	server.on('connection', (socket) => pending.opened(socket));
	server.on('upgrade', (request, socket, head) => {
		pending.left(request.socket);
		handlers.upgrade(request, socket, head);
	});
	server.listen(port, host);
	await once(server, 'listening');
	return server;
}

function toListening(servers: Server[]): Listening {
	return {
		port: portOf(servers[0] as Server),
		async close() {
			const hurry = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), closePatience);
			await Promise.all(
				servers.map((server) => new Promise((resolve) => server.close(resolve).closeIdleConnections())),
			);
			clearTimeout(hurry);
		},
	};
}

function portOf(server: Server): number {
	const address = server.address();
	return typeof address === 'object' && address ? address.port : 0;
}
