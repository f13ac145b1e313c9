/** One connection: frames in order both ways, arriving when the seed says, lost with it when it breaks. */
import type { CloseCode } from '#lib/protocol/close-codes.ts';
import type { Peer } from '../../../server/relay/peer.ts';
import type { Seat } from '../../../server/relay/rooms.ts';

/** A reader with more frames than this before it is behind. */
const keepsUp = 12;

export class SimulatedLink implements Peer {
	readonly personId: string;
	readonly access: 'read' | 'write';
	readonly acknowledges = true;
	readonly toRelay: Uint8Array[] = [];
	readonly toDevice: (Uint8Array | { code: number; reason: string })[] = [];
	/** Set once the relay has taken the connection. */
	seat: Seat | null = null;
	/** What was sent on it may have been taken back: a sync failed. */
	doubtful = false;
	/** The device has given it up; the relay may not know yet. */
	broken = false;
	#closing = false;
	#pauses = 0;
	#drained: (() => void)[] = [];

	constructor(personId: string, access: 'read' | 'write') {
		this.personId = personId;
		this.access = access;
	}

	get behind(): boolean {
		return this.toDevice.length > keepsUp;
	}

	get unread(): boolean {
		return this.toDevice.length > 0;
	}

	/** Nothing more is heard of it now. */
	get held(): boolean {
		return this.#pauses > 0;
	}

	whenDrained(work: () => void): void {
		this.#drained.push(work);
	}

	pause(): void {
		this.#pauses++;
	}

	resume(): void {
		this.#pauses--;
	}

	send(frame: Uint8Array, rest?: Uint8Array): void {
		if (!this.broken && !this.#closing) this.toDevice.push(rest ? Buffer.concat([frame, rest]) : frame);
	}

	close(code: CloseCode, reason: string): void {
		if (this.#closing) return;
		this.#closing = true;
		if (!this.broken) this.toDevice.push({ code, reason });
		queueMicrotask(() => this.end());
	}

	/** To be called when everything sent so far was read. */
	drain(): void {
		for (const work of this.#drained.splice(0)) work();
	}

	/** The relay hears the first frame that is under way. */
	deliver(): void {
		if (this.held) return;
		const frame = this.toRelay.shift();
		if (frame && !this.#closing) this.seat?.receive(frame);
	}

	/** The relay notices that the connection is gone. */
	end(): void {
		this.#closing = true;
		this.seat?.leave();
		this.seat = null;
	}
}
