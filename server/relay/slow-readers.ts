/**
 * Who does not read as fast as others write gets nothing more of what they write, until all that waits for them is read:
 * then they get, as one update, what they lack beyond the state vector that they had. So a slow reader costs no memory,
 * and after a tunnel reads a document's change and not its history. Whoever falls behind too far is sent away.
 */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { limits } from '#lib/protocol/limits.ts';
import type { Member } from './peer.ts';
import type { Turn } from './turn.ts';

export type SlowReaderSurroundings = {
	/** @returns a state vector of what everyone has who got all turns before this one */
	vectorBefore(turn: Turn): Uint8Array;
	/** Answers the member with what it lacks beyond the vector, and says so by `caughtUp`. */
	catchUp(member: Member, stateVector: Uint8Array): void;
	expel(member: Member, code: typeof closeCodes.slow, reason: string): void;
};

export class SlowReaders {
	readonly #around: SlowReaderSurroundings;

	constructor(around: SlowReaderSurroundings) {
		this.#around = around;
	}

	/** @returns those of the members to whom the turn can be sent now */
	keepingUp(members: ReadonlySet<Member>, turn: Turn): ReadonlySet<Member> {
		if (!anySlow(members)) return members;
		const slow = [...members].filter(isSlow);
		const bytes = turn.updates.reduce((sum, { length }) => sum + length, 0);
		const stateVector = this.#around.vectorBefore(turn);
		for (const member of slow) this.#miss(member, bytes, stateVector);
		return members.difference(new Set(slow));
	}

	/** To be called when what it lacks was sent. */
	caughtUp(member: Member): void {
		member.missed = null;
	}

	#miss(member: Member, bytes: number, stateVector: Uint8Array): void {
		if (!member.missed) {
			const missed = { stateVector, bytes: 0 };
			member.missed = missed;
			member.peer.whenDrained(() => {
				if (member.missed === missed) this.#around.catchUp(member, stateVector);
			});
		}
		member.missed.bytes += bytes;
		if (member.missed.bytes > limits.sendBufferBytes) this.#around.expel(member, closeCodes.slow, 'too slow');
	}
}

const isSlow = ({ missed, peer }: Member): boolean => missed !== null || peer.behind;

/** For every turn of every room, and nearly always no. */
function anySlow(members: Iterable<Member>): boolean {
	for (const member of members) if (isSlow(member)) return true;
	return false;
}
