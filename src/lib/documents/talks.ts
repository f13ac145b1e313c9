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
	/** Who called it settled without having all that was said: it is open again, for what nobody looks at nobody reads. */
	resolvedUnheard: string | null;
	/** Oldest first; never empty. */
	remarks: Said[];
};

/** Characters. */
export const commentLimits = { text: 4000, quote: 300 };

/** All threads that something was said in, in no order. */
export function readTalks(doc: Y.Doc): Talk[] {
	const remarks = readRecords(doc, 'remarks', readRemark).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
	return readRecords(doc, 'threads', readThread)
		.map(({ resolved, ...thread }) => {
			const said = remarks.filter(({ threadId }) => threadId === thread.id);
			const unheard = resolved.heard !== null && said.some(({ id }) => !resolved.heard?.has(id));
			const [resolvedBy, resolvedUnheard] = unheard ? [null, resolved.by] : [resolved.by, null];
			return { ...thread, resolvedBy, resolvedUnheard, remarks: said };
		})
		.filter(({ remarks }) => remarks.length > 0);
}

type Thread = Pick<Talk, 'id' | 'root' | 'quote'> & { resolved: { by: string | null; heard: Set<unknown> | null } };

function readThread(record: Y.Map<unknown>, id: string): Thread | null {
	const root = readId(record.get('root'));
	if (root === null) return null;
	const heard = record.get('heard');
	return {
		id,
		root,
		// A shared text could be changed without a trace that it was another; nobody but a forger makes one here.
		quote: (readId(record.get('quote')) ?? '').slice(0, commentLimits.quote),
		resolved: { by: readId(record.get('resolved')), heard: Array.isArray(heard) ? new Set<unknown>(heard) : null },
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
