/**
 * Takes letters out of a Y.XmlText so that what is suggested there stays a suggestion. When nothing is left between the
 * beginning and the end of a mark, Yjs takes both along; whoever, unseen by us, goes on writing there then writes as if they
 * had never suggested it. So a beginning and an end stay, but as ours: its author, who may take back what they wrote, does not
 * take them away, and when we bring the letters back, a mark comes with them.
 */
import * as Y from 'yjs';
import { markName } from './body-gate.ts';

type Mark = Y.Item & { content: Y.ContentFormat & { value: unknown } };
/** Of a transaction: the marks of insertions whose place another took, and those that took it. */
export const renewed = Symbol('renewed');

type Insertion = { begin: Mark; end: Mark; letters: number };

const insertion: ReadonlySet<string> = new Set(['ins', 'brk']);

/**
 * Erases as `text.delete` does. @param offset and length in UTF-16 units of what is to be seen
 * @param directly false: of one's own suggestion nothing stays
 */
export function eraseText(text: Y.XmlText, offset: number, length: number, directly = true): void {
	const within = insertionsWithin(text, offset, offset + length).filter(
		({ begin }) => directly || begin.id.client !== text.doc?.clientID,
	);
	if (!text.doc || within.length === 0) return text.delete(offset, length);
	text.doc.transact((transaction) => {
		for (const { begin, end, letters } of within) {
			if (letters > 0) for (const mark of [begin, end]) renew(transaction, text, mark);
		}
		eraseLetters(transaction, text, offset, offset + length);
	});
}

/** The suggested insertions that begin and end between two offsets, those among them that were erased before. */
function insertionsWithin(text: Y.XmlText, from: number, to: number): Insertion[] {
	const found: Insertion[] = [];
	const open = new Map<string, { begin: Mark; start: number }>();
	let at = 0;
	for (let item = text._start; item && at <= to; item = item.right) {
		if (item.deleted) continue;
		if (item.countable) at += item.length;
		if (!isInsertionMark(item)) continue;
		const { key, value } = item.content;
		const opened = open.get(key);
		if (value !== null && !opened && at >= from) open.set(key, { begin: item, start: at });
		if (value !== null || !opened) continue;
		open.delete(key);
		if (at <= to) found.push({ begin: opened.begin, end: item, letters: at - opened.start });
	}
	return found;
}

/** Around the old one, so that what its author writes beside it, unseen, stands within; of a break, which is one sign, inside. */
function renew(transaction: Y.Transaction, text: Y.XmlText, mark: Mark): void {
	const { doc } = transaction;
	const { key, value } = mark.content;
	const isBehind = (value === null) === (markName(key) === 'ins');
	const [left, right] = isBehind ? [mark, mark.right] : [mark.left, mark];
	const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
	const content = new Y.ContentFormat(key, value as object);
	new Y.Item(id, left, left && left.lastId, right, right && right.id, text, null, content).integrate(transaction, 0);
	mark.delete(transaction);
	const known = transaction.meta.get(renewed) as Y.ID[] | undefined;
	transaction.meta.set(renewed, [...(known ?? []), mark.id, id]);
}

function eraseLetters(transaction: Y.Transaction, text: Y.XmlText, from: number, to: number): void {
	let at = 0;
	for (let item = text._start; item && at < to; item = item.right) {
		if (item.deleted || !item.countable) continue;
		const cut = at < from ? from : to;
		const { client, clock } = item.id;
		if (at < cut && cut < at + item.length) Y.getItemCleanStart(transaction, Y.createID(client, clock + cut - at));
		at += item.length;
		if (at > from) item.delete(transaction);
	}
}

function isInsertionMark(item: Y.Item): item is Mark {
	return item.content instanceof Y.ContentFormat && insertion.has(markName(item.content.key));
}
