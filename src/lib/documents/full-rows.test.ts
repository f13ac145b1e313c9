import { expect, test } from 'vitest';
import { lackingColumns, withFullRows } from './full-rows.ts';
import { paragraph, textOf, type Attributes, type RichNode } from './rich-body.ts';

const cell = (text: string, attrs: Attributes = {}): RichNode => ({
	name: 'cell',
	attrs,
	content: [paragraph({}, text === '' ? [] : [{ text, marks: [] }])],
});
const row = (...content: RichNode[]): RichNode => ({ name: 'row', attrs: {}, content });
const table = (...content: RichNode[]): RichNode => ({ name: 'table', attrs: {}, content });
const one = { colspan: 1, rowspan: 1 };

/** The cells of each row: their words, and whether they head it. */
function shown(blocks: readonly RichNode[]): unknown {
	return blocks.map(({ content }) =>
		(content as RichNode[]).map((line) =>
			(line.content as RichNode[]).map((each) => (each.attrs['header'] ? '# ' : '') + textOf(each)),
		),
	);
}

test('a row that is too short gets what it lacks at its end', () => {
	const short = table(
		row(cell('a'), cell('b'), cell('c')),
		row(cell('d'), cell('e')),
		row(cell('f'), cell('g'), cell('h')),
	);
	expect(shown(withFullRows([paragraph({}, []), short]).slice(1))).toEqual([
		[
			['a', 'b', 'c'],
			['d', 'e', ''],
			['f', 'g', 'h'],
		],
	]);
});

test('one that heads the table goes on doing so, and one without cells heads nothing', () => {
	const header = { header: true };
	expect(shown(withFullRows([table(row(cell('a', header)), row(cell('b'), cell('c')))]))).toEqual([
		[
			['# a', '# '],
			['b', 'c'],
		],
	]);
	expect(shown(withFullRows([table(row(), row(cell('b')))]))).toEqual([[[''], ['b']]]);
});

test('what spans counts as often, also in the rows below', () => {
	expect(
		lackingColumns([
			[{ colspan: 2, rowspan: 1 }, one],
			[one, one, one],
		]),
	).toEqual([0, 0]);
	expect(lackingColumns([[{ colspan: 1, rowspan: 2 }, one], [one], [one]])).toEqual([0, 0, 1]);
	expect(lackingColumns([[one], [{ colspan: 1, rowspan: 9 }]])).toEqual([0, 0]);
	expect(lackingColumns([])).toEqual([]);
});

test('of several columns it lacks one cell', () => {
	const [full] = withFullRows([table(row(cell('a'), cell('b'), cell('c')), row(cell('d')))]);
	expect(((full?.content[1] as RichNode).content as RichNode[]).map(({ attrs }) => attrs)).toEqual([
		{},
		{ colspan: 2 },
	]);
});

test('what is whole is left as it is', () => {
	const whole = table(row(cell('a'), cell('b')), row(cell('c'), cell('d')));
	expect(withFullRows([whole])[0]).toBe(whole);
});
