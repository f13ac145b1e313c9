import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { rewriteBody } from './body-rewrite.ts';
import { bodyText } from './body.ts';
import { addArticle, readBulletin, renameArticle } from './bulletin.ts';
import { addRemark, readThreads } from './comments.ts';
import { importArticles, importInto } from './import-text.ts';
import { restoreDocument, restoreShapes } from './restore.ts';
import { paragraph, readRichBody, type RichNode } from './rich-body.ts';

/** Two devices; what one does the other has at once. */
let [mine, theirs]: [Y.Doc, Y.Doc] = [new Y.Doc(), new Y.Doc()];

const line = (text: string, attributes = {}): RichNode => paragraph(attributes, [{ text, marks: [] }]);
const remark = (id: string, text: string) => ({ id, by: 'jonas', at: 1, text });
const thread = { id: 't', root: 'body:a', quote: 'Neu', resolvedBy: null, remarks: [remark('r1', 'Stimmt das?')] };

beforeEach(() => {
	[mine, theirs] = [new Y.Doc(), new Y.Doc()];
	mine.on('update', (update, origin) => origin !== 'other' && Y.applyUpdate(theirs, update, 'other'));
	theirs.on('update', (update, origin) => origin !== 'other' && Y.applyUpdate(mine, update, 'other'));
	addArticle(mine, { id: 'a', title: 'Wahlbüro' });
	mine.transact(() => rewriteBody(mine, 'body:a', [line('Alt.')]));
});

/** Types behind the text of the last paragraph. */
function type(doc: Y.Doc, root: string, words: string): void {
	const last = doc.getXmlFragment(root).toArray().at(-1) as Y.XmlElement;
	const text = last.toArray().at(-1) as Y.XmlText;
	text.insert(text.length, words);
}

function expectBoth<T>(read: (doc: Y.Doc) => T) {
	expect(read(theirs)).toEqual(read(mine));
	return expect(read(mine));
}

describe('taking back what was put in', () => {
	test('takes all of it where nobody did anything in it', () => {
		const before = [readBulletin(mine), readRichBody(mine, 'body:a')];
		const undo = importInto(mine, 'body:a', [line('Neu.', { level: 2 }), line('Noch eins.')], [thread]);
		const undoMore = importArticles(mine, [{ id: 'b', title: 'Zweiter', blocks: [line('Text.')] }], []);
		renameArticle(theirs, 'a', 'Büro');
		renameArticle(theirs, 'a', 'Wahlbüro');
		undoMore();
		undo();
		expectBoth((doc) => [readBulletin(doc), readRichBody(doc, 'body:a')]).toEqual(before);
		expectBoth(readThreads).toEqual([]);
	});

	test('leaves the words of another, in a paragraph of the form that they saw', () => {
		const undo = importInto(mine, 'body:a', [line('Neu.'), line('Titel.', { level: 2 })], []);
		type(theirs, 'body:a', ' Jonas schreibt weiter.');
		undo();
		expectBoth((doc) => bodyText(doc, 'body:a')).toBe('Alt.\n Jonas schreibt weiter.');
		expect(readRichBody(mine, 'body:a').at(-1)).toEqual(line(' Jonas schreibt weiter.', { level: 2 }));
	});

	test('leaves an article in which another wrote, with its title and their words', () => {
		const undo = importArticles(mine, [{ id: 'b', title: 'Zweiter', blocks: [line('Text.')] }], []);
		type(theirs, 'body:b', ' Und Jonas.');
		undo();
		expectBoth((doc) => readBulletin(doc).articles.map(({ title }) => title)).toEqual(['Wahlbüro', 'Zweiter']);
		expectBoth((doc) => bodyText(doc, 'body:b')).toBe(' Und Jonas.');
	});

	test('leaves an article whose title another changed', () => {
		const undo = importArticles(mine, [{ id: 'b', title: 'Zweiter', blocks: [line('Text.')] }], []);
		renameArticle(theirs, 'b', 'Zweiter Teil');
		undo();
		expectBoth((doc) => readBulletin(doc).articles.map(({ title }) => title)).toEqual(['Wahlbüro', 'Zweiter Teil']);
	});

	test('leaves the place of a remark that another answered', () => {
		const undo = importInto(mine, 'body:a', [line('Neu.')], [thread]);
		addRemark(theirs, 't', remark('r2', 'Ja.'));
		undo();
		expectBoth((doc) => readThreads(doc).map(({ remarks }) => remarks.map(({ text }) => text))).toEqual([['Ja.']]);
	});

	test('leaves nothing of what another only looked after, or wrote and took away again', () => {
		const undo = importInto(mine, 'body:a', [line('Neu.'), line('Noch eins.')], []);
		const [, first, second] = theirs.getXmlFragment('body:a').toArray() as Y.XmlElement[];
		(first?.get(0) as Y.XmlText).format(0, 3, { strong: {} });
		(second?.get(0) as Y.XmlText).insert(0, 'Doch ');
		(second?.get(0) as Y.XmlText).delete(0, 5);
		undo();
		expectBoth((doc) => readRichBody(doc, 'body:a')).toEqual([line('Alt.')]);
	});

	test('is the same for what was restored', () => {
		const old = new Y.Doc();
		Y.applyUpdate(old, Y.encodeStateAsUpdate(mine));
		mine.transact(() => rewriteBody(mine, 'body:a', [line('Ganz anders.'), line('Und zwei.')]));
		mine.transact(() => rewriteBody(old, 'body:a', [line('Alt.'), line('Bleibt.'), line('Kommt wieder.')]));
		const undo = restoreDocument(mine, old, restoreShapes.bulletin);
		type(theirs, 'body:a', ' Jonas auch.');
		undo();
		expectBoth((doc) => bodyText(doc, 'body:a')).toContain(' Jonas auch.');
		expectBoth((doc) => bodyText(doc, 'body:a')).not.toContain('Kommt wieder');
		expectBoth((doc) => bodyText(doc, 'body:a')).toContain('Ganz anders.');
	});
});
