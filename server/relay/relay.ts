/** The WebSocket side of the relay: admission, upgrade, and the connections that live; what they say is the rooms' matter. */
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { limits } from '#lib/protocol/limits.ts';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { StoreHealth, UpdateStore } from '../storage/contract.ts';
import { type Address, type Admit, type Admitted, decideAdmission, parseAddress } from './admission.ts';
import { Connection, type ConnectionSurroundings } from './connection.ts';
import { createConnectionsPerPerson } from './connections-per-person.ts';
import { contribute } from './contribute.ts';
import { FrameLine } from './frame-line.ts';
import type { Received } from './intake.ts';
import type { Log } from './log.ts';
import { ReadingLine } from './reading-line.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { type Clock, Rooms, type RoomsOptions } from './rooms.ts';
import { SocketPeer } from './socket-peer.ts';
import { Unfinished, type UnfinishedBounds } from './unfinished.ts';
import { alwaysWell, WriteGate } from './write-gate.ts';

export type RelayOptions = RoomsOptions & {
	store: UpdateStore;
	admit: Admit;
	log: Log;
	/** Whether the store takes writes; while it does not, the relay is read-only. */
	health?: StoreHealth;
	/** Told of every upgrade that was refused and every connection that was closed by us. */
	observe?: Observer;
	/** Runs `beat` again and again, until the returned function is called; a peer silent for two of them is gone. */
	heartbeat?: (beat: () => void) => () => void;
	/** Milliseconds that a room without people is kept. */
	idle?: number;
	/** How many connections one person may have. A page has one for each document that it shows, and four to fetch with. */
	connectionsPerPerson?: number;
	/** How much may be held of messages that began and are not heard yet. */
	unfinished?: UnfinishedBounds;
};

export type Observer = {
	refused(status: number): void;
	closed(code: CloseCode): void;
	/** One that answered nothing was ended. */
	silent?(): void;
};

export type Relay = {
	/** For the HTTP server's `upgrade` event. Answers every request, and never throws. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Closes what a session, or everything that a person, has open. Admissions under way are decided anew. */
	disconnect(whose: { sessionId: string } | { personId: string }): void;
	/** Closes everything, to be opened again at once: whoever is connected hears of what is new. */
	refresh(): void;
	/**
	 * Adds the server's own update to a document, as if a writer had sent it. Resolves when it is on disk.
	 * @throws Error when it is not
	 */
	contribute(name: DocumentName, update: Uint8Array): Promise<void>;
	/**
	 * What was deleted of a document leaves its log and the relay's memory.
	 * @throws Error when it cannot be done
	 */
	forgetDeleted(name: DocumentName): Promise<void>;
	/** How much is open, how many connections are not read from now, and the bytes of messages that are not heard yet. */
	counts(): { connections: number; rooms: number; held: number; unfinished: number };
	/** What people contributed since the start. */
	received(): Received;
	/** What waits to be sent in all connections together. */
	queuedBytes(): number;
	/** Takes nothing new, commits and acknowledges what came, then closes every connection. The store stays open. */
	close(): Promise<void>;
};

/**
 * Over how long presence is gathered before it goes out, and at most among many: with the people in a room grow both what
 * there is to tell and to how many. Milliseconds.
 */
const presenceDelay = { least: 50, perPerson: 2, most: 200 };

const unobserved: Observer = { refused: () => {}, closed: () => {} };

export function createRelay(options: RelayOptions): Relay {
	const { store, admit, log, health = alwaysWell, observe = unobserved } = options;
	const { heartbeat = everyTwelveSeconds, idle = 30_000, connectionsPerPerson = Infinity } = options;
	const perPerson = createConnectionsPerPerson(connectionsPerPerson);
	const rooms = new Rooms(store, createClock(idle), log, options);
	const unfinished = new Unfinished(options.unfinished);
	const servers = { read: serverOf(limits.readerFrameBytes), write: serverOf(limits.frameBytes) };
	const peers = new Set<SocketPeer>();
	const gate = new WriteGate(health, peers);
	const line = new FrameLine();
	const revocations = { count: 0 };
	let closing = false;
	let emptied = () => {};
	const around: ConnectionSurroundings = {
		line,
		reading: new ReadingLine(),
		gate,
		get closing() {
			return closing;
		},
		left(peer) {
			peers.delete(peer);
			perPerson.leave(peer.personId);
			if (peers.size === 0) emptied();
		},
		closed: (code, reason, document, { personId }) => log('closed', { code, reason, document, person: personId }),
		failed: (error) => log('socket-error', { error: error.message }),
	};
	const stopBeating = heartbeat(() => {
		rooms.renew();
		rooms.hurryReaders();
		void rooms.rest();
		unfinished.beat();
		for (const peer of peers) if (peer.beat()) fellSilent(peer);
	});

	function fellSilent({ personId }: SocketPeer): void {
		observe.silent?.();
		log('silent', { person: personId });
	}

	function serverOf(maxPayload: number): WebSocketServer {
		const server = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
		// Our refusals look alike, also of a request that is no proper upgrade.
		return server.on('wsClientError', (_, socket) => refuse(socket, 400));
	}

	function refuse(socket: Duplex, status: Parameters<typeof refuseUpgrade>[1]): void {
		observe.refused(status);
		refuseUpgrade(socket, status);
	}

	async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		const address = parseAddress(request.url);
		if (closing) return refuse(socket, 503);
		if (!address) return refuse(socket, 404);
		const decision = await decideAdmission(request, address, { admit, store, revocations });
		if (!decision.ok) return refuse(socket, decision.status);
		if (!perPerson.enter(decision.personId)) return refuseOneMore(socket, address, decision);
		await seat(request, socket, head, address, decision);
	}

	function refuseOneMore(socket: Duplex, { name }: Address, { personId }: Admitted): void {
		if (perPerson.isNews(personId))
			log('refused', { status: 429, reason: 'too-many-connections', document: name, person: personId });
		refuse(socket, 429);
	}

	async function seat(request: IncomingMessage, socket: Duplex, head: Buffer, address: Address, admitted: Admitted) {
		const seen = revocations.count;
		const place = await rooms.reserve(address.name).catch((error: unknown) => {
			perPerson.leave(admitted.personId);
			throw error;
		});
		const abandoned = () => {
			place.giveUp();
			perPerson.leave(admitted.personId);
		};
		if (closing || socket.destroyed || seen !== revocations.count) {
			abandoned();
			return closing || socket.destroyed ? refuse(socket, 503) : upgrade(request, socket, head);
		}
		socket.once('close', abandoned);
		servers[admitted.access].handleUpgrade(request, socket, head, (webSocket) => {
			// From here on the WebSocket listens.
			socket.off('close', abandoned).off('error', destroyIt);
			const peer = new SocketPeer(webSocket, socket, admitted, address.acknowledges, observe.closed);
			const seat = place.enter(peer);
			peers.add(peer);
			gate.admitted(peer);
			new Connection(around, peer, unfinished.open(peer), seat).listen(webSocket, socket);
		});
	}

	/** Every peer is gone within the patience that `SocketPeer` has. */
	function closeAll(code: CloseCode, reason: string, which: (peer: SocketPeer) => boolean): void {
		for (const peer of peers) if (which(peer)) peer.close(code, reason);
	}

	return {
		handleUpgrade(request, socket, head) {
			socket.on('error', destroyIt);
			upgrade(request, socket, head).catch((error: unknown) => {
				log('upgrade-failed', { document: parseAddress(request.url)?.name ?? '', error: String(error) });
				refuse(socket, 503);
			});
		},
		disconnect(whose) {
			revocations.count += 1;
			closeAll(closeCodes.unauthorized, 'signed out', (peer) =>
				'sessionId' in whose ? peer.sessionId === whose.sessionId : peer.personId === whose.personId,
			);
		},
		refresh: () => closeAll(closeCodes.restart, 'look again', () => true),
		async contribute(name, update) {
			if (closing || health.trouble) throw new Error(`nothing is written now: ${health.trouble ?? 'closing'}`);
			await contribute(rooms, name, update);
		},
		async forgetDeleted(name) {
			if (closing || health.trouble) throw new Error(`nothing is written now: ${health.trouble ?? 'closing'}`);
			await rooms.forgetDeleted(name);
		},
		counts: () => ({ connections: peers.size, rooms: rooms.size, held: rooms.held, unfinished: unfinished.bytes }),
		received: () => rooms.received,
		queuedBytes: () => [...peers].reduce((sum, peer) => sum + peer.queuedBytes, 0),
		async close() {
			closing = true;
			await line.drained();
			await rooms.stop();
			const empty = new Promise<void>((resolve) => (emptied = resolve));
			closeAll(closeCodes.restart, 'restarting', () => true);
			if (peers.size > 0) await empty;
			await rooms.finish();
			gate.close();
			stopBeating();
		},
	};
}

/** Listens to `error` as long as a socket lives. One for all, which keeps nothing of a request. */
function destroyIt(this: Duplex): void {
	this.destroy();
}

/** Twice within the 30 seconds after which a stock client gives a silent connection up. */
function everyTwelveSeconds(beat: () => void): () => void {
	const timer = setInterval(beat, 12_000).unref();
	return () => clearInterval(timer);
}

function createClock(idle: number): Clock {
	return {
		now: Date.now,
		later(work, people) {
			const { least, perPerson, most } = presenceDelay;
			setTimeout(work, Math.min(most, Math.max(least, people * perPerson))).unref();
		},
		whenIdle: (work) => void setTimeout(work, idle).unref(),
	};
}
