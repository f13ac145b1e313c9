/** Finds letters that undo has brought back: each time under a new id, which only the device that did it can tell. */
import * as Y from 'yjs';

/** Letters that are there: `length` of an item's, from `from` on. */
export type Letters = { item: Y.Item; from: number; length: number };

/** What stands for a stretch of letters now, after however many undos: in pieces, with null for what is not there. */
export function copiesOf(
	doc: Y.Doc,
	{ client, clock }: Y.ID,
	length: number,
): { length: number; copy: Letters | null }[] {
	const pieces: { length: number; copy: Letters | null }[] = [];
	for (let done = 0; done < length;) {
		const { item, from, length: size } = copyOf(doc, Y.createID(client, clock + done), length - done);
		pieces.push({ length: size, copy: item instanceof Y.Item && !item.deleted ? { item, from, length: size } : null });
		done += size;
	}
	return pieces;
}

/** @param most letters; as many of them as have stayed together */
function copyOf(doc: Y.Doc, id: Y.ID, most: number): { item: Y.Item | Y.GC; from: number; length: number } {
	const item: Y.Item | Y.GC = Y.getItem(doc.store, id);
	const from = id.clock - item.id.clock;
	const length = Math.min(most, item.length - from);
	if (!(item instanceof Y.Item) || item.redone === null) return { item, from, length };
	return copyOf(doc, Y.createID(item.redone.client, item.redone.clock + from), length);
}
