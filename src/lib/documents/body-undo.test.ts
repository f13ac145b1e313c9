import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openUndo } from './body-undo.ts';

/** A body of which one person's undo is open, and how that person and another write. */
function open(): { body: Y.XmlFragment; mine(work: () => void): void; others(work: () => void): void; undo(): void } {
	const doc = new Y.Doc();
	const body = doc.getXmlFragment('body');
	const undo = openUndo(body, 'mine');
	return {
		body,
		mine: (work) => doc.transact(work, 'mine'),
		others: (work) => doc.transact(work, 'others'),
		undo: () => void undo.undo(),
	};
}

function paragraph(text?: Y.XmlText): Y.XmlElement {
	const node = new Y.XmlElement('paragraph');
	if (text) node.insert(0, [text]);
	return node;
}

function around(name: string, inside: Y.XmlElement): Y.XmlElement {
	const node = new Y.XmlElement(name);
	node.insert(0, [inside]);
	return node;
}

describe('a node whose coming is undone', () => {
	test('goes when there is nothing in it', () => {
		const { body, mine, undo } = open();
		mine(() => body.insert(0, [paragraph()]));
		undo();
		expect(body.toString()).toBe('');
	});

	test('stays with what somebody else wrote in it, and what is around it', () => {
		const { body, mine, others, undo } = open();
		const text = new Y.XmlText();
		mine(() => {
			const cell = around('cell', paragraph(text));
			body.insert(0, [around('table', around('row', cell))]);
			text.insert(0, 'Mara');
		});
		others(() => text.insert(4, 'Jonas'));
		undo();
		expect(body.toString()).toBe('<table><row><cell><paragraph>Jonas</paragraph></cell></row></table>');
	});

	test('a paragraph to which somebody else gave a text stays with it', () => {
		const { body, mine, others, undo } = open();
		const node = paragraph();
		mine(() => body.insert(0, [node]));
		others(() => node.insert(0, [new Y.XmlText('Jonas')]));
		undo();
		expect(body.toString()).toBe('<paragraph>Jonas</paragraph>');
	});
});
