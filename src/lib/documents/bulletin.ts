/**
 * `bulletin:<id>`: the articles of one issue.
 *
 *     meta             { schema }
 *     articles         id → { title: Y.Text, order, removed?: true, removedBy?, removedAt?, `had:<resolutionId>`?: true }, see issue-from-meeting.ts
 *     body:<articleId> the article's text, see body.ts
 *
 * A removed article keeps its record and its text and carries a mark: whoever writes in it offline at the same time loses
 * nothing, and taking the removal back brings all of it back.
 */
import type { Article } from '#lib/domain/bulletin.ts';
import * as Y from 'yjs';
import { byOrder, readOrder, readRecords, readText, recordAt, recordsOf, stampSchema, transactLocal } from './shape.ts';
import { textFrom, updateRecord } from './change-record.ts';
import { orderBefore } from './order.ts';
import { markRecord, unmarkRecord, type Removal } from './removal.ts';

export const bulletinSchema = 1;

export type Bulletin = {
	/** In order. */
	articles: Article[];
};

export function readBulletin(doc: Y.Doc): Bulletin {
	return { articles: readRecords(doc, 'articles', readArticle).sort(byOrder) };
}

function readArticle(record: Y.Map<unknown>, id: string): Article | null {
	if (record.get('removed') === true) return null;
	return { id, title: readText(record.get('title')), order: readOrder(record.get('order')) };
}

/** @param before the article that will follow, null for the end */
export function addArticle(
	doc: Y.Doc,
	{ id, title }: Pick<Article, 'id' | 'title'>,
	before: string | null = null,
): void {
	transactLocal(doc, () => {
		stampSchema(doc, bulletinSchema);
		const order = orderBefore(readBulletin(doc).articles, before);
		recordsOf(doc, 'articles').set(
			id,
			new Y.Map<unknown>([
				['title', textFrom(title)],
				['order', order],
			]),
		);
	});
}

/** Changes the title by its smallest change. Nothing happens when the article is gone. */
export function renameArticle(doc: Y.Doc, id: string, title: string): void {
	transactLocal(doc, () => {
		const record = recordAt(doc, 'articles', id);
		if (record) updateRecord(record, { title });
	});
}

/** @param before the article that will follow, null for the end */
export function moveArticle(doc: Y.Doc, id: string, before: string | null): void {
	transactLocal(doc, () => {
		const order = orderBefore(readBulletin(doc).articles, before, id);
		recordAt(doc, 'articles', id)?.set('order', order);
	});
}

/** @param removal told to whoever writes in it */
export function removeArticle(doc: Y.Doc, id: string, removal?: Removal): void {
	transactLocal(doc, () => {
		const record = recordAt(doc, 'articles', id);
		if (record) markRecord(record, removal);
	});
}

export function restoreArticle(doc: Y.Doc, id: string): void {
	transactLocal(doc, () => {
		const record = recordAt(doc, 'articles', id);
		if (record) unmarkRecord(record);
	});
}
