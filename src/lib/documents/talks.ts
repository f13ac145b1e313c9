/** What was said in a document, without where: enough to know whether somebody is waited for. See `comments.ts`. */
import type * as Y from 'yjs';
import { readId, readRecords, readText } from './shape.ts';

export type Said = {
	id: string;
	threadId: string;
	/** A person's id, or `word:Name` for what came in a file. Claimed: who wrote it, `comments.ts` says. */
	by: string;
	/** Milliseconds since 1970. */
	at: number;
	text: string;
};

/** What was said about some words. */
export type Talk = {
	id: string;
	/** The body that it is about. */
	root: string;
	quote: string;
	/** Who called it settled; null while it is open. */
	resolvedBy: string | null;
	/** Oldest first; never empty. */
	remarks: Said[];
};

/** Characters. */
export const commentLimits = { text: 4000, quote: 300 };

/** All threads that something was said in, in no order. */
export function readTalks(doc: Y.Doc): Talk[] {
	const remarks = readRecords(doc, 'remarks', readRemark).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
	return readRecords(doc, 'threads', readThread)
		.map((thread) => ({ ...thread, remarks: remarks.filter(({ threadId }) => threadId === thread.id) }))
		.filter(({ remarks }) => remarks.length > 0);
}

function readThread(record: Y.Map<unknown>, id: string): Omit<Talk, 'remarks'> | null {
	const root = readId(record.get('root'));
	if (root === null) return null;
	return {
		id,
		root,
		// A shared text could be changed without a trace that it was another; nobody but a forger makes one here.
		quote: (readId(record.get('quote')) ?? '').slice(0, commentLimits.quote),
		resolvedBy: readId(record.get('resolved')),
	};
}

function readRemark(record: Y.Map<unknown>, id: string): Said | null {
	const threadId = readId(record.get('thread'));
	const by = readId(record.get('by'));
	const at = record.get('at');
	if (threadId === null || by === null || typeof at !== 'number' || record.get('removed') === true) return null;
	const text = readText(record.get('text')).slice(0, commentLimits.text);
	return { id, threadId, by, at, text };
}

export function mentionOf(personId: string): string {
	return `@[${personId}]`;
}

/** Whether somebody asked this person something in an open thread and has not heard from them since. */
export function waitsFor({ remarks, resolvedBy }: Talk, personId: string): boolean {
	if (resolvedBy !== null) return false;
	const asked = remarks.findLastIndex(({ by, text }) => by !== personId && text.includes(mentionOf(personId)));
	return asked >= 0 && !remarks.slice(asked).some(({ by }) => by === personId);
}

/** In how many threads somebody waits for this person. */
export function waitingFor(doc: Y.Doc, personId: string): number {
	return readTalks(doc).filter((talk) => waitsFor(talk, personId)).length;
}
