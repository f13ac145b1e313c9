/** What changed that no words show: forms, looks, tables, facts, order, and what was said. */
import { rewriteBody } from '#lib/documents/body-rewrite.ts';
import {
	isText,
	paragraph,
	readRichBody,
	textOf,
	type Attributes,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import type { Talk } from '#lib/documents/talks.ts';
import { agreed, suggestedOf } from '#lib/text/agreed.ts';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { HostileBodies } from '../../../tests/support/hostile-bodies.ts';
import { createRandom, type Random } from '../../../tests/support/random.ts';
import { told } from '../../../tests/support/told-differences.ts';
import type { DiffBlock } from './block-diff.ts';
import type { TextBlock } from './paragraph-diff.ts';
import { diffSections } from './section-diff.ts';

const mark = (type: string, attrs: Attributes = {}): RichMark => ({ type, attrs });
const line = (text: string, attrs: Attributes = {}) => paragraph(attrs, text === '' ? [] : [{ text, marks: [] }]);
/** `*fett*`, and `[Wort](x)` a link to `https://x.de/`. */
const dressed = (source: string): RichNode =>
	paragraph(
		{},
		source.split(/(\*[^*]+\*|\[[^\]]+\]\(\w\))/).flatMap((part): RichChild[] => {
			const link = /^\[(.+)\]\((\w)\)$/.exec(part);
			if (link) return [{ text: link[1] ?? '', marks: [mark('link', { href: `https://${link[2]}.de/` })] }];
			if (part.startsWith('*')) return [{ text: part.slice(1, -1), marks: [mark('strong')] }];
			return part === '' ? [] : [{ text: part, marks: [] }];
		}),
	);
const table = (...rows: string[][]): RichNode => ({
	name: 'table',
	attrs: {},
	content: rows.map((cells) => ({
		name: 'row',
		attrs: {},
		content: cells.map((text) => ({ name: 'cell', attrs: {}, content: [line(text)] })),
	})),
});
const sectionOf = (blocks: readonly RichNode[]) => [{ id: 'a', title: '', blocks: [...blocks] }];
const blocksOf = (before: readonly RichNode[], after: readonly RichNode[]) =>
	diffSections(sectionOf(before), sectionOf(after)).flatMap(({ blocks }) => blocks);
const shown = (before: readonly RichNode[], after: readonly RichNode[]) => blocksOf(before, after).map(told);

describe('what a paragraph is', () => {
	test.each<[string, Attributes, Attributes, string]>([
		['a heading', {}, { level: 2 }, 'form:text→h2'],
		['no heading', { level: 1 }, {}, 'form:h1→text'],
		['another heading', { level: 1 }, { level: 2 }, 'form:h1→h2'],
		['a list', {}, { list: 'bullet' }, 'form:text→bullet'],
		['another list', { list: 'bullet' }, { list: 'ordered' }, 'form:bullet→ordered'],
		['indented', { list: 'bullet' }, { list: 'bullet', indent: 1 }, 'form:bullet→bullet >1'],
		['ticked', { list: 'check' }, { list: 'check', checked: true }, 'form:check→check done'],
	])('%s', (_name, before, after, form) => {
		expect(shown([line('Am Markt', before)], [line('Am Markt', after)])).toEqual([[form, 'same:Am Markt']]);
		expect(shown([line('', before)], [line('', after)])).toEqual([[form]]);
	});

	test('what nobody sees of it is no change', () => {
		expect(shown([line('a', { list: 'bullet' })], [line('a', { list: 'bullet', checked: true })])).toEqual([]);
		expect(shown([line('a', { level: 1 })], [line('a', { level: 1, list: 'bullet' })])).toEqual([]);
	});

	test('beside words that changed', () => {
		expect(shown([line('Am Montag dort')], [line('Am Dienstag dort', { level: 3 })])).toEqual([
			['form:text→h3', 'same:Am ', 'del:Montag', 'ins:Dienstag', 'same: dort'],
		]);
	});
});

describe('how words look', () => {
	test.each<[string, string, string, string[]]>([
		['bold', 'Am Montag dort', 'Am *Montag* dort', ['same:Am ', 'same[strong]:Montag', 'same: dort']],
		['no longer', 'Am *Montag* dort', 'Am Montag dort', ['same:Am ', 'same[no-strong]:Montag', 'same: dort']],
		['a link', 'Am Montag', 'Am [Montag](x)', ['same:Am ', 'same[link]:Montag']],
		['no link', 'Am [Montag](x)', 'Am Montag', ['same:Am ', 'same[no-link]:Montag']],
		['elsewhere', 'Am [Montag](x)', 'Am [Montag](y)', ['same:Am ', 'same[link https://x.de/→https://y.de/]:Montag']],
		[
			'another word, too',
			'Am Montag dort',
			'Am *Dienstag* dort',
			['same:Am ', 'del:Montag', 'ins:Dienstag', 'same: dort'],
		],
		[
			'words in a row that others stand for',
			'Am Montag Abend dort',
			'Am *Dienstag früh* dort',
			['same:Am ', 'del:Montag Abend', 'ins:Dienstag früh', 'same: dort'],
		],
	])('%s', (_name, before, after, expected) => {
		expect(shown([dressed(before)], [dressed(after)])).toEqual([expected]);
	});

	test('a whole paragraph is said once', () => {
		expect(shown([dressed('Am Montag, 10 Uhr')], [dressed('*Am Montag, 10 Uhr*')])).toEqual([
			['same[strong]:Am Montag, 10 Uhr'],
		]);
	});

	test('in words that were replaced the old ones keep their look', () => {
		const [block] = blocksOf([dressed('Am *Montag Abend* dort')], [dressed('Am Dienstag früh dort')]);
		const marks = (block as TextBlock).parts.map(({ what, child }) => [what, isText(child) && child.marks.length]);
		expect(marks).toEqual([
			['same', 0],
			['del', 1],
			['ins', 0],
			['same', 0],
		]);
	});

	test('suggested, it is open, and no news where it was so before', () => {
		const was = JSON.stringify({ mark: 'strong', attrs: null, to: {} });
		const may = paragraph({}, [{ text: 'gut', marks: [mark('fmt', { by: 'mara', at: 1, id: 'x', was })] }]);
		expect(shown([line('gut')], [may])).toEqual([['same[may-strong]:gut']]);
		expect(shown([may], [may])).toEqual([]);
		expect(shown([may], [line('gut')])).toEqual([]);
		expect(shown([may], [dressed('*gut*')])).toEqual([['same[strong]:gut']]);
	});
});

describe('a table', () => {
	const plan = table(['Ort', 'Zeit'], ['Markt', '10 Uhr'], ['Bahnhof', '12 Uhr']);
	test.each<[string, RichNode, unknown[]]>([
		[
			'a cell',
			table(['Ort', 'Zeit'], ['Markt', '11 Uhr'], ['Bahnhof', '12 Uhr']),
			[
				'same> same:Ort ‖ same:Zeit',
				'same> same:Markt ‖ del:10, ins:11, same: Uhr',
				'same> same:Bahnhof ‖ same:12 Uhr',
			],
		],
		[
			'a cell, all of it',
			table(['Ort', 'Zeit'], ['Markt', 'mittags'], ['Bahnhof', '12 Uhr']),
			['same> same:Ort ‖ same:Zeit', 'same> same:Markt ‖ del:10 Uhr, ins:mittags', 'same> same:Bahnhof ‖ same:12 Uhr'],
		],
		[
			'a row',
			table(['Ort', 'Zeit'], ['Hafen', '9 Uhr'], ['Markt', '10 Uhr'], ['Bahnhof', '12 Uhr']),
			[
				'same> same:Ort ‖ same:Zeit',
				'ins> ins:Hafen ‖ ins:9 Uhr',
				'same> same:Markt ‖ same:10 Uhr',
				'same> same:Bahnhof ‖ same:12 Uhr',
			],
		],
		[
			'a row less',
			table(['Ort', 'Zeit'], ['Markt', '10 Uhr']),
			['same> same:Ort ‖ same:Zeit', 'same> same:Markt ‖ same:10 Uhr', 'del> del:Bahnhof ‖ del:12 Uhr'],
		],
		[
			'a column',
			table(['Ort', 'Wer', 'Zeit'], ['Markt', '', '10 Uhr'], ['Bahnhof', 'Anna', '12 Uhr']),
			[
				'same> same:Ort ‖ ins! ins:Wer ‖ same:Zeit',
				'same> same:Markt ‖ ins!  ‖ same:10 Uhr',
				'same> same:Bahnhof ‖ ins! ins:Anna ‖ same:12 Uhr',
			],
		],
		[
			'a column less',
			table(['Zeit'], ['10 Uhr'], ['12 Uhr']),
			['same> del! del:Ort ‖ same:Zeit', 'same> del! del:Markt ‖ same:10 Uhr', 'same> del! del:Bahnhof ‖ same:12 Uhr'],
		],
	])('%s', (_name, after, expected) => {
		expect(shown([line('Gleich.'), plan], [line('Gleich.'), after])).toEqual([1, expected]);
	});

	test('rows in a row that stayed are counted, the first is shown', () => {
		const many = (last: string) => table(['Ort'], ['Markt'], ['Hafen'], ['Zoo'], [last]);
		expect(shown([many('Bahnhof am Tor')], [many('Bahnhof am Turm')])).toEqual([
			['same> same:Ort', 3, 'same> same:Bahnhof am , del:Tor, ins:Turm'],
		]);
	});

	test('a header, and what its words look like', () => {
		const [row, ...rows] = plan.content as RichNode[];
		const headed = {
			...plan,
			content: [
				{ ...row, content: row?.content.map((cell) => ({ ...cell, attrs: { header: true } })) } as RichNode,
				...rows,
			],
		};
		expect(shown([plan], [headed])[0]).toEqual([
			'header:true',
			'same> same:Ort ‖ same:Zeit',
			'same> same:Markt ‖ same:10 Uhr',
			'same> same:Bahnhof ‖ same:12 Uhr',
		]);
		expect((shown([headed], [plan])[0] as string[])[0]).toBe('header:false');
	});

	const wide = (text: string): RichNode => ({ name: 'cell', attrs: { colspan: 2 }, content: [line(text)] });
	const headed = (first: RichNode[], ...rows: string[][]): RichNode => ({
		...plan,
		content: [{ name: 'row', attrs: {}, content: first }, ...table(...rows).content],
	});

	test('whose cells became one stands there once, and says so', () => {
		const merged = headed([wide('Ort Zeit')], ['Markt', '10 Uhr'], ['Bahnhof', '12 Uhr']);
		expect(shown([plan], [merged])).toEqual([
			[
				'merged',
				'same> same:Ort, ins: Zeitdel:Zeit',
				'same> same:Markt ‖ same:10 Uhr',
				'same> same:Bahnhof ‖ same:12 Uhr',
			],
		]);
		expect(shown([merged], [plan])).toEqual([
			[
				'merged',
				'same> same:Ort, del: Zeit ‖ ins! ins:Zeit',
				'same> same:Markt ‖ same:10 Uhr',
				'same> same:Bahnhof ‖ same:12 Uhr',
			],
		]);
	});

	test('that reads as before, but for a cell that became wider, says so', () => {
		const narrow = headed([...(table(['Samstag']).content[0] as RichNode).content] as RichNode[], ['Markt', '10 Uhr']);
		const merged = headed([wide('Samstag')], ['Markt', '10 Uhr']);
		expect((shown([narrow], [merged])[0] as string[])[0]).toBe('merged');
		expect(shown([merged], [merged])).toEqual([]);
	});

	test('with a cell over several columns gets a row, a column, or loses one: once, and no cell became another', () => {
		const before = headed([wide('Samstag')], ['Markt', '10 Uhr'], ['Bahnhof', '12 Uhr']);
		const row = headed([wide('Samstag')], ['Markt', '10 Uhr'], ['Hafen', '11 Uhr'], ['Bahnhof', '12 Uhr']);
		expect(shown([before], [row])).toEqual([
			[
				'same> same:Samstag',
				'same> same:Markt ‖ same:10 Uhr',
				'ins> ins:Hafen ‖ ins:11 Uhr',
				'same> same:Bahnhof ‖ same:12 Uhr',
			],
		]);
		expect(shown([row], [before])).toEqual([
			[
				'same> same:Samstag',
				'same> same:Markt ‖ same:10 Uhr',
				'del> del:Hafen ‖ del:11 Uhr',
				'same> same:Bahnhof ‖ same:12 Uhr',
			],
		]);
	});

	describe('with a cell over several rows', () => {
		const tall = (text: string, rows: number, inside: Attributes = {}): RichNode => ({
			name: 'cell',
			attrs: { rowspan: rows, ...inside },
			content: [line(text)],
		});
		const rowsOf = (...rows: (string | RichNode)[][]): RichNode => ({
			name: 'table',
			attrs: {},
			content: rows.map((cells) => ({
				name: 'row',
				attrs: {},
				content: cells.map((cell) =>
					typeof cell === 'string' ? { name: 'cell', attrs: {}, content: [line(cell)] } : cell,
				),
			})),
		});
		const spansIn = (before: RichNode, after: RichNode) =>
			blocksOf([before], [after]).map((block) =>
				block.kind !== 'table'
					? block.kind
					: block.rows.map((row) => (row.kind === 'row' ? row.cells.map(({ rowspan }) => rowspan) : row.count)),
			);
		const before = rowsOf(['Ort', 'Zeit'], [tall('Markt', 2), '10 Uhr'], ['12 Uhr'], ['Bahnhof', '14 Uhr']);

		test('other words', () => {
			const after = rowsOf(['Ort', 'Zeit'], [tall('Marktplatz', 2), '10 Uhr'], ['13 Uhr'], ['Bahnhof', '14 Uhr']);
			expect(shown([before], [after])).toEqual([
				[
					'same> same:Ort ‖ same:Zeit',
					'same> del:Markt, ins:Marktplatz ‖ same:10 Uhr',
					'same> del:12, ins:13, same: Uhr',
					'same> same:Bahnhof ‖ same:14 Uhr',
				],
			]);
		});

		test('a row elsewhere', () => {
			const after = rowsOf(
				['Ort', 'Zeit'],
				['Hafen', '9 Uhr'],
				[tall('Markt', 2), '10 Uhr'],
				['12 Uhr'],
				['Bahnhof', '14 Uhr'],
			);
			const rows = (what: string) => ['same> same:Ort ‖ same:Zeit', `${what}> ${what}:Hafen ‖ ${what}:9 Uhr`, 3];
			expect(shown([before], [after])).toEqual([rows('ins')]);
			expect(shown([after], [before])).toEqual([rows('del')]);
		});

		test.each<[string, RichNode, string[]]>([
			[
				'amid those it goes over',
				rowsOf(['Ort', 'Zeit'], [tall('Markt', 3), '10 Uhr'], ['11 Uhr'], ['12 Uhr'], ['Bahnhof', '14 Uhr']),
				['same:Markt ‖ same:10 Uhr', '11 Uhr', 'same:12 Uhr'],
			],
			[
				'behind them',
				rowsOf(['Ort', 'Zeit'], [tall('Markt', 3), '10 Uhr'], ['12 Uhr'], ['13 Uhr'], ['Bahnhof', '14 Uhr']),
				['same:Markt ‖ same:10 Uhr', 'same:12 Uhr', '13 Uhr'],
			],
			[
				'before them',
				rowsOf(['Ort', 'Zeit'], [tall('Markt', 3), '9 Uhr'], ['10 Uhr'], ['12 Uhr'], ['Bahnhof', '14 Uhr']),
				['same! same:Markt ‖ 9 Uhr', 'same:10 Uhr', 'same:12 Uhr'],
			],
		])('a row %s', (_name, after, within) => {
			const rows = (what: string) => [
				'same> same:Ort ‖ same:Zeit',
				...within.map((cells) => {
					const news = /(^|‖ )(\d+ Uhr)$/.exec(cells)?.[2];
					return news ? `${what}> ${cells.replace(news, `${what}:${news}`)}` : `same> ${cells}`;
				}),
				'same> same:Bahnhof ‖ same:14 Uhr',
			];
			expect(shown([before], [after])).toEqual([rows('ins')]);
			expect(shown([after], [before])).toEqual([rows('del')]);
			expect(spansIn(before, after)).toEqual([[[1, 1], [3, 1], [1], [1], [1, 1]]]);
			expect(spansIn(after, before)).toEqual([[[1, 1], [3, 1], [1], [1], [1, 1]]]);
		});

		test('a column', () => {
			const after = rowsOf(
				['Ort', 'Wer', 'Zeit'],
				[tall('Markt', 2), 'Anna', '10 Uhr'],
				['Ben', '12 Uhr'],
				['Bahnhof', '', '14 Uhr'],
			);
			expect(shown([before], [after])).toEqual([
				[
					'same> same:Ort ‖ ins! ins:Wer ‖ same:Zeit',
					'same> same:Markt ‖ ins! ins:Anna ‖ same:10 Uhr',
					'same> ins! ins:Ben ‖ same:12 Uhr',
					'same> same:Bahnhof ‖ ins!  ‖ same:14 Uhr',
				],
			]);
		});

		test('the cell, and all it goes over', () => {
			const after = rowsOf(['Ort', 'Zeit'], ['Bahnhof', '14 Uhr']);
			expect(shown([before], [after])).toEqual([
				[
					'same> same:Ort ‖ same:Zeit',
					'del> del:Markt ‖ del:10 Uhr',
					'del> del:12 Uhr',
					'same> same:Bahnhof ‖ same:14 Uhr',
				],
			]);
		});

		test('is left out with all the rows it goes over, or not at all', () => {
			const many = (last: string, ...more: string[][]) =>
				rowsOf(['Ort'], ['Zoo'], [tall('Markt', 3), 'a'], ['b'], ['c'], ['Hafen', last], ...more);
			expect(shown([many('d')], [many('e')])).toEqual([['same> same:Ort', 4, 'same> same:Hafen ‖ del:d, ins:e']]);
			const first = (last: string) => rowsOf([tall('Markt', 4), 'a'], ['b'], ['c'], ['d'], ['Hafen', last]);
			expect(spansIn(first('d'), first('e'))).toEqual([[[4, 1], [1], [1], [1], [1, 1]]]);
			expect(shown([first('d')], [first('d')])).toEqual([]);
		});

		test('where another cell stands between what was one it stands there twice', () => {
			const right = rowsOf(['10 Uhr', tall('Markt', 2)], ['12 Uhr']);
			const after = rowsOf(['10 Uhr', 'Markt'], ['11 Uhr', 'Hafen'], ['12 Uhr']);
			expect(shown([right], [after]).map((rows) => (rows as string[])[0])).toEqual([
				'del> del:10 Uhr ‖ del:Markt',
				'ins> ins:10 Uhr ‖ ins:Markt',
			]);
		});

		test('where one cell became several it stands there twice', () => {
			const after = rowsOf(['Ort', 'Zeit'], ['Markt', '10 Uhr'], ['Hafen', '12 Uhr'], ['Bahnhof', '14 Uhr']);
			expect(shown([before], [after]).map((rows) => (rows as string[])[0])).toEqual([
				'del> del:Ort ‖ del:Zeit',
				'ins> ins:Ort ‖ ins:Zeit',
			]);
		});
	});
});

test('a fact is compared by what it reads as, and what it refers to', () => {
	const withFact = (of: string, text: string, was = text) =>
		paragraph({}, [{ name: 'fact', attrs: { kind: 'meeting', of, form: 'date:de', text, was }, content: [] }]);
	expect(shown([withFact('m1', 'Montag')], [withFact('m1', 'Montag', 'Dienstag')])).toEqual([]);
	expect(shown([withFact('m1', 'Montag')], [withFact('m1', 'Freitag')])).toEqual([['del:Montag', 'ins:Freitag']]);
	expect(shown([withFact('m1', 'Montag')], [withFact('m2', 'Montag')])).toEqual([['del:Montag', 'ins:Montag']]);
});

test('an item of a numbered list is shown with its number', () => {
	const item = (text: string, indent?: number) => line(text, { list: 'ordered', ...(indent && { indent }) });
	const numbers = (before: RichNode[], after: RichNode[]) =>
		blocksOf(before, after).flatMap((block) => (block.kind === 'text' ? block.number : []));
	const before = [item('eins'), item('zwei'), item('darunter', 1), item('drei'), line('Text'), item('wieder')];
	const after = before.map(({ content, ...block }) => ({ ...block, content: [...content, { text: '!', marks: [] }] }));
	expect(numbers(before, after)).toEqual([1, 2, 1, 3, null, 1]);
	expect(numbers(before, before.slice(2))).toEqual([1, 2]);
});

test('articles that change places are differences', () => {
	const part = (id: string) => ({ id, title: id, blocks: [line(id)] });
	const told = (before: string, after: string) =>
		diffSections([...before].map(part), [...after].map(part)).map(({ id, moved }) => `${id} ${moved}`);
	expect(told('abcd', 'abcd')).toEqual([]);
	expect(told('abcd', 'bcda')).toEqual(['a true']);
	expect(told('abcd', 'acd')).toEqual(['b false']);
});

test('so is what was said: new, worded otherwise, removed, settled, and open again', () => {
	const talk = (resolvedBy: string | null, ...texts: string[]): Talk => ({
		id: 't',
		root: 'body:a',
		quote: '',
		resolvedBy,
		resolvedUnheard: null,
		remarks: texts.map((text, at) => ({ id: `r${at}`, threadId: 't', by: 'mara', at, text })),
	});
	const part = (...talks: Talk[]) => [{ id: 'a', title: 'a', blocks: [line('a')], talks }];
	const told = (before: Talk[], after: Talk[]) =>
		diffSections(part(...before), part(...after)).map(({ talks }) =>
			Object.entries(talks).filter(([, count]) => count),
		);
	const open = talk(null, 'Wann?');
	expect(told([open], [open])).toEqual([]);
	expect(told([], [open])).toEqual([[['said', 1]]]);
	expect(told([open], [talk(null, 'Wann?', 'Um zehn.')])).toEqual([[['said', 1]]]);
	expect(told([open], [talk(null, 'Wo?')])).toEqual([[['changed', 1]]]);
	expect(told([open], [])).toEqual([[['changed', 1]]]);
	expect(told([open], [talk('jonas', 'Wann?')])).toEqual([[['settled', 1]]]);
	expect(told([talk('jonas', 'Wann?')], [open])).toEqual([[['reopened', 1]]]);
	expect(told([], [talk('jonas', 'Wann?')])).toEqual([[['said', 1]]]);
});

test('an agenda item is not new because something is written for it, nor gone because nothing is', () => {
	const item = [{ id: 'i', title: 'Kasse', blocks: [line('Stimmt.')], lasting: true }];
	const what = (...sides: Parameters<typeof diffSections>) =>
		diffSections(...sides).map(({ what, blocks }) => [what, ...blocks.map(told)]);
	expect(what([], item)).toEqual([['changed', ['ins:Stimmt.']]]);
	expect(what(item, [])).toEqual([['changed', ['del:Stimmt.']]]);
	expect(what([], [{ id: 'i', title: 'Kasse', blocks: [], lasting: true }])).toEqual([]);
	expect(what([], [{ id: 'i', title: 'Kasse', blocks: [] }])).toEqual([['new']]);
});

/** What stands in a text on the one side or the other. */
function wordsOf(blocks: readonly DiffBlock[], side: 'del' | 'ins'): string[] {
	const text = ({ parts }: TextBlock) =>
		parts
			.filter(({ what }) => isOn(what, side))
			.map(({ child }) => textOf(child))
			.join('');
	return blocks.flatMap((block): string[] => {
		if (block.kind === 'unchanged') return [];
		if (block.kind === 'text') return [text(block)];
		return block.rows.flatMap((row) => (row.kind === 'row' ? row.cells.flatMap(({ blocks }) => blocks.map(text)) : []));
	});
}
function isOn(what: string, side: 'del' | 'ins'): boolean {
	return what === 'same' || what === side || what === 'may-del';
}

/** What is seen of a text, in the order of reading. */
function seen(blocks: readonly RichNode[]): string {
	const read = (node: RichChild): string => {
		if (isText(node)) return suggestedOf(node) === 'ins' ? '' : node.text;
		if (node.name === 'fact') return suggestedOf(node) === 'ins' ? '' : textOf(node);
		return node.name === 'rule' ? '———' : node.content.map(read).join('');
	};
	return blocks
		.filter((block) => suggestedOf(block) !== 'ins')
		.map(read)
		.join('');
}

/** Another state of the same text: blocks go, come, and become others. */
function changedBody(blocks: readonly RichNode[], bodies: HostileBodies, random: Random, plain: boolean): RichNode[] {
	return blocks.flatMap((block): RichNode[] => {
		if (random.chance(0.5)) return [block];
		if (random.chance(0.2)) return [];
		if (random.chance(0.3)) return [block, ...bodies.body(plain).slice(0, 1)];
		if (block.name === 'table') return [changedTable(block, bodies, random, plain)];
		if (block.name !== 'paragraph') return [block];
		const other = bodies.paragraph(plain);
		if (random.chance(0.5)) return [{ ...block, attrs: other.attrs }];
		return [
			{
				...block,
				content: block.content.map((child) => (isText(child) && random.chance(0.5) ? { ...child, marks: [] } : child)),
			},
		];
	});
}

function changedTable(block: RichNode, bodies: HostileBodies, random: Random, plain: boolean): RichNode {
	const cell = (): RichNode => ({ name: 'cell', attrs: {}, content: [bodies.paragraph(plain)] });
	const at = random.nat(3);
	const content = block.content.flatMap((row): RichChild[] => {
		if (isText(row) || random.chance(0.1)) return [];
		return [{ ...row, content: [...row.content.slice(0, at), cell(), ...row.content.slice(at + random.nat(2))] }];
	});
	return { ...block, content };
}

const asStored = (blocks: readonly RichNode[]) => {
	const doc = new Y.Doc();
	doc.transact(() => rewriteBody(doc, 'body:a', blocks));
	return readRichBody(doc, 'body:a');
};

describe('an issue of fifty pages', () => {
	const random = createRandom(11);
	const vocabulary = Array.from({ length: 3000 }, (_, at) => `w${at}`);
	const words = (count: number) => Array.from({ length: count }, () => random.pick(vocabulary)).join(' ');
	const pages = Array.from({ length: 500 }, () => words(45));
	const lines = pages.map((text) => line(text));
	const twice = [...pages, ...pages].join(' ').split(' ');

	test.each<[string, RichNode[], RichNode[]]>([
		['written anew', lines, lines.map(() => line(words(45)))],
		['with another word in each paragraph', lines, pages.map((text) => line(text.replace(/^\S+/, 'neu')))],
		['all bold', lines, pages.map((text) => dressed(`*${text}*`))],
		['in one paragraph, written anew', [line(words(22_500))], [line(words(22_500))]],
		[
			'twice, in one paragraph, a word in ten another',
			[line(twice.join(' '))],
			[line(twice.map((word, at) => (at % 10 === 0 ? 'x' : word)).join(' '))],
		],
	])('%s: is compared, in less than two seconds of work', (_name, before, after) => {
		const began = process.cpuUsage().user;
		const blocks = blocksOf(before, after);
		const took = (process.cpuUsage().user - began) / 1e6;
		const text = (body: readonly RichNode[]) => body.map(textOf).join('');
		expect(wordsOf(blocks, 'del').join('')).toBe(text(before));
		expect(wordsOf(blocks, 'ins').join('')).toBe(text(after));
		expect(took).toBeLessThan(2);
	});
});

describe('any two states', () => {
	test(
		'what is unchanged and struck is the old text, what is unchanged and inserted the new one',
		{ timeout: 60_000 },
		() => {
			let tables = 0;
			for (let seed = 1; seed <= 600; seed++) {
				const random = createRandom(seed);
				const bodies = new HostileBodies(random);
				const plain = seed % 2 === 0;
				const before = asStored(bodies.body(plain));
				const after = asStored(seed % 3 === 0 ? bodies.body(plain) : changedBody(before, bodies, random, plain));
				// What stayed would be counted, not shown.
				const blocks = blocksOf(before, after);
				if (
					blocks.some(
						(block) =>
							block.kind === 'unchanged' ||
							(block.kind === 'table' && block.rows.some((row) => row.kind === 'unchanged')),
					)
				)
					continue;
				if (blocks.length === 0) continue;
				tables += blocks.filter((block) => block.kind === 'table').length;
				expect(wordsOf(blocks, 'del').join(''), `seed ${seed}`).toBe(seen(agreed(before)));
				expect(wordsOf(blocks, 'ins').join(''), `seed ${seed}`).toBe(seen(agreed(after)));
			}
			expect(tables).toBeGreaterThan(30);
		},
	);

	test('differ in nothing when, and only when, they are the same', { timeout: 60_000 }, () => {
		let same = 0;
		for (let seed = 1; seed <= 600; seed++) {
			const random = createRandom(seed);
			const bodies = new HostileBodies(random);
			const before = asStored(bodies.body(true));
			const after = asStored(random.chance(0.2) ? before : changedBody(before, bodies, random, true));
			const isSame = JSON.stringify(before.map(asSeen)) === JSON.stringify(after.map(asSeen));
			if (isSame) same++;
			expect(blocksOf(before, after).length === 0, `seed ${seed}`).toBe(isSame);
		}
		expect(same).toBeGreaterThan(50);
		expect(same).toBeLessThan(500);
	});
});

/** Without what nobody sees: the list of a heading, the tick of what is in no checklist. */
function asSeen(node: RichNode): RichNode {
	const { level, list, checked, ...attrs } = node.attrs;
	const form = level !== undefined ? { level } : { list, ...(list === 'check' ? { checked } : {}) };
	return {
		...node,
		attrs: node.name === 'paragraph' ? { ...attrs, ...form } : node.attrs,
		content: node.content.map((child) => (isText(child) || child.name === 'fact' ? child : asSeen(child))),
	};
}
