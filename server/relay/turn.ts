import type { Sequence } from '../storage/contract.ts';
import type { AnswerFrame } from './answer-frames.ts';
import type { Member } from './peer.ts';
import { putUpdatesTogether } from './update-merge.ts';

/** What a member lacks beyond a state vector. */
export type Question = {
	stateVector: Uint8Array;
	/** It asked by SyncStep1, or it had fallen behind and has read what waited for it. */
	asked: boolean;
};

/** So much is in the log that was not. */
export type Growth = { updates: number; bytes: number };

/** What a room gathered since the last commit: what to write, and what may leave the room once it is written. */
export type Turn = {
	updates: Uint8Array[];
	/** In the order of `updates`; the one who sent it does not get it back. Null: it was written at another relay. */
	origins: (Member | null)[];
	/** The updates as they are written, put together where they go on from each other; made when the turn is taken. */
	written: Uint8Array[];
	/** What it adds to the log: known when the turn is taken, null when it adds nothing. */
	adds: Growth | null;
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
	questions: Map<Member, Question> | null;
	/** Made when the turn is taken; the question is asked again if the answer came to nothing. */
	answers: { member: Member; frames: AnswerFrame[] }[];
	/** Per member, how many of its contributions are durable with this turn. */
	acknowledgements: Map<Member, number> | null;
	/** How much of what came the intake counts until the turn is durable. */
	taken: number;
};

/** Not to be added to. */
const nothing: never[] = [];

export function createTurn(): Turn {
	return {
		updates: [],
		origins: [],
		written: nothing,
		adds: null,
		authors: [],
		shown: false,
		last: 0,
		questions: null,
		answers: [],
		acknowledgements: null,
		taken: 0,
	};
}

/**
 * The turn is taken: nothing is gathered in it any more.
 * @param members how many are here
 */
export function takeUp(turn: Turn, members: number): Turn {
	turn.written = eachWroteOne(turn, members) ? turn.updates : putUpdatesTogether(turn.updates);
	if (turn.updates.length > 0) turn.adds = toGrowth(turn.written);
	return turn;
}

/** Each of those who are here gets the others' anyway, and nobody gets all: there is nothing to put together for. */
function eachWroteOne({ origins }: Turn, members: number): boolean {
	return origins.length === members && new Set(origins).size === members;
}

/** It was shown: until it is on disk, a tenth of a second, nobody needs what it holds, and there are many. */
export function letGo(turn: Turn): void {
	turn.updates = turn.origins = turn.written = turn.authors = turn.answers = nothing;
}

export function toGrowth(updates: readonly Uint8Array[]): Growth {
	return { updates: updates.length, bytes: updates.reduce((sum, { length }) => sum + length, 0) };
}

export function isEmpty(turn: Turn | null): boolean {
	return !turn || (turn.updates.length === 0 && !turn.questions && !turn.acknowledgements);
}
