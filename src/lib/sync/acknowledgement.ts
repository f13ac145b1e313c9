/**
 * Counts, on one document's connection, what was sent and what the relay called durable. The invariant: `durable` is
 * true only when, on the socket that is open now, the relay's content has arrived, our answer to its SyncStep1 (which
 * holds whatever it lacked, deletions too) has been sent, and every contribution since is acknowledged.
 *
 * Until that answer is sent, single updates are held back: it will contain them, and sent before it they could build on
 * changes that the relay does not have yet, which it refuses as a gap.
 *
 * A contribution may go out in pieces, each a contribution of its own to the relay. What was changed counts as waiting in
 * proportion to what of it is not confirmed, and is never all confirmed before the last piece is.
 */
import {
	isContribution,
	messageAck,
	messageAwareness,
	messageStorage,
	messageSync,
	syncStep2,
} from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import type { RelayMessage } from './contract.ts';

export type AcknowledgementOptions = {
	/** Without it nothing is contributed: the relay would close the connection. */
	mayWrite: boolean;
	/** Our own client id now: the relay takes no other's awareness from this socket. */
	clientId: () => number;
	onChange: () => void;
};

/** A contribution on its way to the socket: the changes in it, and how many of them went out. */
export type Leaving = { readonly socket: object; readonly changes: number; sent: number };

export class Acknowledgement {
	/** What came last; until the relay's content is there, all that came on the socket that is open now. */
	heard: readonly RelayMessage[] = [];
	readonly #options: AcknowledgementOptions;
	#socket: object | null = null;
	#unsent = 0;
	/** Contributions that are on their way to the socket, and the changes in them. */
	#leaving = { contributions: 0, changes: 0 };
	#inFlight: { upTo: number; changes: number }[] = [];
	#sent = 0;
	#confirmed = 0;
	#answered = false;
	#received = false;
	#writes: boolean | null = null;

	constructor(options: AcknowledgementOptions) {
		this.#options = options;
	}

	/** Changes made here that the relay has not confirmed. */
	get waiting(): number {
		return this.#unsent + this.#leaving.changes + this.#inFlight.reduce((sum, { changes }) => sum + changes, 0);
	}

	/** The relay's content has arrived on the socket that is open now. */
	get received(): boolean {
		return this.#received;
	}

	/** Whether the relay can write to its disk; null when it has said nothing of that on the socket that is open now. */
	get relayWrites(): boolean | null {
		return this.#writes;
	}

	get durable(): boolean {
		if (!this.#received || this.waiting > 0) return false;
		if (!this.#options.mayWrite) return true;
		return this.#answered && this.#leaving.contributions === 0 && this.#confirmed >= this.#sent;
	}

	/** One change was made here. Call before it is sent. */
	changed(): void {
		this.#unsent++;
		this.#options.onChange();
	}

	/** Nothing that an earlier socket sent is certain: it counts as unsent again. */
	connected(socket: object | null): void {
		this.#unsent = this.waiting;
		this.#leaving = { contributions: 0, changes: 0 };
		this.#inFlight = [];
		this.#sent = 0;
		this.#confirmed = 0;
		this.#answered = false;
		this.#received = false;
		this.#writes = null;
		this.#socket = socket;
		this.heard = [];
		this.#options.onChange();
	}

	/**
	 * Whether a frame may go out on `socket`. Of a contribution that may, every piece is to be told by `sent`.
	 * @returns false when not; else what of a contribution `sent` is to be told
	 */
	sending(socket: object, frame: Uint8Array): Leaving | boolean {
		if (frame[0] === messageAwareness) return this.#options.mayWrite && isOwnAwareness(frame, this.#options.clientId());
		if (!isContribution(frame)) return true;
		const answer = frame[1] === syncStep2;
		if (socket !== this.#socket || !this.#options.mayWrite || (!answer && !this.#answered)) return false;
		const leaving = { socket, changes: this.#unsent, sent: 0 };
		this.#answered = true;
		this.#leaving.contributions++;
		this.#leaving.changes += leaving.changes;
		this.#unsent = 0;
		return leaving;
	}

	/**
	 * A piece of a contribution goes out.
	 * @param done how much of the contribution went out with it: 1 with the last piece, which there must be
	 */
	sent(leaving: Leaving, done: number): void {
		if (leaving.socket !== this.#socket) return;
		const changes = Math.floor(leaving.changes * done) - leaving.sent;
		leaving.sent += changes;
		this.#leaving.changes -= changes;
		if (done === 1) this.#leaving.contributions--;
		this.#inFlight.push({ upTo: ++this.#sent, changes });
		this.#options.onChange();
	}

	/** @returns true when the frame was one of our extensions, which y-websocket must not see */
	consume(socket: object, frame: Uint8Array): boolean {
		if (frame[0] !== messageAck && frame[0] !== messageStorage) return false;
		if (socket !== this.#socket) return true;
		if (frame[0] === messageStorage) this.#hearOfStorage(frame[1] === 1);
		else this.#confirm(decoding.readVarUint(decoding.createDecoder(frame.subarray(1))));
		return true;
	}

	/** What came is about to be put into the document. */
	hears(news: readonly RelayMessage[]): void {
		this.heard = this.#received ? news : [...this.heard, ...news];
	}

	/** A frame has been put into the document. */
	applied(socket: object, frame: Uint8Array): void {
		if (socket !== this.#socket || this.#received || frame[0] !== messageSync || frame[1] !== syncStep2) return;
		this.#received = true;
		this.#options.onChange();
	}

	#hearOfStorage(writes: boolean): void {
		this.#writes = writes;
		this.#options.onChange();
	}

	#confirm(count: number): void {
		// A relay that confirms more than it was sent confirms nothing.
		if (count > this.#sent || count <= this.#confirmed) return;
		this.#confirmed = count;
		this.#inFlight = this.#inFlight.filter(({ upTo }) => upTo > count);
		this.#options.onChange();
	}
}

function isOwnAwareness(frame: Uint8Array, clientId: number): boolean {
	const decoder = decoding.createDecoder(frame.subarray(1));
	decoding.readVarUint(decoder);
	return decoding.readVarUint(decoder) === 1 && decoding.readVarUint(decoder) === clientId;
}
