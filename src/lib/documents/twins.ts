/**
 * Two who take the same decision back, unseen by each other, each make anew what had gone with it: it comes twice. Undo puts
 * what it makes anew before what that stands for, and behind the same neighbour. So of two that stand for the same, say the same, and
 * are suggested to come or go by the same suggestion, the second goes again.
 */
import * as Y from 'yjs';
import { markName } from './body-gate.ts';
import { blocksIn } from './body-segments.ts';
import { takeOut } from './moved-text.ts';
import { isAuthored, readAuthored, suggestionKey } from './suggestion.ts';

/** The origin of their going: it is nobody's own change, and not in anybody's undo. */
const twinsOrigin = Symbol('twins');

type Holder = Y.XmlFragment | Y.XmlText;
/** `gone`: before which it stands. `says`: what, and whose suggestions that is. */
type Copy = { item: Y.Item; gone: Y.Item; says: unknown };

export function removeTwins(body: Y.XmlFragment): void {
	const twins = twinsIn(body);
	if (twins.length > 0) body.doc?.transact((done) => twins.forEach((twin) => twin.delete(done)), twinsOrigin);
}

export function hasTwins(body: Y.XmlFragment): boolean {
	return twinsIn(body).length > 0;
}

/** In the order of the text, which is the same on all devices: so it does not matter on how many of them they go. */
function twinsIn(body: Y.XmlFragment): Y.Item[] {
	return holdersIn(body).flatMap(twinsAmong);
}

/** Takes out of what a step is to bring back what somebody else has brought back. */
export function leaveWhatIsBack(body: Y.XmlFragment, deletions: Y.Transaction['deleteSet']): void {
	for (const { item, gone } of holdersIn(body).flatMap(copiesAmong))
		if (wordsOf(item.content) === wordsOf(gone.content)) takeOut(deletions, gone.id, gone.length);
}

function holdersIn(body: Y.XmlFragment): Holder[] {
	const blocks = blocksIn(body);
	return [body, ...blocks, ...blocks.flatMap((block) => block.toArray()).filter((child) => child instanceof Y.XmlText)];
}

function twinsAmong(holder: Holder): Y.Item[] {
	const known = new Set<string>();
	return copiesAmong(holder).flatMap(({ item, gone, says }) => {
		const name = JSON.stringify([letterBefore(item), gone.id, says]);
		const isTwin = known.has(name);
		known.add(name);
		return isTwin ? [item] : [];
	});
}

/** What is suggested, and may have been made anew. */
function copiesAmong({ _start, doc }: Holder): Copy[] {
	const marks = new Map<string, unknown>();
	const copies: Copy[] = [];
	for (let item = _start; item && doc; item = item.right) {
		const { content, deleted, rightOrigin } = item;
		if (deleted) continue;
		if (content instanceof Y.ContentFormat) marks.set(content.key, (content as { value?: unknown }).value);
		const gone: Y.Item | Y.GC | null = rightOrigin && Y.getItem(doc.store, rightOrigin);
		const says = item.countable && gone?.deleted ? saysOf(content, marks) : null;
		if (says && gone instanceof Y.Item) copies.push({ item, gone, says });
	}
	return copies;
}

/** Behind which letter it was put, whatever stood between of marks and of what is gone. */
function letterBefore({ origin, parent }: Y.Item): Y.ID | null {
	const { doc } = parent as Holder;
	const item: Y.Item | Y.GC | null = origin && doc && Y.getItem(doc.store, origin);
	const isBefore = item instanceof Y.Item && (item.deleted || !item.countable);
	return isBefore ? letterBefore(item) : origin;
}

/** @returns null of what is not suggested to come or go. A paragraph stays: somebody may be writing in it. */
function saysOf(content: unknown, marks: ReadonlyMap<string, unknown>): unknown {
	const node = content instanceof Y.ContentType ? content.type : null;
	if (node instanceof Y.XmlElement && node.nodeName === 'paragraph') return null;
	const suggested =
		node instanceof Y.XmlElement
			? ['ins', 'del'].map((key) => readAuthored(node.getAttribute(key)))
			: [...marks].flatMap(([key, value]) => (/^(ins|del)$/.test(markName(key)) ? [value] : []));
	const keys = new Set(suggested.filter(isAuthored).map(suggestionKey));
	return keys.size > 0 ? [wordsOf(content) ?? String(node), ...keys] : null;
}

function wordsOf(content: unknown): string | null {
	return content instanceof Y.ContentString ? content.str : null;
}
