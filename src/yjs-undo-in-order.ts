/**
 * A repair to Yjs 13.6: what undo brings back stands where it stood, and what it takes away is what one wrote
 * (docs/proposals/yjs-undo-keeps-the-order.md).
 *
 * Who takes back that a paragraph went gets its letters made anew under a new paragraph. Where each belongs, Yjs looks up by
 * the copies of its neighbours, and finds the wrong one where a neighbour had been brought back before or where its copy has
 * come apart since. Letters are then in another order than before; worse, one may be said to stand behind what comes after
 * it, and devices do not agree about that. And of what one wrote and had been brought back, undo takes the first item of the
 * copy: where that has come apart since the rest stays, and where it has grown together with another's letters, they go too.
 *
 * A Yjs in another form is refused, so that nobody goes without the repair by raising a version.
 */
import type { Plugin } from 'vite';

const library = /\/yjs\/dist\/yjs\.mjs(\?|$)/;
/** In `redoItem`, where the neighbours of a letter in a text or a list are looked up. */
const lookup = /(?<=\n {4}left = item\.left;\n {4}right = item;\n)[^]*?(?=\n {2}\} else \{\n {4}right = null;)/;

const lookupByCopies = `
    left = nearestCopy(transaction, left, parentItem, true);
    right = nearestCopy(transaction, right, parentItem, false);`;

/** In `popStackItem`, where the items that one wrote are looked up which are to be taken away. */
const written =
	/(?<=iterateDeletedStructs\(transaction, stackItem\.insertions, struct => \{\n)[^]*?(?=\n {6}\}\);\n {6}iterateDeletedStructs\(transaction, stackItem\.deletions, )/;

const writtenByCopies = `
        if (!(struct instanceof Item)) return;
        for (const copy of exactCopies(transaction, struct)) {
          if (!copy.deleted && scope.some(type => type === doc || isParentOf(type, copy))) itemsToDelete.push(copy);
        }`;

/** The items that stand for another one now, cut where it begins and ends. */
const exactCopies = `
function exactCopies(transaction, item) {
  const { store } = transaction.doc;
  const copies = [];
  for (let done = 0, all = item.length; done < all;) {
    let id = createID(item.id.client, item.id.clock + done);
    let length = all - done;
    let copy = getItem(store, id);
    for (;;) {
      const from = id.clock - copy.id.clock;
      length = Math.min(length, copy.length - from);
      if (!(copy instanceof Item) || copy.redone === null) break;
      id = createID(copy.redone.client, copy.redone.clock + from);
      copy = getItem(store, id);
    }
    if (copy instanceof Item) {
      getItemCleanEnd(transaction, store, createID(id.client, id.clock + length - 1));
      copies.push(getItemCleanStart(transaction, id));
    }
    done += length;
  }
  return copies;
}
`;

/** Goes left by last letters, or right by first ones. */
const nearestCopy = `
function nearestCopy(transaction, item, parentItem, left) {
  for (let each = item; each !== null; each = left ? each.left : each.right) {
    const copy = copyUnder(transaction, each, parentItem, left);
    if (copy !== null) return copy;
  }
  return null;
}
function copyUnder(transaction, item, parentItem, last) {
  let copy = item;
  while (copy.parent._item !== parentItem) {
    if (copy.redone === null) return null;
    const { client, clock } = copy.redone;
    const next = last
      ? getItemCleanEnd(transaction, transaction.doc.store, createID(client, clock + copy.length - 1))
      : getItemCleanStart(transaction, copy.redone);
    // A copy beside its original is itself met on the way, in its own place.
    if (!(next instanceof Item) || next.parent === item.parent) return null;
    copy = next;
  }
  return copy;
}
`;

export const yjsUndoInOrder: Plugin = {
	name: 'yjs-undo-in-order',
	transform(code, id) {
		if (!library.test(id)) return null;
		if (!lookup.test(code) || !written.test(code))
			throw new Error('src/yjs-undo-in-order.ts does not know this version of Yjs');
		const repaired = code.replace(lookup, lookupByCopies).replace(written, writtenByCopies);
		return { code: repaired + nearestCopy + exactCopies, map: null };
	},
};
