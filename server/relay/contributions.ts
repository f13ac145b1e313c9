/**
 * What members contribute: judged in the order in which it came, and gathered in the room's turn when it is taken. What
 * is refused costs its sender the connection and changes nothing.
 */
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts';
import { limits } from '#lib/protocol/limits.ts';
import type { Authorship } from './authorship.ts';
import type { DocumentState, Verdict } from './document-state.ts';
import type { Frame } from './frames.ts';
import type { Early, Member } from './peer.ts';
import type { ReloadableState } from './reloadable-state.ts';
import type { Turn } from './turn.ts';

export type Contribution = Frame & { type: 'contribution' };

export type ContributionsSurroundings = {
	state: ReloadableState;
	/** That of the state. */
	authorship(): Authorship;
	/** The turn that the room gathers now. */
	gathering(): Turn;
	requestCommit(): void;
	expel(member: Member, code: CloseCode, reason: string): void;
	/** The state cannot be trusted any more. */
	broken(reason: string): void;
};

/** How many updates of one connection may wait for its answer to our SyncStep1. */
const maxEarly = 256;

export class Contributions {
	readonly #around: ContributionsSurroundings;

	constructor(around: ContributionsSurroundings) {
		this.#around = around;
	}

	receive(member: Member, { update, step2 }: Contribution): void {
		const { state, expel } = this.#around;
		if (member.peer.access !== 'write') return expel(member, closeCodes.forbidden, 'read only');
		const item = { contribution: (member.contributions += 1), update, typed: !step2 };
		state.use((loaded) => {
			this.#judge(member, item, loaded);
			if (step2) this.#answered(member, loaded);
			this.#acknowledge(member);
		});
	}

	/** What came before the answer is judged now: it has nothing more to wait for. */
	#answered(member: Member, state: DocumentState): void {
		member.answered = true;
		for (const item of member.early.splice(0)) this.#judge(member, item, state);
	}

	#judge(member: Member, item: Early, state: DocumentState): void {
		if (member.closed) return;
		const authorship = this.#around.authorship();
		const { personId } = member.peer;
		const verdict = state.accept(item.update, item.typed, (client, known) =>
			authorship.mayWrite(client, known, personId),
		);
		if (verdict.kind === 'new') return this.#gather(member, verdict.updates, authorship);
		authorship.drop();
		this.#refuse(member, item, verdict);
	}

	#gather(member: Member, updates: readonly Uint8Array[], authorship: Authorship): void {
		const turn = this.#around.gathering();
		for (const update of updates) {
			turn.updates.push(update);
			turn.origins.push(member);
		}
		for (const found of authorship.take()) turn.authors.push(found);
		this.#around.requestCommit();
	}

	#refuse(member: Member, item: Early, verdict: Exclude<Verdict, { kind: 'new' }>): void {
		const { expel, broken } = this.#around;
		switch (verdict.kind) {
			case 'gap':
				return this.#wait(member, item);
			case 'bad':
				return expel(member, closeCodes.badFrame, verdict.reason);
			case 'foreign':
				return expel(member, closeCodes.foreignClient, `client ${verdict.client}`);
			case 'broken':
				expel(member, closeCodes.badFrame, 'does not apply');
				return broken(verdict.reason);
			case 'known':
		}
	}

	/** What a client typed before it answered our SyncStep1 may build on work that only the answer brings. */
	#wait(member: Member, item: Early): void {
		const bytes = member.early.reduce((sum, { update }) => sum + update.length, item.update.length);
		// An update that comes with the answer itself has nothing to wait for.
		if (member.answered || !item.typed || bytes > limits.frameBytes || member.early.length >= maxEarly) {
			return this.#around.expel(member, closeCodes.gap, 'waits for content that is not here');
		}
		member.early.push(item);
	}

	#acknowledge(member: Member): void {
		if (member.closed) return;
		const durable = (member.early[0]?.contribution ?? member.contributions + 1) - 1;
		if (durable > 0) this.#around.gathering().acknowledgements.set(member, durable);
		this.#around.requestCommit();
	}
}
