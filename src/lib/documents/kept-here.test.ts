import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyText } from './body.ts';
import { rewriteBody } from './body-rewrite.ts';
import { forgetKept, lostDecision, type LostDecision } from './kept-here.ts';
import { decide } from './review.ts';
import { paragraph, readRichBody, type RichNode } from './rich-body.ts';

let mara: Y.Doc;
let jonas: Y.Doc;
let lost: LostDecision[];

const suggested = (text: string, type: 'ins' | 'del', id: string) => ({
	text,
	marks: [{ type, attrs: { by: 'eva', at: 1, id } }],
});

function begin(...blocks: RichNode[]): void {
	mara = new Y.Doc();
	mara.transact(() => rewriteBody(mara, 'body:a', blocks));
	jonas = new Y.Doc();
	Y.applyUpdate(jonas, Y.encodeStateAsUpdate(mara));
	lost = [];
	jonas.on('afterTransaction', (transaction: Y.Transaction) => {
		const decision = transaction.local ? null : lostDecision(transaction);
		if (decision) lost.push(decision);
	});
}

function meet(): void {
	const update = Y.encodeStateAsUpdate(jonas);
	Y.applyUpdate(jonas, Y.encodeStateAsUpdate(mara));
	Y.applyUpdate(mara, update);
	Y.applyUpdate(mara, Y.encodeStateAsUpdate(jonas));
}

const words = () => [mara, jonas].map((doc) => bodyText(doc, 'body:a'));

describe('what one keeps and another throws away, unheard of each other', () => {
	beforeEach(() => {
		begin(
			paragraph({}, [
				{ text: 'Gut. ', marks: [] },
				{ text: 'Eins', marks: [...suggested('', 'ins', 'x').marks, { type: 'strong', attrs: {} }] },
				suggested('.', 'ins', 'x'),
				{ text: ' Zwei.', marks: [] },
			]),
		);
	});

	test('an insertion: it is told, and comes back with one press, as it looked', () => {
		decide(jonas, 'body:a', 'accept', () => true);
		decide(mara, 'body:a', 'reject', () => true);
		meet();
		expect(words()).toEqual(['Gut.  Zwei.', 'Gut.  Zwei.']);
		expect(lost.map(({ words }) => words)).toEqual(['Eins.']);
		lost[0]?.putBack?.();
		meet();
		expect(words()).toEqual(['Gut. Eins. Zwei.', 'Gut. Eins. Zwei.']);
		expect(readRichBody(mara, 'body:a')[0]?.content).toEqual([
			{ text: 'Gut. ', marks: [] },
			{ text: 'Eins', marks: [{ type: 'strong', attrs: {} }] },
			{ text: '. Zwei.', marks: [] },
		]);
		expect(lost).toHaveLength(1);
	});

	test('nothing is said where both decide alike, or the deciding was heard of', () => {
		for (const doc of [mara, jonas]) decide(doc, 'body:a', 'accept', () => true);
		meet();
		forgetKept(jonas);
		const text = mara
			.getXmlFragment('body:a')
			.toArray()
			.flatMap((block) => (block as Y.XmlElement).toArray())[0];
		(text as Y.XmlText).delete(0, (text as Y.XmlText).length);
		meet();
		expect(lost).toEqual([]);
	});

	test('what was thrown away here says nothing when others do so, too', () => {
		for (const doc of [mara, jonas]) decide(doc, 'body:a', 'reject', () => true);
		meet();
		expect(lost).toEqual([]);
	});

	test('where the paragraph is gone, too, there is nothing to put it back into', () => {
		decide(jonas, 'body:a', 'accept', () => true);
		mara.getXmlFragment('body:a').delete(0, 1);
		meet();
		expect(lost.map(({ words, putBack }) => [words, putBack])).toEqual([['Eins.', null]]);
	});
});

test('a strike that one rejected and another carried out is told as well', () => {
	begin(paragraph({}, [{ text: 'Gut. ', marks: [] }, suggested('Eins.', 'del', 'x')]));
	decide(jonas, 'body:a', 'reject', () => true);
	decide(mara, 'body:a', 'accept', () => true);
	meet();
	expect(words()).toEqual(['Gut. ', 'Gut. ']);
	expect(lost.map(({ words }) => words)).toEqual(['Eins.']);
	lost[0]?.putBack?.();
	meet();
	expect(words()).toEqual(['Gut. Eins.', 'Gut. Eins.']);
});
