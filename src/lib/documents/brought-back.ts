/**
 * What was suggested and is brought back by undo is a suggestion again. Undo makes letters anew, under whoever takes back, and
 * between the beginning and the end of a mark that somebody else may take along, or has: letters that nobody agreed to would
 * then stand as if they had been. So it is noted of which suggestions the letters were that went, and what comes back gets a
 * mark of its own, of the same suggestion, that is in nobody's undo.
 */
import * as Y from 'yjs';
import { markName } from './body-gate.ts';
import { markKey } from './body-marks.ts';
import { copiesOf, type Letters } from './copies.ts';
import { isAuthored, suggestionKey, type Authored } from './suggestion.ts';

/** Letters that went, all in the same insertions. */
export type Taken = { id: Y.ID; length: number; insertions: Insertions };

/** By suggestion, the latest mark of each. */
type Insertions = ReadonlyMap<string, Authored>;

/** The origin of what says that something is suggested again. */
export const broughtBackOrigin = Symbol('brought back');

/** The suggested letters that a transaction took out of texts which are still there. */
export function suggestedLettersTaken({ changed, deleteSet }: Y.Transaction): Taken[] {
	if (deleteSet.clients.size === 0) return [];
	return [...changed.keys()].flatMap((type) => (type instanceof Y.XmlText ? takenFrom(type, deleteSet) : []));
}

function takenFrom(text: Y.XmlText, deleteSet: Y.Transaction['deleteSet']): Taken[] {
	const taken: Taken[] = [];
	for (const { item, marks } of itemsOf(text)) {
		if (marks.size === 0 || !item.countable || !Y.isDeleted(deleteSet, item.id)) continue;
		const insertions = insertionsAmong(marks.values());
		if (insertions.size > 0) taken.push({ id: item.id, length: item.length, insertions });
	}
	return taken;
}

/**
 * Marks what is there again, unless a mark of ours holds it. Call in a transaction.
 * @param moved it had been moved elsewhere: who moves it too, unseen, brings the same mark along, and its end would end ours
 */
export function markBroughtBack(doc: Y.Doc, taken: readonly Taken[], moved: boolean): void {
	for (const each of taken) {
		for (const { copy } of copiesOf(doc, each.id, each.length)) if (copy) mark(copy, each, moved);
	}
}

function mark({ item, from, length }: Letters, { insertions }: Taken, moved: boolean): void {
	const { parent: text } = item;
	if (!(text instanceof Y.XmlText)) return;
	const { at, ours } = placeOf(text, item);
	for (const [suggestion, insertion] of insertions) {
		if (!moved && ours.has(suggestion)) continue;
		// Under a name that no mark has here which somebody else may end.
		const again = { ...insertion, at: insertion.at + 1 };
		text.format(at + from, length, { [markKey('ins', again)]: again });
	}
}

function placeOf(text: Y.XmlText, wanted: Y.Item): { at: number; ours: Insertions } {
	let at = 0;
	for (const { item, marks } of itemsOf(text)) {
		if (item === wanted) {
			const ours = [...marks.values()].filter(({ id }) => id.client === text.doc?.clientID);
			return { at, ours: insertionsAmong(ours) };
		}
		if (item.countable && !item.deleted) at += item.length;
	}
	throw new Error('a text does not hold its letters');
}

type Mark = Y.Item & { content: Y.ContentFormat & { value: unknown } };

/** All items, the deleted ones too, each with the insertions' marks that hold there. */
function* itemsOf(text: Y.XmlText): Generator<{ item: Y.Item; marks: ReadonlyMap<string, Mark> }> {
	const marks = new Map<string, Mark>();
	for (let item = text._start; item; item = item.right) {
		if (isInsertionMark(item)) {
			const { key, value } = item.content;
			if (value === null) marks.delete(key);
			else marks.set(key, item);
		} else yield { item, marks };
	}
}

export function isInsertionMark(item: Y.Item): item is Mark {
	return !item.deleted && item.content instanceof Y.ContentFormat && markName(item.content.key) === 'ins';
}

function insertionsAmong(marks: Iterable<Mark>): Insertions {
	const found = new Map<string, Authored>();
	for (const { content } of marks) {
		const { value } = content;
		if (!isAuthored(value)) continue;
		const known = found.get(suggestionKey(value));
		if (!known || known.at < value.at) found.set(suggestionKey(value), value);
	}
	return found;
}
