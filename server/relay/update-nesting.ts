/**
 * Bounds how deep shared types and plain values nest: half a megabyte of nesting overflows the stack of whoever reads it,
 * in a browser sooner than here.
 */
import { limits } from '#lib/protocol/limits.ts';
import * as Y from 'yjs';
import type { Struct, StructStore, UpdateStructure } from './update-structure.ts';

export function nestsTooDeep({ structs }: UpdateStructure, store: StructStore): boolean {
	const containers = new Containers(structs, store);
	for (const own of structs.values()) {
		for (const struct of own) {
			if (!(struct instanceof Y.Item)) continue;
			const { content } = struct;
			if (content instanceof Y.ContentType && containers.depthOf(struct) > limits.depth) return true;
			if (contentNests(content, limits.depth)) return true;
		}
	}
	return false;
}

/** Finds the shared type that holds an item, be it in the document already or in the update. */
class Containers {
	readonly #structs: UpdateStructure['structs'];
	readonly #store: StructStore;
	readonly #found = new Map<Struct, Struct | null>();

	constructor(structs: UpdateStructure['structs'], store: StructStore) {
		this.#structs = structs;
		this.#store = store;
	}

	/** Counts no further than one above the bound. */
	depthOf(struct: Struct): number {
		let depth = 0;
		for (let at: Struct | null = struct; at && depth <= limits.depth; at = this.#containerOf(at)) depth += 1;
		return depth;
	}

	/** An item without a parent of its own is where its neighbour is, and that one where its neighbour is, and so on. */
	#containerOf(struct: Struct): Struct | null {
		const passed = new Set<Struct>();
		let at: Struct | null = struct;
		let container: Struct | null | undefined;
		while (at && (container = this.#found.get(at)) === undefined && !passed.has(at)) {
			passed.add(at);
			const next = this.#step(at);
			container = next.container;
			at = next.neighbour;
		}
		for (const each of passed) this.#found.set(each, container ?? null);
		return container ?? null;
	}

	#step(struct: Struct): { container: Struct | null; neighbour: Struct | null } {
		if (!(struct instanceof Y.Item)) return { container: null, neighbour: null };
		const { parent } = struct;
		if (parent instanceof Y.AbstractType) return { container: parent._item, neighbour: null };
		if (parent instanceof Y.ID) return { container: this.#find(parent), neighbour: null };
		const beside = parent === null ? (struct.origin ?? struct.rightOrigin) : null;
		return { container: null, neighbour: beside && this.#find(beside) };
	}

	#find(id: Y.ID): Struct | null {
		if (id.clock < Y.getState(this.#store, id.client)) return Y.getItem(this.#store, id);
		const own = this.#structs.get(id.client) ?? [];
		let [low, high] = [0, own.length - 1];
		while (low <= high) {
			const middle = (low + high) >> 1;
			const struct = own[middle] as Struct;
			if (id.clock < struct.id.clock) high = middle - 1;
			else if (id.clock >= struct.id.clock + struct.length) low = middle + 1;
			else return struct;
		}
		return null;
	}
}

function contentNests(content: Y.Item['content'], levels: number): boolean {
	if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) {
		return content.arr.some((value) => valueNests(value, levels));
	}
	if (content instanceof Y.ContentEmbed) return valueNests(content.embed, levels);
	return content instanceof Y.ContentFormat && valueNests(content.value, levels);
}

function valueNests(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
	return levels === 0 || Object.values(value).some((inner) => valueNests(inner, levels - 1));
}
