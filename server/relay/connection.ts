/**
 * One connection: what its socket says goes, counted and in its turn, to its seat in a room, and its end is the last it
 * says. There are thousands, so that it is one object, with as few listeners as can be.
 */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { FrameLine } from './frame-line.ts';
import type { Seat } from './rooms.ts';
import type { SocketPeer } from './socket-peer.ts';
import type { Counted } from './unfinished.ts';
import type { WriteGate } from './write-gate.ts';

/** The same for all connections of a relay. */
export type ConnectionSurroundings = {
	line: FrameLine;
	gate: WriteGate;
	/** Whether nothing new is heard any more. */
	readonly closing: boolean;
	/** Nothing more comes of it. */
	left(peer: SocketPeer): void;
	/** What its socket says is no WebSocket's, or cannot be read. */
	failed(peer: SocketPeer, document: DocumentName, error: Error): void;
};

export class Connection {
	readonly #around: ConnectionSurroundings;
	readonly #peer: SocketPeer;
	readonly #begun: Counted;
	readonly #seat: Seat;

	constructor(around: ConnectionSurroundings, peer: SocketPeer, begun: Counted, seat: Seat) {
		this.#around = around;
		this.#peer = peer;
		this.#begun = begun;
		this.#seat = seat;
	}

	/** @param wire what the WebSocket was made on */
	listen(socket: WebSocket, wire: Duplex): void {
		// Told before the WebSocket is, which says of it what ended.
		wire.prependListener('data', ({ length }: Buffer) => {
			this.#peer.comes();
			this.#begun.came(length);
		});
		const control = ({ length }: Buffer) => this.#begun.control(length);
		socket.on('ping', control).on('pong', control);
		socket.binaryType = 'fragments';
		socket.on('message', (data: RawData, isBinary) =>
			this.#message(isBinary ? toFrame(data as Buffer[]) : (data as Buffer), isBinary),
		);
		socket.on('error', (error) => this.#around.failed(this.#peer, this.#seat.document, error));
		socket.on('close', () => this.#around.line.take(this.#peer, 0, () => this.#leave()));
	}

	#message(frame: Buffer, isBinary: boolean): void {
		if (this.#around.closing || !this.#peer.heard) return;
		this.#begun.ended(frame.length);
		if (isBinary) this.#around.line.take(this.#peer, frame.length, () => this.#hear(frame));
		else this.#peer.close(closeCodes.badFrame, 'text');
	}

	#hear(frame: Buffer): void {
		if (this.#peer.heard && this.#around.gate.hears(this.#peer, frame)) this.#seat.receive(frame);
		this.#begun.heard(frame.length);
	}

	#leave(): void {
		this.#begun.leave();
		this.#seat.leave();
		this.#around.left(this.#peer);
	}
}

/**
 * What came in as many pieces as it was sent in. `ws` keeps the emptied list of a connection until the next message: grown old
 * by then, it would take each of them along among what lives long, half a kilobyte a message.
 */
function toFrame(pieces: Buffer[]): Buffer {
	const [only] = pieces;
	const frame = only && pieces.length === 1 ? only : Buffer.concat(pieces);
	pieces.length = 0;
	return frame;
}
