/**
 * How much a document has, told without building it. Counted is what was built last; what came since is only bounded:
 * what is deleted counts by itself, what is typed becomes one with what was typed before it, unless it goes to another place.
 *
 * Invariant: as long as this says that there is room, the document has no more than is counted here, and no more places
 * to find than `maxJumps`. Only a document that was built can be said to be full.
 */
import { limits } from '#lib/protocol/limits.ts';
import type * as Y from 'yjs';
import { type Scan, scanUpdate } from './update-scan.ts';

/** So many places may have to be found before what was typed is applied: who writes seldom moves to another one. */
const maxJumps = 250;

/** Content is added up to this; deleting goes on a while, though it may make two parts of one. */
const maxParts = { content: limits.documentParts, deletions: 1.5 * limits.documentParts };

/** What becomes one is seen only when it is applied. */
const maxTyped = 10 * limits.documentParts;

export class DocumentSize {
	/** Null: nobody asked yet. */
	#parts: number | null = null;
	#typed = 0;
	#jumps = 0;

	/** The document was built, and has all that was taken. */
	built({ store }: Y.Doc): void {
		this.#parts = 0;
		for (const { length } of store.clients.values()) this.#parts += length;
		this.#typed = 0;
		this.#jumps = 0;
	}

	/** Taken without being applied. */
	took({ sections, deletions, jumps }: Scan): void {
		if (this.#parts !== null) this.#parts += countOf(deletions);
		this.#typed += countOf(sections);
		this.#jumps += jumps;
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
	mayBeFull(adds: boolean, all: { toArray(): Uint8Array[] }): boolean {
		this.#parts ??= all.toArray().reduce((sum, update) => sum + partsOf(update), 0);
		return this.#parts >= (adds ? maxParts.content : maxParts.deletions) || this.#typed >= maxTyped;
	}
}

/** More than any document has when it cannot be told. */
function partsOf(update: Uint8Array): number {
	const scan = scanUpdate(update);
	return scan ? countOf(scan.sections) + countOf(scan.deletions) : Infinity;
}

function countOf(parts: readonly { count: number }[]): number {
	let sum = 0;
	for (const { count } of parts) sum += count;
	return sum;
}
