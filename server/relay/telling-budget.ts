/**
 * What a document costs to build is told of all its structs (see `document-crowding.ts`), and in a long one a few letters
 * put here and there ask for it. So of each person it is told of so many structs only; who needs more is to sync again, and
 * brings then at once, for one telling, what they wrote meanwhile. Nothing of it is lost, and nobody takes it from others.
 */

/** Structs: in stock, and as many again in a second. Telling takes up to a microsecond for each, from everybody. */
export type TellingBounds = { most: number; perSecond: number };

const usualBounds: TellingBounds = { most: 400_000, perSecond: 60_000 };

type Stock = { structs: number; at: number };

export class TellingBudget {
	readonly #bounds: TellingBounds;
	readonly #now: () => number;
	/** Of whom it was told lately. */
	readonly #people = new Map<string, Stock>();

	/** @param now milliseconds */
	constructor(now: () => number, bounds: TellingBounds = usualBounds) {
		this.#now = now;
		this.#bounds = bounds;
	}

	/** How many people it has in mind. */
	get size(): number {
		return this.#people.size;
	}

	/**
	 * The last may be of more than is left, however long the document is.
	 * @returns whether it may be told of so many; then it counts
	 */
	take(personId: string, structs: number): boolean {
		this.#fill();
		const stock = this.#people.get(personId) ?? { structs: this.#bounds.most, at: this.#now() };
		if (stock.structs <= 0) return false;
		stock.structs -= structs;
		this.#people.set(personId, stock);
		return true;
	}

	/** Who has all again is forgotten. */
	#fill(): void {
		const now = this.#now();
		const { most, perSecond } = this.#bounds;
		for (const [personId, stock] of this.#people) {
			// A clock that was set back gives nothing.
			stock.structs += (Math.max(0, now - stock.at) / 1000) * perSecond;
			stock.at = now;
			if (stock.structs >= most) this.#people.delete(personId);
		}
	}
}
