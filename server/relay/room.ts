/**
 * One document and everyone who is connected to it, without a transport. For each contribution, in this order: judged,
 * appended with everything else of the turn, handed to the others once it is written, acknowledged once it is on disk.
 * Nothing leaves the room that is not written: answers to SyncStep1 wait for it as updates do.
 */
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { limits } from '#lib/protocol/limits.ts';
import type { StoredDocument } from '../storage/contract.ts';
import { Answers } from './answers.ts';
import type { Committing } from './committer.ts';
import { type DocumentState, loadState } from './document-state.ts';
import { fanOut } from './fan-out.ts';
import { type Frame, decodeFrame, encodeAck, encodeStep1 } from './frames.ts';
import type { Log } from './log.ts';
import { type Early, type Member, type Peer, toMember } from './peer.ts';
import { Presence } from './presence.ts';
import { ReloadableState } from './reloadable-state.ts';
import { type Turn, createTurn, isEmpty } from './turn.ts';

export type RoomSurroundings = {
	load(name: DocumentName): Promise<StoredDocument>;
	/** Asks for a commit of what the room gathered. */
	requestCommit(room: Committing): void;
	/** Called when these were added to the log. */
	appended(name: DocumentName, updates: readonly Uint8Array[]): void;
	/** Runs `work` a little later; presence of that time goes out together. */
	later(work: () => void): void;
	/** Milliseconds since the epoch. */
	now(): number;
	/** The document cannot be read any more; everyone was sent away. */
	lost(room: Room): void;
	log: Log;
};

type Contribution = Frame & { type: 'contribution' };

/** How many updates of one connection may wait for its answer to our SyncStep1. */
const maxEarly = 256;

export class Room implements Committing {
	readonly name: DocumentName;
	readonly #around: RoomSurroundings;
	readonly #members = new Set<Member>();
	readonly #presence: Presence;
	readonly #state: ReloadableState;
	readonly #answers: Answers;
	#turn = createTurn();
	#committing = 0;
	#settled: () => void = () => {};

	private constructor(name: DocumentName, state: DocumentState, around: RoomSurroundings) {
		this.name = name;
		this.#around = around;
		this.#state = new ReloadableState(state, () => this.#readAgain());
		this.#presence = new Presence({ members: this.#members, now: around.now, later: around.later });
		this.#answers = new Answers({
			state: this.#state,
			gathering: () => this.#turn,
			requestCommit: () => around.requestCommit(this),
			tellPresence: (member) => this.#presence.tell(member),
			expel: (member, code, reason) => this.#expel(member, code, reason),
		});
	}

	/** @throws Error when the log cannot be read as a whole: a room is never opened on a part of its document */
	static async open(name: DocumentName, around: RoomSurroundings): Promise<Room> {
		return new Room(name, loadState(await around.load(name)), around);
	}

	get members(): number {
		return this.#members.size;
	}

	/** Nobody is here and nothing is under way: the room may be forgotten. */
	get idle(): boolean {
		return this.#members.size === 0 && this.#committing === 0 && isEmpty(this.#turn) && this.#state.loaded;
	}

	join(peer: Peer): Member {
		const member = toMember(peer);
		this.#members.add(member);
		this.#state.use((state) => greet(member, state));
		this.#presence.tell(member);
		return member;
	}

	leave(member: Member): void {
		member.closed = true;
		this.#members.delete(member);
		this.#presence.leave(member);
	}

	/** @param bytes one frame; never throws, whatever it holds */
	receive(member: Member, bytes: Uint8Array): void {
		if (member.closed) return;
		const frame = decodeFrame(bytes);
		if (frame) this.#handle(member, frame);
		else this.#expel(member, closeCodes.badFrame, 'not a frame of this protocol');
	}

	/** To be called now and then: whoever is connected stays visible, however seldom a tab in the background says so. */
	renewPresence(): void {
		this.#presence.renew();
	}

	destroy(): void {
		this.#state.use((state) => state.destroy());
	}

	takeTurn(): Turn {
		const turn = this.#turn;
		this.#turn = createTurn();
		this.#committing += 1;
		this.#answers.make(turn);
		return turn;
	}

	show(turn: Turn): void {
		this.#answers.send(turn);
		if (turn.updates.length > 0) fanOut(turn, this.#answers.keepingUp(this.#members, turn));
	}

	settle(turn: Turn): void {
		this.#committing -= 1;
		this.#notifySettled();
		if (turn.updates.length > 0) this.#around.appended(this.name, turn.updates);
		for (const [member, count] of turn.acknowledgements) {
			if (!member.closed && member.peer.acknowledges) member.peer.send(encodeAck(count));
		}
	}

	/**
	 * Nothing of the turn is durable. Writers start again and bring all that they have, also what they saw of it; readers
	 * stay, and may know a moment longer than we do what its writer will say again.
	 */
	fail(turn: Turn, error: unknown): void {
		this.#committing -= 1;
		this.#around.log('append-failed', { error: String(error) });
		const gathered = this.#turn;
		this.#turn = createTurn();
		for (const member of [...this.#members]) {
			if (member.peer.access === 'write') this.#expel(member, closeCodes.storage, 'cannot write to disk');
		}
		this.#reload();
		for (const unanswered of [turn, gathered]) this.#answers.askAgain(unanswered);
		this.#notifySettled();
	}

	#handle(member: Member, frame: Frame): void {
		switch (frame.type) {
			case 'awareness':
				return this.#hear(member, frame.update);
			case 'query-awareness':
				return this.#presence.tell(member);
			case 'step1':
				return this.#answers.ask(member, frame.stateVector);
			case 'contribution':
				return this.#contribute(member, frame);
		}
	}

	#hear(member: Member, update: Uint8Array): void {
		if (!this.#presence.receive(member, update)) this.#expel(member, closeCodes.badFrame, 'bad presence');
	}

	#contribute(member: Member, { update, step2 }: Contribution): void {
		if (member.peer.access !== 'write') return this.#expel(member, closeCodes.forbidden, 'read only');
		const items = [{ contribution: (member.contributions += 1), update, typed: !step2 }];
		if (step2) {
			member.answered = true;
			items.push(...member.early.splice(0));
		}
		for (const item of items) this.#state.use((state) => this.#judge(member, item, state));
		this.#state.use(() => this.#acknowledge(member));
	}

	#judge(member: Member, item: Early, state: DocumentState): void {
		if (member.closed) return;
		const verdict = state.accept(item.update, item.typed);
		switch (verdict.kind) {
			case 'new':
				this.#turn.updates.push(...verdict.updates);
				this.#turn.origins.push(...verdict.updates.map(() => member));
				return this.#around.requestCommit(this);
			case 'gap':
				return this.#wait(member, item);
			case 'bad':
				return this.#expel(member, closeCodes.badFrame, verdict.reason);
			case 'broken':
				this.#around.log('update-broke-state', { reason: verdict.reason });
				this.#expel(member, closeCodes.badFrame, 'does not apply');
				return this.#reload();
			case 'known':
		}
	}

	/** What a client typed before it answered our SyncStep1 may build on work that only the answer brings. */
	#wait(member: Member, item: Member['early'][number]): void {
		const bytes = member.early.reduce((sum, { update }) => sum + update.length, item.update.length);
		if (member.answered || bytes > limits.frameBytes || member.early.length >= maxEarly) {
			return this.#expel(member, closeCodes.gap, 'waits for content that is not here');
		}
		member.early.push(item);
	}

	#acknowledge(member: Member): void {
		if (member.closed) return;
		const durable = (member.early[0]?.contribution ?? member.contributions + 1) - 1;
		if (durable > 0) this.#turn.acknowledgements.set(member, durable);
		this.#around.requestCommit(this);
	}

	/** The state held more than the log, or can't be trusted: begin again from what is on disk. */
	#reload(): void {
		void this.#state.reload().catch((error: unknown) => {
			this.#around.log('load-failed', { error: String(error) });
			for (const member of this.#members) this.#expel(member, closeCodes.storage, 'cannot read the document');
			this.#around.lost(this);
		});
	}

	/** What was accepted before is committed first, so that the log holds it. */
	async #readAgain(): Promise<DocumentState> {
		if (this.#underWay) await new Promise<void>((resolve) => (this.#settled = resolve));
		return loadState(await this.#around.load(this.name));
	}

	get #underWay(): boolean {
		return this.#committing > 0 || this.#turn.updates.length > 0;
	}

	#notifySettled(): void {
		if (!this.#underWay) this.#settled();
	}

	#expel(member: Member, code: CloseCode, reason: string): void {
		if (member.closed) return;
		this.#around.log('closed', { code, reason });
		member.closed = true;
		member.peer.close(code, reason);
	}
}

/** A reader is not asked for what it has. */
function greet(member: Member, state: DocumentState): void {
	if (member.peer.access === 'write') member.peer.send(encodeStep1(state.stateVector()));
}
