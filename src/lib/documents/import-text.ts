/** Puts imported text into a bulletin, as one change that one press takes back. */
import type * as Y from 'yjs';
import { appendToBody } from './body-rewrite.ts';
import { bodyRoot } from './body.ts';
import { addArticle } from './bulletin.ts';
import { addRemark, addThread, resolveThread } from './comments.ts';
import { undoably } from './restore.ts';
import type { RichNode } from './rich-body.ts';

export type NewArticle = { id: string; title: string; blocks: readonly RichNode[] };
export type NewThread = {
	id: string;
	root: string;
	quote: string;
	/** Who calls it settled; null while it is open. */
	resolvedBy: string | null;
	remarks: readonly { id: string; by: string; at: number; text: string }[];
};

const maps = ['articles', 'meta', 'threads', 'remarks'];

/** @returns what takes it back */
export function importArticles(doc: Y.Doc, articles: readonly NewArticle[], threads: readonly NewThread[]): () => void {
	const roots = articles.map(({ id }) => bodyRoot(id));
	return undoably(doc, maps, roots, () => {
		for (const { id, title, blocks } of articles) {
			addArticle(doc, { id, title });
			appendToBody(doc, bodyRoot(id), blocks);
		}
		addThreads(doc, threads);
	});
}

/** Puts the text behind what stands in an article. */
export function importInto(
	doc: Y.Doc,
	root: string,
	blocks: readonly RichNode[],
	threads: readonly NewThread[],
): () => void {
	return undoably(doc, maps, [root], () => {
		appendToBody(doc, root, blocks);
		addThreads(doc, threads);
	});
}

function addThreads(doc: Y.Doc, threads: readonly NewThread[]): void {
	for (const { remarks, resolvedBy, ...thread } of threads) {
		const [first, ...answers] = remarks;
		if (!first) continue;
		addThread(doc, thread, first);
		for (const remark of answers) addRemark(doc, thread.id, remark);
		if (resolvedBy !== null) resolveThread(doc, thread.id, resolvedBy);
	}
}
