/** Where in a body the marks of comments stand. */
import * as Y from 'yjs';
import { commentIn, commentPrefix, markName } from './body-gate.ts';
import { factsAmong } from './facts-in-text.ts';
import { keptReading } from './kept-reading.ts';

/** Comment id → how far into the body its words begin, for ordering. Never throws. */
export function readBodyMarks(doc: Y.Doc, root: string): Map<string, number> {
	const found = new Map<string, number>();
	let at = 0;
	for (const held of holdersOf(doc, root)) {
		for (const [id, offset] of marksIn(held)) found.set(id, Math.min(found.get(id) ?? Infinity, at + offset));
		at += held instanceof Y.XmlText ? held.length : 1;
	}
	return found;
}

const marksIn = keptReading((held: Holder): ReadonlyMap<string, number> => {
	return held instanceof Y.XmlText ? marksInText(held) : new Map(commentsOn(held).map((id) => [id, 0]));
});

function marksInText(text: Y.XmlText): Map<string, number> {
	const found = new Map<string, number>();
	let at = 0;
	for (const { insert, attributes = {} } of text.toDelta() as {
		insert?: unknown;
		attributes?: Record<string, unknown>;
	}[]) {
		// A mark that goes on over a fact says nothing of it.
		const ids = insert instanceof Y.XmlElement ? commentsOn(insert) : commentIds(attributes);
		for (const id of ids) if (!found.has(id)) found.set(id, at);
		at += typeof insert === 'string' ? insert.length : 1;
	}
	return found;
}

function commentsOn(fact: Y.XmlElement): string[] {
	return Object.keys(fact.getAttributes()).flatMap((key) => commentIn(key) ?? []);
}

/** The Yjs clients that set a comment's marks where they stand now. */
export function markWriters(doc: Y.Doc, root: string, commentId: string): number[] {
	return withFacts(holdersOf(doc, root)).flatMap((held) => {
		if (held instanceof Y.XmlElement) {
			const item = held._map.get(commentPrefix + commentId);
			return item && !item.deleted ? [item.id.client] : [];
		}
		const writers: number[] = [];
		for (let item = held._start; item; item = item.right) {
			const { content } = item;
			if (item.deleted || !(content instanceof Y.ContentFormat)) continue;
			if (idIn(content.key, content.value) === commentId) writers.push(item.id.client);
		}
		return writers;
	});
}

/** Takes a comment's marks off its words. Call inside a transaction. */
export function removeMarks(doc: Y.Doc, root: string, commentId: string): void {
	for (const held of withFacts(holdersOf(doc, root))) {
		if (held instanceof Y.XmlElement) {
			held.removeAttribute(commentPrefix + commentId);
			continue;
		}
		let at = 0;
		for (const { insert, attributes = {} } of held.toDelta() as {
			insert?: unknown;
			attributes?: Record<string, unknown>;
		}[]) {
			const length = typeof insert === 'string' ? insert.length : 1;
			const keys = Object.entries(attributes).filter(([key, value]) => idIn(key, value) === commentId);
			if (keys.length > 0) held.format(at, length, Object.fromEntries(keys.map(([key]) => [key, null])));
			at += length;
		}
	}
}

function commentIds(attributes: Readonly<Record<string, unknown>>): string[] {
	return Object.entries(attributes).flatMap(([key, value]) => idIn(key, value) ?? []);
}

function idIn(key: string, value: unknown): string | null {
	if (markName(key) !== 'comment' || typeof value !== 'object' || value === null || !('id' in value)) return null;
	return typeof value.id === 'string' ? value.id : null;
}

/** The texts, each before the facts in it, and the facts beside them. */
export function withFacts(holders: readonly Holder[]): Holder[] {
	return holders.flatMap((held) => [
		held,
		...(held instanceof Y.XmlText ? factsAmong(held).map(({ fact }) => fact) : []),
	]);
}

/** A text, in which facts may stand, or a fact beside one. */
type Holder = Y.XmlText | Y.XmlElement;

/** All that can be commented on in a body, in its order; deeper than a table's cells there is none. */
export function holdersOf(doc: Y.Doc, root: string): Holder[] {
	try {
		return doc
			.getXmlFragment(root)
			.toArray()
			.flatMap((node) => holdersIn(node, 5));
	} catch {
		return [];
	}
}

function holdersIn(node: unknown, depth: number): Holder[] {
	if (node instanceof Y.XmlText) return [node];
	if (!(node instanceof Y.XmlElement) || depth === 0) return [];
	if (node.nodeName === 'fact') return [node];
	return node.toArray().flatMap((child) => holdersIn(child, depth - 1));
}
