import {
	joined,
	orderedMarks,
	paragraph,
	textOf,
	type Attributes,
	type RichMark,
	type RichNode,
	type RichText,
} from '#lib/documents/rich-body.ts';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { writeAuthored, writeChange } from '../block-suggestion.ts';
import { commentsOf } from '../imported.ts';
import { accepted } from '../settle.ts';
import { importLimits, type RefusalReason } from '../refusal.ts';
import { docxToText } from './from-docx.ts';
import { textToDocx, type DocxThread } from './to-docx.ts';
import { unzipLimits } from './unzip.ts';

const at = Date.parse('2024-12-10T08:00:00Z');
let count = 0;
const importer = { by: 'mara', at: 7, newId: () => `n${count++}` };

function run(words: string): string {
	return `<w:r><w:t>${words}</w:t></w:r>`;
}

function text(words: string, ...marks: (string | RichMark)[]): RichText {
	return {
		text: words,
		marks: orderedMarks(marks.map((mark) => (typeof mark === 'string' ? { type: mark, attrs: {} } : mark))),
	};
}
function said(type: 'ins' | 'del', by: string): RichMark {
	return { type, attrs: { by, at, id: 'x' } };
}
function line(content: string | RichText[], attrs: Attributes = {}): RichNode {
	return paragraph(attrs, typeof content === 'string' ? (content === '' ? [] : [text(content)]) : content);
}

/** Ids are made anew, and names say where they are from. */
function likeRead(node: RichNode): string {
	return JSON.stringify(node)
		.replace(/(\\?"id\\?":)\\?"[^"\\]*\\?"/g, '$1…')
		.replace(/word:/g, '');
}

async function roundTrip(blocks: RichNode[], comments: DocxThread[] = []) {
	const file = textToDocx({
		title: '',
		sections: [{ title: '', blocks }],
		comments,
		nameOf: (by) => by,
		language: 'de-DE',
	});
	return docxToText(file, importer);
}

async function expectSame(blocks: RichNode[]): Promise<void> {
	const { sections } = await roundTrip(blocks);
	expect(sections.flatMap(({ blocks }) => blocks).map(likeRead)).toEqual(blocks.map(likeRead));
}

describe('a round trip through Word’s format', () => {
	test('headings, lists, breaks, tabs and links', () =>
		expectSame([
			line('Wahlbüro', { level: 1 }),
			line([
				text('Text '),
				text('fett', 'strong'),
				text(' und '),
				text('beides', 'strong', 'em'),
				text(' &<>" '),
				text('da', { type: 'link', attrs: { href: 'https://example.org/?a=1&b=2' } }),
			]),
			line('eins', { list: 'ordered' }),
			line('zwei', { list: 'bullet', indent: 1 }),
			line('drei', { list: 'check', indent: 8 }),
			line('vier', { list: 'check', checked: true }),
			line('weiter', { indent: 1 }),
			line(' vorn\tTab\nneue Zeile '),
			line(''),
			{ name: 'rule', attrs: {}, content: [] },
			line('drei', { level: 3 }),
		]));

	test('tables with spans and several paragraphs in a cell', () => {
		const cell = (attrs: Attributes, ...content: RichNode[]): RichNode => ({ name: 'cell', attrs, content });
		const row = (...content: RichNode[]): RichNode => ({ name: 'row', attrs: {}, content });
		return expectSame([
			{
				name: 'table',
				attrs: {},
				content: [
					row(cell({ header: true }, line('Wer')), cell({ header: true, colspan: 2 }, line('Wann'))),
					row(cell({ rowspan: 2 }, line('OV Nord')), cell({}, line('10'), line('12')), cell({}, line(''))),
					row(cell({ colspan: 2 }, line([text('14', 'strong')]))),
				],
			},
			line('danach'),
		]);
	});

	test('tracked changes: inserted, struck, both, breaks, joins, and what something was', () =>
		expectSame([
			line([
				text('Sitzung '),
				text('unserer', said('del', 'Jonas')),
				text('seiner', said('ins', 'Jonas')),
				text(' weg', said('ins', 'Mara'), { type: 'del', attrs: { by: 'Jonas', at, id: 'x+' } }),
			]),
			line([text('vor'), text('¶', 'brk', said('ins', 'Jonas')), text('nach')]),
			line('angehängt', { join: writeAuthored({ by: 'Jonas', at, id: 'x' }) }),
			line('Liste', { level: 2, chg: writeChange({ by: 'Mara', at, id: 'x' }, { level: 2 }, { list: 'bullet' }) }),
			line([
				text('fett', 'strong', {
					type: 'fmt',
					attrs: { by: 'Mara', at, id: 'x', was: '{"mark":"strong","attrs":null}' },
				}),
			]),
		]));

	test('bold that is only suggested goes out as Word’s tracked change, and is bold where all is accepted', async () => {
		const fmt = (mark: object): RichMark => ({
			type: 'fmt',
			attrs: { by: 'Mara', at, id: 'x', was: JSON.stringify(mark) },
		});
		const suggested = [
			line([
				text('fett', fmt({ mark: 'strong', attrs: null, to: {} })),
				text(' nicht mehr', 'em', fmt({ mark: 'em', attrs: {}, to: null })),
				text(' da', fmt({ mark: 'link', attrs: null, to: { href: 'https://example.org/' } })),
			]),
		];
		const { sections } = await roundTrip(suggested);
		const link: RichMark = { type: 'link', attrs: { href: 'https://example.org/' } };
		expect(sections[0]?.blocks.map(likeRead)).toEqual(
			[
				line([
					text('fett', 'strong', fmt({ mark: 'strong', attrs: null })),
					text(' nicht mehr', fmt({ mark: 'em', attrs: {} })),
					text(' da', link),
				]),
			].map(likeRead),
		);
		expect(accepted(suggested)).toEqual([line([text('fett', 'strong'), text(' nicht mehr'), text(' da', link)])]);
	});

	test('comments with answers, across a link and a break', async () => {
		const comment: RichMark = { type: 'comment', attrs: { id: 'c1' } };
		const blocks = [
			line([
				text('vor '),
				text('ein ', comment),
				text('Link', comment, { type: 'link', attrs: { href: 'https://example.org/' } }),
			]),
			line([text('weiter', comment), text(' nach')]),
		];
		const entries = [
			{ by: 'Mara', at, text: 'Stimmt das?\nWirklich?' },
			{ by: 'Jonas', at: at + 60_000, text: 'Ja.' },
		];
		const { sections, comments } = await roundTrip(blocks, [{ id: 'c1', resolved: true, entries }]);
		const found = comments[0];
		expect(comments).toHaveLength(1);
		expect(found).toMatchObject({ quote: 'ein Link\nweiter', resolved: true });
		expect(found?.entries).toEqual(entries.map((entry) => ({ ...entry, by: `word:${entry.by}` })));
		expect(JSON.stringify(sections[0]?.blocks)).toBe(
			JSON.stringify(blocks).replaceAll('"c1"', JSON.stringify(found?.id)),
		);
	});

	test('what a comment is about has a new line where one is suggested', async () => {
		const comment: RichMark = { type: 'comment', attrs: { id: 'c1' } };
		const author = { by: 'Mara', at, id: 's1' };
		const signs: RichMark[] = [comment, { type: 'brk', attrs: {} }, { type: 'ins', attrs: author }];
		const blocks = [line([text('eins', comment), text('¶', ...signs), text('zwei ¶ drei', comment)])];
		const entries = [{ by: 'Mara', at, text: 'Gut.' }];
		const { comments } = await roundTrip(blocks, [{ id: 'c1', resolved: false, entries }]);
		expect(comments).toMatchObject([{ quote: 'eins\nzwei ¶ drei' }]);
	});

	test('titles part articles', async () => {
		const sections = [
			{ title: 'Wahlbüro', blocks: [line('a')] },
			{ title: 'Plakate & mehr', blocks: [line('b', { level: 1 })] },
		];
		const file = textToDocx({ title: '', sections, comments: [], nameOf: (by) => by, language: 'de-DE' });
		expect((await docxToText(file, importer)).sections).toEqual(sections);
	});
});

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

function docx(body: string, more: Record<string, string> = {}): Uint8Array {
	const parts = { 'word/document.xml': `<w:document ${w}><w:body>${body}</w:body></w:document>`, ...more };
	return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}

async function wordsOf(body: string): Promise<string[]> {
	const { sections } = await docxToText(docx(body), importer);
	return sections
		.flatMap(({ blocks }) => blocks)
		.map((block) =>
			joined(block.content)
				.map((child) => ('text' in child ? child.text : ''))
				.join(''),
		);
}

describe('files of others', () => {
	test('what is not known is its text', async () => {
		const body = `<w:sdt><w:sdtContent><w:p><w:r><w:t>im Feld</w:t></w:r></w:p></w:sdtContent></w:sdt>
			<w:p><w:newThing><w:r><w:t>neu</w:t></w:r></w:newThing><m:oMath xmlns:m="m"><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>
			<w:p><w:r><mc:AlternateContent xmlns:mc="mc"><mc:Choice><w:t>doppelt</w:t></mc:Choice><mc:Fallback><w:t>einmal</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>
			<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;
		expect(await wordsOf(body)).toEqual(['im Feld', 'neux=1', 'einmal', '3']);
	});

	test('a change without author or date has both all the same', async () => {
		const { sections } = await docxToText(
			docx('<w:p><w:del w:id="1"><w:r><w:delText>weg</w:delText></w:r></w:del></w:p>'),
			importer,
		);
		expect(sections[0]?.blocks[0]?.content).toMatchObject([
			{ text: 'weg', marks: [{ type: 'del', attrs: { by: 'word:?', at: 7 } }] },
		]);
	});

	test('a link that could run something is its text', async () => {
		const body = '<w:p><w:hyperlink r:id="a" xmlns:r="r"><w:r><w:t>hier</w:t></w:r></w:hyperlink></w:p>';
		const rels =
			'<Relationships><Relationship Id="a" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/></Relationships>';
		const { sections } = await docxToText(docx(body, { 'word/_rels/document.xml.rels': rels }), importer);
		expect(sections[0]?.blocks[0]?.content).toEqual([{ text: 'hier', marks: [] }]);
	});
});

describe('what is an article', () => {
	const styled = (style: string, text: string) =>
		`<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${text === '' ? '' : `<w:r><w:t>${text}</w:t></w:r>`}</w:p>`;
	const plain = (text: string) => `<w:p>${text === '' ? '' : `<w:r><w:t>${text}</w:t></w:r>`}</w:p>`;

	test.each<[string, string, [string, string[]][]]>([
		[
			'a title of the whole above an article',
			styled('Title', 'R') + styled('Heading1', 'A') + plain('a'),
			[['A', ['a']]],
		],
		[
			'with empty lines around',
			plain('') + styled('Title', 'R') + plain('') + styled('Heading1', 'A') + plain('a'),
			[['A', ['a']]],
		],
		['empty lines above a heading', plain('') + styled('Heading1', 'A') + plain('a'), [['A', ['a']]]],
		[
			'a title above text',
			styled('Title', 'R') + plain('r') + styled('Heading1', 'A') + plain('a'),
			[
				['R', ['r']],
				['A', ['a']],
			],
		],
		[
			'a title above a smaller heading',
			styled('Title', 'R') + styled('Heading2', 'A') + plain('a'),
			[['R', ['A', 'a']]],
		],
		['a title alone', styled('Title', 'R'), [['R', []]]],
		[
			'a heading above a heading',
			styled('Heading1', 'A') + styled('Heading1', 'B') + plain('b'),
			[
				['A', []],
				['B', ['b']],
			],
		],
	])('%s', async (_name, body, expected) => {
		const { sections } = await docxToText(docx(body), importer);
		expect(sections.map(({ title, blocks }) => [title, blocks.map((block) => textOf(block))])).toEqual(expected);
	});
});

describe('a comment about no words', () => {
	const comments = `<w:comments ${w}><w:comment w:id="0" w:author="Lea"><w:p><w:r><w:t>Hm.</w:t></w:r></w:p></w:comment></w:comments>`;
	const reference = '<w:r><w:commentReference w:id="0"/></w:r>';
	const heading = (content: string) => `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${content}</w:p>`;

	test.each([
		['stands at the word before it', `<w:p>${run('vor dem')}${reference}${run(' Ende')}</w:p>`, 'dem'],
		['or at the one behind it', `<w:p>${reference}${run('Anfang hier')}</w:p>`, 'Anfang'],
		['or in the paragraph before', `<w:p>${run('a b')}</w:p><w:p>${reference}</w:p>`, 'b'],
		[
			'also where its range is empty',
			`<w:p>${run('a')}<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/>${reference}</w:p>`,
			'a',
		],
		[
			'and belongs to its article where that has no words',
			`${heading(run('B'))}<w:p>${run('b')}</w:p>${heading(reference + run('A'))}<w:p/>`,
			'',
		],
		[
			'or where they are its title',
			`${heading(run('B'))}<w:p>${run('b')}</w:p>${heading(`<w:commentRangeStart w:id="0"/>${run('A')}<w:commentRangeEnd w:id="0"/>${reference}`)}<w:p>${run('b')}</w:p>`,
			'',
		],
	])('%s', async (_name, body, quote) => {
		const read = await docxToText(docx(body, { 'word/comments.xml': comments }), importer);
		expect(read.comments).toMatchObject([{ quote, entries: [{ by: 'word:Lea', text: 'Hm.' }] }]);
		const ids = read.sections.map((section) => [...commentsOf([section])]);
		expect(ids).toEqual(read.sections.map(({ title }) => (title === 'B' ? [] : read.comments.map(({ id }) => id))));
		expect(JSON.stringify(read.sections)).not.toContain('"place"');
	});
});

test('as much as a file may bring is taken', async () => {
	const { characters, paragraphs } = importLimits;
	const body = `<w:p>${run('A'.repeat(characters))}</w:p>${'<w:p/>'.repeat(paragraphs - 1)}`;
	const { sections } = await docxToText(docx(body), importer);
	expect(sections.map(({ blocks }) => blocks.length)).toEqual([paragraphs]);
});

const hiddenStyle = '<w:style w:type="character" w:styleId="H"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>';
test.each([
	['by itself', '<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r>', 'ab', true],
	['by its style', '<w:r><w:rPr><w:rStyle w:val="H"/></w:rPr><w:t>geheim</w:t></w:r>', 'ab', true],
	['but not when it says so', '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>offen</w:t></w:r>', 'aoffenb', false],
	['but is only a blank', '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve"> </w:t></w:r>', 'ab', false],
	[
		'and a field that it ends is over',
		'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:instrText>XE</w:instrText><w:fldChar w:fldCharType="end"/></w:r>',
		'ab',
		false,
	],
])('text that is hidden %s, which is told', async (_how, hidden, read, isTold) => {
	const styles = `<w:styles ${w}>${hiddenStyle}</w:styles>`;
	const file = docx(`<w:p>${run('a')}${hidden}${run('b')}</w:p>`, { 'word/styles.xml': styles });
	const imported = await docxToText(file, importer);
	expect(imported.sections.flatMap(({ blocks }) => blocks.map(textOf))).toEqual([read]);
	expect(imported.hidden).toBe(isTold);
});

test('rows that are tracked as such are told, in tables within tables too', async () => {
	const row = (tracked: string, content = run('a')) =>
		`<w:tr>${tracked && `<w:trPr>${tracked}</w:trPr>`}<w:tc>${/^<w:tbl/.test(content) ? content : `<w:p>${content}</w:p>`}</w:tc></w:tr>`;
	const inner = `<w:tbl>${row('<w:ins w:author="Lea"/>')}</w:tbl>`;
	const table = `<w:tbl>${row('')}${row('<w:tblHeader/>')}${row('<w:del w:author="Lea"/>')}${row('', inner)}</w:tbl>`;
	expect(await docxToText(docx(table), importer)).toMatchObject({ rows: 2, hidden: false });
	expect(await docxToText(docx(`<w:tbl>${row('')}</w:tbl>`), importer)).toMatchObject({ rows: 0 });
});

test.each([
	['drawn', '<w:drawing><wp:inline><wp:docPr id="1" descr="Stand"/><a:blip r:embed="r1"/></wp:inline></w:drawing>'],
	['with a title only', '<w:drawing><wp:docPr id="1" title="Stand"/><a:blip r:embed="r1"/></w:drawing>'],
	[
		'in two forms, of which one is read',
		'<mc:AlternateContent><mc:Choice><w:drawing><a:blip/></w:drawing></mc:Choice><mc:Fallback><w:pict><v:imagedata r:id="r1"/></w:pict><w:t>[Stand]</w:t></mc:Fallback></mc:AlternateContent>',
	],
])('a picture %s is counted, what is said of it stays', async (_how, picture) => {
	const file = docx(`<w:p>${run('a ')}<w:r>${picture}</w:r></w:p><w:p>${run('b')}</w:p>`);
	const { pictures, sections } = await docxToText(file, importer);
	expect(pictures).toBe(1);
	expect(sections.flatMap(({ blocks }) => blocks.map(textOf))).toEqual(['a [Stand]', 'b']);
});

test('a title reads as it will when what is suggested in it is accepted', async () => {
	const struck = '<w:del w:author="Lea"><w:r><w:delText>alt</w:delText></w:r></w:del>';
	const added = `<w:ins w:author="Lea">${run('neu')}</w:ins>`;
	const title = `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run('Was ')}${struck}${added}</w:p>`;
	const { sections } = await docxToText(docx(`${title}<w:p>${run('b')}</w:p>`), importer);
	expect(sections.map((each) => each.title)).toEqual(['Was neu']);
});

describe('is refused as a whole', () => {
	const limits = { ...unzipLimits, unpacked: 1_000_000 };
	const bomb = () => docx(`<w:p><w:r><w:t>${'A'.repeat(5_000_000)}</w:t></w:r></w:p>`);
	const deep = `${'<w:p>'.repeat(300)}${'</w:p>'.repeat(300)}`;
	const entities = `<!DOCTYPE w [<!ENTITY a "${'b'.repeat(100)}"><!ENTITY x SYSTEM "file:///etc/passwd">]><w:document ${w}><w:body><w:p><w:r><w:t>&a;&x;</w:t></w:r></w:p></w:body></w:document>`;
	const cases: [string, RefusalReason, () => Uint8Array][] = [
		['a bomb', 'too-large', bomb],
		['a huge file', 'too-large', hugeFile],
		['an encrypted file', 'encrypted', () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
		['macros', 'macros', () => docx('<w:p><w:r><w:t>a</w:t></w:r></w:p>', { 'word/vbaProject.bin': 'x' })],
		['another kind of file', 'not-known', () => strToU8('%PDF-1.7')],
		['a spreadsheet', 'not-known', () => zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') })],
		['a half file', 'broken', () => docx('<w:p><w:r><w:t>hallo</w:t></w:r></w:p>'.repeat(500)).subarray(0, 200)],
		['XML that does not close', 'broken', () => docx('<w:p><w:r></w:p>')],
		['XML that is too deep', 'too-deep', () => docx(deep)],
		['XML with a document type', 'broken', () => docx('', { 'word/document.xml': entities })],
		['nothing in it', 'empty', () => docx('<w:p/>')],
		['too many letters', 'too-long', () => docx(`<w:p>${run('A'.repeat(importLimits.characters + 1))}</w:p>`)],
		['too many paragraphs', 'too-long', () => docx('<w:p/>'.repeat(importLimits.paragraphs + 1))],
		['too many cells', 'too-long', () => docx(tableOf(importLimits.paragraphs + 1))],
		['remarks that are too long', 'too-long', () => docx('<w:p/>', { 'word/comments.xml': longRemark() })],
	];
	test.each(cases)('%s: %s', async (_name, reason, make) => {
		await expect(docxToText(make(), importer, { limits })).rejects.toMatchObject({ reason });
	});

	test('and when it is cancelled', async () => {
		await expect(docxToText(docx('<w:p/>'), importer, { signal: AbortSignal.abort() })).rejects.toMatchObject({
			reason: 'cancelled',
		});
	});
});

function tableOf(rows: number): string {
	return `<w:tbl>${'<w:tr><w:tc><w:p/></w:tc></w:tr>'.repeat(rows)}</w:tbl>`;
}

function longRemark(): string {
	const words = run('A'.repeat(importLimits.characters + 1));
	return `<w:comments ${w}><w:comment w:id="0" w:author="Lea"><w:p>${words}</w:p></w:comment></w:comments>`;
}

function hugeFile(): Uint8Array {
	const bytes = new Uint8Array(unzipLimits.packed + 1);
	bytes.set([0x50, 0x4b]);
	return bytes;
}
