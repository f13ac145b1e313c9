/**
 * What it takes to build a document from its bytes, told without building it. Yjs takes an update client by client, whatever
 * order it was written in, and compares each item with what stands already where it goes (YATA). So this puts the items in
 * their places as Yjs does, and counts: once with the greatest client id first, as Yjs begins, and once with the smallest, as
 * it comes to a device that had one half before the other.
 */
import * as Y from 'yjs';
import type { Struct, UpdateStructure } from './update-structure.ts';

type Known = Pick<Y.Doc, 'store' | 'share'>;
type Structs = ReadonlyMap<number, readonly Struct[]>;
/** One client's, in the order of their clocks: where each begins, the number of the first, and how many are placed. */
type Own = { client: number; first: number; clocks: number[]; end: number; placed: number };
/** Per client, where its structs are to be cut. */
type Cuts = Map<number, Set<number>>;

const none = -1;

export type BuildingCost = {
	/** Of the dearer order; more than asked for when it is more, or never comes to an end. */
	comparisons: number;
	/** How often something is put into the middle of a struct, or refers to it, at most: there are so many more to compare with. */
	cuts: number;
};

/** @param more structs of an update without gaps that comes to the document */
export function buildingCost({ store, share }: Known, more: UpdateStructure['structs'], most: number): BuildingCost {
	const structs = together(store.clients, more);
	// What comes goes mostly between two letters of a word; what is here was cut where it had to be.
	const cuts = edgesOf(more);
	const whole = new Items(structs, share, cuts);
	for (const [client, clocks] of whole.wanted) for (const clock of clocks) cutAt(cuts, client, clock);
	const items = whole.cuts > 0 ? new Items(structs, share, cuts) : whole;
	const orders = items.clients > 1 ? [true, false] : [true];
	const comparisons = orders.reduce((dearer, greatestFirst) => Math.max(dearer, items.build(greatestFirst, most)), 0);
	return { comparisons, cuts: countOf(cuts) };
}

/** Everything is told by a number: there may be a hundred thousand. */
class Items {
	readonly #share: Known['share'];
	readonly #byClient = new Map<number, Own>();
	readonly #structs: Struct[] = [];
	readonly #owners: Own[] = [];
	readonly #origin: Int32Array;
	readonly #right: Int32Array;
	/** What it is in. */
	readonly #parent: Int32Array;
	readonly #list: Int32Array;
	readonly #lists = new Map<unknown, Map<string | null, number>>();
	/** Of each list. */
	readonly #first: number[] = [];
	readonly #next: Int32Array;
	readonly #placed: Uint8Array;
	/** When it was compared last. */
	readonly #seen: Int32Array;
	#time = 0;
	/** Where something refers to the middle of a struct: there are as many as are between such places. */
	readonly wanted: Cuts = new Map();

	constructor(structs: Structs, share: Known['share'], cuts: Cuts) {
		this.#share = share;
		for (const [client, own] of structs) this.#add(client, own, [...(cuts.get(client) ?? [])]);
		const count = this.#structs.length;
		const numbers = () => new Int32Array(count).fill(none);
		[this.#origin, this.#right, this.#parent, this.#list] = [numbers(), numbers(), numbers(), numbers()];
		[this.#next, this.#seen, this.#placed] = [numbers(), numbers(), new Uint8Array(count)];
		for (let node = 0; node < count; node++) this.#refer(node);
	}

	get cuts(): number {
		return countOf(this.wanted);
	}

	get clients(): number {
		return this.#byClient.size;
	}

	build(greatestFirst: boolean, most: number): number {
		const order = [...this.#byClient.values()].sort((a, b) =>
			greatestFirst ? b.client - a.client : a.client - b.client,
		);
		for (const own of order) own.placed = 0;
		this.#placed.fill(0);
		this.#first.fill(none);
		let comparisons = 0;
		for (const own of order) {
			while (own.placed < own.clocks.length) {
				comparisons += this.#bring(own.first + own.placed, most - comparisons);
				if (comparisons > most) return comparisons;
			}
		}
		return comparisons;
	}

	#add(client: number, structs: readonly Struct[], cuts: number[]): void {
		const own: Own = { client, first: this.#structs.length, clocks: [], end: 0, placed: 0 };
		this.#byClient.set(client, own);
		cuts.sort((a, b) => a - b);
		let cut = 0;
		for (const struct of structs) {
			// An update may say again what is known of it.
			let begin = Math.max(struct.id.clock, own.end);
			own.end = Math.max(own.end, struct.id.clock + struct.length);
			while (begin < own.end) {
				own.clocks.push(begin);
				this.#structs.push(struct);
				this.#owners.push(own);
				while ((cuts[cut] ?? Infinity) <= begin) cut += 1;
				begin = Math.min(own.end, cuts[cut] ?? own.end);
			}
		}
	}

	#refer(node: number): void {
		const struct = this.#structs[node];
		if (!(struct instanceof Y.Item)) return;
		const own = this.#owners[node] as Own;
		const goesOn = own.clocks[node - own.first] !== struct.id.clock;
		this.#origin[node] = goesOn ? node - 1 : this.#at(struct.origin, 1);
		this.#right[node] = this.#at(struct.rightOrigin, 0);
		const { parent, parentSub } = struct;
		if (!parent) return;
		const holder = parent instanceof Y.AbstractType ? (parent._item?.id ?? null) : idOf(parent);
		this.#parent[node] = this.#at(holder, null);
		this.#list[node] = this.#listOf(this.#holderOf(parent), parentSub);
	}

	/**
	 * @param behind what it refers to begins so far behind that place; null: to all of it
	 * @returns the node that holds it
	 */
	#at(id: Y.ID | null, behind: 0 | 1 | null): number {
		const own = id && this.#byClient.get(id.client);
		if (!own) return none;
		const at = indexOf(own.clocks, id.clock);
		if (behind !== null) {
			const edge = id.clock + behind;
			const isEdge = edge === own.clocks[at] || edge === (own.clocks[at + 1] ?? own.end);
			if (!isEdge) cutAt(this.wanted, id.client, edge);
		}
		return own.first + at;
	}

	#holderOf(parent: NonNullable<Y.Item['parent']>): unknown {
		if (parent instanceof Y.AbstractType) return parent;
		if (typeof parent === 'string') return this.#share.get(parent) ?? parent;
		const holder = this.#structs[this.#at(parent, null)];
		return holder instanceof Y.Item && holder.content instanceof Y.ContentType ? holder.content.type : holder;
	}

	#listOf(holder: unknown, key: string | null): number {
		const keys = this.#lists.get(holder) ?? new Map<string | null, number>();
		this.#lists.set(holder, keys);
		const list = keys.get(key) ?? this.#first.push(none) - 1;
		keys.set(key, list);
		return list;
	}

	/** Places the node, and before it what it refers to, as far as it is missing. @returns comparisons */
	#bring(goal: number, most: number): number {
		const goals = [goal];
		let comparisons = 0;
		for (let to = goals.at(-1); to !== undefined && comparisons <= most; to = goals.at(-1)) {
			if (this.#placed[to]) {
				goals.pop();
				continue;
			}
			const own = this.#owners[to] as Own;
			const node = own.first + own.placed;
			const missing = this.#missingOf(node);
			if (missing === none) {
				comparisons += this.#place(node, most - comparisons);
				own.placed += 1;
			} else if (goals.push(missing) > this.#structs.length) return Infinity;
		}
		return comparisons;
	}

	#missingOf(node: number): number {
		for (const references of [this.#origin, this.#right, this.#parent]) {
			const other = references[node] as number;
			if (other !== none && !this.#placed[other]) return other;
		}
		return none;
	}

	/** As `Item.integrate` of Yjs does. @returns comparisons */
	#place(node: number, most: number): number {
		this.#placed[node] = 1;
		const struct = this.#structs[node];
		const [origin, right] = [this.#origin[node] as number, this.#right[node] as number];
		if (!(struct instanceof Y.Item)) return 0;
		const list = this.#list[node] === none ? this.#list[origin === none ? right : origin] : this.#list[node];
		// Beside what was collected there is no place.
		if (list === undefined || list === none) return 0;
		this.#list[node] = list;
		const { left, comparisons } = this.#findLeft(node, list, most);
		this.#next[node] = this.#after(left, list);
		if (left === none) this.#first[list] = node;
		else this.#next[left] = node;
		return comparisons;
	}

	#findLeft(node: number, list: number, most: number): { left: number; comparisons: number } {
		const [origin, right] = [this.#origin[node] as number, this.#right[node] as number];
		const client = (this.#owners[node] as Own).client;
		let left = origin;
		const begun = (this.#time += 1);
		let conflicting = begun;
		let alike = 0;
		for (
			let other = this.#after(origin, list);
			other !== none && other !== right;
			other = this.#next[other] as number
		) {
			const now = (this.#seen[other] = this.#time += 1);
			if (now - begun > most) break;
			const its = this.#origin[other] as number;
			if (its === origin) {
				const isAlike = this.#right[other] === right;
				if ((this.#owners[other] as Own).client < client) {
					[left, conflicting] = [other, now + 1];
					// Thousands who put one thing each in one place are nobody's crowd: what Yjs begins with is seen at once.
					if (isAlike) alike += 1;
				} else if (isAlike) break;
			} else if (its !== none && (this.#seen[its] as number) > begun) {
				if ((this.#seen[its] as number) < conflicting) [left, conflicting] = [other, now + 1];
			} else break;
		}
		return { left, comparisons: this.#time - begun - alike };
	}

	#after(left: number, list: number): number {
		return (left === none ? this.#first[list] : this.#next[left]) as number;
	}
}

/** Before and behind what these refer to, as clocks. */
function edgesOf(structs: UpdateStructure['structs']): Cuts {
	const edges: Cuts = new Map();
	for (const own of structs.values()) {
		for (const struct of own) {
			if (!(struct instanceof Y.Item)) continue;
			const { origin, rightOrigin } = struct;
			if (origin) cutAt(edges, origin.client, origin.clock + 1);
			if (rightOrigin) cutAt(edges, rightOrigin.client, rightOrigin.clock);
		}
	}
	return edges;
}

function cutAt(cuts: Cuts, client: number, clock: number): void {
	const known = cuts.get(client);
	if (known) known.add(clock);
	else cuts.set(client, new Set([clock]));
}

function countOf(cuts: Cuts): number {
	let count = 0;
	for (const clocks of cuts.values()) count += clocks.size;
	return count;
}

function together(known: Structs, more: Structs): Structs {
	const all = new Map(known);
	for (const [client, own] of more) all.set(client, [...(known.get(client) ?? []), ...own]);
	return all;
}

/** @returns the last that begins there or before */
function indexOf(begins: readonly number[], clock: number): number {
	let [from, to] = [0, begins.length - 1];
	while (from < to) {
		const middle = (from + to + 1) >> 1;
		if ((begins[middle] as number) <= clock) from = middle;
		else to = middle - 1;
	}
	return from;
}

function idOf(parent: Y.ID | string): Y.ID | null {
	return typeof parent === 'string' ? null : parent;
}
