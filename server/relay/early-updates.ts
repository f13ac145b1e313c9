/**
 * What a client typed before it answered our SyncStep1 may build on work that only the answer brings, and waits for it. It
 * is in no turn, so the intake does not count it: of one connection, of one person and of all together only so much may
 * wait. Whoever is sent away for it has lost nothing, and brings it again.
 */
import { limits } from '#lib/protocol/limits.ts';
import type { Member } from './peer.ts';

/** Bytes. One person may do to themselves what everybody else is not to notice. */
export const usualBounds = {
	perConnection: limits.frameBytes,
	perPerson: 16 * 1024 * 1024,
	together: 64 * 1024 * 1024,
};

/** What an update takes beside its bytes, about. */
const overhead = 256;

export class EarlyUpdates {
	readonly #bounds: typeof usualBounds;
	readonly #members = new Map<Member, number>();
	readonly #people = new Map<string, number>();
	#bytes = 0;

	constructor(bounds = usualBounds) {
		this.#bounds = bounds;
	}

	/** What waits now. */
	get bytes(): number {
		return this.#bytes;
	}

	/** @returns whether one more may wait; then it counts until `release` */
	hold(member: Member, update: Uint8Array): boolean {
		const { personId } = member.peer;
		const bytes = update.length + overhead;
		const own = (this.#members.get(member) ?? 0) + bytes;
		const persons = (this.#people.get(personId) ?? 0) + bytes;
		const { perConnection, perPerson, together } = this.#bounds;
		if (own > perConnection || persons > perPerson || this.#bytes + bytes > together) return false;
		this.#members.set(member, own);
		this.#people.set(personId, persons);
		this.#bytes += bytes;
		return true;
	}

	/** Nothing of the member waits any more. */
	release(member: Member): void {
		const bytes = this.#members.get(member);
		if (bytes === undefined) return;
		const { personId } = member.peer;
		this.#members.delete(member);
		this.#bytes -= bytes;
		const left = (this.#people.get(personId) ?? 0) - bytes;
		if (left > 0) this.#people.set(personId, left);
		else this.#people.delete(personId);
	}
}
