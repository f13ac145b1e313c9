import type { Member } from './peer.ts';

export type Answering = {
	member: Member;
	/** The question, to be asked again if the answer came to nothing. */
	stateVector: Uint8Array;
	/** It asked by SyncStep1, or it had fallen behind. */
	asked: boolean;
	frames: Uint8Array[];
};

/** What a room gathered since the last commit: what to write, and what may leave the room once it is written. */
export type Turn = {
	updates: Uint8Array[];
	/** In the order of `updates`; the one who sent it does not get it back. */
	origins: Member[];
	/** What a member lacks beyond a state vector. */
	answers: Answering[];
	/** Per member, how many of its contributions are durable with this turn. */
	acknowledgements: Map<Member, number>;
};

export function createTurn(): Turn {
	return { updates: [], origins: [], questions: new Map(), answers: [], acknowledgements: new Map() };
}

export function isEmpty(turn: Turn): boolean {
	return turn.updates.length === 0 && turn.questions.size === 0 && turn.acknowledgements.size === 0;
}
