import { paragraph, type RichMark } from '#lib/documents/rich-body.ts';
import { expect, test } from 'vitest';
import { diffSections } from './section-diff.ts';

const line = (text: string, ...marks: RichMark[]) => paragraph({}, [{ text, marks }]);
const section = (id: string, ...lines: string[]) => ({ id, title: id, blocks: lines.map((each) => line(each)) });

test('says word by word what changed, and leaves out what did not', () => {
	const before = [section('a', 'Eins.', 'Zwei.', 'Am Montag um 10 Uhr.'), section('b', 'gleich'), section('c', 'weg')];
	const after = [section('d', 'neu'), section('a', 'Eins.', 'Zwei.', 'Am Dienstag um 10 Uhr.'), section('b', 'gleich')];
	const diff = diffSections(before, after);
	expect(diff.map(({ id, what }) => [id, what])).toEqual([
		['d', 'new'],
		['a', 'changed'],
		['c', 'gone'],
	]);
	const [unchanged, changed] = diff[1]?.blocks ?? [];
	expect(unchanged).toEqual({ kind: 'unchanged', count: 2 });
	const words =
		changed?.kind === 'text' ? changed.parts.map(({ what, child }) => [what, 'text' in child && child.text]) : [];
	expect(words).toEqual([
		['same', 'Am '],
		['del', 'Montag'],
		['ins', 'Dienstag'],
		['same', ' um 10 Uhr.'],
	]);
});

test('an open suggestion counts as what it suggests, a comment as nothing', () => {
	const by = { by: 'mara', at: 1, id: 'x' };
	const before = [{ id: 'a', title: '', blocks: [line('gut')] }];
	const struck = paragraph({}, [
		{ text: 'gut', marks: [{ type: 'comment', attrs: { id: 'c' } }] },
		{ text: ' neu', marks: [{ type: 'del', attrs: by }] },
	]);
	expect(diffSections(before, [{ id: 'a', title: '', blocks: [struck] }])).toEqual([]);
});
