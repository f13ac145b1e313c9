/**
 * Group commit: everything that all rooms gathered in one turn of the event loop becomes one append. A turn is shown when
 * it is written, which the end of the process cannot undo, and settled when it is on disk; meanwhile the next one is
 * gathered, written and shown.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { UpdateStore } from '../storage/contract.ts';
import { DurableGroups } from '../storage/durable-groups.ts';
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
	/** An acknowledgement counts all that came before, also what a turn before wrote: so turns settle in their order. */
	readonly #unsettled = new DurableGroups<Taken>(settle, (taken, error) => {
		// One that wrote nothing has lost nothing: whose it is, its room fails with the turn that did.
		for (const each of taken) if (writes(each)) each.room.fail(each.turn, error);
		settle(taken.filter((each) => !writes(each)));
	});
	#running: Promise<void> | null = null;

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
		while (this.#running || settled !== this.#unsettled.settled) {
			await this.#running;
			settled = this.#unsettled.settled;
			await settled;
		}
	}

	async #run(): Promise<void> {
		while (this.#waiting.size > 0) {
			await this.#pacing.turn();
			this.#pacing.begin();
			const taken = this.#take();
			const reading = taken.filter((each) => !writes(each));
			for (const { room, turn } of reading) room.show(turn);
			if (reading.length < taken.length) await this.#append(taken.filter(writes));
			for (const each of reading) this.#unsettled.follow(each);
			this.#pacing.end();
		}
		this.#running = null;
	}

	#take(): Taken[] {
		const waiting = [...this.#waiting];
		// Before the turns are taken: a room may ask for another at once.
		this.#waiting.clear();
		return waiting.map((room) => ({ room, turn: room.takeTurn() }));
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
		for (const each of taken) {
			each.room.show(each.turn);
			this.#unsettled.add(durable, each);
		}
	}
}

const writes = ({ turn }: Taken): boolean => turn.adds !== null;

function settle(taken: readonly Taken[]): void {
	for (const { room, turn } of taken) room.settle(turn);
}
