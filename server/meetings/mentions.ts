/**
 * Where a person's id stands in a document, whatever its kind: under a key, as a value, or in a mark on a text. Knows no
 * shapes, so that nothing is left out because it is new. Total: a document that cannot be read mentions nobody.
 */
import type { Mention } from '#lib/protocol/api.ts';
import * as Y from 'yjs';
import type { StoredDocument } from '../storage/contract.ts';

/** What stands at a mention, at most. Characters. */
const valueLength = 2000;

export function mentionsIn({ snapshot, tail }: StoredDocument, id: string): Mention[] {
	const doc = new Y.Doc();
	try {
		for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(doc, update);
		return [...doc.share].flatMap(([root, type]) => walk(type as Shared, [root], id));
	} catch {
		return [];
	} finally {
		doc.destroy();
	}
}

/** What all shared types have inside, whichever they are. */
type Shared = { _start: Y.Item | null; _map: Map<string, Y.Item> };

function walk(type: Shared, path: readonly string[], id: string): Mention[] {
	const found = [...type._map].flatMap(([key, item]) => (item.deleted ? [] : inField(item, [...path, key], id)));
	let at = 0;
	let marked = false;
	for (let item = type._start; item !== null; item = item.right) {
		if (item.deleted) continue;
		const { content } = item;
		if (content instanceof Y.ContentFormat) {
			const mentions = JSON.stringify([content.key, content.value]).includes(id);
			marked = mentions || (marked && content.value !== null);
		} else if (content instanceof Y.ContentString) {
			if (marked || content.str.includes(id)) found.push(mention(path, content.str));
		} else if (content instanceof Y.ContentType) {
			found.push(...walk(content.type as unknown as Shared, [...path, String(at++)], id));
		} else if (JSON.stringify(content.getContent()).includes(id)) {
			found.push(mention(path, JSON.stringify(content.getContent())));
		}
	}
	return found;
}

function inField(item: Y.Item, path: readonly string[], id: string): Mention[] {
	if (item.content instanceof Y.ContentType) return walk(item.content.type as unknown as Shared, path, id);
	const value = JSON.stringify(item.content.getContent().at(-1) ?? null);
	return path.at(-1)?.includes(id) || value.includes(id) ? [mention(path, value)] : [];
}

function mention(path: readonly string[], value: string): Mention {
	return { path: path.join('/'), value: value.slice(0, valueLength) };
}
