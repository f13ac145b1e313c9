/**
 * Puts text into a Y.XmlText so that no mark has to be begun anew behind it. Where one stretch of marked text ends, several
 * ends of marks stand beside each other, and between any two of them is the same place for who writes. Yjs takes the first. A
 * mark that still holds there and is not the text's is ended before it and begun again behind it, by who writes: when its
 * author takes back what it marked, that second beginning stays, and marks whatever comes next as theirs.
 */
import * as Y from 'yjs';

type Attributes = Record<string, unknown>;
type Place = { left: Y.Item | null; right: Y.Item | null; current: Map<string, unknown> };

/** Inserts as `text.insert` does. @param offset in UTF-16 units of what is to be seen */
export function insertText(text: Y.XmlText, offset: number, words: string, attributes: Attributes): void {
	const [first, ...others] = placesAt(text, offset);
	const best = others.reduce<Place | undefined>((least, place) => {
		return begunAnew(place, attributes) < (least ? begunAnew(least, attributes) : Infinity) ? place : least;
	}, undefined);
	if (!text.doc || !first || !best || begunAnew(best, attributes) >= begunAnew(first, attributes)) {
		text.insert(offset, words, attributes);
	} else {
		text.doc.transact((transaction) => write(transaction, text, best, words, attributes));
	}
}

/**
 * How many insertions' marks would have to be ended before such a text and begun again behind it. Of the others it does not
 * matter: a strike that is begun anew strikes what was struck.
 */
function begunAnew({ current }: Place, attributes: Attributes): number {
	return [...current].filter(([key, value]) => marksInsertion(key) && !isSame(value, attributes[key])).length;
}

/** Marks that may stand several times have a hash behind their name (`keyOf`). */
const marksInsertion = (key: string) => /^(ins|brk)(--|$)/.test(key);

/**
 * Puts an element among the letters. Whatever marks hold there go on over it: none is ended for it and begun anew, and where
 * marks end it stands behind them.
 */
export function insertElement(text: Y.XmlText, offset: number, element: Y.XmlElement): void {
	const count = ({ current }: Place) => [...current.keys()].filter(marksInsertion).length;
	const [best] = placesAt(text, offset).sort((a, b) => count(a) - count(b));
	text.insertEmbed(offset, element, Object.fromEntries(best?.current ?? []));
}

/** @returns all places at the offset, in their order; where it lies within an item there is only one */
function placesAt(text: Y.XmlText, offset: number): Place[] {
	const current = new Map<string, unknown>();
	let left: Y.Item | null = null;
	let right = text._start;
	for (let rest = offset; rest > 0 && right; left = right, right = right.right) {
		if (!right.deleted && right.countable) rest -= right.length;
		if (rest < 0) return [{ left, right, current }];
		step(current, right);
	}
	const places: Place[] = [{ left, right, current: new Map(current) }];
	for (; right && (right.deleted || right.content instanceof Y.ContentFormat); right = right.right) {
		if (!step(current, right)) continue;
		places.push({ left: right, right: right.right, current: new Map(current) });
	}
	return places;
}

/** @returns whether the item changed which marks hold */
function step(current: Map<string, unknown>, item: Y.Item): boolean {
	if (item.deleted || !(item.content instanceof Y.ContentFormat)) return false;
	const { key, value } = item.content as Y.ContentFormat & { value: unknown };
	if (value === null) current.delete(key);
	else current.set(key, value);
	return true;
}

/** Where marks stand Yjs keeps no places by offset (ContentFormat), so none is to be moved on. */
function write(transaction: Y.Transaction, text: Y.XmlText, place: Place, words: string, attributes: Attributes): void {
	const { doc } = transaction;
	let { left, right } = place;
	const put = (content: Y.ContentString | Y.ContentFormat) => {
		const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
		const item = new Y.Item(id, left, left && left.lastId, right, right && right.id, text, null, content);
		item.integrate(transaction, 0);
		left = item;
		right = item.right;
	};
	const back = new Map<string, unknown>();
	for (const key of new Set([...place.current.keys(), ...Object.keys(attributes)])) {
		const [is, willBe] = [place.current.get(key) ?? null, attributes[key] ?? null];
		if (isSame(is, willBe)) continue;
		back.set(key, is);
		put(new Y.ContentFormat(key, willBe as object));
	}
	put(new Y.ContentString(words));
	for (const [key, value] of back) put(new Y.ContentFormat(key, value as object));
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
