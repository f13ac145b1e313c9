/**
 * What members lack, and get in one piece: those who ask by SyncStep1, and those who fell behind and have caught up with
 * reading. An answer is taken from the state, which runs ahead of the disk, so it leaves the room with the turn in which
 * it was made, and when that fails it is made again.
 */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { AnswerFrames } from './answer-frames.ts';
import { encodeUpdate } from './frames.ts';
import type { Member } from './peer.ts';
import type { ReloadableState } from './reloadable-state.ts';
import { SlowReaders } from './slow-readers.ts';
import type { Turn } from './turn.ts';

export type AnswersSurroundings = {
	state: ReloadableState;
	/** The turn that the room gathers now. */
	gathering(): Turn;
	requestCommit(): void;
	/** Tells the member who else is here. */
	tellPresence(member: Member): void;
	expel(member: Member, code: typeof closeCodes.badFrame | typeof closeCodes.slow, reason: string): void;
};

const emptyUpdate = Uint8Array.of(0, 0);
const emptyVector: Uint8Array = Uint8Array.of(0);

export class Answers {
	readonly #around: AnswersSurroundings;
	readonly #frames = new AnswerFrames();
	readonly #slow: SlowReaders;

	constructor(around: AnswersSurroundings) {
		this.#around = around;
		this.#slow = new SlowReaders({
			vectorBefore: (turn) => this.#vectorBefore(turn),
			catchUp: (member) => this.#catchUp(member),
			expel: around.expel,
		});
	}

	/** A member asked by SyncStep1. */
	ask(member: Member, stateVector: Uint8Array): void {
		this.#around.state.use((state) => {
			const answer = state.answer(stateVector);
			if (!answer) return this.#around.expel(member, closeCodes.badFrame, 'bad state vector');
			this.#gather(member, stateVector, true, this.#frames.toFrames(answer));
		});
	}

	/** The turn is not on disk: what it would have answered is asked again. */
	askAgain(turn: Turn): void {
		for (const { member, stateVector, asked } of turn.answers) {
			if (asked) this.ask(member, stateVector);
			else this.#catchUp(member);
		}
	}

	/** The turn is on disk: its answers go out. */
	send(turn: Turn): void {
		for (const { member, frames, asked } of turn.answers) {
			for (const frame of frames) member.peer.send(frame);
			if (asked) continue;
			this.#slow.caughtUp(member);
			this.#around.tellPresence(member);
		}
	}

	/** @returns those of the members to whom the turn can be sent now; the others get an answer later */
	keepingUp(members: ReadonlySet<Member>, turn: Turn): ReadonlySet<Member> {
		return this.#slow.keepingUp(members, turn);
	}

	#catchUp(member: Member): void {
		this.#around.state.use((state) => {
			if (member.closed || !member.missed) return;
			const { stateVector } = member.missed;
			const difference = state.difference(stateVector) ?? emptyUpdate;
			this.#gather(member, stateVector, false, [encodeUpdate(difference)]);
		});
	}

	#gather(member: Member, stateVector: Uint8Array, asked: boolean, frames: Uint8Array[]): void {
		this.#around.gathering().answers.push({ member, stateVector, asked, frames });
		this.#around.requestCommit();
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
