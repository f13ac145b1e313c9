/** Where in a body the marks of comments stand. */
import * as Y from 'yjs';
import { markName } from './body-gate.ts';
import { keptReading } from './kept-reading.ts';

/** Comment id → how far into the body its words begin, for ordering. Never throws. */
export function readBodyMarks(doc: Y.Doc, root: string): Map<string, number> {
	const found = new Map<string, number>();
	let at = 0;
	for (const text of textsOf(doc, root)) {
		for (const [id, offset] of marksIn(text)) if (!found.has(id)) found.set(id, at + offset);
		at += text.length;
	}
	return found;
}

const marksIn = keptReading((text: Y.XmlText): ReadonlyMap<string, number> => {
	const found = new Map<string, number>();
	let at = 0;
	for (const { insert, attributes = {} } of text.toDelta() as {
		insert?: unknown;
		attributes?: Record<string, unknown>;
	}[]) {
		for (const id of commentIds(attributes)) if (!found.has(id)) found.set(id, at);
		at += typeof insert === 'string' ? insert.length : 1;
	}
	return found;
});

/** The Yjs clients that set a comment's marks where they stand now. */
export function markWriters(doc: Y.Doc, root: string, commentId: string): number[] {
	return textsOf(doc, root).flatMap((text) => {
		const writers: number[] = [];
		for (let item = text._start; item; item = item.right) {
			const { content } = item;
			if (item.deleted || !(content instanceof Y.ContentFormat)) continue;
			if (idIn(content.key, content.value) === commentId) writers.push(item.id.client);
		}
		return writers;
	});
}

/** Takes a comment's marks off its words. Call inside a transaction. */
export function removeMarks(doc: Y.Doc, root: string, commentId: string): void {
	for (const text of textsOf(doc, root)) {
		let at = 0;
		for (const { insert, attributes = {} } of text.toDelta() as {
			insert?: unknown;
			attributes?: Record<string, unknown>;
		}[]) {
			const length = typeof insert === 'string' ? insert.length : 1;
			const keys = Object.entries(attributes).filter(([key, value]) => idIn(key, value) === commentId);
			if (keys.length > 0) text.format(at, length, Object.fromEntries(keys.map(([key]) => [key, null])));
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

/** All texts of a body in their order; deeper than a table's cells there is none. */
function textsOf(doc: Y.Doc, root: string): Y.XmlText[] {
	try {
		return doc
			.getXmlFragment(root)
			.toArray()
			.flatMap((node) => textsIn(node, 5));
	} catch {
		return [];
	}
}

function textsIn(node: unknown, depth: number): Y.XmlText[] {
	if (node instanceof Y.XmlText) return [node];
	return node instanceof Y.XmlElement && depth > 0 ? node.toArray().flatMap((child) => textsIn(child, depth - 1)) : [];
}
