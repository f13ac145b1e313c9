/**
 * What members contribute: judged in the order in which it came, and gathered in the room's turn when it is taken. What
 * is refused costs its sender the connection and changes nothing.
 */
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts';
import { limits } from '#lib/protocol/limits.ts';
import type { Authorship } from './authorship.ts';
import type { DocumentState, Verdict } from './document-state.ts';
import type { EarlyUpdates } from './early-updates.ts';
import type { Frame } from './frames.ts';
import type { Intake } from './intake.ts';
import type { Early, Member } from './peer.ts';
import type { ReloadableState } from './reloadable-state.ts';
import type { TellingBudget } from './telling-budget.ts';
import type { Turn } from './turn.ts';
import { hasMoreParts } from './update-parts.ts';

export type Contribution = Frame & { type: 'contribution' };

export type ContributionsSurroundings = {
	state: ReloadableState;
	intake: Intake;
	early: EarlyUpdates;
	telling: TellingBudget;
	/** That of the state. */
	authorship(): Authorship;
	/** The turn that the room gathers now. */
	gathering(): Turn;
	requestCommit(): void;
	expel(member: Member, code: CloseCode, reason: string): void;
	/** The state cannot be trusted any more. */
	broken(reason: string): void;
	/**
	 * With several relays: takes in what the log has and the state lacks, then runs `work`, and before that nothing else
	 * with the state. Null: there is one relay, and the state lacks nothing.
	 */
	catchUp: ((work: (state: DocumentState) => void) => void) | null;
};

/** How many updates of one connection may wait for its answer to our SyncStep1. */
const maxEarly = 256;

export class Contributions {
	readonly #around: ContributionsSurroundings;
	/** What the intake counts and waits for the state. */
	#waiting = 0;

	constructor(around: ContributionsSurroundings) {
		this.#around = around;
	}

	receive(member: Member, { update, step2 }: Contribution): void {
		const { state, intake, expel } = this.#around;
		if (member.peer.access !== 'write') return expel(member, closeCodes.forbidden, 'read only');
		if (hasMoreParts(update, limits.updateParts)) {
			return expel(member, closeCodes.tooBig, `more than ${limits.updateParts} parts in one update`);
		}
		const item = { contribution: (member.contributions += 1), update, typed: !step2 };
		state.use((loaded) => this.#judge(member, item, loaded));
		if (step2) state.use((loaded) => this.#answered(member, loaded));
		const taken = intake.take(member.peer, update);
		this.#waiting += taken;
		state.use(() => this.#done(member, taken));
	}

	/** What the member brought early goes with it. */
	left(member: Member): void {
		member.early = [];
		this.#around.early.release(member);
	}

	/** The state does not come back: nothing that waits for it is done. */
	lost(): void {
		this.#around.intake.release(this.#waiting);
		this.#waiting = 0;
	}

	/** What came before the answer is judged now: it has nothing more to wait for. */
	#answered(member: Member, state: DocumentState): void {
		member.answered = true;
		this.#around.early.release(member);
		for (const item of member.early.splice(0)) this.#judge(member, item, state);
	}

	/**
	 * @param sure the state lacks nothing of the log. Else what a device brings in its answer, others' work included, may be
	 * in the log already, written at the relay that it was connected to before
	 */
	#judge(member: Member, item: Early, state: DocumentState, sure = this.#around.catchUp === null): void {
		if (member.closed) return;
		const { telling } = this.#around;
		const authorship = this.#around.authorship();
		const { personId } = member.peer;
		const decided = sure || item.typed;
		const verdict = state.accept(
			item.update,
			item.typed,
			(client, known) => (decided ? authorship.mayWrite(client, known, personId) : authorship.isOf(client, personId)),
			(structs) => telling.take(personId, structs),
		);
		if (verdict.kind === 'new') return this.#gather(member, verdict.updates, authorship);
		authorship.drop();
		if (verdict.kind === 'foreign' && !decided) {
			return this.#around.catchUp?.((whole) => this.#judge(member, item, whole, true));
		}
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
			case 'full':
				return expel(member, closeCodes.tooBig, verdict.reason);
			case 'later':
				return expel(member, closeCodes.chatter, 'goes to many places of a long document');
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
		// An update that comes with the answer itself has nothing to wait for.
		const mayWait = !member.answered && item.typed && member.early.length < maxEarly;
		if (mayWait && this.#around.early.hold(member, item.update)) member.early.push(item);
		else this.#around.expel(member, closeCodes.gap, 'waits for content that is not here');
	}

	/** It is judged, and its turn is what it waits for. */
	#done(member: Member, taken: number): void {
		this.#waiting -= taken;
		this.#around.gathering().taken += taken;
		this.#around.requestCommit();
		this.#acknowledge(member);
	}

	#acknowledge(member: Member): void {
		if (member.closed || !member.peer.acknowledges) return;
		const durable = (member.early[0]?.contribution ?? member.contributions + 1) - 1;
		if (durable > 0) (this.#around.gathering().acknowledgements ??= new Map()).set(member, durable);
	}
}
