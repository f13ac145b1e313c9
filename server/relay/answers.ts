/**
 * What members lack, and get in one piece: those who ask by SyncStep1, and those who fell behind and have caught up with
 * reading. Answers are taken from the state when the turn is, so that they hold what it writes and nothing beyond, and leave
 * the room with it; when it fails they are made again. Those that take long are spread over several turns, so that nobody
 * else waits for all of them.
 */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { toFrames } from './answer-frames.ts';
import type { DocumentState } from './document-state.ts';
import type { Member } from './peer.ts';
import type { ReloadableState } from './reloadable-state.ts';
import { SlowReaders } from './slow-readers.ts';
import type { Question, Turn } from './turn.ts';
import type { UnreadAnswers } from './unread-answers.ts';

export type AnswersSurroundings = {
	state: ReloadableState;
	/** The turn that the room gathers now. */
	gathering(): Turn;
	requestCommit(): void;
	/** Milliseconds. */
	now(): number;
	unread: UnreadAnswers;
	/** Tells the member who else is here. */
	tellPresence(member: Member): void;
	expel(member: Member, code: typeof closeCodes.badFrame | typeof closeCodes.slow, reason: string): void;
};

/** For so long answers are begun in one turn. One to who has a part of a long document takes a tenth of a second. Milliseconds. */
const longest = 10;

const emptyVector: Uint8Array = Uint8Array.of(0);

export class Answers {
	readonly #around: AnswersSurroundings;
	readonly #slow: SlowReaders;

	constructor(around: AnswersSurroundings) {
		this.#around = around;
		this.#slow = new SlowReaders({
			vectorBefore: (turn) => this.#vectorBefore(turn),
			catchUp: (member, stateVector) => this.#gather(member, { stateVector, asked: false }),
			expel: around.expel,
		});
	}

	/** A member asked by SyncStep1. */
	ask(member: Member, stateVector: Uint8Array): void {
		this.#gather(member, { stateVector, asked: true });
	}

	/** The turn is not to be answered as it is: its questions are asked again. */
	askAgain({ questions, answers, shown }: Turn): void {
		if (!shown) for (const { member } of answers) this.#around.unread.dropped(member.peer);
		for (const [member, question] of questions ?? []) this.#gather(member, question);
	}

	/** The turn is taken: its answers are made. Who asks the same gets the same bytes: many come back at once. */
	make(turn: Turn): void {
		const { state, now, unread } = this.#around;
		if (!state.loaded) return this.askAgain(turn);
		state.use((loaded) => {
			const end = now() + longest;
			for (const [member, question] of turn.questions ?? []) {
				if (!unread.hasRoom(member.peer)) this.#wait(turn, member, question);
				else if (turn.answers.length > 0 && now() > end) this.#putOff(turn, member, question);
				else this.#answer(turn, member, question, loaded);
			}
		});
	}

	/** The turn is on disk: its answers go out. */
	send(turn: Turn): void {
		for (const { member, frames } of turn.answers) {
			for (const { head, body } of frames) member.peer.send(head, body);
			this.#around.unread.sent(member.peer);
			if (!member.missed) continue;
			this.#slow.caughtUp(member);
			this.#around.tellPresence(member);
		}
	}

	/** Nobody waits for its answer any more. */
	left(member: Member): void {
		member.waits = null;
		this.#around.unread.left(member.peer);
	}

	/** @returns those of the members to whom the turn can be sent now; the others get an answer later */
	keepingUp(members: ReadonlySet<Member>, turn: Turn): ReadonlySet<Member> {
		return this.#slow.keepingUp(members, turn);
	}

	#gather(member: Member, question: Question): void {
		this.#around.state.use(() => {
			const questions = (this.#around.gathering().questions ??= new Map());
			// The answer to SyncStep1 holds what it missed as well, and a client waits for it.
			if (question.asked || !questions.has(member)) questions.set(member, question);
			this.#around.requestCommit();
		});
	}

	/** To the next turn. */
	#putOff({ questions }: Turn, member: Member, question: Question): void {
		questions?.delete(member);
		this.#gather(member, question);
	}

	/** Until there is room for the answer. What else it asks meanwhile takes its place. */
	#wait({ questions }: Turn, member: Member, question: Question): void {
		questions?.delete(member);
		if (member.closed) return;
		if (question.asked || !member.waits) member.waits = question;
		this.#around.unread.wait(member.peer, () => {
			const { waits } = member;
			member.waits = null;
			if (waits) this.#gather(member, waits);
		});
	}

	#answer({ answers }: Turn, member: Member, { stateVector, asked }: Question, state: DocumentState): void {
		if (member.closed) return;
		const answer = state.answer(stateVector);
		if (!answer) return this.#around.expel(member, closeCodes.badFrame, 'bad state vector');
		const frames = toFrames(answer, asked);
		answers.push({ member, frames });
		const bodies = frames.map(({ body }) => body);
		this.#around.unread.made(member.peer, bodies, () => this.#around.expel(member, closeCodes.slow, 'does not read'));
	}

	/** @returns what everyone had who got all turns before this one */
	#vectorBefore(turn: Turn): Uint8Array {
		const { state } = this.#around;
		let vector = emptyVector;
		if (state.loaded) {
			state.use((loaded) => (vector = loaded.vectorBefore([...turn.updates, ...this.#around.gathering().updates])));
		}
		return vector;
	}
}
