import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { findUnknown } from '#lib/documents/body-gate.ts';
import { addThread, readThreads } from '#lib/documents/comments.ts';
import { readBodyMarks } from '#lib/documents/comment-anchors.ts';
import { placeComment } from './place-comment.ts';

const root = 'body:a';
let doc: Y.Doc;

beforeEach(() => {
	doc = new Y.Doc();
	const paragraphs = ['Der Antrag steht.', 'Die Kasse stimmt.'].map((words) => {
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.push([new Y.XmlText(words)]);
		return paragraph;
	});
	doc.getXmlFragment(root).push(paragraphs);
});

function place(quote: string, id = 't1'): void {
	placeComment(doc, root, quote, id);
}

test('a comment stands on its words without an editor, once, and an editor may open them', () => {
	place('Kasse');
	addThread(doc, { id: 't1', root, quote: 'Kasse' }, { id: 'r1', by: 'mara', at: 1, text: 'Stimmt das?' });
	expect(readThreads(doc).map(({ orphaned }) => orphaned)).toEqual([false]);
	expect(readBodyMarks(doc, root).get('t1')).toBe('Der Antrag steht.'.length + 'Die '.length);
	expect(findUnknown(doc.getXmlFragment(root))).toBeNull();
	place('Antrag');
	expect(readBodyMarks(doc, root).get('t1')).toBe('Der Antrag steht.'.length + 'Die '.length);
});

test('one of several paragraphs stands on the longest that is left, one of words that are gone nowhere', () => {
	place('Antrag steht.\nDie ganze Kasse', 't1');
	place('Bericht', 't2');
	place('Der\nKasse stimmt', 't3');
	expect([...readBodyMarks(doc, root)]).toEqual([
		['t1', 'Der '.length],
		['t3', 'Der Antrag steht.'.length + 'Die '.length],
	]);
});
