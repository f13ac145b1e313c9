/** Word files as programs that are not ours read and write them: mammoth, and pandoc and LibreOffice where installed. */
import { orderedMarks, paragraph, type RichMark } from '#lib/documents/rich-body.ts';
import { docxToText } from '#lib/text/docx/from-docx.ts';
import { textToDocx } from '#lib/text/docx/to-docx.ts';
import mammoth from 'mammoth';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const found = spawnSync('pandoc', ['--version']).status === 0;
if (!found) console.warn('skipped: pandoc is not installed here, so no other program looks at our Word files');

const at = Date.parse('2024-12-10T08:00:00Z');

function pandoc(from: string, to: string, input: string | Uint8Array): Buffer {
	const { status, stdout, stderr } = spawnSync('pandoc', ['-f', from, '-t', to, '--wrap=none', '--track-changes=all'], {
		input,
	});
	expect(stderr.toString()).toBe('');
	expect(status).toBe(0);
	return stdout;
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
		paragraph({ list: 'ordered' }, [text('eins')]),
		paragraph({ list: 'bullet', indent: 1 }, [text('zwei', { type: 'strong', attrs: {} })]),
		paragraph({}, [text('hier', { type: 'link', attrs: { href: 'https://example.org/' } })]),
		{ name: 'table', attrs: {}, content: [row(true, 'Wer', 'Wann'), row(false, 'OV Nord', '10 Uhr')] },
	];
	return textToDocx({
		title: 'Aus dem Vorstand',
		sections: [{ title: 'Wahlbüro', blocks }],
		comments: [{ id: 'c', resolved: false, entries: [{ by: 'mara', at, text: 'Welche?' }] }],
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

const office = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0);
if (!office) console.warn('skipped: LibreOffice is not installed here, so it does not look at our Word files');

test.skipIf(!office)('LibreOffice opens our file', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-word-'));
	try {
		const file = path.join(folder, 'text.docx');
		writeFileSync(file, wordFile());
		spawnSync(office ?? '', ['--headless', '--convert-to', 'txt:Text', '--outdir', folder, file]);
		const read = readFileSync(path.join(folder, 'text.txt'), 'utf8');
		for (const words of ['Wahlbüro', 'Sitzung', 'eins', 'OV Nord']) expect(read).toContain(words);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

describe.skipIf(!found)('pandoc', () => {
	test('reads our tracked changes, comments, lists, tables and links', () => {
		const read = pandoc('docx', 'markdown', wordFile()).toString();
		expect(read).toContain('# Wahlbüro');
		expect(read).toContain('[unserer]{.deletion author="Jonas Weber" date="2024-12-10T08:00:00Z"}');
		expect(read).toContain('[seiner]{.insertion author="Jonas Weber" date="2024-12-10T08:00:00Z"}');
		expect(read).toContain(
			'[Welche?]{.comment-start id="0" author="Mara Lindner" date="2024-12-10T08:00:00Z"} Sitzung[]{.comment-end id="0"}',
		);
		expect(read).toMatch(/1\.\s+eins\s+-\s+\*\*zwei\*\*/);
		expect(read).toContain('[hier](https://example.org/)');
		expect(read).toMatch(/Wer\s+Wann[\s\S]*OV Nord\s+10 Uhr/);
	});

	test('writes a file that we read, with its strikes and comments', async () => {
		const source = [
			'# Wahlbüro\n\n## Wann\n',
			'Kommt [alle]{.deletion author="Jonas Weber" date="2024-12-10T08:00:00Z"}[viele]{.insertion author="Jonas Weber" date="2024-12-10T08:00:00Z"} zur',
			'[Wohin?]{.comment-start id="0" author="Mara" date="2024-12-10T08:00:00Z"}Sitzung[]{.comment-end id="0"}.[^1]\n',
			'1. eins\n2. zwei\n    - drei\n',
			'| Wer | Wann |\n| --- | --- |\n| OV Nord | **10 Uhr** |\n',
			'[^1]: In der Geschäftsstelle.\n',
		].join('\n');
		const importer = { by: 'mara', at: 7, newId: () => 'n' };
		const { sections, comments } = await docxToText(new Uint8Array(pandoc('markdown', 'docx', source)), importer);
		const struck = (type: string) => ({ type, attrs: { by: 'word:Jonas Weber', at, id: 'n' } });
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
			{ content: [{ text: '[1] In der Geschäftsstelle.' }] },
		]);
	});
});
