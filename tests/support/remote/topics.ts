/**
 * What is published goes to all others who listen, as far as the contract of a bus allows it the worst: each gets what one
 * relay published in its order, but what several did in any, each after a time of its own, and some of it again.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { setImmediate } from 'node:timers/promises';
import { createRandom } from '../random.ts';
import type { Heard } from './messages.ts';

export type Listener = { hear(heard: Heard): void };

export class Topics {
	readonly #random = createRandom(1);
	readonly #listening = new Map<DocumentName, Set<Listener>>();
	/** For each who listens, and each who publishes: settles when all is delivered so far. */
	readonly #lines = new WeakMap<Listener, WeakMap<Listener, Promise<void>>>();
	#underWay = 0;

	get idle(): boolean {
		return this.#underWay === 0;
	}

	/** @returns what ends it */
	join(name: DocumentName, listener: Listener): () => void {
		const all = this.#listening.get(name) ?? new Set();
		this.#listening.set(name, all.add(listener));
		this.#lines.set(listener, new WeakMap());
		return () => void all.delete(listener);
	}

	publish(name: DocumentName, from: Listener, heard: Heard): void {
		for (const other of this.#listening.get(name) ?? []) if (other !== from) this.#deliver(from, other, heard);
	}

	#deliver(from: Listener, to: Listener, heard: Heard): void {
		const lines = this.#lines.get(to);
		const before = lines?.get(from);
		this.#underWay += 1;
		lines?.set(
			from,
			this.#after(before, () => to.hear(heard)),
		);
	}

	async #after(before: Promise<void> | undefined, deliver: () => void): Promise<void> {
		await before;
		for (let turns = this.#random.nat(3); turns > 0; turns--) await setImmediate();
		deliver();
		if (this.#random.chance(0.2)) void this.#after(setImmediate(), deliver);
		else this.#underWay -= 1;
	}
}
