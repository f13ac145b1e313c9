import { isText, joined, type RichNode } from '#lib/documents/rich-body.ts';
import { safeHref } from '#lib/domain/href.ts';
import { describe, expect, test } from 'vitest';
import { HostileBodies } from '../../../tests/support/hostile-bodies.ts';
import { hostileAddresses } from '../../../tests/support/hostile-texts.ts';
import { createRandom } from '../../../tests/support/random.ts';
import { markdownToBlocks } from './from-markdown.ts';
import { blocksToMarkdown } from './to-markdown.ts';

const importer = { by: 'mara', at: 7, newId: () => 'n' };

/** Addresses that no link may lead to are the one thing that reading leaves out. */
function withSafeLinks(node: RichNode): RichNode {
	const content = node.content.map((child) =>
		isText(child)
			? { ...child, marks: child.marks.filter(({ type, attrs }) => type !== 'link' || safeHref(attrs.href) !== null) }
			: withSafeLinks(child),
	);
	return { ...node, content: node.name === 'paragraph' ? joined(content) : content };
}

describe('a round trip is the same body', () => {
	test.each([
		{ name: 'with everything that a body can hold', flavour: 'exact', plain: false },
		{ name: 'clean', flavour: 'clean', plain: true },
		{ name: 'in CriticMarkup, without suggestions', flavour: 'critic', plain: true },
	] as const)(
		'$name',
		({ flavour, plain }) => {
			for (let seed = 1; seed <= 150; seed++) {
				const body = new HostileBodies(createRandom(seed)).body(plain).map(withSafeLinks);
				const markdown = blocksToMarkdown(body, { flavour });
				expect(markdownToBlocks(markdown, importer), `seed ${seed}:\n${markdown}`).toEqual(body);
			}
		},
		60_000,
	);
});

describe('as one would write it oneself', () => {
	const cases: [string, RichNode[]][] = [
		['## Wahlbüro\n', [line('Wahlbüro', { level: 1 })]],
		['Das ist **wichtig**.\n', [{ ...line(''), content: [text('Das ist '), text('wichtig', 'strong'), text('.')] }]],
		[
			'- eins\n  1. zwei\n  2. drei\n- [x] vier\n',
			[
				line('eins', { list: 'bullet' }),
				line('zwei', { list: 'ordered', indent: 1 }),
				line('drei', { list: 'ordered', indent: 1 }),
				line('vier', { list: 'check', checked: true }),
			],
		],
		['Erste Zeile\\\nzweite\n', [line('Erste Zeile\nzweite')]],
		['oben\n\n<br>\n\nunten\n', [line('oben'), line(''), line('unten')]],
		['| Wer | Wann |\n| --- | ---- |\n| OV Nord | 10 Uhr |\n', [table(['Wer', 'Wann'], ['OV Nord', '10 Uhr'])]],
	];
	test.each(cases)('%s', (markdown, blocks) => {
		expect(markdownToBlocks(markdown, importer)).toEqual(blocks);
		if (!markdown.startsWith('|')) expect(blocksToMarkdown(blocks, { flavour: 'clean' })).toBe(markdown);
	});

	test.each([
		[' eins', '&#32;eins'],
		['eins\t', 'eins&#9;'],
		['  eins zwei ', '&#32;&#32;eins zwei&#32;'],
		[' ', '&#32;'],
	])('a blank at the edge of a cell leaves a table a table: %j', (words, written) => {
		const blocks = [table(['Wer', 'Wann'], ['OV', words])];
		const markdown = blocksToMarkdown(blocks, { flavour: 'clean' });
		expect(markdown.split('\n').at(2)).toMatch(`| OV  | ${written} |`);
		expect(markdownToBlocks(markdown, importer)).toEqual(blocks);
	});

	test('a strike is a suggestion of who brings it, as is an insertion', () => {
		const said = (type: string) => [{ type, attrs: { by: 'mara', at: 7, id: type === 'del' ? 'n+' : 'n' } }];
		const content = [
			{ text: 'alt', marks: said('del') },
			{ text: 'neu', marks: said('ins') },
		];
		expect(markdownToBlocks('~~alt~~<ins>neu</ins>', importer)).toEqual([{ ...line(''), content }]);
		expect(markdownToBlocks('{--alt--}{++neu++}', importer)).toEqual([{ ...line(''), content }]);
		expect(markdownToBlocks('{~~alt~>neu~~}', importer)).toEqual([{ ...line(''), content }]);
		expect(blocksToMarkdown([{ ...line(''), content }], { flavour: 'marks' })).toBe('~~alt~~<ins>neu</ins>\n');
		expect(blocksToMarkdown([{ ...line(''), content }], { flavour: 'critic' })).toBe('{--alt--}{++neu++}\n');
	});

	describe.each(['marks', 'critic'] as const)(
		'a look or a break that is only suggested goes out and in: %s',
		(flavour) => {
			test.each([
				['strong', [], { mark: 'strong', attrs: null, to: {} }],
				['no more strong', ['strong'], { mark: 'strong', attrs: {}, to: null }],
				['a link', [], { mark: 'link', attrs: null, to: { href: 'https://example.org/' } }],
			])('%s', (_name, there, change) => {
				const body = (own: { by: string; at: number; id: string }): RichNode[] => {
					const fmt = { type: 'fmt', attrs: { ...own, was: JSON.stringify(change) } };
					const broken = [
						{ type: 'ins', attrs: own },
						{ type: 'brk', attrs: {} },
					];
					const word = { text: 'wichtig', marks: [...text('', ...there).marks, fmt] };
					return [
						{ ...line(''), content: [text('Das ist '), word, text('.'), { text: '¶', marks: broken }, text('Danach')] },
					];
				};
				const markdown = blocksToMarkdown(body({ by: 'ada', at: 3, id: 's' }), { flavour });
				expect(markdown).not.toContain('ada');
				expect(markdownToBlocks(markdown, importer)).toEqual(body({ by: 'mara', at: 7, id: 'n' }));
			});
		},
	);

	test.each(['own', 'rule', '{"list":"bullet","indent":1}'])('what a line behind a break is to be: %s', (form) => {
		const marks = [
			{ type: 'ins', attrs: { by: 'ada', at: 3, id: 's' } },
			{ type: 'brk', attrs: { form } },
		];
		const body = [{ ...line(''), content: [text('Vor'), { text: '¶', marks }, text('Nach')] }];
		expect(markdownToBlocks(blocksToMarkdown(body, { flavour: 'exact' }), importer)).toEqual(body);
	});

	test('what a body has no form for becomes its text', () => {
		const source =
			'> Zitat\n\n`a` ![Bild](x.png)\n\n```\nb\n```\n\n<div>**c**</div><script>alert(1)</script>\n\n[d](javascript:alert(1))' +
			'\n\n<a href="javascript:alert(1)">e</a>';
		expect(markdownToBlocks(source, importer)).toEqual(
			['Zitat', 'a Bild', 'b', '**c**', 'd', 'e'].map((each) => line(each)),
		);
	});
});

test('an address that could run something is written as no link, and read as none', () => {
	for (const href of hostileAddresses.filter((each) => safeHref(each) === null)) {
		const marks = [{ type: 'link', attrs: { href } }];
		for (const flavour of ['exact', 'marks', 'critic', 'clean'] as const)
			expect(blocksToMarkdown([{ ...line(''), content: [{ text: 'hier', marks }] }], { flavour }), href).toBe('hier\n');
	}
});

function text(words: string, ...marks: string[]) {
	return { text: words, marks: marks.map((type) => ({ type, attrs: {} })) };
}

function line(words: string, attrs: Record<string, unknown> = {}): RichNode {
	return { name: 'paragraph', attrs, content: words === '' ? [] : [text(words)] };
}

function table(...rows: string[][]): RichNode {
	const cell = (words: string, header: boolean): RichNode => ({
		name: 'cell',
		attrs: header ? { header } : {},
		content: [line(words)],
	});
	return {
		name: 'table',
		attrs: {},
		content: rows.map((row, at) => ({ name: 'row', attrs: {}, content: row.map((words) => cell(words, at === 0)) })),
	};
}
