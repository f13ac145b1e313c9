/**
 * What a step suggested and somebody else has accepted stays when the step is taken back, and stays whole: a fact with what
 * it is of, a paragraph with its form, words with how they look. And what of the same person's suggestion the step took away
 * does not come back beside it.
 */
import * as Y from 'yjs';
import { markName } from './body-gate.ts';
import { isInsertionMark } from './brought-back.ts';
import { copiesOf, type Letters } from './copies.ts';
import { breakSign, readAuthored } from './suggestion.ts';

type DeleteSet = Y.Transaction['deleteSet'];
type Holds = (item: Y.Item) => boolean;

/** Of a step that suggested. @returns which items of it undo must leave; null when nothing of it was accepted */
export function acceptedOf(doc: Y.Doc, insertions: DeleteSet): Holds | null {
	const there = [...insertions.clients].flatMap(([client, ranges]) =>
		ranges.flatMap(({ clock, len }) => copiesOf(doc, Y.createID(client, clock), len).flatMap(({ copy }) => copy ?? [])),
	);
	const accepted = there.filter(({ item }) => isAccepted(item));
	if (accepted.length === 0) return null;
	const stays = among(accepted);
	const nodes = among(there.filter(({ item }) => isOpenNoMore(item)));
	const parts = among(there.filter(({ item }) => isPart(item, nodes) || isLook(item, stays)));
	return (item) => stays(item) || parts(item);
}

function among(letters: readonly Letters[]): Holds {
	const ranges = letters.map(({ item: { id }, from, length }) => ({
		client: id.client,
		from: id.clock + from,
		to: id.clock + from + length,
	}));
	return ({ id, length }) =>
		ranges.some(({ client, from, to }) => id.client === client && id.clock < to && id.clock + length > from);
}

function isAccepted(item: Y.Item): boolean {
	const { content } = item;
	// An accepted break is divided into two paragraphs or goes.
	if (content instanceof Y.ContentString) return content.str !== breakSign && !isSuggested(item);
	const node = elementIn(item);
	return node !== null && isOpenNoMore(item) && (node.nodeName === 'fact' || node._map.has('ins'));
}

function isOpenNoMore(item: Y.Item): boolean {
	const node = elementIn(item);
	return node !== null && readAuthored(node.getAttribute('ins')) === null;
}

/** What an element is: not what is suggested of it, or said to it. */
function isPart({ parent, parentSub }: Y.Item, nodes: Holds): boolean {
	if (parentSub === null || /^(ins|del|join|chg|comment)/.test(parentSub)) return false;
	return parent instanceof Y.XmlElement && parent._item !== null && nodes(parent._item);
}

/** The beginning or the end of a look that accepted words have. */
function isLook(item: Y.Item, words: Holds): boolean {
	if (!isLookMark(item)) return false;
	const { key } = item.content;
	if (isAmong(item.right, words, key, 'right')) return true;
	const start = lookBefore(item);
	return start !== null && isAmong(item.left, words, key, 'left');
}

function lookBefore({ left, content }: LookMark): Y.Item | null {
	for (let item = left; item; item = item.left) if (isLookMark(item) && item.content.key === content.key) return item;
	return null;
}

/** Whether a word is met before the look changes again. */
function isAmong(from: Y.Item | null, words: Holds, key: string, way: 'left' | 'right'): boolean {
	for (let item = from; item; item = item[way]) {
		if (isLookMark(item) && item.content.key === key) return false;
		if (!item.deleted && item.countable && words(item)) return true;
	}
	return false;
}

type LookMark = Y.Item & { content: Y.ContentFormat };

function isLookMark(item: Y.Item): item is LookMark {
	const { content, deleted } = item;
	return !deleted && content instanceof Y.ContentFormat && ['strong', 'em', 'link'].includes(markName(content.key));
}

function elementIn({ content }: Y.Item): Y.XmlElement | null {
	return content instanceof Y.ContentType && content.type instanceof Y.XmlElement ? content.type : null;
}

export function isSuggested(letters: Y.Item): boolean {
	const known = new Set<string>();
	for (let item = letters.left; item; item = item.left) {
		if (!isInsertionMark(item) || known.has(item.content.key)) continue;
		if (item.content.value !== null) return true;
		known.add(item.content.key);
	}
	return false;
}
