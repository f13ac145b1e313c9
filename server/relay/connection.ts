/**
 * One connection: what its socket says goes, counted and in its turn, to its seat in a room, and its end is the last it
 * says. There are thousands, so that it is one object, with as few listeners as can be.
 */
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { isContribution } from '#lib/protocol/messages.ts';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { FrameLine } from './frame-line.ts';
import type { ReadingLine } from './reading-line.ts';
import { libraryClosing } from './library-closings.ts';
import type { Seat } from './rooms.ts';
import type { SocketPeer } from './socket-peer.ts';
import type { Counted } from './unfinished.ts';
import type { WriteGate } from './write-gate.ts';

/** The same for all connections of a relay. */
export type ConnectionSurroundings = {
	line: FrameLine;
	reading: ReadingLine;
	gate: WriteGate;
	/** Whether nothing new is heard any more. */
	readonly closing: boolean;
	/** Nothing more comes of it. */
	left(peer: SocketPeer): void;
	/** It was closed here, or by the WebSocket library. */
	closed(code: CloseCode, reason: string, document: DocumentName, peer: SocketPeer): void;
	/** Its socket fails, which closes nothing. */
	failed(error: Error): void;
};

/** What comes in one piece, and more of it follows in the same turn. Bytes. */
const largePiece = 32 * 1024;

/** So many messages take less than a millisecond or two. */
const many = 512;

const tooMuch = 'says too much';

export class Connection {
	readonly #around: ConnectionSurroundings;
	readonly #peer: SocketPeer;
	readonly #begun: Counted;
	readonly #seat: Seat;
	/** Messages and pings in the piece that came last. */
	#said = 0;

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
			this.#said = 0;
			if (length >= largePiece) this.#around.reading.wait(this.#peer);
		});
		const control = ({ length }: Buffer) => {
			this.#begun.control(length);
			this.#counts(false);
		};
		socket.on('ping', control).on('pong', control);
		// Who pings and does not read the answers is gone by now, without a word.
		socket.on('ping', () => this.#peer.open || this.#closedByLibrary(closeCodes.chatter, tooMuch));
		socket.binaryType = 'fragments';
		socket.on('message', (data: RawData, isBinary) =>
			this.#message(isBinary ? toFrame(data as Buffer[]) : (data as Buffer), isBinary),
		);
		socket.on('error', (error) => this.#failed(error));
		socket.on('close', () => this.#around.line.take(this.#peer, 0, () => this.#leave()));
	}

	#message(frame: Buffer, isBinary: boolean): void {
		if (this.#around.closing || !this.#peer.heard) return;
		this.#begun.ended(frame.length);
		this.#counts(isContribution(frame));
		if (isBinary) this.#around.line.take(this.#peer, frame.length, () => this.#hear(frame));
		else this.#peer.close(closeCodes.badFrame, 'text');
	}

	/** What people write has its own bound, the intake. */
	#counts(contributes: boolean): void {
		this.#said += 1;
		if (this.#said === many) this.#around.reading.wait(this.#peer);
		if (contributes || !this.#peer.heard || !this.#peer.chatters()) return;
		this.#peer.cutOff(tooMuch, closeCodes.chatter);
		this.#around.closed(closeCodes.chatter, tooMuch, this.#seat.document, this.#peer);
	}

	#failed(error: Error): void {
		const code = libraryClosing(error);
		if (code === null) this.#around.failed(error);
		else this.#closedByLibrary(code, error.message);
	}

	#closedByLibrary(code: CloseCode, reason: string): void {
		if (this.#peer.closedByLibrary(code)) this.#around.closed(code, reason, this.#seat.document, this.#peer);
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
