/**
 * What waits for appends to be on disk. Appends that one sync brings there share a promise, and what waits for them is
 * told together: a thousand small appends a second cost as many reactions as there are syncs. Invariant: told in the order
 * in which it was added, also what waits for nothing of its own.
 */
export class DurableGroups<Item> {
	readonly #durable: (items: readonly Item[]) => void;
	readonly #failed: (items: readonly Item[], cause: unknown) => void;
	/** The last that was begun and is not told yet. */
	#open: { promise: Promise<void>; items: Item[] } | null = null;
	/** Settles when all is told that was added so far. */
	#settled: Promise<void> = Promise.resolve();

	constructor(durable: (items: readonly Item[]) => void, failed: (items: readonly Item[], cause: unknown) => void) {
		this.#durable = durable;
		this.#failed = failed;
	}

	get settled(): Promise<void> {
		return this.#settled;
	}

	/** @param promise of the item's append */
	add(promise: Promise<void>, item: Item): void {
		if (this.#open?.promise === promise) this.#open.items.push(item);
		else this.#begin(promise, [item]);
	}

	/** The item waits for what was added before it, and for nothing else. */
	follow(item: Item): void {
		if (this.#open) this.#open.items.push(item);
		else this.#durable([item]);
	}

	#begin(promise: Promise<void>, items: Item[]): void {
		const group = { promise, items };
		this.#open = group;
		const told = () => {
			if (this.#open === group) this.#open = null;
		};
		this.#settled = this.#settled
			.then(() => promise)
			.then(
				() => {
					told();
					this.#durable(items);
				},
				(cause: unknown) => {
					told();
					this.#failed(items, cause);
				},
			);
	}
}
