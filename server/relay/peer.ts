import type { CloseCode } from '#lib/protocol/close-codes.ts';
import type { Question } from './turn.ts';

/** One admitted connection, as the room sees it: who it is, what it may, and a way to reach it. No sockets here. */
export interface Peer {
	readonly personId: string;
	readonly access: 'read' | 'write';
	/** It asked to be told what is durable. */
	readonly acknowledges: boolean;
	/** More waits to be sent to it than waits for a reader who keeps up. */
	readonly behind: boolean;
	/** Enough waits to be sent that `whenDrained` will tell when it is gone. Always so when it is behind. */
	readonly unread: boolean;
	/** Runs `work` once, when nothing waits to be sent any more. Asked only while there is something unread. */
	whenDrained(work: () => void): void;
	/** Nothing more of what it says is heard until `resume`, as often as it was called: it waits in the network. */
	pause(): void;
	resume(): void;
	/**
	 * Never throws; a peer that is gone or far too slow is dealt with behind this.
	 * @param rest of the frame, where it is in two pieces
	 */
	send(frame: Uint8Array, rest?: Uint8Array): void;
	/** Afterwards the room hears of it once more, when it leaves. */
	close(code: CloseCode, reason: string): void;
}

/** An update, which of its connection's contributions it is, and whether it came as it was made. */
export type Early = { contribution: number; update: Uint8Array; typed: boolean };

/** A peer inside a room. */
export type Member = {
	readonly peer: Peer;
	/** The awareness client that this connection speaks for, once it has said so. */
	clientId: number | null;
	/** When it was told last of everyone who is here. Milliseconds. */
	toldAt: number;
	/** Contributions that came, refused ones included. */
	contributions: number;
	/** It has answered our SyncStep1: we have all it had, and its updates have no reason to wait for anything. */
	answered: boolean;
	/** Updates that came before that answer and wait for it. */
	early: Early[];
	/** While it is behind: what it had when it fell behind, and how many bytes it would have got since. */
	missed: { stateVector: Uint8Array; bytes: number } | null;
	/** What it asked last, while there is no room for the answer. */
	waits: Question | null;
	closed: boolean;
};

export function toMember(peer: Peer): Member {
	return {
		peer,
		clientId: null,
		toldAt: 0,
		contributions: 0,
		answered: false,
		early: [],
		missed: null,
		waits: null,
		closed: false,
	};
}
