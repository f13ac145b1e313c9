/**
 * How much a document has, told without building it. Counted is what was built last; what came since is only bounded:
 * what is deleted counts by itself, what is typed becomes one with what was typed before it, unless it goes to another place.
 *
 * Invariant: as long as this says that there is room, the document has no more than is counted here, and no more places
 * to find than `maxJumps`. Only a document that was built can be said to be full.
 */
import { limits } from '#lib/protocol/limits.ts';
import * as Y from 'yjs';
import { type Scan, scanUpdate } from './update-scan.ts';

/** So many places may have to be found before what was typed is applied: who writes seldom moves to another one. */
const maxJumps = 250;

/** Content is added up to this; deleting goes on a while, though it may make two parts of one. */
const maxParts = { content: limits.documentParts, deletions: 1.5 * limits.documentParts };

/** What becomes one is seen only when it is applied. */
const maxTyped = 10 * limits.documentParts;

/** What there is of a document that was not built yet. */
type All = { toArray(): Uint8Array[] };

export class DocumentSize {
	/** Null: nobody asked yet. */
	#parts: number | null = null;
	#typed = 0;
	#jumps = 0;
	#values = 0;
	/** The names of its root types, once they are known: they are read with the parts. */
	readonly #roots = new Set<string>();

	/** The document was built, and has all that was taken. */
	built({ store, share }: Y.Doc): void {
		this.#parts = 0;
		for (const { length } of store.clients.values()) this.#parts += length;
		this.#typed = 0;
		this.#jumps = 0;
		if (share.size > this.#roots.size) for (const name of share.keys()) this.#roots.add(name);
	}

	/** Taken without being applied. */
	took({ sections, deletions, jumps, roots, values }: Scan): void {
		if (this.#parts !== null) this.#parts += countOf(deletions);
		this.#typed += countOf(sections);
		this.#jumps += jumps;
		this.#values += values;
		for (const name of roots) this.#roots.add(name);
	}

	/** Whether it has to be built before this is taken: where many are put where many are, one is looked at before. */
	isCrowdedBy({ jumps }: Scan): boolean {
		return jumps > 0 && this.#jumps + jumps > maxJumps;
	}

	/**
	 * Whether it may be full; of a document that was just built, whether it is.
	 * @param adds more than deletions
	 * @param all there is, while it was not built yet
	 */
	mayBeFull(adds: boolean, all: All): boolean {
		this.#parts ??= this.#count(all);
		return this.#parts >= (adds ? maxParts.content : maxParts.deletions) || this.#typed >= maxTyped;
	}

	/** How many parts it has, at most. @param all as above */
	atMost(all: All): number {
		this.#parts ??= this.#count(all);
		return this.#parts + this.#typed;
	}

	/** Whether there would be too many root types, were these added. @param all as above */
	hasNoRoomFor(roots: ReadonlySet<string>, all: All): boolean {
		if (roots.size === 0) return false;
		this.#parts ??= this.#count(all);
		let added = 0;
		for (const name of roots) if (!this.#roots.has(name)) added += 1;
		return added > 0 && this.#roots.size + added > limits.documentRoots;
	}

	/** Applied without being `took`. */
	tookValues(values: number): void {
		this.#values += values;
	}

	/** Whether there may be too many values side by side, were these added. @param all as above */
	mayHaveNoRoomForValues(values: number, all: All): boolean {
		if (values === 0) return false;
		this.#parts ??= this.#count(all);
		return this.#values + values > limits.documentValues;
	}

	/** How many values stand side by side now. @param doc was just built, and has all that was taken */
	countValues({ store }: Y.Doc): void {
		this.#values = 0;
		for (const structs of store.clients.values())
			for (const struct of structs) if (isValues(struct) && struct.length > 1) this.#values += struct.length;
	}

	/** More than any document has when it cannot be told. */
	#count(all: All): number {
		let sum = 0;
		for (const scan of all.toArray().map(scanUpdate)) {
			if (!scan) return Infinity;
			sum += countOf(scan.sections) + countOf(scan.deletions);
			this.#values += scan.values;
			for (const name of scan.roots) this.#roots.add(name);
		}
		return sum;
	}
}

function countOf(parts: readonly { count: number }[]): number {
	let sum = 0;
	for (const { count } of parts) sum += count;
	return sum;
}

/** What Yjs makes one of where it stands side by side, and cuts by copying. */
export function isValues(struct: Y.Item | Y.GC): struct is Y.Item {
	return (
		struct instanceof Y.Item && (struct.content instanceof Y.ContentAny || struct.content instanceof Y.ContentJSON)
	);
}
