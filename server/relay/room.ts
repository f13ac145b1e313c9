/**
 * One document and everyone who is connected to it, without a transport. For each contribution, in this order: judged,
 * appended with everything else of the turn, handed to the others once it is written, acknowledged once it is on disk.
 * Nothing leaves the room that is not written: answers to SyncStep1 wait for it as updates do.
 */
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Authors, Sequence, StoredDocument } from '../storage/contract.ts';
import { Answers, type AnswersSurroundings } from './answers.ts';
import { Authorship, type Recovery } from './authorship.ts';
import type { Committing } from './committer.ts';
import { Contributions, type ContributionsSurroundings } from './contributions.ts';
import { type DocumentState, loadState } from './document-state.ts';
import { fanOut } from './fan-out.ts';
import { type Frame, decodeFrame, encodeAck, encodeStep1 } from './frames.ts';
import { type Member, type Peer, toMember } from './peer.ts';
import { Presence } from './presence.ts';
import { ReloadableState } from './reloadable-state.ts';
import { RoomLink } from './room-link.ts';
import type { RoomSurroundings } from './room-surroundings.ts';
import { type Turn, createTurn, isEmpty, letGo, takeUp, toGrowth } from './turn.ts';
import { putUpdatesTogether } from './update-merge.ts';

type RoomParts = {
	name: DocumentName;
	state: DocumentState;
	authors: Authors;
	around: RoomSurroundings;
	link: RoomLink | null;
};

export class Room implements Committing {
	readonly name: DocumentName;
	readonly #around: RoomSurroundings;
	readonly #members = new Set<Member>();
	readonly #presence: Presence;
	readonly #state: ReloadableState;
	readonly #answers: Answers;
	readonly #contributions: Contributions;
	readonly #link: RoomLink | null;
	#authorship: Authorship;
	/** What is gathered; made when there is something, because most rooms are at rest most of the time. */
	#turn: Turn | null = null;
	/** The turn that is taken and not written yet. */
	#writing: Turn | null = null;
	#committing = 0;
	#settled: (() => void) | null = null;

	private constructor({ name, state, authors, around, link }: RoomParts, { sequence }: StoredDocument) {
		this.name = name;
		this.#around = around;
		this.#link = link;
		this.#authorship = this.#authorshipFrom(authors);
		this.#state = new ReloadableState(state, () => this.#readAgain());
		this.#presence = new Presence({
			members: this.#members,
			now: around.now,
			later: around.later,
			publish: (entries) => link?.publishPresence(entries),
			expel: (member) => this.#expel(member, closeCodes.badFrame, 'bad presence'),
		});
		const shared = this.#shared();
		this.#answers = new Answers(shared);
		this.#contributions = new Contributions(shared);
		this.#attachLink(sequence);
	}

	/** What its parts ask of it. */
	#shared(): AnswersSurroundings & ContributionsSurroundings {
		const [around, link] = [this.#around, this.#link];
		return {
			state: this.#state,
			intake: around.intake,
			early: around.early,
			telling: around.telling,
			unread: around.unread,
			now: around.now,
			authorship: () => this.#authorship,
			gathering: () => (this.#turn ??= createTurn()),
			requestCommit: () => around.requestCommit(this),
			tellPresence: (member) => this.#presence.tell(member),
			expel: (member, code, reason) => this.#expel(member, code, reason),
			broken: (reason) => {
				around.log('update-broke-state', { reason });
				this.#reload();
			},
			catchUp: link && ((work) => this.#catchUp(link, work)),
		};
	}

	#attachLink(sequence: Sequence): void {
		const [around, name] = [this.#around, this.name];
		this.#link?.attach(
			{
				state: this.#state,
				presence: this.#presence,
				authorship: () => this.#authorship,
				read: async () => ({ stored: await around.load(name), authors: await around.authors(name) }),
				spread: (updates) => this.#spread(updates),
				appended: (updates) => around.appended(name, toGrowth(updates)),
				later: (work) => around.later(work, 0),
				readAgain: () => this.#readAnew(),
				failed: (error) => this.#lose(error),
			},
			sequence,
		);
	}

	/** @throws Error when the log cannot be read as a whole: a room is never opened on a part of its document */
	static async open(name: DocumentName, around: RoomSurroundings): Promise<Room> {
		const link = around.bus && (await RoomLink.open(around.bus, name));
		try {
			const stored = await around.load(name);
			return new Room({ name, state: loadState(stored), authors: await around.authors(name), around, link }, stored);
		} catch (cause) {
			link?.close();
			throw cause;
		}
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
		this.#contributions.left(member);
		this.#answers.left(member);
		this.#presence.leave(member);
	}

	/** @param bytes one frame; never throws, whatever it holds */
	receive(member: Member, bytes: Uint8Array): void {
		if (member.closed) return;
		const frame = decodeFrame(bytes);
		if (frame) this.#handle(member, frame);
		else this.#expel(member, closeCodes.badFrame, 'not a frame of this protocol');
	}

	/**
	 * To be called now and then: whoever is connected stays visible, however seldom a tab in the background says so, and
	 * other relays hear what they missed.
	 */
	renew(): void {
		this.#presence.renew();
		this.#link?.renew();
	}

	/** To be called now and then: gives up what nothing needs. @returns whether that took a while */
	rest(): boolean {
		let tookLong = false;
		if (this.#state.loaded) this.#state.use((state) => (tookLong = state.rest()));
		return tookLong;
	}

	/** Lets go of what it has in memory of the document's past, and has all others do so. */
	forgetDeleted(): void {
		this.#readAnew();
		this.#link?.publishRenewed();
	}

	#readAnew(): void {
		this.#state.renew().catch((error: unknown) => this.#lose(error));
	}

	destroy(): void {
		this.#link?.close();
		this.#state.use((state) => state.destroy());
	}

	takeTurn(): Turn {
		const turn = this.#turn ?? createTurn();
		this.#turn = null;
		this.#committing += 1;
		this.#writing = turn;
		takeUp(turn, this.#members.size);
		this.#answers.make(turn);
		return turn;
	}

	show(turn: Turn): void {
		turn.shown = true;
		this.#writing = null;
		this.#answers.send(turn);
		if (turn.adds) fanOut(turn, this.#answers.keepingUp(this.#members, turn));
		if (!this.#link) letGo(turn);
	}

	settle(turn: Turn): void {
		this.#committing -= 1;
		this.#around.intake.release(turn.taken);
		this.#notifySettled();
		if (turn.adds) {
			this.#around.appended(this.name, turn.adds);
			this.#link?.publish(turn);
		}
		for (const [member, count] of turn.acknowledgements ?? []) {
			if (!member.closed) member.peer.send(encodeAck(count));
		}
	}

	/**
	 * Nothing of the turn is durable. Writers start again and bring all that they have, also what they saw of it; readers
	 * stay, and may know a moment longer than we do what its writer will say again.
	 */
	fail(turn: Turn, error: unknown): void {
		this.#committing -= 1;
		this.#around.log('append-failed', { error: String(error) });
		// Who saw it may bring it before its writer does.
		if (turn.shown && turn.adds) this.#around.recovery.begin();
		const gathered = this.#turn ?? createTurn();
		this.#around.intake.release(turn.taken + gathered.taken);
		this.#turn = null;
		this.#writing = null;
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
				return this.#presence.ask(member);
			case 'step1':
				return this.#answers.ask(member, frame.stateVector);
			case 'contribution':
				return this.#contributions.receive(member, frame);
		}
	}

	#hear(member: Member, update: Uint8Array): void {
		const before = member.clientId;
		this.#presence.receive(member, update);
		const { clientId, peer } = member;
		if (clientId === null || clientId === before) return;
		// What it goes on to write under an id that is another's would be taken for known, or refused; and while it shows the
		// id, its owner could not be seen.
		this.#state.use(() => {
			if (this.#authorship.mayClaim(clientId, peer.personId)) return;
			this.#expel(member, closeCodes.foreignClient, `client ${clientId}`);
		});
	}

	#authorshipFrom(authors: Authors): Authorship {
		const { recovery } = this.#around;
		return new Authorship(authors, {
			recovery,
			heldByAnother: (client, person) =>
				isHeldHere(this.#members, client, person, recovery) ||
				(!recovery.needed && this.#presence.isAnothers(client, person)),
		});
	}

	/** What was written elsewhere is on disk, and goes out at once. */
	#spread(updates: readonly Uint8Array[]): void {
		if (updates.length === 0) return;
		const written = putUpdatesTogether(updates);
		const turn = { ...createTurn(), updates: [...updates], written, origins: updates.map(() => null) };
		// Nobody has got yet what we write just now, nor what we gather.
		const unseen = { ...turn, updates: [...updates, ...(this.#writing?.updates ?? [])] };
		fanOut(turn, this.#answers.keepingUp(this.#members, unseen));
	}

	#catchUp(link: RoomLink, work: (state: DocumentState) => void): void {
		const caughtUp = this.#state.hold(async (state) => {
			await link.catchUp(state);
			work(state);
		});
		caughtUp.catch((error: unknown) => this.#lose(error));
	}

	/** The state held more than the log, or can't be trusted: begin again from what is on disk. */
	#reload(): void {
		this.#state.reload().catch((error: unknown) => this.#lose(error));
	}

	#lose(error: unknown): void {
		this.#around.log('load-failed', { error: String(error) });
		this.#contributions.lost();
		for (const member of this.#members) this.#expel(member, closeCodes.storage, 'cannot read the document');
		this.#around.lost(this);
	}

	/** What was accepted before is committed first, so that the log holds it. */
	async #readAgain(): Promise<DocumentState> {
		if (this.#underWay) await new Promise<void>((resolve) => (this.#settled = resolve));
		const stored = await this.#around.load(this.name);
		this.#authorship = this.#authorshipFrom(await this.#around.authors(this.name));
		const state = loadState(stored);
		this.#link?.reloaded(state, stored.sequence);
		return state;
	}

	get #underWay(): boolean {
		return this.#committing > 0 || (this.#turn?.updates.length ?? 0) > 0;
	}

	#notifySettled(): void {
		if (!this.#underWay) this.#settled?.();
	}

	#expel(member: Member, code: CloseCode, reason: string): void {
		if (member.closed) return;
		this.#around.log('closed', { code, reason, document: this.name, person: member.peer.personId });
		member.closed = true;
		member.peer.close(code, reason);
	}
}

/** Whether somebody else is connected here under the client id, and has brought all they have. */
function isHeldHere(members: Iterable<Member>, client: number, person: string, recovery: Recovery): boolean {
	for (const { clientId, peer, answered } of members) {
		if (clientId === client && peer.personId !== person && (answered || !recovery.needed)) return true;
	}
	return false;
}

/** A reader is not asked for what it has. */
function greet(member: Member, state: DocumentState): void {
	if (member.peer.access === 'write') member.peer.send(encodeStep1(state.stateVector()));
}
