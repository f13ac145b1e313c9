/**
 * What several relays share, as a service that they reach over TCP: a store, leases, a bus. Nothing of it is in the
 * memory of a relay, everything takes time, and the connection may end at any moment.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Appending, Sequence, UpdateStore } from '../../../server/storage/contract.ts';
import { createLeaseRows } from './lease-rows.ts';
import type { Call, ToRelay, ToService } from './messages.ts';
import { type Listener, Topics } from './topics.ts';
import { type Traffic, Wire } from './wire.ts';

export type RemoteService = {
	readonly port: number;
	readonly traffic: Traffic;
	/** Every connection ends now; a relay may connect again. */
	cut(): void;
	/** Settles when everything is answered and delivered. */
	quiet(): Promise<void>;
	close(): Promise<void>;
};

type Methods = Record<string, (...args: never[]) => unknown>;

/** @param store also one with versions @param now of the leases. Milliseconds. */
export async function openService(store: UpdateStore, now: () => number): Promise<RemoteService> {
	const [topics, traffic, sockets]: [Topics, Traffic, Set<Socket>] = [new Topics(), new Map(), new Set()];
	const services = { store, leases: createLeaseRows(now) } as unknown as Record<Call['of'], Methods>;
	let answering = 0;

	async function answer(call: Call, reply: (message: ToRelay) => void): Promise<void> {
		const { call: id, of, method, args } = call;
		answering += 1;
		try {
			const result = services[of][method]?.(...(args as never[]));
			reply({ answer: id, value: await (method === 'append' ? committed(result as Appending) : result) });
		} catch (cause) {
			const { kind = null, message } = cause as Error & { kind?: 'full' | 'failed' };
			reply({ answer: id, error: { kind, message } });
		} finally {
			answering -= 1;
		}
	}

	function serve(socket: Socket): void {
		const channels = new Map<number, { name: DocumentName; listener: Listener; leave: () => void }>();
		const wire = new Wire(socket, socket.remotePort ?? 0, traffic, (message: ToService) => {
			if ('of' in message) return void answer(message, (said) => wire.send(said));
			if ('listen' in message) {
				const { listen: channel, call, name } = message;
				const listener: Listener = { hear: (heard) => wire.send({ channel, heard } satisfies ToRelay) };
				channels.set(channel, { name, listener, leave: topics.join(name, listener) });
				return wire.send({ answer: call } satisfies ToRelay);
			}
			const channel = channels.get('close' in message ? message.close : message.publish);
			if ('close' in message) channel?.leave();
			else if (channel) topics.publish(channel.name, channel.listener, message.heard);
		});
		sockets.add(socket);
		socket.on('close', () => {
			sockets.delete(socket);
			for (const { leave } of channels.values()) leave();
		});
	}

	const server = createServer(serve).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const cut = () => sockets.forEach((socket) => socket.destroy());
	return {
		port: (server.address() as AddressInfo).port,
		traffic,
		cut,
		async quiet() {
			const busy = () => answering > 0 || !topics.idle || [...traffic.values()].some((count) => count !== 0);
			while (busy()) await setImmediate();
		},
		async close() {
			cut();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Answered when it is on disk: what others may read must not be taken back. */
async function committed({ written, durable }: Appending): Promise<Sequence[]> {
	await durable;
	return written;
}
