/**
 * Words in a paragraph that somebody deletes who has not seen them. Yjs takes letters away with what holds them, so whoever
 * wrote them is asked here what of it was theirs, as long as it can be told: while the deletion is taken in. Only these words
 * come back, as a paragraph of their own: what was deleted by who knew it stays deleted, and of two who wrote there
 * unseen by each other each brings back their own.
 */
import * as Y from 'yjs';
import { findUnknown } from './body-gate.ts';
import { bodyIdOf, bodyRoot } from './body.ts';
import { toYNode, type RichNode } from './rich-body.ts';
import { idsOf, itemsOf, wordsOf, type IsUnseen } from './words-left.ts';

export type LostWords = {
	/** The body's root. */
	root: string;
	/** Of the paragraph that went. */
	id: Y.ID;
	/** The client that wrote them. */
	by: number;
	/** Behind what is left of what stood before it. */
	at: Y.RelativePosition;
	/** Of the form that it had. */
	words: RichNode;
};

/** The paragraphs that went, and who wrote there unseen. */
type Holders = Map<Y.XmlElement, Set<number>>;

/**
 * @param transaction at its `afterTransaction`: a moment later the letters are gone
 * @param isUnseen whether who deleted has not seen what has the id
 * @returns the paragraphs in the order of the text
 */
export function lostWords(transaction: Y.Transaction, isUnseen: IsUnseen): LostWords[] {
	const holders: Holders = new Map();
	Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
		const holder = struct instanceof Y.Item ? paragraphOf(struct) : null;
		if (holder && idsOf(struct as Y.Item).some(isUnseen))
			holders.set(holder, (holders.get(holder) ?? new Set()).add(struct.id.client));
	});
	const bodies = new Set([...holders.keys()].map(bodyOf));
	return [...bodies].flatMap((body) => lostIn(body, holders, transaction, isUnseen));
}

/** The origin of what comes back; what takes it back looks at it. */
const broughtOrigin = Symbol('brought');

/** Puts them where they stood. @returns what takes that back but for what others wrote there; null where nobody here may write */
export function bringBack(doc: Y.Doc, lost: readonly LostWords[]): (() => void) | null {
	const known = lost.filter(({ root }) => findUnknown(doc.getXmlFragment(root)) === null);
	if (known.length === 0) return null;
	const bodies = new Set(known.map(({ root }) => doc.getXmlFragment(root)));
	const undoing = new Y.UndoManager([...bodies], {
		trackedOrigins: new Set([broughtOrigin]),
		// From the last on: what holds something still holds what others wrote, and keeps its form.
		deleteFilter: ({ content, parentSub }) =>
			parentSub === null && !(content instanceof Y.ContentType && content.type._length > 0),
	});
	doc.transact(() => {
		for (const { root, at, words } of known.toReversed()) {
			const place = Y.createAbsolutePositionFromRelativePosition(at, doc);
			doc.getXmlFragment(root).insert(place?.index ?? 0, [toYNode(words)]);
		}
	}, broughtOrigin);
	return () => {
		undoing.undo();
		undoing.destroy();
	};
}

/** Where a letter or a fact stood, when that is gone, or the text in it. */
function paragraphOf(item: Y.Item): Y.XmlElement | null {
	if (!item.countable || item.parentSub !== null) return null;
	const { parent } = item;
	const holder = parent instanceof Y.XmlText && parent._item?.deleted ? parent.parent : parent;
	const isGone = holder instanceof Y.XmlElement && (holder !== parent || holder._item?.deleted === true);
	return isGone && holder.nodeName === 'paragraph' ? holder : null;
}

function bodyOf(holder: Y.XmlElement): Y.XmlFragment {
	let at: Y.XmlFragment = holder;
	while (at.parent) at = at.parent as Y.XmlFragment;
	return at;
}

function lostIn(body: Y.XmlFragment, holders: Holders, transaction: Y.Transaction, isUnseen: IsUnseen): LostWords[] {
	const root = Y.findRootTypeKey(body);
	if (root !== bodyRoot(bodyIdOf(root))) return [];
	const found: LostWords[] = [];
	let index = 0;
	for (let block = body._start; block; block = block.right) {
		if (!block.deleted) index++;
		for (const holder of elementsIn(block)) {
			for (const by of holders.get(holder) ?? []) {
				const words = wordsOf(holder, transaction, (id) => id.client === by && isUnseen(id));
				const at = Y.createRelativePositionFromTypeIndex(body, index, -1);
				if (words && holder._item) found.push({ root, id: holder._item.id, by, at, words });
			}
		}
	}
	return found;
}

/** Itself and those in it, gone or not. */
function elementsIn({ content }: Y.Item): Y.XmlElement[] {
	const element = content instanceof Y.ContentType ? content.type : null;
	return element instanceof Y.XmlElement ? [element, ...itemsOf(element).flatMap(elementsIn)] : [];
}
