/**
 * Bounds what it takes to find the places of what an update brings. An item goes between the one that it was put behind
 * and the one that it was put before, and is compared with what others put there (YATA, as Yjs has it): twenty thousand
 * put where twenty thousand are take minutes. People who write in one place bring runs of text, and come nowhere near.
 */
import * as Y from 'yjs';
import type { StructStore, UpdateStructure } from './update-structure.ts';

/** A comparison takes about a tenth of a microsecond. */
const mostComparisons = 1_000_000;

type Known = Pick<Y.Doc, 'store' | 'share'>;

/** @param structure of an update without gaps */
export function isCrowded({ structs }: UpdateStructure, doc: Known): boolean {
	const crowd = new Crowd(doc, isInOrder(structs, doc.store));
	let comparisons = 0;
	for (const [client, own] of [...structs].sort(([a], [b]) => b - a)) {
		const state = Y.getState(doc.store, client);
		for (const struct of own) {
			if (!(struct instanceof Y.Item) || struct.id.clock + struct.length <= state) continue;
			comparisons += crowd.join(struct, state);
			if (comparisons > mostComparisons) return true;
		}
	}
	return false;
}

/** Where an item of the update is put, as far as the document knows. */
type Spot = {
	/** Before this item of the document, or one that stands before it in turn; null: at an end, or nobody knows. */
	end: Y.Item | null;
	/** The last of those that it was put before one after the other: it names the parent. */
	outermost: Y.Item;
};
/** What the update has brought behind one item. */
type Brought = {
	count: number;
	byClient: Map<number, { count: number; last: Y.ID }>;
	/** Before which all of them were put; undefined: before several. */
	right: Y.ID | null | undefined;
};

class Crowd {
	readonly #doc: Known;
	readonly #spots = new Map<string, Spot>();
	readonly #brought = new Map<string, Brought>();
	/** How many of the document stand in between. */
	readonly #between = new Map<string, number>();

	readonly #inOrder: boolean;

	/** @param inOrder that whose client id is smaller is placed later */
	constructor(doc: Known, inOrder: boolean) {
		this.#doc = doc;
		this.#inOrder = inOrder;
	}

	/**
	 * @param state how much of the item's client is known; its rest goes on from there
	 * @returns with how many it may have to be compared, at most
	 */
	join(item: Y.Item, state: number): number {
		const { store } = this.#doc;
		const spot = this.#spotOf(item);
		const { client, clock } = item.id;
		const origin = clock < state ? Y.createID(client, state - 1) : item.origin;
		const place = origin ? nameOf(origin) : nameOfBeginning(spot);
		const way = `${place} ${spot.end ? nameOf(spot.end.id) : ''}`;
		let between = this.#between.get(way);
		if (between === undefined) {
			const first = origin ? behind(origin, store) : beginning(spot, this.#doc);
			this.#between.set(way, (between = countBetween(first, spot.end, origin, store)));
		}
		return between + this.#beside(place, item);
	}

	#spotOf(item: Y.Item): Spot {
		const right = item.rightOrigin;
		const known = right && right.clock < Y.getState(this.#doc.store, right.client);
		const spot: Spot = { end: null, outermost: item };
		if (known) spot.end = itemAt(right, this.#doc.store);
		else if (right) Object.assign(spot, this.#spots.get(nameOf(right)));
		this.#spots.set(nameOf(item.id), spot);
		return spot;
	}

	#beside(place: string, { id, rightOrigin }: Y.Item): number {
		const brought = this.#brought.get(place) ?? { count: 0, byClient: new Map(), right: rightOrigin };
		this.#brought.set(place, brought);
		const mine = brought.byClient.get(id.client);
		const alike = brought.right !== undefined && Y.compareIDs(brought.right, rightOrigin);
		if (!alike) brought.right = undefined;
		// Each before the one before, as who writes at a beginning again and again: nothing of their own lies between.
		const inFront = mine && Y.compareIDs(rightOrigin, mine.last) ? mine.count : 0;
		// Put where another with a greater id was put, it comes before that, and that is seen at once.
		const beside = this.#inOrder && alike && !mine ? Math.min(1, brought.count) : brought.count - inFront;
		brought.count += 1;
		brought.byClient.set(id.client, { count: (mine?.count ?? 0) + 1, last: id });
		return beside;
	}
}

/** Yjs begins with the greatest client id, but for what waits for another's of the same update. */
function isInOrder(structs: UpdateStructure['structs'], store: StructStore): boolean {
	for (const [client, own] of structs) {
		for (const struct of own) {
			if (!(struct instanceof Y.Item)) continue;
			for (const id of [struct.origin, struct.rightOrigin, struct.parent])
				if (id instanceof Y.ID && id.client !== client && id.clock >= Y.getState(store, id.client)) return false;
		}
	}
	return true;
}

const nameOf = ({ client, clock }: Y.ID) => `${client},${clock}`;

function itemAt(id: Y.ID, store: StructStore): Y.Item | null {
	if (id.clock >= Y.getState(store, id.client)) return null;
	const item = Y.getItem(store, id);
	return item instanceof Y.Item ? item : null;
}

/** The next of the document; the rest of an item is one. */
function behind(origin: Y.ID, store: StructStore): Y.Item | null {
	const item = itemAt(origin, store);
	return item && origin.clock < item.id.clock + item.length - 1 ? item : (item?.right ?? null);
}

function nameOfBeginning({ end, outermost }: Spot): string {
	const { parent, parentSub } = end ?? outermost;
	return `${nameOfType(parent)} ${parentSub ?? ''}`;
}

function nameOfType(type: Y.Item['parent']): string {
	if (!(type instanceof Y.AbstractType)) return type instanceof Y.ID ? nameOf(type) : `^${String(type)}`;
	return type._item ? nameOf(type._item.id) : `^${Y.findRootTypeKey(type)}`;
}

function beginning({ end, outermost }: Spot, { store, share }: Known): Y.Item | null {
	const { parent, parentSub } = end ?? outermost;
	const holder = parent instanceof Y.ID ? itemAt(parent, store)?.content : null;
	const named = parent instanceof Y.AbstractType ? parent : share.get(String(parent));
	const type = holder instanceof Y.ContentType ? holder.type : named;
	if (!type) return null;
	if (parentSub === null) return type._start;
	let first = type._map.get(parentSub) ?? null;
	while (first?.left) first = first.left;
	return first;
}

/** Up to what Yjs would stop at, or there are too many. */
function countBetween(first: Y.Item | null, end: Y.Item | null, origin: Y.ID | null, store: StructStore): number {
	const passed = new Set<Y.Item>();
	for (let at = first; at && at !== end && passed.size <= mostComparisons; at = at.right) {
		passed.add(at);
		if (Y.compareIDs(origin, at.origin)) continue;
		const from = at.origin && itemAt(at.origin, store);
		if (!from || !passed.has(from)) break;
	}
	return passed.size;
}
