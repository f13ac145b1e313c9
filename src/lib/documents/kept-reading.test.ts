import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { writeBody } from './example-body.ts';
import { keptReading } from './kept-reading.ts';

function twoParagraphs() {
	const doc = new Y.Doc();
	writeBody(doc, 'body:a', ['eins', 'zwei']);
	const [first, second] = doc.getXmlFragment('body:a').toArray() as [Y.XmlElement, Y.XmlElement];
	const reads: Y.XmlElement[] = [];
	const read = keptReading((block: Y.XmlElement) => {
		reads.push(block);
		return block.toString();
	});
	return { doc, first, second, reads, read };
}

function textOf(block: Y.XmlElement): Y.XmlText {
	return block.get(0) as Y.XmlText;
}

describe('a kept reading', () => {
	it('reads again only the paragraph that was written in', () => {
		const { first, second, read, reads } = twoParagraphs();
		for (const block of [first, second, first, second]) read(block);
		expect(reads).toEqual([first, second]);
		textOf(first).insert(4, '!');
		expect(read(first)).toContain('eins!');
		expect(read(second)).toContain('zwei');
		expect(reads).toEqual([first, second, first]);
	});

	it('follows marks, attributes and what comes from others', () => {
		const { doc, first, read } = twoParagraphs();
		read(first);
		textOf(first).format(0, 4, { strong: {} });
		expect(read(first)).toContain('strong');
		first.setAttribute('join', '{}');
		expect(read(first)).toContain('join');
		const other = new Y.Doc();
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		textOf(other.getXmlFragment('body:a').get(0) as Y.XmlElement).insert(0, 'Und ');
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
		expect(read(first)).toContain('Und ');
	});

	it('is already new for who watches the document', () => {
		const { doc, first, read } = twoParagraphs();
		read(first);
		const seen: string[] = [];
		doc.getXmlFragment('body:a').observeDeep(() => seen.push(read(first)));
		doc.on('update', () => seen.push(read(first)));
		textOf(first).insert(4, '!');
		expect(seen.every((text) => text.includes('eins!'))).toBe(true);
		expect(seen).toHaveLength(2);
	});

	it('keeps nothing of a change that is under way', () => {
		const { doc, first, read } = twoParagraphs();
		doc.transact(() => {
			textOf(first).insert(4, '!');
			expect(read(first)).toContain('eins!');
			textOf(first).insert(5, '?');
			expect(read(first)).toContain('eins!?');
		});
		expect(read(first)).toContain('eins!?');
	});
});
