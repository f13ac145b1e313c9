/** A text before and after its form, its looks and its table changed. */
import { bodyRoot } from '#lib/documents/body.ts';
import { rewriteBody } from '#lib/documents/body-rewrite.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { paragraph, type Attributes, type RichMark, type RichNode } from '#lib/documents/rich-body.ts';
import { transactLocal } from '#lib/documents/shape.ts';
import type * as Y from 'yjs';

const mark = (type: string, attrs: Attributes = {}): RichMark => ({ type, attrs });
const line = (text: string, attrs: Attributes = {}, ...marks: RichMark[]) => paragraph(attrs, [{ text, marks }]);
const link = (word: string, href: string): RichNode =>
	paragraph({}, [
		{ text: 'Anmelden kann man sich ', marks: [] },
		{ text: word, marks: [mark('link', { href })] },
		{ text: '.', marks: [] },
	]);
const table = (...rows: string[][]): RichNode => ({
	name: 'table',
	attrs: {},
	content: rows.map((cells, at) => ({
		name: 'row',
		attrs: {},
		content: cells.map((text) => ({
			name: 'cell',
			attrs: at === 0 ? { header: true } : {},
			content: [paragraph({}, text === '' ? [] : [{ text, marks: [] }])],
		})),
	})),
});

const before: RichNode[] = [
	line('Wo wir stehen'),
	line('Wir stehen am Samstag auf dem Markt.'),
	link('hier', 'https://alt.example.org/anmelden'),
	line('Plakate holen', { list: 'bullet' }),
	line('Leim anrühren', { list: 'check' }),
	line('Was bleibt, wie es ist.'),
	table(['Ort', 'Zeit'], ['Markt', '10 Uhr'], ['Bahnhof', '12 Uhr'], ['Hafen', '14 Uhr']),
];

const after: RichNode[] = [
	line('Wo wir stehen', { level: 2 }),
	paragraph({}, [
		{ text: 'Wir stehen am ', marks: [] },
		{ text: 'Samstag', marks: [mark('strong')] },
		{ text: ' am Brunnen.', marks: [] },
	]),
	link('hier', 'https://neu.example.org/anmelden'),
	line('Plakate holen', { list: 'ordered' }),
	line('Leim anrühren', { list: 'check', checked: true }),
	line('Was bleibt, wie es ist.'),
	table(['Ort', 'Wer', 'Zeit'], ['Markt', 'Anna', '11 Uhr'], ['Bahnhof', '', '12 Uhr'], ['Rathaus', 'Jan', '16 Uhr']),
];

export function writeBefore(doc: Y.Doc, id: string): void {
	addArticle(doc, { id, title: 'Unser Stand' });
	transactLocal(doc, () => rewriteBody(doc, bodyRoot(id), before));
}

export function writeAfter(doc: Y.Doc, id: string): void {
	transactLocal(doc, () => rewriteBody(doc, bodyRoot(id), after));
}
