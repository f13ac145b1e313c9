/** Who is named in a text as an author of suggestions. */
import { isText, type RichNode } from '#lib/documents/rich-body.ts';
import { readAuthored, readChanges } from '#lib/documents/suggestion.ts';

export function namedIn(blocks: readonly RichNode[], found = new Set<string>()): Set<string> {
	for (const { attrs, content } of blocks) {
		for (const value of [attrs.join, attrs.ins, attrs.del]) {
			const authored = readAuthored(value);
			if (authored) found.add(authored.by);
		}
		for (const { by } of readChanges(attrs.chg)) found.add(by);
		for (const child of content) {
			if (!isText(child)) namedIn([child], found);
			else for (const mark of child.marks) if (typeof mark.attrs.by === 'string') found.add(mark.attrs.by);
		}
	}
	return found;
}
