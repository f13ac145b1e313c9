/** Who suggests, and which suggestion goes on: what one person changes side by side within five minutes is one. */
import { readAuthored, suggestionId, type Authored } from '#lib/documents/suggestion.ts';
import type { Mark, Node } from 'prosemirror-model';
import { schema } from '../schema.ts';

export type Author = {
	id: string;
	/** Milliseconds since 1970. */
	now: () => number;
	newId: () => string;
	/** A suggestion that has begun and has no text yet. */
	reserved?: Authored | null;
};

export const goesOnFor = 5 * 60_000;

/** The suggestion that a change in a range belongs to: that of this person beside it, else a new one. */
export function suggestionAt(doc: Node, from: number, to: number, author: Author): Authored {
	const now = author.now();
	const mine = authoredAround(doc, from, to).find(({ by, at }) => by === author.id && now - at < goesOnFor);
	return mine ?? author.reserved ?? { by: author.id, at: now, id: author.newId() };
}

function authoredAround(doc: Node, from: number, to: number): Authored[] {
	const found: Authored[] = [];
	const start = Math.max(0, from - 1);
	const end = Math.min(doc.content.size, to + 1);
	doc.nodesBetween(start, end, (node) => {
		for (const mark of node.marks) {
			const authored = authoredOf(mark);
			if (authored) found.push(authored);
		}
		const join = readAuthored(node.attrs['join']);
		if (join) found.push(join);
	});
	return found;
}

/** Of an insertion or a strike. */
function authoredOf({ type, attrs }: Mark): Authored | null {
	if (type !== schema.marks.ins && type !== schema.marks.del) return null;
	return { by: String(attrs.by), at: Number(attrs.at), id: suggestionId(String(attrs.id)) };
}
