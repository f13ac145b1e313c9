/**
 * The attributes of an element of a body as the editor and files have them. In the document each person who suggests another
 * form of a paragraph has an attribute of their own, `chg:<person>`, and so has each comment on a fact, `comment:<id>`; here
 * they are one, `chg` and `comments`, the same on every device. A change that cannot be read is left where it is.
 */
import type * as Y from 'yjs';
import { changePrefix, commentIn, commentPrefix } from './body-gate.ts';
import type { Attributes } from './rich-body.ts';
import { readChange, readChanges, writeChanges } from './suggestion.ts';

export function readAttributes(element: Y.XmlElement): Record<string, unknown> {
	const given = Object.entries(element.getAttributes() as Attributes);
	const own = given.filter(([key]) => !key.startsWith('chg') && !key.startsWith('comment'));
	const chg = writeChanges(given.flatMap(([key, value]) => readChange(key, value)));
	const comments = writeComments(given.flatMap(([key]) => commentIn(key) ?? []));
	return Object.fromEntries([
		...own,
		...(chg === null ? [] : [['chg', chg]]),
		...(comments === null ? [] : [['comments', comments]]),
	]);
}

/** The ids in `comments`. */
export function readComments(comments: unknown): string[] {
	return typeof comments === 'string' ? comments.split(' ').filter(Boolean) : [];
}

/** @returns null where there is none, as an absent attribute */
export function writeComments(ids: readonly string[]): string | null {
	return ids.length === 0 ? null : [...new Set(ids)].sort().join(' ');
}

/** Writes what differs. */
export function writeAttributes(element: Y.XmlElement, before: Attributes, after: Attributes): void {
	const [old, now] = [asStored(before), asStored(after)];
	for (const key of Object.keys({ ...old, ...now })) {
		const value = now[key] ?? null;
		if (value === (old[key] ?? null)) continue;
		if (value === null) element.removeAttribute(key);
		else element.setAttribute(key, value as string);
	}
}

function asStored({ chg, comments, ...attrs }: Record<string, unknown>): Attributes {
	for (const { by, ...said } of readChanges(chg)) attrs[changePrefix + by] = JSON.stringify(said);
	for (const id of readComments(comments)) attrs[commentPrefix + id] = true;
	return attrs;
}
