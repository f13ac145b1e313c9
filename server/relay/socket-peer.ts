/**
 * One WebSocket as a room's peer. What waits to be sent is bounded: a reader that does not read is cut off and may sync
 * again. Stock clients give up a connection on which nothing came for 30 seconds, so a quiet one gets an empty presence.
 */
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts';
import { limits } from '#lib/protocol/limits.ts';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Admitted } from './admission.ts';
import { encodeEntries } from './awareness-codec.ts';
import { encodeAwareness } from './frames.ts';
import type { Peer } from './peer.ts';
import { writeFrame } from './wire-frame.ts';

const quiet = encodeAwareness(encodeEntries([]));

/** A reader who keeps up has less than this in its send buffer. */
const behindBytes = 1024 * 1024;

/**
 * So much one may say from one beat to the next beside what people write: a client shows a caret a few times a second, and
 * asks when it connects.
 */
const mostChatter = 6000;

/** How long a peer may take to answer our close before its socket is destroyed. Milliseconds. */
const closePatience = 2000;

/** How long one that is cut off has to learn why. Milliseconds. */
const cutOffPatience = 250;

/** A peer silent for so many beats has been asked in vain. */
const patience = 2;

export class SocketPeer implements Peer {
	readonly personId: string;
	readonly sessionId: string;
	readonly access: 'read' | 'write';
	readonly acknowledges: boolean;
	readonly #socket: WebSocket;
	readonly #wire: Duplex;
	readonly #onClose: (code: CloseCode) => void;
	/** Beats since anything came. */
	#silence = 0;
	#sent = false;
	#closedByUs = false;
	#pauses = 0;
	/** Since the last beat. */
	#chatter = 0;

	/**
	 * @param wire what the WebSocket was made on
	 * @param onClose told the code with which we close it
	 */
	constructor(
		socket: WebSocket,
		wire: Duplex,
		admitted: Admitted,
		acknowledges: boolean,
		onClose: (code: CloseCode) => void = () => {},
	) {
		this.personId = admitted.personId;
		this.sessionId = admitted.sessionId;
		this.access = admitted.access;
		this.acknowledges = acknowledges;
		this.#socket = socket;
		this.#wire = wire;
		this.#onClose = onClose;
	}

	get open(): boolean {
		return this.#socket.readyState === this.#socket.OPEN;
	}

	/** False from the moment we close it: what still comes then is not heard. What it said before it closed is. */
	get heard(): boolean {
		return !this.#closedByUs;
	}

	get behind(): boolean {
		return this.#wire.writableLength > behindBytes;
	}

	get unread(): boolean {
		return this.#wire.writableNeedDrain;
	}

	whenDrained(work: () => void): void {
		this.#wire.once('drain', work);
	}

	/** What waits to be sent. */
	get queuedBytes(): number {
		return this.#wire.writableLength;
	}

	/** Whether we do not read from it now. */
	get paused(): boolean {
		return this.#pauses > 0;
	}

	/** To be called when anything comes of it: amid a large message, which takes a slow network minutes, it answers nothing. */
	comes(): void {
		this.#silence = 0;
	}

	pause(): void {
		if (this.#pauses++ === 0) this.#socket.pause();
	}

	resume(): void {
		if (--this.#pauses === 0) this.#socket.resume();
	}

	send(frame: Uint8Array, rest?: Uint8Array): void {
		if (!this.open) return;
		if (this.#socket.bufferedAmount > limits.sendBufferBytes) return this.close(closeCodes.slow, 'too slow');
		this.#sent = true;
		writeFrame(this.#wire, frame, rest);
	}

	close(code: CloseCode, reason: string): void {
		if (!this.open) return;
		this.#closedByUs = true;
		this.#onClose(code);
		// Its answer to our closing is to be read.
		this.#socket.resume();
		this.#socket.close(code, reason);
		const timer = setTimeout(() => this.#socket.terminate(), closePatience);
		this.#socket.once('close', () => clearTimeout(timer));
	}

	/** To be called for all that it says and is no contribution. @returns whether that is too much by now */
	chatters(): boolean {
		this.#chatter += 1;
		return this.#chatter > mostChatter && this.open;
	}

	/** The WebSocket library has closed it by itself. @returns whether we had not before */
	closedByLibrary(code: CloseCode): boolean {
		if (this.#closedByUs) return false;
		this.#closedByUs = true;
		this.#onClose(code);
		return true;
	}

	/** Closes it as one that sends too much: what still comes is thrown away, its answer too, and what is held goes soon. */
	cutOff(reason: string, code: CloseCode = closeCodes.unfinished): void {
		this.close(code, reason);
		this.#wire.removeAllListeners('data').resume();
		setTimeout(() => this.#socket.terminate(), cutOffPatience);
	}

	/**
	 * To be called at every heartbeat. A peer of which nothing came since the last one is asked, and is gone when nothing comes
	 * until the next, unless we do not read from it.
	 * @returns whether it was open, and is gone for that
	 */
	beat(): boolean {
		if (this.#silence >= patience && this.#pauses === 0) {
			const { open } = this;
			this.#socket.terminate();
			return open;
		}
		if (this.#silence > 0) this.#socket.ping();
		this.#silence += 1;
		if (!this.#sent) this.send(quiet);
		this.#sent = false;
		this.#chatter = 0;
		return false;
	}
}
