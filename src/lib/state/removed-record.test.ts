import { addArticle, removeArticle, restoreArticle } from '#lib/documents/bulletin.ts';
import { addResolution, addTask, removeMinutesRecord, restoreMinutesRecord } from '#lib/documents/change-minutes.ts';
import { forgetRemoved } from '#lib/documents/forget-removed.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readRemovedRecord } from './removed-record.ts';

test('says who removed an article, a resolution or a task, until it is back, or erased', () => {
	const doc = new Y.Doc();
	const removal = { by: 'jonas', at: 7 };
	addArticle(doc, { id: 'a1', title: 'Wahlbüro' });
	addResolution(doc, { id: 'b1', itemId: 'i1', text: 'Es gilt.', status: 'draft' });
	addTask(doc, { id: 't1', itemId: 'i1', text: 'Saal buchen', personId: null, due: null, done: false });
	const read = () => [
		readRemovedRecord(doc, 'articles', 'a1'),
		readRemovedRecord(doc, 'resolutions', 'b1'),
		readRemovedRecord(doc, 'tasks', 't1'),
	];
	expect(read()).toEqual([null, null, null]);
	removeArticle(doc, 'a1', removal);
	removeMinutesRecord(doc, 'resolutions', 'b1', removal);
	removeMinutesRecord(doc, 'tasks', 't1', removal);
	expect(read()).toEqual([
		{ title: 'Wahlbüro', ...removal },
		{ title: 'Es gilt.', ...removal },
		{ title: 'Saal buchen', ...removal },
	]);
	restoreArticle(doc, 'a1');
	restoreMinutesRecord(doc, 'resolutions', 'b1');
	restoreMinutesRecord(doc, 'tasks', 't1');
	expect(read()).toEqual([null, null, null]);
	// As an older app does.
	removeArticle(doc, 'a1');
	expect(read()[0]).toEqual({ title: 'Wahlbüro', by: null, at: null });
	forgetRemoved(doc);
	expect(read()[0]).toBeNull();
});
