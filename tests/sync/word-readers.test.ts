/** Word files as programs that are not ours read and write them: mammoth, and pandoc and LibreOffice where installed. */
import {
	isText,
	orderedMarks,
	paragraph,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import { suggestionsIn } from '#lib/text/agreed.ts';
import { docxToText } from '#lib/text/docx/from-docx.ts';
import { writeAuthored } from '#lib/text/block-suggestion.ts';
import { textToDocx } from '#lib/text/docx/to-docx.ts';
import { blocksToMarkdown } from '#lib/text/to-markdown.ts';
import mammoth from 'mammoth';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../support/random.ts';
import { WrittenTexts } from '../support/written-texts.ts';

const found = spawnSync('pandoc', ['--version']).status === 0;
if (!found) console.warn('skipped: pandoc is not installed here, so no other program looks at our Word files');

const at = Date.parse('2024-12-10T08:00:00Z');

function pandoc(from: string, to: string, input: string | Uint8Array): Buffer {
	const { status, stdout, stderr } = spawnSync('pandoc', ['--track-changes=all', '-f', from, '-t', to], { input });
	expect(stderr.toString()).toBe('');
	expect(status).toBe(0);
	return stdout;
}

const noAttributes = ['', [], []];

function words(text: string): object[] {
	return (text.match(/ |[^ ]+/g) ?? []).map((each) => (each === ' ' ? { t: 'Space' } : { t: 'Str', c: each }));
}

function para(...content: object[]): object {
	return { t: 'Para', c: content };
}

function span(kind: string, attributes: string[][], ...content: object[]): object {
	return { t: 'Span', c: [['', [kind], attributes], content] };
}

function by(author: string, date = '2024-12-10T08:00:00Z'): string[][] {
	return [
		['author', author],
		['date', date],
	];
}

function said(type: 'ins' | 'del', by: string): RichMark {
	return { type, attrs: { by, at, id: 'x' } };
}

function text(words: string, ...marks: RichMark[]) {
	return { text: words, marks: orderedMarks(marks) };
}

/** A text with all that we write into a file. */
function wordFile(): Uint8Array {
	const comment: RichMark = { type: 'comment', attrs: { id: 'c' } };
	const cell = (words: string, header = false) => ({
		name: 'cell',
		attrs: header ? { header } : {},
		content: [paragraph({}, [text(words)])],
	});
	const row = (header: boolean, ...words: string[]) => ({
		name: 'row',
		attrs: {},
		content: words.map((each) => cell(each, header)),
	});
	const blocks = [
		paragraph({}, [
			text('zu '),
			text('unserer', said('del', 'jonas')),
			text('seiner', said('ins', 'jonas')),
			text(' Sitzung', comment),
		]),
		paragraph({ level: 1 }, [text('Wann')]),
		paragraph({}, [text('vor'), text('¶', { type: 'brk', attrs: {} }, said('ins', 'jonas')), text('nach')]),
		paragraph({ join: writeAuthored({ by: 'mara', at, id: 'x' }) }, [text('dran')]),
		paragraph({ list: 'ordered' }, [text('eins')]),
		paragraph({ list: 'bullet', indent: 1 }, [text('zwei', { type: 'strong', attrs: {} })]),
		paragraph({}, [text('hier', { type: 'link', attrs: { href: 'https://example.org/' } })]),
		{ name: 'table', attrs: {}, content: [row(true, 'Wer', 'Wann'), row(false, 'OV Nord', '10 Uhr')] },
	];
	return textToDocx({
		title: 'Aus dem Vorstand',
		sections: [{ title: 'Wahlbüro', blocks }],
		comments: [
			{
				id: 'c',
				resolved: false,
				entries: [
					{ by: 'mara', at, text: 'Welche?' },
					{ by: 'jonas', at: at + 60_000, text: 'Die im Januar.' },
				],
			},
		],
		nameOf: (by) => ({ jonas: 'Jonas Weber', mara: 'Mara Lindner' })[by] ?? by,
		language: 'de-DE',
	});
}

test('mammoth reads our text with its structure, as if all was accepted', async () => {
	const { value, messages } = await mammoth.convertToHtml({ buffer: Buffer.from(wordFile()) });
	expect(value).toContain('<h1>Wahlbüro</h1>');
	expect(value).toContain('zu seiner Sitzung');
	expect(value).not.toContain('unserer');
	expect(value).toMatch(/<ol><li>eins<ul><li><strong>zwei<\/strong><\/li><\/ul><\/li><\/ol>/);
	expect(value).toContain('<a href="https://example.org/">hier</a>');
	expect(value).toMatch(/<table>.*Wer.*Wann.*OV Nord.*10 Uhr.*<\/table>/);
	expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
});

function textOf(seed: number): { file: Uint8Array; blocks: readonly RichNode[] } {
	const { blocks, threads } = new WrittenTexts(createRandom(seed)).text();
	const sections = [{ title: 'Titel', blocks }];
	const file = textToDocx({ title: '', sections, comments: threads, nameOf: (by) => by, language: 'de-DE' });
	return { file, blocks };
}

/** Without white space, and without breaks: the sign by which one is suggested no other program has. */
function wordsOf(children: readonly RichChild[], isLeft: (kinds: readonly string[]) => boolean = () => false): string {
	const words = children.map((child) => {
		if (!isText(child)) return wordsOf(child.content, isLeft);
		const kinds = child.marks.map(({ type }) => type);
		return kinds.includes('brk') || isLeft(kinds) ? '' : child.text;
	});
	return words.join('').replace(/\s/g, '');
}

/** What pandoc found, but for what comments say. */
function spoken(found: unknown): string {
	if (Array.isArray(found)) return found.map(spoken).join('');
	if (typeof found !== 'object' || found === null) return '';
	const { t, c } = found as { t?: string; c?: unknown };
	if (t === 'Str') return String(c).replace(/\s/g, '');
	const isComment = t === 'Span' && Array.isArray(c) && JSON.stringify(c[0]).includes('"comment-start"');
	return isComment ? '' : spoken(c);
}

const office = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0);
if (!office) console.warn('skipped: LibreOffice is not installed here, so it does not look at our Word files');

describe.skipIf(!office)('LibreOffice', () => {
	/** Our file, as it comes out of there in another form. */
	function convert(form: string, name: string, word = wordFile()): Buffer {
		const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-word-'));
		try {
			const file = path.join(folder, 'text.docx');
			const out = path.join(folder, 'out');
			writeFileSync(file, word);
			spawnSync(office ?? '', ['--headless', '--convert-to', form, '--outdir', out, file]);
			return readFileSync(path.join(out, name));
		} finally {
			rmSync(folder, { recursive: true });
		}
	}

	test('opens our file', () => {
		const read = convert('txt:Text', 'text.txt').toString();
		for (const words of ['Wahlbüro', 'Sitzung', 'eins', 'OV Nord']) expect(read).toContain(words);
	});

	test.each([6, 7])('writes anew a text as an editor makes it, with all of its words: seed %d', async (seed) => {
		const { file, blocks } = textOf(seed);
		const saved = new Uint8Array(convert('docx:MS Word 2007 XML', 'text.docx', file));
		const { sections } = await docxToText(saved, { by: 'mara', at: 7, newId: () => 'n' });
		expect(sections.map(({ title }) => title)).toEqual(['Titel']);
		expect(sections.map((each) => wordsOf(each.blocks)).join('')).toBe(wordsOf(blocks));
	});

	test('writes anew what is one suggestion, and we read it as one', async () => {
		const saved = new Uint8Array(convert('docx:MS Word 2007 XML', 'text.docx'));
		let count = 0;
		const importer = { by: 'mara', at: 7, newId: () => `n${count++}` };
		const { sections } = await docxToText(saved, importer);
		// A word in the place of another, a break, a join.
		expect(suggestionsIn(sections.flatMap(({ blocks }) => blocks)).size).toBe(3);
	});

	test('writes anew what we wrote, and we read the same in it: strikes, joins, breaks, lists, tables, comments', async () => {
		const importer = { by: 'mara', at: 7, newId: () => 'n' };
		const saved = new Uint8Array(convert('docx:MS Word 2007 XML', 'text.docx'));
		const [ours, theirs] = [await docxToText(wordFile(), importer), await docxToText(saved, importer)];
		expect(ours.sections[0]?.blocks).toHaveLength(8);
		for (const said of ['"del"', '"ins"', '"brk"', '"join"', '"ordered"', '"indent"', '"table"', '"comment"'])
			expect(JSON.stringify(theirs.sections)).toContain(said);
		// Each comment is a thread of its own there, on the same words; which of them is an answer is not kept.
		const twice = ',{"type":"comment","attrs":{"id":"n"}}]';
		const sections = JSON.stringify(theirs.sections).replace(`"attrs":{"id":"n"}}${twice}`, '"attrs":{"id":"n"}}]');
		expect(JSON.parse(sections)).toEqual(ours.sections);
		expect(theirs.comments.map(({ quote }) => quote)).toEqual([' Sitzung', ' Sitzung']);
		expect(theirs.comments.flatMap(({ entries }) => entries)).toEqual(ours.comments[0]?.entries);
	});
});

describe.skipIf(!found)('pandoc', () => {
	test('reads our headings, tracked changes, comments, lists, links and tables', () => {
		const { blocks } = JSON.parse(pandoc('docx', 'json', wordFile()).toString()) as { blocks: unknown };
		const cell = (text: string) => [noAttributes, { t: 'AlignDefault' }, 1, 1, [{ t: 'Plain', c: words(text) }]];
		const row = (...texts: string[]) => [noAttributes, texts.map(cell)];
		const half = [{ t: 'AlignDefault' }, { t: 'ColWidth', c: 0.5 }];
		expect(blocks).toEqual([
			{ t: 'Header', c: [1, expect.anything(), words('Wahlbüro')] },
			para(
				...words('zu '),
				span('deletion', by('Jonas Weber'), ...words('unserer')),
				span('insertion', by('Jonas Weber'), ...words('seiner')),
				span('comment-start', [['id', '0'], ...by('Mara Lindner')], ...words('Welche?')),
				span('comment-start', [['id', '1'], ...by('Jonas Weber', '2024-12-10T08:01:00Z')], ...words('Die im Januar.')),
				...words(' Sitzung'),
				// An answer is a comment on the same words, which pandoc nests.
				span('comment-end', [['id', '0']], span('comment-end', [['id', '1']])),
			),
			{ t: 'Header', c: [2, expect.anything(), words('Wann')] },
			para(...words('vor'), span('paragraph-insertion', by('Jonas Weber'))),
			para(...words('nach'), span('paragraph-deletion', by('Mara Lindner'))),
			para(...words('dran')),
			{
				t: 'OrderedList',
				c: [
					[1, { t: 'Decimal' }, { t: 'Period' }],
					[[para(...words('eins')), { t: 'BulletList', c: [[para({ t: 'Strong', c: words('zwei') })]] }]],
				],
			},
			para({ t: 'Link', c: [noAttributes, words('hier'), ['https://example.org/', '']] }),
			{
				t: 'Table',
				c: [
					noAttributes,
					[null, []],
					[half, half],
					[noAttributes, [row('Wer', 'Wann')]],
					[[noAttributes, 0, [], [row('OV Nord', '10 Uhr')]]],
					[noAttributes, []],
				],
			},
		]);
	});

	test.each([1, 2, 3, 4, 5])('reads the words of a text as an editor makes it, each in its place: seed %d', (seed) => {
		const { file, blocks } = textOf(seed);
		const found = JSON.parse(pandoc('docx', 'json', file).toString()) as { blocks: unknown };
		// Of what was inserted and struck pandoc reads nothing.
		const isLeft = (kinds: readonly string[]) => kinds.includes('ins') && kinds.includes('del');
		expect(spoken(found.blocks)).toBe(`Titel${wordsOf(blocks, isLeft)}`);
	});

	test.each(['markdown', 'commonmark', 'gfm'])('as %s shows signs of CriticMarkup that are meant as text', (reader) => {
		const signs = ['{++hier++}', '{--x--}', '{~~a~>b~~}', '{>>c<<}', '{==d==}', '{==d==}{>>e<<}', '{++', '--}'];
		for (const flavour of ['clean', 'marks', 'exact', 'critic'] as const)
			for (const sign of signs) {
				const markdown = blocksToMarkdown([paragraph({}, [text(`ein ${sign} Wort`)])], { flavour });
				expect(pandoc(reader, 'plain', markdown).toString(), markdown).toBe(`ein ${sign} Wort\n`);
			}
	});

	test('writes a file that we read, with its strikes and comments', async () => {
		const source = [
			'# Wahlbüro\n\n## Wann\n',
			'Kommt [alle]{.deletion author="Jonas Weber" date="2024-12-10T08:00:00Z"}[viele]{.insertion author="Jonas Weber" date="2024-12-10T08:00:00Z"} zur',
			'[Wohin?]{.comment-start id="0" author="Mara" date="2024-12-10T08:00:00Z"}Sitzung[]{.comment-end id="0"}.[^1]\n',
			'1. eins\n2. zwei\n    - drei\n',
			'| Wer | Wann |\n| --- | --- |\n| OV Nord | **10 Uhr** |\n',
			'Mehr [hier](https://example.org/), [sehr **wichtig**]{.insertion author="Lea" date="2024-12-09T08:00:00Z"}.\n',
			'[^1]: In der Geschäftsstelle.\n',
		].join('\n');
		const importer = { by: 'mara', at: 7, newId: () => 'n' };
		const { sections, comments } = await docxToText(new Uint8Array(pandoc('markdown', 'docx', source)), importer);
		const struck = (type: string) => ({ type, attrs: { by: 'word:Jonas Weber', at, id: 'n' } });
		const lea = { type: 'ins', attrs: { by: 'word:Lea', at: at - 24 * 3_600_000, id: 'n' } };
		expect(sections.map(({ title }) => title)).toEqual(['Wahlbüro']);
		expect(comments).toMatchObject([{ quote: 'Sitzung', entries: [{ by: 'word:Mara', at, text: 'Wohin?' }] }]);
		expect(sections[0]?.blocks).toMatchObject([
			{ attrs: { level: 1 }, content: [{ text: 'Wann' }] },
			{
				content: [
					{ text: 'Kommt ' },
					{ text: 'alle', marks: [struck('del')] },
					{ text: 'viele', marks: [struck('ins')] },
					{ text: ' zur ' },
					{ text: 'Sitzung', marks: [{ type: 'comment' }] },
					{ text: '.[1]' },
				],
			},
			{ attrs: { list: 'ordered' }, content: [{ text: 'eins' }] },
			{ attrs: { list: 'ordered' }, content: [{ text: 'zwei' }] },
			{ attrs: { list: 'bullet', indent: 1 }, content: [{ text: 'drei' }] },
			{ name: 'table', content: [{ content: [{ attrs: { header: true } }, {}] }, { content: [{}, {}] }] },
			{
				content: [
					{ text: 'Mehr ' },
					{ text: 'hier', marks: [{ type: 'link', attrs: { href: 'https://example.org/' } }] },
					{ text: ', ' },
					{ text: 'sehr ', marks: [lea] },
					{ text: 'wichtig', marks: [{ type: 'strong' }, lea] },
					{ text: '.' },
				],
			},
			{ content: [{ text: '[1] In der Geschäftsstelle.' }] },
		]);
	});
});
