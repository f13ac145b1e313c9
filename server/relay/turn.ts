import type { Sequence } from '../storage/contract.ts';
import type { Member } from './peer.ts';

/** What a member lacks beyond a state vector. */
export type Question = {
	stateVector: Uint8Array;
	/** It asked by SyncStep1, or it had fallen behind and has read what waited for it. */
	asked: boolean;
};

/** What a room gathered since the last commit: what to write, and what may leave the room once it is written. */
export type Turn = {
	updates: Uint8Array[];
	/** In the order of `updates`; the one who sent it does not get it back. Null: it was written at another relay. */
	origins: (Member | null)[];
	/** The updates as they are written, put together where they go on from each other; made when the turn is taken. */
	written: Uint8Array[];
	/** Whose client ids are, as the updates made it known. */
	authors: [client: number, person: string | null][];
	/** It was written, and others saw it. */
	shown: boolean;
	/** The log's sequence of the last update, once it is written. */
	last: Sequence;
	/**
	 * Per member, one question, the last it asked: one answer a turn, however often it asks. An answer is as large as the
	 * document and a question is ten bytes.
	 */
	questions: Map<Member, Question>;
	/** Made when the turn is taken; the question is asked again if the answer came to nothing. */
	answers: { member: Member; frames: Uint8Array[] }[];
	/** Per member, how many of its contributions are durable with this turn. */
	acknowledgements: Map<Member, number>;
	/** How much of what came the intake counts until the turn is durable. */
	taken: number;
};

export function createTurn(): Turn {
	return {
		updates: [],
		origins: [],
		written: [],
		authors: [],
		shown: false,
		last: 0,
		questions: new Map(),
		answers: [],
		acknowledgements: new Map(),
		taken: 0,
	};
}

export function isEmpty(turn: Turn | null): boolean {
	return !turn || (turn.updates.length === 0 && turn.questions.size === 0 && turn.acknowledgements.size === 0);
}
