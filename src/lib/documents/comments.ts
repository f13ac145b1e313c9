/**
 * What people say about ranges of a document's bodies.
 *
 *     threads id → { root, quote, at, resolved?: personId, heard?: remarkId[] }
 *     remarks id → { thread, by, at, text, removed?: true }
 *
 * A `comment {id}` mark in the body `root` shows where a thread belongs. The words it was about are kept, so that a
 * thread whose words are gone is still understood: it is listed as orphaned, never lost. So is one in an article that is
 * removed, until that comes back. Who settles one says what they had heard: an answer that came from elsewhere meanwhile
 * opens it again. A removed remark keeps its record. A person is mentioned as `@[personId]`, for names are
 * in no document.
 */
import * as Y from 'yjs';
import { bodyIdOf } from './body.ts';
import { markWriters, readBodyMarks } from './comment-anchors.ts';
import { recordAt, recordsOf, transactLocal } from './shape.ts';
import { commentLimits, readTalks, type Said, type Talk } from './talks.ts';

export type Remark = Said & {
	/** The Yjs clients that wrote who said it, what, when and in which thread. */
	writers: number[];
};

/**
 * The Yjs clients of what a thread is about. Whoever begins one says that, once, and nobody says it again: where it stands
 * more than once, those who answered may have seen something else.
 */
export type Place = {
	/** That wrote the thread as it is now. */
	client: number;
	/** That wrote what is shown, where another was written before or at the same time. */
	again: number[];
	/** Where the words are gone from here: that set its marks where they stand. */
	marks: number[];
};

export type Thread = Omit<Talk, 'remarks'> & {
	/** The Yjs client that wrote who called it settled, heard or not. */
	resolvedWriters: number[];
	place: Place;
	/** Oldest first; never empty. */
	remarks: Remark[];
	/** The words it was about are gone, or the article that they stand in is. */
	orphaned: boolean;
};

/** All threads that something was said in; those of one body in the order of their words, orphaned ones behind. */
export function readThreads(doc: Y.Doc): Thread[] {
	const places = new Map<string, Map<string, number>>();
	const placeOf = (root: string, id: string) => {
		const marks = places.get(root) ?? marksToSee(doc, root);
		places.set(root, marks);
		return marks.get(id) ?? null;
	};
	return readTalks(doc)
		.map((thread) => ({ thread, place: placeOf(thread.root, thread.id) }))
		.sort((a, b) => byPlace(a, b))
		.map(({ thread, place }) => ({ ...thread, ...writersIn(doc, thread, place !== null), orphaned: place === null }));
}

/** Who removes an article leaves its text where it is. */
function marksToSee(doc: Y.Doc, root: string): Map<string, number> {
	const isRemoved = recordAt(doc, 'articles', bodyIdOf(root))?.get('removed') === true;
	return isRemoved ? new Map() : readBodyMarks(doc, root);
}

function writersIn(
	doc: Y.Doc,
	{ id, root, quote, remarks }: Talk,
	placed: boolean,
): Pick<Thread, 'remarks' | 'resolvedWriters' | 'place'> {
	const thread = recordAt(doc, 'threads', id);
	// A quote that is gone was taken out by who erased its words; what it is about, only its place says then.
	const said = [recordsOf(doc, 'threads')._map.get(id), thread?._map.get('root')];
	if (quote !== '') said.push(thread?._map.get('quote'));
	return {
		resolvedWriters: writersOf(thread, ['resolved']),
		place: {
			client: said[0]?.id.client ?? 0,
			// What was written over stays in the document as the item before.
			again: said.flatMap((item) => (item?.left ? item.id.client : [])),
			marks: quote === '' && placed ? markWriters(doc, root, id) : [],
		},
		remarks: remarks.map((remark) => ({
			...remark,
			writers: writersOf(recordAt(doc, 'remarks', remark.id), ['thread', 'by', 'at', 'text']),
		})),
	};
}

function writersOf(record: Y.Map<unknown> | undefined, keys: readonly string[]): number[] {
	return keys.flatMap((key) => record?._map.get(key)?.id.client ?? []);
}

type Placed = { thread: Talk; place: number | null };

function byPlace(a: Placed, b: Placed): number {
	const [one, other] = [a.place ?? Number.MAX_SAFE_INTEGER, b.place ?? Number.MAX_SAFE_INTEGER];
	return (
		one - other ||
		(a.thread.remarks[0]?.at ?? 0) - (b.thread.remarks[0]?.at ?? 0) ||
		(a.thread.id < b.thread.id ? -1 : 1)
	);
}

export type NewRemark = Pick<Remark, 'id' | 'by' | 'at' | 'text'>;

/** Begins a thread. Its mark in the body is set by who knows the range. */
export function addThread(doc: Y.Doc, thread: Pick<Thread, 'id' | 'root' | 'quote'>, first: NewRemark): void {
	transactLocal(doc, () => {
		const fields = Object.entries({
			root: thread.root,
			quote: thread.quote.slice(0, commentLimits.quote),
			at: first.at,
		});
		recordsOf(doc, 'threads').set(thread.id, new Y.Map<unknown>(fields));
		putRemark(doc, thread.id, first);
	});
}

export function addRemark(doc: Y.Doc, threadId: string, remark: NewRemark): void {
	transactLocal(doc, () => putRemark(doc, threadId, remark));
}

function putRemark(doc: Y.Doc, threadId: string, { id, by, at, text }: NewRemark): void {
	const fields = Object.entries({ thread: threadId, by, at, text: text.slice(0, commentLimits.text) });
	recordsOf(doc, 'remarks').set(id, new Y.Map<unknown>(fields));
}

/** Changes what oneself said. Nothing happens to another's words. */
export function editRemark(doc: Y.Doc, id: string, me: string, text: string): void {
	changeOwn(doc, id, me, (record) => record.set('text', text.slice(0, commentLimits.text)));
}

export function removeRemark(doc: Y.Doc, id: string, me: string): void {
	changeOwn(doc, id, me, (record) => record.set('removed', true));
}

export function restoreRemark(doc: Y.Doc, id: string, me: string): void {
	changeOwn(doc, id, me, (record) => record.delete('removed'));
}

function changeOwn(doc: Y.Doc, id: string, me: string, change: (record: Y.Map<unknown>) => void): void {
	transactLocal(doc, () => {
		const record = recordAt(doc, 'remarks', id);
		if (record && record.get('by') === me) change(record);
	});
}

/** @param by who calls it settled; null opens it again */
export function resolveThread(doc: Y.Doc, id: string, by: string | null): void {
	transactLocal(doc, () => {
		const record = recordAt(doc, 'threads', id);
		if (by !== null) {
			record?.set('resolved', by);
			record?.set('heard', remarkIdsOf(doc, id));
		} else for (const key of ['resolved', 'heard']) record?.delete(key);
	});
}

function remarkIdsOf(doc: Y.Doc, threadId: string): string[] {
	const ids = [...recordsOf(doc, 'remarks').keys()];
	return ids.filter((id) => recordAt(doc, 'remarks', id)?.get('thread') === threadId);
}

/** A remark's text in parts: words, and people who are mentioned. */
export function remarkParts(text: string): ({ text: string } | { personId: string })[] {
	return text
		.split(/(@\[[\w-]{1,64}\])/)
		.filter((part) => part !== '')
		.map((part) => {
			const personId = /^@\[([\w-]{1,64})\]$/.exec(part)?.[1];
			return personId === undefined ? { text: part } : { personId };
		});
}
