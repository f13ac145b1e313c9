/**
 * Counts, on one document's connection, what was sent and what the relay called durable. The invariant: `durable` is
 * true only when, on the socket that is open now, the relay's content has arrived, our answer to its SyncStep1 (which
 * holds whatever it lacked, deletions too) has been sent, and every contribution since is acknowledged.
 *
 * Until that answer is sent, single updates are held back: it will contain them, and sent before it they could build on
 * changes that the relay does not have yet, which it refuses as a gap.
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

export type AcknowledgementOptions = {
	/** Without it nothing is contributed: the relay would close the connection. */
	mayWrite: boolean;
	/** Our own client id now: the relay takes no other's awareness from this socket. */
	clientId: () => number;
	onChange: () => void;
};

export class Acknowledgement {
	readonly #options: AcknowledgementOptions;
	#socket: object | null = null;
	#unsent = 0;
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
		return this.#unsent + this.#inFlight.reduce((sum, { changes }) => sum + changes, 0);
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
		return !this.#options.mayWrite || (this.#answered && this.#confirmed >= this.#sent);
	}

	/** One change was made here. Call before it is sent. */
	changed(): void {
		this.#unsent++;
		this.#options.onChange();
	}

	/** Nothing that an earlier socket sent is certain: it counts as unsent again. */
	connected(socket: object | null): void {
		this.#unsent = this.waiting;
		this.#inFlight = [];
		this.#sent = 0;
		this.#confirmed = 0;
		this.#answered = false;
		this.#received = false;
		this.#writes = null;
		this.#socket = socket;
		this.#options.onChange();
	}

	/** Whether a frame may go out on `socket`; counts it when it does. */
	sending(socket: object, frame: Uint8Array): boolean {
		if (frame[0] === messageAwareness) return this.#options.mayWrite && isOwnAwareness(frame, this.#options.clientId());
		if (!isContribution(frame)) return true;
		const answer = frame[1] === syncStep2;
		if (socket !== this.#socket || !this.#options.mayWrite || (!answer && !this.#answered)) return false;
		this.#answered = true;
		this.#sent++;
		this.#inFlight.push({ upTo: this.#sent, changes: this.#unsent });
		this.#unsent = 0;
		this.#options.onChange();
		return true;
	}

	/** @returns true when the frame was one of our extensions, which y-websocket must not see */
	consume(socket: object, frame: Uint8Array): boolean {
		if (frame[0] !== messageAck && frame[0] !== messageStorage) return false;
		if (socket !== this.#socket) return true;
		if (frame[0] === messageStorage) this.#hearOfStorage(frame[1] === 1);
		else this.#confirm(decoding.readVarUint(decoding.createDecoder(frame.subarray(1))));
		return true;
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

/** A WebSocket class whose sockets report to `acknowledgement`; y-websocket takes it as its `WebSocketPolyfill`. */
export function acknowledgedSocket(Base: typeof WebSocket, acknowledgement: Acknowledgement): typeof WebSocket {
	return class extends Base {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			acknowledgement.connected(this);
		}

		override send(data: Parameters<WebSocket['send']>[0]): void {
			if (!(data instanceof Uint8Array) || acknowledgement.sending(this, data)) super.send(data);
		}

		override set onmessage(handler: ((event: MessageEvent) => void) | null) {
			super.onmessage =
				handler &&
				((event: MessageEvent<ArrayBuffer>) => {
					const frame = new Uint8Array(event.data);
					if (acknowledgement.consume(this, frame)) return;
					handler(event);
					acknowledgement.applied(this, frame);
				});
		}

		override get onmessage() {
			return super.onmessage;
		}
	};
}
