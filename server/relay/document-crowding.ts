/**
 * Bounds what it takes to build a document from its bytes. Each update alone may cost little where it comes, and all
 * together take minutes for whoever gets them at once (see `building-cost.ts`). What comes is only counted: an item that goes
 * to a place is compared with no more than there is. Only when that could be too much is it told, of the document and what
 * comes to it, which takes a millisecond for a thousand structs.
 *
 * Invariant: as long as this refuses, no document that came into being here costs more than `most`, about.
 */
import * as Y from 'yjs';
import { type BuildingCost, buildingCost } from './building-cost.ts';
import { isValues } from './document-size.ts';
import type { StructStore, UpdateStructure } from './update-structure.ts';

/**
 * Comparisons, of which Yjs makes five or six in a microsecond. A document is full with the first, so that after each
 * telling there is room for as many again before the next, and never has more than the second.
 */
export type CrowdingBounds = { full: number; most: number };

const usualBounds: CrowdingBounds = { full: 1_000_000, most: 2_000_000 };

/** What an update has that is not known; a scan of typing tells it as it is. */
export type Brought = {
	readonly sections: readonly { client: number; count: number }[];
	readonly jumps: number;
	/** Those that stand side by side, or may come to. */
	readonly values: number;
};

export function broughtBy({ structs }: UpdateStructure, store: StructStore): Brought {
	const sections: Brought['sections'][number][] = [];
	let jumps = 0;
	let values = 0;
	for (const [client, own] of structs) {
		const state = Y.getState(store, client);
		const fresh = own.filter(({ id, length }) => id.clock + length > state);
		if (fresh.length === 0) continue;
		sections.push({ client, count: fresh.length });
		for (const struct of fresh) {
			if (!(struct instanceof Y.Item)) continue;
			if (!goesOn(struct, state)) jumps += 1;
			values += valuesOf(struct, state);
		}
	}
	return { sections, jumps, values };
}

/** @returns how many values there are that stand side by side, or may come to */
function valuesOf(item: Y.Item, state: number): number {
	return isValues(item) && (item.length > 1 || goesOn(item, state)) ? item.length : 0;
}

function goesOn({ id, origin }: Y.Item, state: number): boolean {
	return id.clock < state || (origin?.client === id.client && origin.clock === id.clock - 1);
}

export class DocumentCrowding {
	readonly #bounds: CrowdingBounds;
	/** When it was told last. */
	#known: BuildingCost;
	/** Since then. */
	#places = 0;
	/** Who wrote since then: what others put behind their last is between it and their next. */
	readonly #writers = new Set<number>();
	/** The last of them. */
	#writer: number | null = null;

	/** @param isEmpty otherwise nobody knows what it costs */
	constructor(isEmpty: boolean, bounds = usualBounds) {
		this.#bounds = bounds;
		this.#known = isEmpty ? { comparisons: 0, cuts: 0 } : { comparisons: Infinity, cuts: Infinity };
	}

	/** It takes no more content. */
	get isFull(): boolean {
		const { comparisons } = this.#known;
		return comparisons > this.#bounds.full && comparisons <= this.#bounds.most;
	}

	/** @returns how many places that goes to which nobody had in mind since it was told last; mostly none */
	placesOf({ sections, jumps }: Brought): number {
		if (jumps === 0 && sections.length === 1 && sections[0]?.client === this.#writer) return 0;
		let places = jumps;
		for (const { client } of sections) if (!this.#writers.has(client)) places += 1;
		return places;
	}

	/** What has no places need not be said. */
	took(brought: Brought): void {
		this.#places += this.placesOf(brought);
		for (const { client } of brought.sections) this.#writers.add((this.#writer = client));
	}

	/** @param parts how much the document has, at most */
	mayRefuse(brought: Brought, parts: number): boolean {
		const places = this.#places + this.placesOf(brought);
		const structs = brought.sections.reduce((sum, { count }) => sum + count, parts);
		// Each has two ends at which another may be cut in two.
		const all = structs + Math.min(2 * structs, this.#known.cuts + 2 * places);
		return Math.min(all ** 2 / 2, this.#known.comparisons + places * all) > this.#bounds.most;
	}

	/** Tells it anew. @returns whether the document must not have that too */
	refuses({ structs }: UpdateStructure, doc: Y.Doc): boolean {
		const cost = buildingCost(doc, structs, this.#bounds.most);
		if (cost.comparisons > this.#bounds.most) return true;
		this.#known = cost;
		this.#places = 0;
		this.#writers.clear();
		this.#writer = null;
		return false;
	}
}
