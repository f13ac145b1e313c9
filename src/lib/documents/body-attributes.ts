/**
 * The attributes of an element of a body as the editor and files have them. In the document each person who suggests another
 * form of a paragraph has an attribute of their own, `chg:<person>`; here they are one, `chg`, the same on every device. A
 * change that cannot be read is left where it is.
 */
import type * as Y from 'yjs';
import { changePrefix } from './body-gate.ts';
import type { Attributes } from './rich-body.ts';
import { readChange, readChanges, writeChanges } from './suggestion.ts';

export function readAttributes(element: Y.XmlElement): Record<string, unknown> {
	const given = Object.entries(element.getAttributes() as Attributes);
	const own = given.filter(([key]) => !key.startsWith('chg'));
	const chg = writeChanges(given.flatMap(([key, value]) => readChange(key, value)));
	return Object.fromEntries(chg === null ? own : [...own, ['chg', chg]]);
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

function asStored({ chg, ...attrs }: Record<string, unknown>): Attributes {
	for (const { by, ...said } of readChanges(chg)) attrs[changePrefix + by] = JSON.stringify(said);
	return attrs;
}
