/**
 * What the checker found and somebody wants to stay as it is, kept beside the text in its document: the others need not
 * decide it again. A finding is named by its kind and its words, so it stays so while the text around it moves.
 *
 *     leftAsIs  `<fragment> <finding>` → true
 */
import type * as Y from 'yjs';
import { transactLocal } from './shape.ts';

/** The root that changes with it. */
export const leftRoot = 'leftAsIs';

/** Findings that stay, by the fragment in which they stand. */
export function readLeft(doc: Y.Doc): ReadonlyMap<string, ReadonlySet<string>> {
	const found = new Map<string, Set<string>>();
	doc.getMap(leftRoot).forEach((value, name) => {
		const [fragment, key] = split(name);
		if (value !== true || key === '') return;
		const keys = found.get(fragment) ?? new Set();
		found.set(fragment, keys.add(key));
	});
	return found;
}

export function leaveAsIs(doc: Y.Doc, fragment: string, key: string, leave: boolean): void {
	transactLocal(doc, () => {
		const name = `${fragment} ${key}`;
		if (leave) doc.getMap(leftRoot).set(name, true);
		else doc.getMap(leftRoot).delete(name);
	});
}

function split(name: string): [fragment: string, key: string] {
	const at = name.indexOf(' ');
	return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)];
}
