/**
 * Under which Yjs clients a text was written, stretch by stretch: its letters, and each mark that stands on them. Whoever
 * begins a mark, begins it once more or sets its end has a part in what it says, so all of them count. Deletions have no
 * author: that a mark reaches further because its end was taken away is seen only as `openEnd`.
 */
import * as Y from 'yjs';

/** Stands for the writer of an end that is not there. It is nobody's client id: those are not negative. */
export const openEnd = -1;

export type Stretch = {
	from: number;
	to: number;
	letters: number;
	/** By the key of the mark. */
	marks: ReadonlyMap<string, ReadonlySet<number>>;
};

/** In the order of the text, without gaps between them but for what is no text. */
export function stretchesOf(text: Y.XmlText): Stretch[] {
	const stretches: Stretch[] = [];
	// The sets are shared: what is learned at a mark's end holds for all of it.
	const open = new Map<string, Set<number>>();
	let marks: Stretch['marks'] = new Map();
	let at = 0;
	for (let item = text._start; item; item = item.right) {
		if (item.deleted) continue;
		const { client } = item.id;
		if (item.content instanceof Y.ContentFormat) {
			if (note(open, item.content, client)) marks = new Map(open);
		} else if (item.countable) {
			const last = stretches.at(-1);
			if (last?.to === at && last.letters === client && last.marks === marks) last.to += item.length;
			else stretches.push({ from: at, to: at + item.length, letters: client, marks });
			at += item.length;
		}
	}
	for (const writers of open.values()) writers.add(openEnd);
	return stretches;
}

/** @returns whether other marks are open than before */
function note(open: Map<string, Set<number>>, { key, value }: Y.ContentFormat, client: number): boolean {
	const writers = open.get(key);
	if (!writers && value === null) return false;
	if (writers) writers.add(client);
	else open.set(key, new Set([client]));
	return value === null ? open.delete(key) : !writers;
}
