import { orderedMarks, paragraph, textOf, type RichNode } from '#lib/documents/rich-body.ts';
import { describe, expect, test } from 'vitest';
import { readTextFile } from './read-file.ts';
import { blocksToMarkdown } from './to-markdown.ts';

async function read(source: string) {
	let count = 0;
	const importer = { by: 'me', at: 7, newId: () => `n${++count}` };
	const { sections, comments } = await readTextFile({ name: 'a.md', bytes: Buffer.from(source) }, importer, {});
	const lines = sections.flatMap(({ title, blocks }) => [
		...(title === '' ? [] : [`# ${title}`]),
		...blocks.map(shown),
	]);
	const said = comments.map(({ quote, entries }) => [quote, ...entries.map(({ by, text }) => `${by}: ${text}`)]);
	return { lines, said, sections };
}

/** Text with the kinds of its marks. */
function shown(node: RichNode): string {
	return node.content
		.map((child) => {
			if (!('text' in child)) return `(${shown(child)})`;
			const kinds = child.marks.map(({ type }) => type).join(' ');
			return kinds === '' ? child.text : `[${kinds}:${child.text}]`;
		})
		.join('');
}

describe('a note is a comment', () => {
	test('on its range, or else on the word where it stands', async () => {
		const { lines, said } = await read(
			'Satz eins{>>Kommentar<<} Ende.\n\n{==markiert==}{>>Frage dazu<<} weiter.\n\n{>>Anfang<<} von **etwas**',
		);
		expect(lines).toEqual(['Satz [comment:eins] Ende.', '[comment:markiert] weiter.', ' [comment:von] [strong:etwas]']);
		expect(said).toEqual([
			['eins', 'me: Kommentar'],
			['markiert', 'me: Frage dazu'],
			['von', 'me: Anfang'],
		]);
	});

	test('with who said it, answers behind it', async () => {
		const { lines, said } = await read(
			'{==a==}{>>Mara Lindner: Stimmt\ndas?<<}{>>Jonas: Ja: gestern.<<} b{>>eins<<} {>>zwei<<}\n\nc{>>Frage: wann?<<}{>>um 10: oder?<<}',
		);
		expect(lines).toEqual(['[comment:a] [comment comment:b] ', '[comment:c]']);
		expect(said).toEqual([
			['a', 'word:Mara Lindner: Stimmt das?', 'word:Jonas: Ja: gestern.'],
			['b', 'me: eins'],
			['b', 'me: zwei'],
			['c', 'me: Frage: wann?', 'me: um 10: oder?'],
		]);
	});

	test.each([
		['in a list', '- a {==b==}{>>n<<}\n- c', ['a [comment:b]', 'c']],
		[
			'in a table',
			'| a | b |\n| - | - |\n| {==c==}{>>n<<} | d |',
			['(((a))((b)))(((  ))((d)))'.replace('  ', '[comment:c]')],
		],
		[
			'around other marks',
			'{==a **b** {++c++}==}{>>n<<}',
			['[comment:a ][strong comment:b][comment: ][ins comment:c]'],
		],
		['behind an insertion', '{++neu++}{>>n<<}', ['[ins comment:neu]']],
		['over paragraphs', '{==a\n\nb==}{>>n<<} c', ['[comment:a]', '[comment:b] c']],
		['in parts that follow each other', '{==a==}\n\n- {==b==}{>>n<<}', ['[comment:a]', '[comment:b]']],
		['in HTML', '<p>a {==b==}{>>n<<}</p>', ['a [comment:b]']],
		['alone in its paragraph', 'a\n\n{>>n<<}\n\nb', ['[comment:a]', 'b']],
		['alone before the text', '{>>n<<}\n\nb', ['[comment:b]']],
		['alone before an article', '{>>n<<}\n\n# A\n\nb', ['# A', 'b']],
		['in a title', '# {==A==}{>>n<<}\n\nb', ['# A', 'b']],
		['in a quotation, over lines', '> {==a==}{>>n\n> <<} c', ['[comment:a] c']],
	])('%s', async (_name, source, expected) => {
		const { lines, said, sections } = await read(source);
		expect(lines).toEqual(expected);
		expect(said.map(([, ...words]) => words)).toEqual([['me: n']]);
		const loose = sections.flatMap(({ loose = [] }) => loose);
		expect(loose).toEqual(
			JSON.stringify(sections.map(({ blocks }) => blocks)).includes('"comment"') ? [] : [expect.any(String)],
		);
	});

	test('several in HTML, one in the other', async () => {
		const { lines, said } = await read('<p>{==a==}{>>n<<} und {=={==b==}{>>m<<} c==}{>>o<<}</p>');
		expect(lines).toEqual(['[comment:a] und [comment comment:b][comment: c]']);
		expect(said).toEqual([
			['a', 'me: n'],
			['b', 'me: m'],
			['b c', 'me: o'],
		]);
	});

	test('with empty lines in it', async () => {
		const { lines, said } = await read(
			'{==a==}{>>Mara: eins\n\nzwei\n  \n\ndrei\nvier<<}{>>Jonas: fünf\r\n\r\nsechs<<} b\n\nc',
		);
		expect(lines).toEqual(['[comment:a] b', 'c']);
		expect(said).toEqual([['a', 'word:Mara: eins\n\nzwei\n\ndrei vier', 'word:Jonas: fünf\n\nsechs']]);
	});

	test.each([
		['in a list', '- a{>>n\n\n  m<<} b\n- c', ['[comment:a] b', 'c']],
		['in a quotation', '> a{>>n\n>\n> m<<} b', ['[comment:a] b']],
		['in HTML', '<p>a{>>n\n\nm<<} b</p>', ['[comment:a] b']],
	])('with an empty line in it, %s', async (_name, source, expected) => {
		const { lines, said } = await read(source);
		expect(lines).toEqual(expected);
		expect(said).toEqual([['a', 'me: n\n\nm']]);
	});

	test('a strike and an insertion over paragraphs', async () => {
		expect((await read('a {++b\n\nc++} d {--e\n\n- f--}')).lines).toEqual([
			'a [ins:b]',
			'[ins:c] d [del:e]',
			'[del:f]',
		]);
	});
});

test.each([
	['without an end', 'a {>>b c', 'a {>>b c'],
	['without an end, before a note', 'a {>>b\n\nc{>>d<<}', 'a {>>b', '[comment:c]'],
	['behind a backslash, over an empty line', 'a \\{>>b\n\nc<<}', 'a {>>b', 'c<<}'],
	['in code, over an empty line', '```\na {>>b\n\nc<<}\n```', 'a {>>b\n\nc<<}'],
	['ended in code', 'a {>>b\n\n`c<<}`', 'a {>>b', 'c<<}'],
	['without a beginning', 'a b<<} c==} d++}', 'a b<<} c==} d++}'],
	['that says nothing', 'a {>> <<} {>><<}', 'a {>> <<} {>><<}'],
	['in code', '`{>>a<<}` `{++b++}`', '{>>a<<} {++b++}'],
	['in a block of code', '```\n{==a==}{>>b<<}\n```', '{==a==}{>>b<<}'],
	['in an address', '[a](https://example.org/{++b++})', '[link:a]'],
	['behind a backslash', '\\{++a++} \\{>>b<<} {\\++c++}', '{++a++} {>>b<<} {++c++}'],
	['behind two', '\\\\{++a++}', '\\[ins:a]'],
	['written as references', '&#123;++a++} {&#43;+b++}', '{++a++} {++b++}'],
	['half of a substitution', '{~~a~~} b~> c', '{~~a~~} b~> c'],
	['a substitution that is no end of a strike', '{a ~~b~~}', '{a [del:b]}'],
	['one in the other', '{++a{++b++}c++}', '[ins:abc]'],
	['a note in a note', 'a{>>b{>>c<<}d<<}', '[comment:a]d<<}'],
	['crossing', '{++a{--b++}c--}', '[ins:a][ins del:b][del:c]'],
])('a sign %s: nothing of the text is lost', async (_name, source, ...expected) => {
	expect((await read(source)).lines).toEqual(expected);
});

test('a great many signs take no longer than their length', { timeout: 60_000 }, async () => {
	// Looking for an end behind each of these would be ten thousand million steps.
	expect((await read(`Wort ${'{>>'.repeat(100_000)}`)).lines).toEqual([`Wort ${'{>>'.repeat(100_000)}`]);
	expect((await read(`<p>Wort ${'{>>'.repeat(190_000)}`)).lines).toEqual([`Wort ${'{>>'.repeat(190_000)}`]);
	// Read to its end before it is found to be too long.
	await expect(read(`<p>Wort ${'{>>'.repeat(600_000)}`)).rejects.toMatchObject({ reason: 'too-long' });
	expect((await read('a{>>b<<} '.repeat(5000))).said).toHaveLength(5000);
	expect((await read('{==a==}{>>b<<}'.repeat(5000))).said).toHaveLength(5000);
	expect((await read('{==a==}{>>b\n\nc<<}'.repeat(5000))).said).toHaveLength(5000);
	expect((await read(`{==a==}{>>b${' \n'.repeat(20_000)}c<<}`)).said).toEqual([['a', 'me: b\n\nc']]);
	expect((await read(`{==a==}{>>b\n${' '.repeat(200_000)}c<<}`)).said).toEqual([['a', 'me: b c']]);
});

test('a long note is several remarks, none of its words lost', async () => {
	const long = 'Wort '.repeat(2000).trim();
	const { said } = await read(`a{>>${long}<<}`);
	expect(said[0]).toHaveLength(4);
	expect(
		said[0]
			?.slice(1)
			.map((each) => each.slice(4))
			.join(''),
	).toBe(long);
});

describe('signs that are meant as text stay text', () => {
	const words = [
		'{++hier++}',
		'{--x--}',
		'{~~a~>b~~}',
		'{>>c<<}',
		'{==d==}',
		'{==d==}{>>e<<}',
		'{++',
		'++}',
		'\\{++a++}',
		'{+++',
		'--}',
	];
	test.each(['clean', 'marks', 'exact', 'critic'] as const)('%s', async (flavour) => {
		for (const each of words) {
			const bodies = [
				[paragraph({}, [{ text: `ein ${each} Wort`, marks: [] }])],
				[paragraph({ level: 1 }, [{ text: each, marks: [{ type: 'strong', attrs: {} }] }])],
				[paragraph({ list: 'bullet' }, [{ text: each, marks: [] }])],
				// What Markdown cannot say goes out as HTML.
				[paragraph({ indent: 2 }, [{ text: ` ${each} `, marks: [] }])],
			];
			for (const body of bodies) {
				const markdown = blocksToMarkdown(body, { flavour });
				const { sections, comments } = await readTextFile(
					{ name: 'a.md', bytes: Buffer.from(markdown) },
					{ by: 'me', at: 7, newId: () => 'n' },
					{},
				);
				expect(sections[0]?.blocks.map(textOf), markdown).toEqual(body.map(textOf));
				expect(JSON.stringify(sections), markdown).not.toMatch(/"ins"|"del"|"comment"/);
				expect(comments).toEqual([]);
			}
		}
	});

	test('as one would write it oneself', () => {
		const body = [paragraph({}, [{ text: 'ein {++neues++} Wort', marks: [] }])];
		for (const flavour of ['clean', 'marks', 'exact', 'critic'] as const)
			expect(blocksToMarkdown(body, { flavour })).toBe('ein {\\++neues+\\+} Wort\n');
	});

	test('also beside marks', async () => {
		const mark = (type: string) =>
			orderedMarks([{ type, attrs: type === 'strong' ? {} : { by: 'a', at: 1, id: 'i' } }]);
		const body = [
			paragraph({}, [
				{ text: '{', marks: [] },
				{ text: '++a++}', marks: mark('ins') },
				{ text: '+\\', marks: [] },
				{ text: '{--b', marks: mark('ins') },
				{ text: '~~} {', marks: [] },
				{ text: 'c~>', marks: mark('del') },
				{ text: '}', marks: mark('strong') },
			]),
		];
		for (const flavour of ['marks', 'critic'] as const) {
			const { lines } = await read(blocksToMarkdown(body, { flavour }));
			expect(lines).toEqual(['{[ins:++a++}]+\\[ins:{--b]~~} {[del:c~>][strong:}]']);
		}
	});
});
