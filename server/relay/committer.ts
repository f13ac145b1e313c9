/**
 * Group commit: everything that all rooms gathered in one turn of the event loop becomes one append, and one append is
 * under way at a time. A room's turn settles only after it is on disk.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { UpdateStore } from '../storage/contract.ts';
import { createPacing } from './pacing.ts';
import type { Turn } from './turn.ts';

export interface Committing {
	readonly name: DocumentName;
	/** Hands over what was gathered and begins anew. */
	takeTurn(): Turn;
	/** The turn is on disk. */
	settle(turn: Turn): void;
	/** The turn is not on disk, and nothing of it will be. */
	fail(turn: Turn, error: unknown): void;
}

export class Committer {
	readonly #store: UpdateStore;
	readonly #pacing = createPacing();
	readonly #waiting = new Set<Committing>();
	#running: Promise<void> | null = null;

	constructor(store: UpdateStore) {
		this.#store = store;
	}

	/** Asks that the room's turn be committed with all others of this turn. */
	request(room: Committing): void {
		this.#waiting.add(room);
		this.#running ??= this.#run();
	}

	/** Settles when nothing waits any more. */
	async drained(): Promise<void> {
		while (this.#running) await this.#running;
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
		const turns = [...this.#waiting].map((room) => ({ room, turn: room.takeTurn() }));
		this.#waiting.clear();
		const batch = turns
			.filter(({ turn }) => turn.updates.length > 0)
			.map(({ room, turn }) => ({ name: room.name, updates: turn.updates }));
		try {
			if (batch.length > 0) await this.#store.append(batch);
		} catch (error) {
			for (const { room, turn } of turns.filter(({ turn }) => turn.updates.length > 0)) room.fail(turn, error);
			for (const { room, turn } of turns.filter(({ turn }) => turn.updates.length === 0)) room.settle(turn);
			return;
		}
		for (const { room, turn } of turns) room.settle(turn);
	}
}
