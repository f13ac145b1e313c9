/**
 * Group commit: everything that all rooms gathered in one turn of the event loop becomes one append. A turn is shown when
 * it is written, which the end of the process cannot undo, and settled when it is on disk; meanwhile the next one is
 * gathered, written and shown.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { UpdateStore } from '../storage/contract.ts';
import { createPacing, type Pacing } from './pacing.ts';
import type { Turn } from './turn.ts';

export interface Committing {
	readonly name: DocumentName;
	/** Hands over what was gathered and begins anew. */
	takeTurn(): Turn;
	/** The turn is written: what it holds may be seen. */
	show(turn: Turn): void;
	/** The turn is on disk: what it holds may be acknowledged. */
	settle(turn: Turn): void;
	/** The turn is not on disk, and nothing of it will be, whether it was shown or not. */
	fail(turn: Turn, error: unknown): void;
}

type Taken = { room: Committing; turn: Turn };

export class Committer {
	readonly #store: UpdateStore;
	readonly #pacing: Pacing;
	readonly #waiting = new Set<Committing>();
	#running: Promise<void> | null = null;
	/** Settles when all turns are that were written so far. */
	#settled: Promise<void> = Promise.resolve();

	constructor(store: UpdateStore, pacing: Pacing = createPacing()) {
		this.#store = store;
		this.#pacing = pacing;
	}

	/** Asks that the room's turn be committed with all others of this turn. */
	request(room: Committing): void {
		this.#waiting.add(room);
		this.#running ??= this.#run();
	}

	/** Settles when nothing waits any more. */
	async drained(): Promise<void> {
		let settled: Promise<void> | null = null;
		while (this.#running || settled !== this.#settled) {
			await this.#running;
			settled = this.#settled;
			await settled;
		}
	}

	async #run(): Promise<void> {
		while (this.#waiting.size > 0) {
			await this.#pacing.turn();
			this.#pacing.begin();
			await this.#commit();
			this.#pacing.end();
		}
		this.#running = null;
	}

	async #commit(): Promise<void> {
		const waiting = [...this.#waiting];
		// Before the turns are taken: a room may ask for another at once.
		this.#waiting.clear();
		const taken = waiting.map((room) => ({ room, turn: room.takeTurn() }));
		const writing = taken.filter(({ turn }) => turn.updates.length > 0);
		const reading = taken.filter(({ turn }) => turn.updates.length === 0);
		for (const { room, turn } of reading) room.show(turn);
		if (writing.length > 0) await this.#append(writing);
		this.#settleAfterAll(reading, Promise.resolve());
	}

	async #append(taken: readonly Taken[]): Promise<void> {
		const batch = taken.map(({ room, turn }) => ({ name: room.name, updates: turn.written, authors: turn.authors }));
		const { written, durable } = this.#store.append(batch);
		try {
			const sequences = await written;
			taken.forEach(({ turn }, at) => (turn.last = sequences[at] ?? 0));
		} catch (error) {
			for (const { room, turn } of taken) room.fail(turn, error);
			return;
		}
		for (const { room, turn } of taken) room.show(turn);
		this.#settleAfterAll(taken, durable);
	}

	/** In order: an acknowledgement counts all that came before, also what a turn before wrote. */
	#settleAfterAll(taken: readonly Taken[], durable: Promise<void>): void {
		this.#settled = this.#settled
			.then(() => durable)
			.then(
				() => taken.forEach(({ room, turn }) => room.settle(turn)),
				(error: unknown) => taken.forEach(({ room, turn }) => room.fail(turn, error)),
			);
	}
}
