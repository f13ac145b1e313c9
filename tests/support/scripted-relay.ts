/** A relay that does what a test says and no more: the client must not take its silence, or its death, for a promise. */
import {
	messageAck,
	messageAwareness,
	messageSync,
	syncStep1,
	syncStep2,
	syncUpdate,
	isContribution,
} from '#lib/protocol/messages.ts';
import * as encoding from 'lib0/encoding';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import * as Y from 'yjs';

export type ScriptedConnection = {
	socket: WebSocket;
	/** Contributions that came over this connection. */
	contributions: Uint8Array[];
	/** Sends the relay's content, an empty document. */
	sendContent(): void;
	/** Sends what somebody else wrote. */
	sendUpdate(update: Uint8Array): void;
	/** Sends where somebody else is. */
	sendAwareness(update: Uint8Array): void;
	/** Settles when the client has heard all that was sent. */
	heard(): Promise<void>;
	/** Asks for what the client has. */
	ask(): void;
	acknowledge(count: number): void;
	/** Settles when that many contributions have come. */
	until(count: number): Promise<void>;
};

export type ScriptedRelay = {
	url: string;
	connections: ScriptedConnection[];
	/** Settles with the connection of that number, from 0. */
	connection(at: number): Promise<ScriptedConnection>;
	stop(): Promise<void>;
};

export async function serveScript(onConnection: (connection: ScriptedConnection) => void): Promise<ScriptedRelay> {
	const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
	await new Promise((resolve) => server.once('listening', resolve));
	const connections: ScriptedConnection[] = [];
	const watchers = new Set<() => void>();
	const changed = () => watchers.forEach((look) => look());
	server.on('connection', (socket) => {
		const connection = connect(socket, watchers, changed);
		connections.push(connection);
		onConnection(connection);
		changed();
	});
	return {
		url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`,
		connections,
		connection: (at) => when(watchers, () => connections[at]),
		async stop() {
			for (const client of server.clients) client.terminate();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function connect(socket: WebSocket, watchers: Set<() => void>, changed: () => void): ScriptedConnection {
	const contributions: Uint8Array[] = [];
	socket.on('message', (data: Buffer) => {
		if (isContribution(data)) contributions.push(data);
		changed();
	});
	const empty = new Y.Doc();
	return {
		socket,
		contributions,
		sendContent: () => socket.send(frame(messageSync, syncStep2, Y.encodeStateAsUpdate(empty))),
		sendUpdate: (update) => socket.send(frame(messageSync, syncUpdate, update)),
		sendAwareness(update) {
			const encoder = encoding.createEncoder();
			encoding.writeVarUint(encoder, messageAwareness);
			encoding.writeVarUint8Array(encoder, update);
			socket.send(encoding.toUint8Array(encoder));
		},
		heard: () =>
			new Promise((resolve) => {
				socket.once('pong', () => resolve());
				socket.ping();
			}),
		ask: () => socket.send(frame(messageSync, syncStep1, Y.encodeStateVector(empty))),
		acknowledge(count) {
			const encoder = encoding.createEncoder();
			encoding.writeVarUint(encoder, messageAck);
			encoding.writeVarUint(encoder, count);
			socket.send(encoding.toUint8Array(encoder));
		},
		until: async (count) => void (await when(watchers, () => contributions.length >= count || undefined)),
	};
}

function frame(type: number, step: number, payload: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, type);
	encoding.writeVarUint(encoder, step);
	encoding.writeVarUint8Array(encoder, payload);
	return encoding.toUint8Array(encoder);
}

function when<T>(watchers: Set<() => void>, find: () => T | undefined): Promise<T> {
	return new Promise((resolve) => {
		const look = () => {
			const found = find();
			if (found === undefined) return;
			watchers.delete(look);
			resolve(found);
		};
		watchers.add(look);
		look();
	});
}
