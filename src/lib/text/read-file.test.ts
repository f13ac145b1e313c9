import { textOf } from '#lib/documents/rich-body.ts';
import { expect, test } from 'vitest';
import { readTextFile } from './read-file.ts';
import { importLimits } from './refusal.ts';

const importer = { by: 'p1', at: 1, newId: () => 'i' };

async function read(name: string, bytes: Uint8Array): Promise<string[]> {
	const { sections } = await readTextFile({ name, bytes }, importer, {});
	return sections.flatMap(({ title, blocks }) => [title, ...blocks.map(textOf)]);
}

test.each([
	['UTF-8', Buffer.from('# Über\n\nGrüße – „hier“')],
	['UTF-16', Buffer.from('\ufeff# Über\n\nGrüße – „hier“', 'utf16le')],
	['Windows-1252', Buffer.from('# \xdcber\n\nGr\xfc\xdfe \x96 \x84hier\x93', 'latin1')],
])('a text in %s', async (_name, bytes) => {
	expect(await read('a.md', bytes)).toEqual(['Über', 'Grüße – „hier“']);
});

test.each([
	['Markdown', 'a.md', `${'A'.repeat(importLimits.characters)}B`],
	['paragraphs of Markdown', 'a.md', 'a\n\n'.repeat(importLimits.paragraphs + 1)],
	['articles of Markdown', 'a.md', '# A\n\na\n\n'.repeat(importLimits.articles + 1)],
	['lines of a text', 'a.txt', '\n'.repeat(importLimits.paragraphs + 1)],
	['a web page', 'a.html', '<p>a</p>'.repeat(importLimits.paragraphs + 1)],
])('more than anybody waits for is refused: %s', async (_what, name, text) => {
	await expect(read(name, Buffer.from(text))).rejects.toMatchObject({ reason: 'too-long' });
});

test.each([
	['# Was {--alt--}{++neu++}', 'Was neu'],
	['# Was {~~alt~>neu~~}', 'Was neu'],
	['# ~~Entfällt~~', 'Entfällt'],
])('a title holds no suggestions: %s', async (source, title) => {
	expect(await read('a.md', Buffer.from(`${source}\n\nb`))).toEqual([title, 'b']);
});

test.each([
	['of one word', 'Wort[^1] da.\n\n[^1]: Notiz', ['Wort[^1] da.', '[^1]: Notiz']],
	['of several', 'Wort[^1] da.\n\n[^1]: Eine Notiz', ['Wort[^1] da.', '[^1]: Eine Notiz']],
	['with words before it', '[Wort][^1] da.\n\n[^1]: Notiz', ['Wort[^1] da.', '[^1]: Notiz']],
	['with a title', '[^a][]\n\n[^a]: Notiz "hier"', ['[^a]', '[^a]: Notiz "hier"']],
	['beside an address', '[a] [^1]\n\n[a]: https://a.example\n[^1]: Notiz', ['a [^1]', '[^1]: Notiz']],
])('a footnote %s stays', async (_what, source, lines) => {
	expect(await read('a.md', Buffer.from(source))).toEqual(['', ...lines]);
});

test('what is no text in any of them is refused', async () => {
	const picture = Buffer.from('\x89PNG\r\n\x1a\n\x00\x01\x02', 'latin1');
	await expect(read('a.txt', picture)).rejects.toMatchObject({ reason: 'not-known' });
	await expect(read('a.md', Buffer.from('a\x01\xff', 'latin1'))).rejects.toMatchObject({ reason: 'not-known' });
});

test.each([
	[
		'Markdown',
		'a.md',
		'Ein ![Foto vom Stand](a.png) und ![][b] hier.\n\n[b]: b.png',
		2,
		'Ein Foto vom Stand und hier.',
	],
	[
		'a page',
		'a.html',
		'<p>Ein <img src="a.png" alt="Foto vom Stand"> und <img src="b.png"> hier.</p>',
		2,
		'Ein Foto vom Stand und hier.',
	],
	['a text', 'a.txt', '![kein Bild](a.png)', 0, '![kein Bild](a.png)'],
])('pictures of %s are counted, what is said of them stays', async (_what, name, source, count, words) => {
	const { pictures, sections } = await readTextFile({ name, bytes: Buffer.from(source) }, importer, {});
	expect(pictures).toBe(count);
	expect(
		sections
			.flatMap(({ blocks }) => blocks.map(textOf))
			.join('\n')
			.replace(/ +/g, ' '),
	).toBe(words);
});

test.each([
	['quotations', '>'.repeat(140_000)],
	['quotations apart', '> '.repeat(70_000)],
	['lists', '- '.repeat(70_000) + 'a'],
	['numbers', '1. '.repeat(40_000) + 'a'],
	['further down', 'a\n\nb\n\n' + '- > '.repeat(30_000) + 'a'],
])('a text of %s one inside the other is refused, soon and for what it is', async (_what, text) => {
	await expect(read('a.md', Buffer.from(text))).rejects.toMatchObject({ reason: 'too-deep' });
});

test('what only reads alike is no such text', async () => {
	const rules = `a\n\n${'- '.repeat(300)}\n\n${'* '.repeat(300)}\n\n${'*'.repeat(300)}`;
	expect(await read('a.md', Buffer.from(rules))).toEqual(['', 'a', '', '', '']);
	const deep = Array.from({ length: 40 }, (_, at) => `${'  '.repeat(at)}- ${at}`).join('\n');
	expect(await read('a.md', Buffer.from(deep))).toHaveLength(41);
});

test.each([
	['a.md', 'too-long'],
	['a.txt', 'too-long'],
	['a.html', 'too-large'],
])('pictures are named only where there may be some: %s', async (name, reason) => {
	await expect(read(name, Buffer.alloc(2_000_001, 'a'))).rejects.toMatchObject({ reason });
});
