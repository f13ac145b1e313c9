import {
	paragraph,
	textOf,
	type Attributes,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../tests/support/random.ts';
import { told } from '../../../tests/support/told-differences.ts';
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

test('an unchanged title is counted as no paragraph, a changed one is shown', () => {
	const titled = (title: string, text: string) => [
		{ id: 'a', title, blocks: [paragraph({ level: 1 }, [{ text: title, marks: [] }]), line('Gleich.'), line(text)] },
	];
	const kinds = (before: string, after: string) =>
		diffSections(
			titled(before, 'Wir stehen am Montag dort.'),
			titled(after, 'Wir stehen am Dienstag dort.'),
		)[0]?.blocks.map((block) => (block.kind === 'unchanged' ? block.count : block.kind));
	expect(kinds('Unser Stand am Montag', 'Unser Stand am Montag')).toEqual([1, 'text']);
	expect(kinds('Unser Stand am Montag', 'Unser Stand am Dienstag')).toEqual(['text', 1, 'text']);
});

/** One paragraph before and after, word by word. */
function words(before: string, after: string): [what: string, text: string][] {
	const [block] = diffSections(sectionOf(line(before)), sectionOf(line(after)))[0]?.blocks ?? [];
	if (block?.kind !== 'text') return [];
	return block.parts.map(({ what, child }) => [what, textOf(child)]);
}

describe('words in a row that others stand for now', () => {
	test.each<[string, string, [string, string][]]>([
		[
			'Wir treffen uns am Montag Abend im Rathaus.',
			'Wir treffen uns am Dienstag früh im Rathaus.',
			[
				['same', 'Wir treffen uns am '],
				['del', 'Montag Abend'],
				['ins', 'Dienstag früh'],
				['same', ' im Rathaus.'],
			],
		],
		[
			'Der alte Vorstand lud ein, und alle kamen.',
			'Die neue Leitung lud ein, und alle kamen.',
			[
				['del', 'Der alte Vorstand'],
				['ins', 'Die neue Leitung'],
				['same', ' lud ein, und alle kamen.'],
			],
		],
		[
			'Anna Müller, Jan Groß laden zum Fest am Markt ein',
			'Eva Schmidt, Ute Klein laden zum Fest am Markt ein',
			[
				['del', 'Anna Müller'],
				['ins', 'Eva Schmidt'],
				['same', ', '],
				['del', 'Jan Groß'],
				['ins', 'Ute Klein'],
				['same', ' laden zum Fest am Markt ein'],
			],
		],
		[
			'Anna kommt\nJan bleibt, alle da',
			'Eva kommt\nUte bleibt, alle da',
			[
				['del', 'Anna'],
				['ins', 'Eva'],
				['same', ' kommt\n'],
				['del', 'Jan'],
				['ins', 'Ute'],
				['same', ' bleibt, alle da'],
			],
		],
		[
			'Alle sind da: Anna\nJan',
			'Alle sind da: Eva\nUte',
			[
				['same', 'Alle sind da: '],
				['del', 'Anna'],
				['ins', 'Eva'],
				['same', '\n'],
				['del', 'Jan'],
				['ins', 'Ute'],
			],
		],
	])('read as one strike and one insertion: %s', (before, after, parts) => {
		expect(words(before, after)).toEqual(parts);
	});

	test('what only went, or only came, beside them stays for itself', () => {
		expect(words('Am Montag geht es los, und wie', 'Am Freitag geht es bald los, und wie')).toEqual([
			['same', 'Am '],
			['del', 'Montag'],
			['ins', 'Freitag'],
			['same', ' geht es'],
			['ins', ' bald'],
			['same', ' los, und wie'],
		]);
	});

	test('never another text than was there before, and is there after', () => {
		const random = createRandom(20261130);
		const some = ['der', 'Stand', 'am', 'Markt', 'Sonntag', '10', 'Uhr', 'wird', 'aufgebaut'];
		const signs = [' ', ' ', ' ', ' ', ', ', '  ', '\n', '. ', '\u00a0'];
		const sentence = (from: readonly string[]) => from.flatMap((word) => [word, random.pick(signs) ?? ' ']);
		let joined = 0;
		for (let round = 0; round < 300; round++) {
			const old = sentence(Array.from({ length: 1 + random.nat(9) }, () => random.pick(some) ?? ''));
			const now = old.flatMap((each) =>
				random.chance(0.6) ? [each] : sentence(random.chance(0.8) ? [random.pick(some) ?? ''] : []),
			);
			const [before, after] = [old.join(''), now.join('')];
			const parts = words(before, after);
			if (parts.length === 0) continue;
			const said = (one: string) => parts.filter(([what]) => what === 'same' || what === one).map(([, text]) => text);
			// Paragraphs that have too little in common are two.
			if (parts.every(([what]) => what === 'del')) continue;
			expect([said('del').join(''), said('ins').join('')]).toEqual([before, after]);
			if (parts.some(([what, text]) => what === 'ins' && /^\S+ \S+$/.test(text))) joined++;
		}
		expect(joined).toBeGreaterThan(20);
	});
});

const mark = (type: string, attrs: Attributes = {}): RichMark => ({ type, attrs });

/** `+neu+` is suggested to come in, `-alt-` to go. */
function text(source: string, id = 'x'): RichChild[] {
	const marked = (type: string): RichMark[] => [{ type, attrs: { by: 'mara', at: 1, id } }];
	return source.split(/([+-][^+-]+[+-])/).flatMap((part): RichChild[] => {
		if (part === '') return [];
		const type = part.startsWith('+') ? 'ins' : part.startsWith('-') ? 'del' : null;
		return [type === null ? { text: part, marks: [] } : { text: part.slice(1, -1), marks: marked(type) }];
	});
}

const sectionOf = (...blocks: RichNode[]) => [{ id: 'a', title: '', blocks }];
const shown = (before: RichNode[], after: RichNode[]) =>
	diffSections(sectionOf(...before), sectionOf(...after)).map(({ blocks, open }) => [open, ...blocks.map(told)]);

const lineOf = (source: string, id?: string, attrs = {}) => paragraph(attrs, text(source, id));

describe('what is only suggested is no agreed text', () => {
	test.each<[string, RichNode, RichNode, unknown[]]>([
		['new', lineOf('gut'), lineOf('gut+ neu+'), [[1, ['same:gut', 'may-ins: neu']]]],
		['new, a strike', lineOf('gut so'), lineOf('gut- so-'), [[1, ['same:gut', 'may-del: so']]]],
		['open before and after', lineOf('gut+ neu+'), lineOf('gut+ neu+'), []],
		['grown', lineOf('gut+ neu+'), lineOf('gut+ neu und+'), [[1, ['same:gut', 'may-ins: neu und']]]],
		['accepted', lineOf('gut+ neu+'), lineOf('gut neu'), [[0, ['same:gut', 'ins: neu']]]],
		['accepted, a strike', lineOf('gut- so-'), lineOf('gut'), [[0, ['same:gut', 'del: so']]]],
		['rejected', lineOf('gut+ neu+'), lineOf('gut'), []],
		['rejected, a strike', lineOf('gut- so-'), lineOf('gut so'), []],
		[
			'beside what changed',
			lineOf('am Montag+ früh+'),
			lineOf('am Dienstag+ früh+'),
			[[1, ['same:am ', 'del:Montag', 'ins:Dienstag', 'may-ins: früh']]],
		],
	])('%s', (_name, before, after, expected) => {
		expect(shown([before], [after])).toEqual(expected);
	});

	const by = { by: 'mara', at: 1, id: 'x' };
	const said = JSON.stringify(by);
	const table = (attrs: Attributes, ...cells: RichNode[]): RichNode => ({
		name: 'table',
		attrs,
		content: [{ name: 'row', attrs: {}, content: cells.map((cell) => ({ name: 'cell', attrs: {}, content: [cell] })) }],
	});

	test.each<[string, RichNode[], RichNode[], unknown[]]>([
		['a paragraph', [], [lineOf('neu', 'x', { ins: said })], [[1, ['may-ins:neu']]]],
		['a paragraph, withdrawn', [lineOf('gut'), lineOf('neu', 'x', { ins: said })], [lineOf('gut')], []],
		['a table', [], [table({ ins: said }, line('Wer'), line('Wo'))], [[1, ['may-ins> may-ins:Wer ‖ may-ins:Wo']]]],
		['a table to go', [table({}, line('Wer'))], [table({ del: said }, line('Wer'))], [[1, ['may-del> may-del:Wer']]]],
		['a table, accepted', [table({ ins: said }, line('Wer'))], [table({}, line('Wer'))], [[0, ['ins> ins:Wer']]]],
		['a table that is there after all', [table({ del: said }, line('Wer'))], [table({}, line('Wer'))], []],
		[
			'in a table',
			[table({}, line('Wo'), lineOf('Wer'))],
			[table({}, line('Wo'), lineOf('Wer+ und wann+'))],
			[[1, ['same> same:Wo ‖ same:Wer, may-ins: und wann']]],
		],
		[
			'in a table, a strike',
			[table({}, lineOf('Wer so'))],
			[table({}, lineOf('Wer- so-'))],
			[[1, ['same> same:Wer, may-del: so']]],
		],
		['in a table, before and after', [table({}, lineOf('Wer+ so+'))], [table({}, lineOf('Wer+ so+'))], []],
		[
			'in a table, accepted',
			[table({}, lineOf('Wer+ so+'))],
			[table({}, lineOf('Wer so'))],
			[[0, ['same> same:Wer, ins: so']]],
		],
		[
			'a cell of a table',
			[line('Gleich.'), table({}, line('OV Nord'), line('10 Uhr')), line('Auch.')],
			[line('Gleich.'), table({}, line('OV Nord'), line('11 Uhr')), line('Auch.')],
			[[0, 1, ['same> same:OV Nord ‖ del:10, ins:11, same: Uhr'], 1]],
		],
		[
			'a table and what is around it',
			[line('Am Montag hier.'), table({}, line('OV Nord'), line('10 Uhr')), line('Weg.')],
			[line('Am Dienstag hier.'), line('Neu.'), table({}, line('OV Nord'), line('11 Uhr'))],
			[
				[
					0,
					['same:Am ', 'del:Montag', 'ins:Dienstag', 'same: hier.'],
					['ins:Neu.'],
					['same> same:OV Nord ‖ del:10, ins:11, same: Uhr'],
					['del:Weg.'],
				],
			],
		],
		[
			'two tables, of which one went',
			[table({}, line('Kasse')), table({}, line('OV Nord'), line('10 Uhr'))],
			[table({}, line('OV Nord'), line('11 Uhr'))],
			[[0, ['del> del:Kasse'], ['same> same:OV Nord ‖ del:10, ins:11, same: Uhr']]],
		],
		[
			'a table behind what it stood before',
			[table({}, line('OV Nord'), line('10 Uhr')), line('Gleich.')],
			[line('Gleich.'), table({}, line('OV Nord'), line('11 Uhr'))],
			[[0, ['del> del:OV Nord ‖ del:10 Uhr'], 1, ['ins> ins:OV Nord ‖ ins:11 Uhr']]],
		],
		[
			'in a table that changed',
			[table({}, line('Wo'))],
			[table({}, lineOf('Wer+ so+'))],
			[[1, ['del> del:Wo'], ['ins> ins:Wer, may-ins: so']]],
		],
		[
			'a row of a table',
			[{ ...table({}, line('Wer')) }],
			[
				{
					...table({}, line('Wer')),
					content: [
						...table({}, line('Wer')).content,
						{ ...(table({}, line('Ich')).content[0] as RichNode), attrs: { ins: said } },
					],
				},
			],
			[[1, ['same> same:Wer', 'may-ins> may-ins:Ich']]],
		],
		[
			'a heading',
			[lineOf('Wo')],
			[lineOf('Wo', 'x', { chg: JSON.stringify([{ ...by, to: { level: 1 } }]) })],
			[[1, ['may-be:text→h1', 'same:Wo']]],
		],
		[
			'a heading, before and after',
			[lineOf('Wo', 'x', { chg: JSON.stringify([{ ...by, to: { level: 1 } }]) })],
			[lineOf('Wo', 'x', { chg: JSON.stringify([{ ...by, to: { level: 1 } }]) })],
			[],
		],
		[
			'a join',
			[lineOf('a'), lineOf('b')],
			[lineOf('a'), lineOf('b', 'x', { join: said })],
			[[1, 1, ['may-join', 'same:b']]],
		],
		[
			'a break',
			[lineOf('ab')],
			[paragraph({}, [...text('a'), { text: '\u2029', marks: [mark('ins', by), mark('brk')] }, ...text('b')])],
			[[1, ['may-break', 'same:ab']]],
		],
		[
			'a break, accepted and still to be carried out',
			[lineOf('ab cd')],
			[paragraph({}, [...text('ab cd'), { text: '\u2029', marks: [mark('brk')] }, ...text('ef')])],
			[[0, 1, ['ins:ef']]],
		],
	])('%s', (_name, before, after, expected) => {
		expect(shown(before, after)).toEqual(expected);
	});

	test('what was open before beside what was withdrawn is no news', () => {
		const was = JSON.stringify({ mark: 'strong', attrs: null, to: {} });
		const look = { text: ' so', marks: [mark('fmt', { ...by, was })] };
		const both = (source: string) => paragraph({ join: said }, [...text(source, 'y'), look]);
		expect(shown([lineOf('a'), both('b+ neu+')], [lineOf('a'), both('b')])).toEqual([]);
		expect(shown([lineOf('a'), lineOf('b so')], [lineOf('a'), both('b')])).toEqual([
			[1, 1, ['may-join', 'same:b', 'same[may-strong]: so']],
		]);
	});

	test('a look is as it was and said to be suggested, a comment is nothing', () => {
		const now = paragraph({}, [
			{ text: 'gut', marks: [mark('strong'), mark('fmt', { ...by, was: '{"mark":"strong","attrs":null}' })] },
			{ text: ' so', marks: [mark('comment', { id: 'c' })] },
		]);
		expect(shown([lineOf('gut so')], [now])).toEqual([[1, ['same[may-strong]:gut', 'same: so']]]);
		expect(shown([now], [now])).toEqual([]);
		expect(
			shown([lineOf('gut so')], [paragraph({}, [{ text: 'gut so', marks: [mark('comment', { id: 'c' })] }])]),
		).toEqual([]);
		const withFact = (attrs: object) =>
			paragraph({}, [{ name: 'fact', attrs: { text: 'Montag', ...attrs }, content: [] }]);
		expect(shown([withFact({})], [withFact({ comments: 'c' })])).toEqual([]);
	});
});
