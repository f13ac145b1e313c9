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
	placeComment(doc, { fragment: root, quote, place: null }, id);
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

/** As an editor remembers a part of a paragraph. */
function remembered(paragraph: number, words: string) {
	const text = (doc.getXmlFragment(root).get(paragraph) as Y.XmlElement).get(0) as Y.XmlText;
	const at = text.toString().indexOf(words);
	const to = Y.createRelativePositionFromTypeIndex(text, at + words.length, -1);
	return {
		text,
		draft: { fragment: root, quote: words, place: { from: Y.createRelativePositionFromTypeIndex(text, at), to } },
	};
}

/** The words on which a comment stands. */
function commented(id = 't1'): string {
	const deltas = doc
		.getXmlFragment(root)
		.toArray()
		.flatMap(
			(block) =>
				((block as Y.XmlElement).get(0) as Y.XmlText).toDelta() as {
					insert: string;
					attributes?: Record<string, { id?: string }>;
				}[],
		);
	return deltas
		.filter(({ attributes = {} }) => Object.values(attributes).some((each) => each.id === id))
		.map(({ insert }) => insert)
		.join('|');
}

test('of words that stand there more than once, those are meant that were, wherever they have come', () => {
	const { text, draft } = remembered(1, 'timmt');
	doc.getXmlFragment(root).insert(0, [doc.getXmlFragment(root).get(0).clone()]);
	text.insert(0, 'Und: ');
	const other = (doc.getXmlFragment(root).get(0) as Y.XmlElement).get(0) as Y.XmlText;
	other.insert(0, 'Das stimmt. ');
	placeComment(doc, draft, 't1');
	expect(commented()).toBe('timmt');
	expect(readBodyMarks(doc, root).get('t1')).toBe(
		'Das stimmt. Der Antrag steht.Der Antrag steht.Und: Die Kasse s'.length,
	);
});

test('words that others changed are still meant; what was written at their ends is not', () => {
	const { text, draft } = remembered(1, 'Kasse');
	text.insert('Die Kasse'.length, 'nlage');
	text.delete('Die '.length, 2);
	placeComment(doc, draft, 't1');
	expect(commented()).toBe('sse');
});

test('words that are gone are meant nowhere, unless they stand in one place only', () => {
	const { text, draft } = remembered(1, 'Kasse');
	text.delete('Die '.length, 'Kasse'.length);
	placeComment(doc, draft, 't1');
	expect(commented()).toBe('');
	const other = (doc.getXmlFragment(root).get(0) as Y.XmlElement).get(0) as Y.XmlText;
	other.insert(0, 'Kasse, Kasse. ');
	placeComment(doc, draft, 't1');
	expect(commented()).toBe('');
	other.delete(0, 'Kasse, '.length);
	placeComment(doc, draft, 't1');
	expect(commented()).toBe('Kasse');
});

test('over a fact amid the words it stands on that, too, and on none beside them', () => {
	const { text, draft } = remembered(0, 'Antrag steht');
	const facts = ['Der '.length, 'Der Antrag '.length].map((at) => {
		const fact = new Y.XmlElement('fact');
		text.insertEmbed(at, fact, {});
		return fact;
	});
	placeComment(doc, draft, 't1');
	expect(facts.map((fact) => Object.keys(fact.getAttributes()))).toEqual([[], ['comment:t1']]);
	expect(findUnknown(doc.getXmlFragment(root))).toBeNull();
});
