/**
 * The rooms that are open. There is one room per document at a time: whoever asks while it opens waits for the same one.
 * A room is forgotten only when it is idle, and everything that was ever accepted is in the log by then, so forgetting is
 * a synchronous step that no reopening can run into.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { UpdateStore } from '../storage/contract.ts';
import type { Leases } from '../storage/lease-contract.ts';
import { createLocalLeases } from '../storage/local-leases.ts';
import { createRecovery, type Recovery } from './authorship.ts';
import type { Bus } from './bus.ts';
import { Committer } from './committer.ts';
import { Compactor, type CompactorOptions } from './compactor.ts';
import { EarlyUpdates } from './early-updates.ts';
import { Intake, type Received } from './intake.ts';
import type { Log } from './log.ts';
import type { Pacing } from './pacing.ts';
import type { Member, Peer } from './peer.ts';
import { RoomLink } from './room-link.ts';
import { Room } from './room.ts';
import type { RoomSurroundings } from './room-surroundings.ts';
import { TellingBudget } from './telling-budget.ts';
import { UnreadAnswers } from './unread-answers.ts';

/** The room core's clock: presence of `later` is sent together, rooms without people are kept for `idle`. */
export type Clock = {
	now(): number;
	later(work: () => void, people: number): void;
	whenIdle(work: () => void): void;
};

export type RoomsOptions = {
	/** Whether devices may have to bring back what others wrote. */
	recovery?: Recovery;
	/** To other relays with the same store, and with it the leases that they share. */
	bus?: Bus;
	leases?: Leases;
	/** When commits may begin. */
	pacing?: Pacing;
	/** What may come and not be on disk yet, of all rooms together. */
	intake?: Intake;
	compaction?: CompactorOptions;
	/** Answers that are not read, of all rooms together. */
	unread?: UnreadAnswers;
	/** How often one person may have told what documents cost to build. */
	telling?: TellingBudget;
};

/** Looking after so many rooms in which there is nothing to do takes less than a millisecond. */
const restTogether = 256;

/** `left` is to be called whenever somebody has left. */
type Entry = { opening: Promise<Room>; room: Room | null; holds: number; left(): void };

/** A connection's place in its room. */
export class Seat {
	readonly #room: Room;
	readonly #member: Member;
	readonly #left: () => void;

	constructor(room: Room, member: Member, left: () => void) {
		this.#room = room;
		this.#member = member;
		this.#left = left;
	}

	get document(): DocumentName {
		return this.#room.name;
	}

	receive(frame: Uint8Array): void {
		this.#room.receive(this.#member, frame);
	}

	leave(): void {
		this.#room.leave(this.#member);
		this.#left();
	}
}

export class Rooms {
	readonly #entries = new Map<DocumentName, Entry>();
	readonly #committer: Committer;
	readonly #compactor: Compactor;
	readonly #intake: Intake;
	readonly #unread: UnreadAnswers;
	readonly #surroundings: RoomSurroundings;
	readonly #clock: Clock;

	constructor(store: UpdateStore, clock: Clock, log: Log, options: RoomsOptions = {}) {
		const { recovery, bus, leases, pacing, compaction, intake = new Intake() } = options;
		const { unread = new UnreadAnswers(), telling = new TellingBudget(clock.now) } = options;
		this.#intake = intake;
		this.#unread = unread;
		this.#clock = clock;
		this.#committer = new Committer(store, pacing);
		this.#compactor = new Compactor(store, leases ?? createLocalLeases(), log, compaction);
		this.#surroundings = {
			load: async (name) => {
				const stored = await store.load(name);
				this.#compactor.loaded(name, stored);
				return stored;
			},
			authors: (name) => store.authors(name),
			recovery: recovery ?? createRecovery(),
			intake,
			early: new EarlyUpdates(),
			telling,
			unread,
			bus: bus ?? null,
			requestCommit: (room) => this.#committer.request(room),
			appended: (name, growth) => this.#compactor.appended(name, growth),
			later: clock.later,
			now: clock.now,
			lost: (room) => this.#forget(room),
			log,
		};
	}

	get size(): number {
		return this.#entries.size;
	}

	/** How many connections are held back, because more came than could be written yet. */
	get held(): number {
		return this.#intake.held;
	}

	get received(): Received {
		return this.#intake.received;
	}

	/**
	 * Opens the room and keeps it open until the answer is used.
	 * @returns `enter` takes the place, `give up` leaves it; exactly one of them is to be called, once
	 * @throws Error when the document cannot be read
	 */
	async reserve(name: DocumentName): Promise<{ enter(peer: Peer): Seat; giveUp(): void }> {
		const entry = this.#entryOf(name);
		entry.holds += 1;
		const giveUp = () => {
			entry.holds -= 1;
			entry.left();
		};
		const room = await entry.opening;
		return {
			giveUp,
			enter: (peer) => {
				const member = room.join(peer);
				giveUp();
				return new Seat(room, member, entry.left);
			},
		};
	}

	/** To be called at every heartbeat: who does not read makes room for who waits. */
	hurryReaders(): void {
		this.#unread.beat();
	}

	/** To be called at every heartbeat. */
	renew(): void {
		for (const { room } of this.#entries.values()) room?.renew();
	}

	/**
	 * To be called now and then. At most one room a turn gives its document up, because that takes as long as encoding it;
	 * the many in which there is nothing to do go together.
	 */
	async rest(): Promise<void> {
		let together = 0;
		for (const [name, { room }] of [...this.#entries]) {
			const tookLong = room?.rest() ?? false;
			this.#compactor.rest(name);
			if (!tookLong && (together += 1) < restTogether) continue;
			together = 0;
			await new Promise(setImmediate);
		}
	}

	/**
	 * What was deleted of a document is not in its log any more, nor in what whoever comes is sent, here and, a moment later,
	 * at other relays.
	 * @throws Error when it cannot be done
	 */
	async forgetDeleted(name: DocumentName): Promise<void> {
		await this.#compactor.compactNow(name);
		const entry = this.#entries.get(name);
		const { bus } = this.#surroundings;
		if (entry) (await entry.opening).forgetDeleted();
		else if (bus) await RoomLink.tellRenewed(bus, name);
	}

	/** Settles when everything that was received is on disk or refused, and what is due is compacted. */
	async drained(): Promise<void> {
		await this.#committer.drained();
		await this.#compactor.drained();
	}

	/** Settles when everything that was received is on disk or refused: nobody waits for compactions any more. */
	async stop(): Promise<void> {
		this.#compactor.stop();
		await this.#committer.drained();
	}

	/** To be called last, when nobody is connected any more. */
	async finish(): Promise<void> {
		await this.#compactor.finish();
	}

	#entryOf(name: DocumentName): Entry {
		const known = this.#entries.get(name);
		if (known) return known;
		const opening = Room.open(name, this.#surroundings);
		const entry: Entry = { opening, room: null, holds: 0, left: () => this.#closeWhenIdle(name, entry) };
		this.#entries.set(name, entry);
		entry.opening.then(
			(room) => (entry.room = room),
			() => this.#entries.delete(name),
		);
		return entry;
	}

	#closeWhenIdle(name: DocumentName, entry: Entry): void {
		if (!entry.room || entry.holds > 0 || entry.room.members > 0) return;
		this.#clock.whenIdle(() => {
			if (this.#entries.get(name) !== entry || entry.holds > 0 || !entry.room) return;
			if (entry.room.idle) this.#forget(entry.room);
			else this.#closeWhenIdle(name, entry);
		});
	}

	#forget(room: Room): void {
		if (this.#entries.get(room.name)?.room !== room) return;
		this.#entries.delete(room.name);
		this.#compactor.forgotten(room.name);
		room.destroy();
	}
}
