import { paragraph, type RichNode } from '#lib/documents/rich-body.ts';
import { expect, test } from 'vitest';
import { countsOf, previewOf } from './exchange.ts';

const line = (text: string) => paragraph({}, [{ text, marks: [] }]);
const node = (name: string, ...content: RichNode[]): RichNode => ({ name, attrs: {}, content });

test('before it is taken in, the cells of a table are words of their own', () => {
	const row = node('table_row', node('table_cell', line('Montag')), node('table_cell', line('10 Uhr')));
	const blocks = [line('Termine'), node('table', row)];
	expect(previewOf(blocks)).toBe('Termine Montag 10 Uhr');
	expect(countsOf(blocks)).toEqual({ words: 4, suggestions: 0 });
});
