import { appendToBody } from '#lib/documents/body-rewrite.ts';
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { paragraph, type RichNode } from '#lib/documents/rich-body.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { toContent } from './issue-content.ts';

test('a table goes out with all rows as wide as the widest', () => {
	const cell = (text: string): RichNode => ({
		name: 'cell',
		attrs: {},
		content: [paragraph({}, [{ text, marks: [] }])],
	});
	const row = (...texts: string[]): RichNode => ({ name: 'row', attrs: {}, content: texts.map(cell) });
	const table = { name: 'table', attrs: {}, content: [row('a', 'b', 'c'), row('d', 'e'), row('f')] };
	const doc = new Y.Doc();
	addArticle(doc, { id: 'a1', title: 'Tabelle' });
	appendToBody(doc, bodyRoot('a1'), [table]);
	const facts = { title: 'Aus dem Vorstand', date: '2025-01-09', language: 'de' } as const;
	const sources = {} as FactSources;
	const [block] = toContent(doc, facts, sources).articles[0]?.blocks ?? [];
	const rows = block?.kind === 'table' ? block.rows : [];
	expect(rows.map((cells) => cells.map(({ colspan, blocks }) => `${colspan} ${blocks.length}`))).toEqual([
		['1 1', '1 1', '1 1'],
		['1 1', '1 1', '1 0'],
		['1 1', '2 0'],
	]);
});
