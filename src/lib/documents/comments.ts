/**
 * What people say about ranges of a document's bodies.
 *
 *     threads id → { root, quote, at, resolved?: personId }
 *     remarks id → { thread, by, at, text, removed?: true }
 *
 * A `comment {id}` mark in the body `root` shows where a thread belongs. The words it was about are kept, so that a
 * thread whose words are gone is still understood: it is listed as orphaned, never lost. A removed remark keeps its
 * record. A person is mentioned as `@[personId]`, for names are in no document.
 */
import * as Y from 'yjs';
import { readBodyMarks } from './comment-anchors.ts';
import { readId, readRecords, readText, recordAt, recordsOf, transactLocal } from './shape.ts';

export type Remark = {
	id: string;
	threadId: string;
	/** A person's id, or `word:Name` for what came in a file. Claimed: see `writers`. */
	by: string;
	/** Milliseconds since 1970. */
	at: number;
	text: string;
	/** Client ids that wrote who said it, and what. */
	writers: { by: number | null; text: number | null };
};

export type Thread = {
	id: string;
	/** The body that it is about. */
	root: string;
	quote: string;
	/** Who called it settled; null while it is open. */
	resolvedBy: string | null;
	/** The words it was about are gone. */
	orphaned: boolean;
	/** Oldest first; never empty. */
	remarks: Remark[];
};

/** Characters. */
export const commentLimits = { text: 4000, quote: 300 };

/** All threads that something was said in; those of one body in the order of their words, orphaned ones behind. */
export function readThreads(doc: Y.Doc): Thread[] {
	const remarks = readRecords(doc, 'remarks', readRemark).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
	const places = new Map<string, Map<string, number>>();
	const placeOf = (root: string, id: string) => {
		const marks = places.get(root) ?? readBodyMarks(doc, root);
		places.set(root, marks);
		return marks.get(id) ?? null;
	};
	return readRecords(doc, 'threads', readThread)
		.map((thread) => ({ ...thread, remarks: remarks.filter(({ threadId }) => threadId === thread.id) }))
		.filter(({ remarks }) => remarks.length > 0)
		.map((thread) => ({ thread, place: placeOf(thread.root, thread.id) }))
		.sort((a, b) => byPlace(a, b))
		.map(({ thread, place }) => ({ ...thread, orphaned: place === null }));
}

type Placed = { thread: Omit<Thread, 'orphaned'>; place: number | null };

function byPlace(a: Placed, b: Placed): number {
	const [one, other] = [a.place ?? Number.MAX_SAFE_INTEGER, b.place ?? Number.MAX_SAFE_INTEGER];
	return (
		one - other ||
		(a.thread.remarks[0]?.at ?? 0) - (b.thread.remarks[0]?.at ?? 0) ||
		(a.thread.id < b.thread.id ? -1 : 1)
	);
}

function readThread(record: Y.Map<unknown>, id: string): Omit<Thread, 'orphaned' | 'remarks'> | null {
	const root = readId(record.get('root'));
	if (root === null) return null;
	return {
		id,
		root,
		quote: readText(record.get('quote')).slice(0, commentLimits.quote),
		resolvedBy: readId(record.get('resolved')),
	};
}

function readRemark(record: Y.Map<unknown>, id: string): Remark | null {
	const threadId = readId(record.get('thread'));
	const by = readId(record.get('by'));
	const at = record.get('at');
	if (threadId === null || by === null || typeof at !== 'number' || record.get('removed') === true) return null;
	const text = readText(record.get('text')).slice(0, commentLimits.text);
	return { id, threadId, by, at, text, writers: { by: writerOf(record, 'by'), text: writerOf(record, 'text') } };
}

function writerOf(record: Y.Map<unknown>, key: string): number | null {
	return record._map.get(key)?.id.client ?? null;
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
		if (by === null) record?.delete('resolved');
		else record?.set('resolved', by);
	});
}

export function mentionOf(personId: string): string {
	return `@[${personId}]`;
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

/** Whether somebody asked this person something in an open thread and has not heard from them since. */
export function waitsFor({ remarks, resolvedBy }: Thread, personId: string): boolean {
	if (resolvedBy !== null) return false;
	const asked = remarks.findLastIndex(({ by, text }) => by !== personId && text.includes(mentionOf(personId)));
	return asked >= 0 && !remarks.slice(asked).some(({ by }) => by === personId);
}
