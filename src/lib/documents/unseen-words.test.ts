/** Mara writes, and what Jonas deletes at the same time reaches her later. */
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { rewriteBody } from './body-rewrite.ts';
import { bodyText } from './body.ts';
import { markKey } from './body-marks.ts';
import { paragraph, readRichBody, type RichNode } from './rich-body.ts';
import { bringBack, lostWords, type LostWords } from './unseen-words.ts';

const root = 'body:a';
const line = (text: string, attributes = {}): RichNode => paragraph(attributes, [{ text, marks: [] }]);

let [mara, jonas]: [Y.Doc, Y.Doc] = [new Y.Doc(), new Y.Doc()];

beforeEach(() => {
	[mara, jonas] = [new Y.Doc(), new Y.Doc()];
	write(jonas, line('Eins.'), line('Zwei drei vier.', { list: 'bullet', indent: 1 }), line('Fünf.'));
	Y.applyUpdate(mara, Y.encodeStateAsUpdate(jonas));
});

function write(doc: Y.Doc, ...blocks: RichNode[]): void {
	doc.transact(() => rewriteBody(doc, root, blocks));
}

function blocksOf(doc: Y.Doc): Y.XmlElement[] {
	return doc.getXmlFragment(root).toArray() as Y.XmlElement[];
}

function textIn(doc: Y.Doc, block: number): Y.XmlText {
	return blocksOf(doc)[block]?.get(0) as Y.XmlText;
}

/** @returns what Mara loses when she takes in what Jonas did */
function lostBy(receiver = mara, from = jonas): LostWords[] {
	const update = Y.encodeStateAsUpdate(from, Y.encodeStateVector(receiver));
	const named = Y.decodeUpdate(update).ds;
	let lost: LostWords[] = [];
	receiver.once('afterTransaction', (transaction: Y.Transaction) => {
		lost = lostWords(transaction, (id) => id.client === receiver.clientID && !Y.isDeleted(named, id));
	});
	Y.applyUpdate(receiver, update);
	return lost;
}

function synced(): string {
	Y.applyUpdate(jonas, Y.encodeStateAsUpdate(mara));
	expect(bodyText(mara, root)).toBe(bodyText(jonas, root));
	return bodyText(mara, root);
}

describe('words in a paragraph that goes', () => {
	test('come back where it stood, alone, in its form, and go again when that is taken back', () => {
		textIn(mara, 1).insert(15, ' Und noch etwas.');
		jonas.getXmlFragment(root).delete(1, 1);
		const takeBack = bringBack(mara, lostBy());
		expect(readRichBody(mara, root)).toEqual([
			line('Eins.'),
			line('Und noch etwas.', { list: 'bullet', indent: 1 }),
			line('Fünf.'),
		]);
		expect(synced()).toBe('Eins.\n\t- Und noch etwas.\nFünf.');
		takeBack?.();
		expect(synced()).toBe('Eins.\nFünf.');
	});

	test('are taken back but for what another wrote on there', () => {
		textIn(mara, 1).insert(15, ' Und noch etwas.');
		jonas.getXmlFragment(root).delete(1, 1);
		const takeBack = bringBack(mara, lostBy());
		synced();
		textIn(jonas, 1).insert(15, ' Ja!');
		Y.applyUpdate(mara, Y.encodeStateAsUpdate(jonas));
		takeBack?.();
		expect(synced()).toBe('Eins.\n\t-  Ja!\nFünf.');
	});

	test('are whole words, with a sign for what stood between', () => {
		textIn(mara, 1).insert(14, 'zehn');
		textIn(mara, 1).insert(2, 'öl');
		jonas.getXmlFragment(root).delete(1, 1);
		bringBack(mara, lostBy());
		expect(synced()).toBe('Eins.\n\t- Zwölei … vierzehn\nFünf.');
	});

	test('that who deleted had seen do not come back', () => {
		textIn(mara, 1).insert(15, ' Gesehen.');
		Y.applyUpdate(jonas, Y.encodeStateAsUpdate(mara));
		textIn(mara, 1).insert(0, 'Ungesehen. ');
		jonas.getXmlFragment(root).delete(1, 1);
		bringBack(mara, lostBy());
		expect(synced()).toBe('Eins.\n\t- Ungesehen.\nFünf.');
	});

	test('of a comma are none', () => {
		textIn(mara, 1).insert(4, ', – ');
		jonas.getXmlFragment(root).delete(1, 1);
		expect(lostBy()).toEqual([]);
	});

	test('in a paragraph that stays are left where they are', () => {
		textIn(mara, 1).insert(15, ' Mehr.');
		textIn(jonas, 1).delete(0, 15);
		expect(lostBy()).toEqual([]);
		expect(synced()).toBe('Eins.\n\t-  Mehr.\nFünf.');
	});

	test('when only the text in it is made anew', () => {
		textIn(mara, 1).insert(15, ' Mehr.');
		const block = blocksOf(jonas)[1] as Y.XmlElement;
		jonas.transact(() => {
			block.delete(0, 1);
			block.insert(0, [new Y.XmlText('Anders.')]);
		});
		bringBack(mara, lostBy());
		expect(synced()).toBe('Eins.\n\t- Anders.\n\t- Mehr.\nFünf.');
	});

	test('of two who wrote there each bring back their own', () => {
		const kim = new Y.Doc();
		Y.applyUpdate(kim, Y.encodeStateAsUpdate(mara));
		textIn(mara, 1).insert(15, ' Mara.');
		textIn(kim, 1).insert(15, ' Kim.');
		write(jonas, line('Ganz anders.'));
		bringBack(mara, lostBy());
		bringBack(kim, lostBy(kim));
		Y.applyUpdate(mara, Y.encodeStateAsUpdate(kim));
		expect(synced().split('\n').sort()).toEqual(['\t- Kim.', '\t- Mara.', 'Ganz anders.']);
	});

	test('of several paragraphs stay in their order', () => {
		textIn(mara, 2).insert(5, ' Sechs.');
		textIn(mara, 0).insert(5, ' Null.');
		write(jonas, line('Ganz anders.'));
		bringBack(mara, lostBy());
		expect(synced()).toBe('Ganz anders.\nNull.\nSechs.');
	});

	test('in a table stand behind it', () => {
		const cell = { name: 'cell', attrs: {}, content: [line('Zelle')] };
		write(jonas, line('Eins.'), {
			name: 'table',
			attrs: {},
			content: [{ name: 'row', attrs: {}, content: [cell, cell] }],
		});
		Y.applyUpdate(mara, Y.encodeStateAsUpdate(jonas));
		const rowIn = (doc: Y.Doc) => blocksOf(doc)[1]?.get(0) as Y.XmlElement;
		const held = (rowIn(mara).get(1) as Y.XmlElement).get(0) as Y.XmlElement;
		(held.get(0) as Y.XmlText).insert(5, ' mit Worten');
		rowIn(jonas).delete(1, 1);
		bringBack(mara, lostBy());
		expect(synced()).toBe('Eins.\nZelle\nmit Worten');
	});

	test('that were suggested are suggested, in a paragraph that goes when they are rejected', () => {
		const authored = { by: 'mara', at: 1, id: 's1' };
		textIn(mara, 1).insert(15, ' Idee.', { [markKey('ins', authored)]: authored });
		jonas.getXmlFragment(root).delete(1, 1);
		bringBack(mara, lostBy());
		expect(readRichBody(mara, root)[1]).toEqual(
			paragraph({ list: 'bullet', indent: 1, ins: JSON.stringify(authored) }, [
				{ text: 'Idee.', marks: [{ type: 'ins', attrs: authored }] },
			]),
		);
	});

	test('are not written where something is that only a newer version knows', () => {
		textIn(mara, 1).insert(15, ' Mehr.');
		jonas.transact(() => {
			jonas.getXmlFragment(root).delete(1, 1);
			jonas.getXmlFragment(root).insert(0, [new Y.XmlElement('poem')]);
		});
		expect(bringBack(mara, lostBy())).toBeNull();
	});
});
