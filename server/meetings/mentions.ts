/**
 * Where a person's id stands in a document, whatever its kind: under a key, as a value, or in a mark on a text. Knows no
 * shapes, so that nothing is left out because it is new; what stands there is cut to what is about them, see
 * `about-one.ts`. Total: a document that cannot be read mentions nobody.
 */
import type { Mention } from '#lib/protocol/api.ts';
import * as Y from 'yjs';
import type { StoredDocument } from '../storage/contract.ts';
import { type AboutOne, createAboutOne } from './about-one.ts';

/** What stands at a mention, at most. Characters. */
const valueLength = 2000;

/** @param others everyone else's ids */
export function mentionsIn({ snapshot, tail }: StoredDocument, id: string, others: ReadonlySet<string>): Mention[] {
	const doc = new Y.Doc();
	const about = createAboutOne(id, others);
	try {
		for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(doc, update);
		return [...doc.share].flatMap(([root, type]) => walk(type as Shared, [root], about));
	} catch {
		return [];
	} finally {
		doc.destroy();
	}
}

/** What all shared types have inside, whichever they are. */
type Shared = { _start: Y.Item | null; _map: Map<string, Y.Item> };

function walk(type: Shared, path: readonly string[], about: AboutOne): Mention[] {
	const found = [...type._map].flatMap(([key, item]) => (item.deleted ? [] : inField(item, [...path, key], about)));
	let at = 0;
	/** Those that hold here and name the person. */
	const marks = new Set<string>();
	for (let item = type._start; item !== null; item = item.right) {
		if (item.deleted) continue;
		const { content } = item;
		if (content instanceof Y.ContentFormat) {
			if (content.value !== null && about.names([content.key, content.value])) marks.add(content.key);
			else marks.delete(content.key);
		} else if (content instanceof Y.ContentString) {
			if (marks.size > 0) found.push(mention(path, about.line(content.str), about));
			else if (about.names(content.str)) found.push(mention(path, String(about.part(content.str)), about));
		} else if (content instanceof Y.ContentType) {
			found.push(...walk(content.type as unknown as Shared, [...path, String(at++)], about));
		} else if (about.names(content.getContent())) {
			found.push(mention(path, JSON.stringify(about.part(content.getContent())), about));
		}
	}
	return found;
}

function inField(item: Y.Item, path: readonly string[], about: AboutOne): Mention[] {
	if (item.content instanceof Y.ContentType) return walk(item.content.type as unknown as Shared, path, about);
	const value: unknown = item.content.getContent().at(-1) ?? null;
	if (about.names(path.at(-1))) return [mention(path, JSON.stringify(about.masked(value)), about)];
	return about.names(value) ? [mention(path, JSON.stringify(about.part(value)), about)] : [];
}

function mention(path: readonly string[], value: string, about: AboutOne): Mention {
	return { path: about.line(path.join('/')), value: value.slice(0, valueLength) };
}
