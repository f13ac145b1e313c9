import type { Member } from './peer.ts';

/** What a room gathered since the last commit: what to write, and what may leave the room once it is written. */
export type Turn = {
	updates: Uint8Array[];
	/** In the order of `updates`; the one who sent it does not get it back. */
	origins: Member[];
	/** Answers to SyncStep1, and the question, to be asked again if the answer came to nothing. */
	answers: { member: Member; stateVector: Uint8Array; frames: Uint8Array[] }[];
	/** Per member, how many of its contributions are durable with this turn. */
	acknowledgements: Map<Member, number>;
};

export function createTurn(): Turn {
	return { updates: [], origins: [], questions: new Map(), answers: [], acknowledgements: new Map() };
}

export function isEmpty(turn: Turn): boolean {
	return turn.updates.length === 0 && turn.questions.size === 0 && turn.acknowledgements.size === 0;
}
