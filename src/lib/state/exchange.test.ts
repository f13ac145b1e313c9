import { bodyRoot } from '#lib/documents/body.ts';
import { readBulletin } from '#lib/documents/bulletin.ts';
import { readThreads } from '#lib/documents/comments.ts';
import { importArticles, type NewArticle, type NewThread } from '#lib/documents/import-text.ts';
import { readSuggestions } from '#lib/documents/read-suggestions.ts';
import {
	orderedMarks,
	paragraph,
	readRichBody,
	textOf,
	type Attributes,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { doTextWork } from '#lib/text/text-work.ts';
import { strToU8, zipSync } from 'fflate';
import { overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { HostileBodies } from '../../../tests/support/hostile-bodies.ts';
import { createRandom } from '../../../tests/support/random.ts';
import {
	countsOf,
	exportText,
	previewOf,
	putImport,
	readImport,
	type ExportFormat,
	type ExportSource,
	type ExportStyle,
} from './exchange.ts';
import type { DoTextWork } from './text-worker.ts';

overwriteGetLocale(() => 'de');

const line = (text: string) => paragraph({}, text === '' ? [] : [{ text, marks: [] }]);
const node = (name: string, ...content: RichNode[]): RichNode => ({ name, attrs: {}, content });

test('before it is taken in, the cells of a table are words of their own', () => {
	const row = node('table_row', node('table_cell', line('Montag')), node('table_cell', line('10 Uhr')));
	const blocks = [line('Termine'), node('table', row)];
	expect(previewOf(blocks)).toBe('Termine Montag 10 Uhr');
	expect(countsOf(blocks)).toEqual({ words: 4, suggestions: 0 });
});

test('before it is taken in, what is struck does not run together with what comes instead', () => {
	const mark = (type: string) => ({ type, attrs: { id: 's1', by: 'p1', at: 1 } });
	const spans = [
		{ text: 'Der Vorstand ', marks: [] },
		{ text: 'tagt', marks: [mark('del')] },
		{ text: 'trifft sich', marks: [mark('ins')] },
	];
	expect(previewOf([paragraph({}, spans)])).toBe('Der Vorstand trifft sich');
	expect(countsOf([paragraph({}, spans)]).suggestions).toBe(1);
});

test('before it is taken in, as many suggestions are counted as there are to decide then', async () => {
	const text = 'Der Vorstand ~~tagt~~<ins>trifft sich</ins> am Montag.\n\nUnd <ins>noch</ins> mehr.\n';
	const result = await readImport(new File([text], 'a.md'), 'me', options);
	const sections = result.ok ? result.imported.sections : [];
	expect(sections.map(({ blocks }) => countsOf(blocks).suggestions)).toEqual([2]);
});

const names: Record<string, string> = { p1: 'Mara Lindner', p2: 'Jonas', p3: 'OV-Büro 3: Nord', p4: 'frage' };

/** Where there is no worker to be had, with what goes in and out copied as for one. */
const work: DoTextWork = async (given, { onprogress }) =>
	structuredClone(await doTextWork(structuredClone(given), onprogress));
const options = { work, signal: new AbortController().signal, onprogress: () => {} };

type Issue = { title: string; articles: NewArticle[]; threads?: NewThread[] };

/** Out of one document and into another one, as the dialogs do it. */
async function outAndIn({ title, articles, threads = [] }: Issue, format: ExportFormat, style: ExportStyle) {
	const doc = new Y.Doc();
	importArticles(doc, articles, threads);
	const source: ExportSource = {
		title,
		doc,
		sections: articles.map(({ id, title }) => ({ title, fragment: bodyRoot(id) })),
		threads: readThreads(doc),
		facts: {} as FactSources,
	};
	const nameOf = (id: string) => names[id] ?? id;
	const { content, extension } = await exportText(source, format, style, { nameOf, language: 'de' }, options);
	const file = new File([content as BlobPart], `a.${extension}`);
	const result = await readImport(file, 'me', options);
	if (!result.ok) throw new Error(result.reason);
	const into = new Y.Doc();
	await putImport(into, result.imported, new Set(result.imported.sections.keys()), null);
	return { file: content, imported: result.imported, doc: into, articles: readBulletin(into).articles };
}

const goesOn = paragraph({ join: JSON.stringify({ by: 'p1', at: 1, id: 'j1' }) }, line('mehr').content);

test.each([
	['docx', 'marks', ['form', 'join']],
	['markdown', 'marks', []],
	['markdown', 'exact', ['form', 'join']],
	['markdown', 'critic', []],
] as const)('as many suggestions are said of a file as are open then: %s, %s', async (format, style, whole) => {
	const kinds = new Set<string>();
	for (let seed = 1; seed <= 20; seed++) {
		const blocks = [...new HostileBodies(createRandom(seed)).body(), line('zusammen'), goesOn];
		const issue = { title: 'A', articles: [{ id: 'a1', title: 'T', blocks }] };
		const { imported, doc, articles } = await outAndIn(issue, format, style);
		const open = articles.map(({ id }) => readSuggestions(doc, bodyRoot(id)));
		for (const { parts } of open.flat()) for (const { kind } of parts) kinds.add(kind);
		const said = imported.sections.map(({ blocks }) => countsOf(blocks).suggestions);
		expect(said, `seed ${seed}`).toEqual(open.map(({ length }) => length));
	}
	expect([...kinds]).toEqual(expect.arrayContaining(['ins', 'del', ...whole]));
});

test('a row that two people left too short goes out with what it lacks, and as it is where all is to be read in again', async () => {
	const cell = (text: string, attrs: Attributes = {}) => ({ name: 'cell', attrs, content: [line(text)] });
	const head = node('row', cell('Wer', { header: true }), cell('Wann', { header: true }));
	const blocks = [node('table', head, node('row', cell('Mara')))];
	const issue = { title: 'A', articles: [{ id: 'a1', title: 'T', blocks }] };
	const { file } = await outAndIn(issue, 'markdown', 'final');
	expect(String(file)).toContain('| Wer  | Wann |\n| ---- | ---- |\n| Mara |      |\n');
	const { doc } = await outAndIn(issue, 'markdown', 'exact');
	expect(readRichBody(doc, bodyRoot(readBulletin(doc).articles[0]?.id ?? ''))).toEqual(blocks);
});

const article = (id: string, title: string, ...texts: string[]): NewArticle => ({ id, title, blocks: texts.map(line) });

describe.each([
	['docx', 'marks'],
	['docx', 'final'],
	['markdown', 'final'],
	['markdown', 'marks'],
	['markdown', 'exact'],
	['markdown', 'critic'],
	['html', 'final'],
] as const)('articles out and in: %s, %s', (format, style) => {
	test.each<[string, Issue]>([
		['one', { title: 'Artikel', articles: [article('a', 'Artikel', 'Ein Satz.')] }],
		['one without a title', { title: 'Ohne Titel', articles: [article('a', '', 'Ein Satz.')] }],
		[
			'one that begins with a heading',
			{ title: 'A', articles: [{ id: 'a', title: 'A', blocks: [heading('Wann'), line('x')] }] },
		],
		[
			'an issue',
			{
				title: 'Rundbrief',
				articles: [
					article('a', 'Eins', 'Text 1'),
					article('b', 'Zwei', 'Text 2', '', 'mehr'),
					article('c', '3. Punkt', 'x'),
				],
			},
		],
		[
			'an issue called like its article',
			{ title: 'Eins', articles: [article('a', 'Eins', 'x'), article('b', 'Eins', 'y')] },
		],
		[
			'with empty ones',
			{ title: 'R', articles: [article('a', 'Eins'), article('b', 'Zwei', 'x'), article('c', 'Drei')] },
		],
		[
			'without titles',
			{ title: 'R', articles: [article('a', '', 'x'), article('b', '', 'y'), article('c', 'Drei', 'z')] },
		],
		['an issue without a title', { title: '', articles: [article('a', 'Eins', 'x'), article('b', 'Zwei', 'y')] }],
		[
			'odd titles',
			{
				title: '# R',
				articles: [
					article('a', '~~Alt~~ *neu* {++1++}', 'x'),
					article('b', '1. A_b_ <i>&amp; #', 'y'),
					article('c', '---', 'z'),
				],
			},
		],
	])('%s', async (_name, issue) => {
		const { doc, articles } = await outAndIn(issue, format, style);
		expect(articles.map(({ title }) => title)).toEqual(issue.articles.map(({ title }) => title));
		expect(articles.map(({ id }) => readRichBody(doc, bodyRoot(id)).map(textOf))).toEqual(
			issue.articles.map(({ blocks }) => blocks.map(textOf)),
		);
	});
});

test('a page of HTML that went out comes in as it was: headings, lists, boxes, rules and tables', async () => {
	const item = (text: string, attrs: Attributes) => paragraph(attrs, [{ text, marks: [] }]);
	const cell = (text: string, attrs: Attributes = {}): RichNode => ({ name: 'cell', attrs, content: [line(text)] });
	const blocks = [
		heading('Wann'),
		item('Wo', { level: 2 }),
		line('Das Wahlbüro tagt.'),
		item('eins', { list: 'ordered' }),
		item('innen', { list: 'bullet', indent: 1 }),
		item('zwei', { list: 'ordered' }),
		item('getan', { list: 'check', checked: true }),
		item('offen', { list: 'check' }),
		{ name: 'rule', attrs: {}, content: [] },
		line(''),
		{
			name: 'table',
			attrs: {},
			content: [
				{ name: 'row', attrs: {}, content: [cell('Wer', { header: true }), cell('Wann', { header: true })] },
				{ name: 'row', attrs: {}, content: [cell('Nord'), cell('10 Uhr')] },
			],
		},
	];
	const issue = { title: 'Rundbrief', articles: [{ id: 'a', title: '', blocks }, article('b', 'Zwei', 'x')] };
	const { doc, articles } = await outAndIn(issue, 'html', 'final');
	expect(articles.map(({ title }) => title)).toEqual(['', 'Zwei']);
	expect(readRichBody(doc, bodyRoot(articles[0]?.id ?? ''))).toEqual(blocks);
});

test('of another page the articles are not taken for ours', async () => {
	const page = '<h1>Seite</h1><article><h2>Eins</h2><p>x</p></article><article><p>Kommentar</p></article>';
	const file = new File([page], 'a.html');
	const result = await readImport(file, 'me', options);
	expect(result.ok && result.imported.sections.map(({ title, blocks }) => [title, blocks.map(textOf)])).toEqual([
		['Seite', ['Eins', 'x', 'Kommentar']],
	]);
});

function heading(text: string): RichNode {
	return paragraph({ level: 1 }, [{ text, marks: [] }]);
}

const at = Date.parse('2024-12-10T08:00:00Z');

function remarks(...said: [string, string][]) {
	return said.map(([by, text], index) => ({ id: `r${by}${index}${text.length}`, by, at: at + index * 60_000, text }));
}

function withComments(): Issue {
	const text = (words: string, ...ids: string[]) => ({
		text: words,
		marks: orderedMarks(ids.map((id): RichMark => ({ type: 'comment', attrs: { id } }))),
	});
	const thread = (id: string, quote: string, ...said: [string, string][]): NewThread => ({
		id,
		root: bodyRoot('a'),
		quote,
		resolvedBy: null,
		remarks: remarks(...said),
	});
	return {
		title: 'Artikel',
		articles: [
			{
				id: 'a',
				title: 'Artikel',
				blocks: [
					paragraph({}, [
						text('Alpha '),
						text('delta', 'c1'),
						text(' weiter '),
						text('eins ', 'c2'),
						text('zwei', 'c2', 'c3'),
					]),
					paragraph({ list: 'bullet' }, [text('drei', 'c3'), text(' vier')]),
					paragraph({ indent: 2 }, [text(' als ', 'c4'), text('HTML')]),
				],
			},
		],
		threads: [
			thread('c1', 'delta', ['p1', 'Stimmt das?'], ['p2', 'Ja / nein: doch.\nZweite  Zeile'], ['p1', 'Gut.']),
			thread('c2', 'eins zwei', ['p3', 'a *b* _c_ `d` [e](f) <b>g</b> & &amp; <<} {>>h<<} \\ | ~~i~~ {++j++}']),
			thread('c3', 'zwei\ndrei', ['p4', 'Frage: "wer"?'], ['word:Lea', ' mit Rand ']),
			thread('c4', ' als ', ['p2', '{==k==}\t<script>alert(1)</script>']),
		],
	};
}

describe('progress', () => {
	const many = {
		title: 'R',
		articles: [article('a', 'Eins', ...Array.from({ length: 3000 }, (_, at) => `Zeile ${at}`))],
	};
	test.each(['docx', 'markdown'] as const)('of writing and of reading, in their order: %s', async (format) => {
		const doc = new Y.Doc();
		importArticles(doc, many.articles, []);
		const sections = [{ title: 'Eins', fragment: bodyRoot('a') }];
		const source: ExportSource = { title: 'R', doc, sections, threads: [], facts: {} as FactSources };
		const heard: number[] = [];
		const listening = { ...options, onprogress: (done: number) => void heard.push(done) };
		const named = { nameOf: (id: string) => id, language: 'de' as const };
		const { content, extension } = await exportText(source, format, 'marks', named, listening);
		const written = heard.splice(0);
		await readImport(new File([content as BlobPart], `a.${extension}`), 'me', listening);
		for (const steps of [written, heard]) {
			expect(steps).toEqual([...steps].sort((a, b) => a - b));
			expect(new Set(steps).size).toBeGreaterThan(10);
			expect(steps[0]).toBeLessThan(0.5);
			expect(steps.at(-1)).toBeLessThanOrEqual(1);
			expect(steps.at(-1)).toBeGreaterThan(0.9);
		}
	});
});

describe('what is tracked in a title', () => {
	const markdown = '# Sommerfest {--verschoben--}{++abgesagt++}\n\nText.\n\n# ~~Entfällt~~\n\nMehr.\n\n# Drei\n\nx\n';
	const word = (content: string) => {
		const heading = `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${content}</w:p>`;
		const body = `<w:body>${heading}<w:p><w:r><w:t>Text.</w:t></w:r></w:p></w:body>`;
		const xml = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${body}</w:document>`;
		return new File([zipSync({ 'word/document.xml': strToU8(xml) }) as BlobPart], 'a.docx');
	};

	async function taken(file: File, into: string | null) {
		const result = await readImport(file, 'me', options);
		if (!result.ok) throw new Error(result.reason);
		const doc = new Y.Doc();
		await putImport(doc, result.imported, new Set(result.imported.sections.keys()), into);
		return doc;
	}

	test('is said of the article, whose title reads as it will', async () => {
		const doc = await taken(new File([markdown], 'a.md'), null);
		const { articles } = readBulletin(doc);
		expect(articles.map(({ title }) => title)).toEqual(['Sommerfest abgesagt', 'Entfällt', 'Drei']);
		const said = readThreads(doc).map(({ root, quote, remarks }) => [
			articles.find(({ id }) => bodyRoot(id) === root)?.title,
			quote,
			...remarks.map(({ by, text }) => `${by}: ${text}`),
		]);
		expect(said.toSorted()).toEqual([
			['Entfällt', 'Entfällt', 'me: Nachverfolgt im Titel: „Entfällt“ gestrichen'],
			[
				'Sommerfest abgesagt',
				'Sommerfest verschoben',
				'me: Nachverfolgt im Titel: „verschoben“ gestrichen, „abgesagt“ eingefügt',
			],
		]);
	});

	test('has its authors and days from a Word file', async () => {
		const struck = `<w:del w:author="Karla Nord" w:date="2024-12-10T08:00:00Z"><w:r><w:delText>alt</w:delText></w:r></w:del>`;
		const added = `<w:ins w:author="Lea" w:date="2024-12-11T08:00:00Z"><w:r><w:t>neu</w:t></w:r></w:ins>`;
		const doc = await taken(word(`<w:r><w:t xml:space="preserve">Was </w:t></w:r>${struck}${added}`), null);
		expect(readThreads(doc).map(({ remarks }) => remarks.map(({ by, at, text }) => [by, at, text]))).toEqual([
			[
				['word:Karla Nord', at, 'Nachverfolgt im Titel: „alt“ gestrichen'],
				['word:Lea', at + 24 * 3_600_000, 'Nachverfolgt im Titel: „neu“ eingefügt'],
			],
		]);
	});

	test('stays suggested where titles become headings of a text', async () => {
		const doc = await taken(new File([markdown], 'a.md'), bodyRoot('a1'));
		const suggested = readSuggestions(doc, bodyRoot('a1')).map(({ parts }) =>
			parts.map((part) => `${part.kind} ${'text' in part ? part.text : ''}`),
		);
		expect(suggested).toEqual([['del verschoben', 'ins abgesagt'], ['del Entfällt']]);
		expect(
			readRichBody(doc, bodyRoot('a1')).map(({ attrs, ...block }) => [attrs.level, textOf(block as RichNode)]),
		).toEqual([
			[1, 'Sommerfest verschobenabgesagt'],
			[undefined, 'Text.'],
			[1, 'Entfällt'],
			[undefined, 'Mehr.'],
			[1, 'Drei'],
			[undefined, 'x'],
		]);
		expect(readThreads(doc)).toEqual([]);
	});
});

describe('comments out and in', () => {
	test.each([
		['docx', 'marks'],
		['markdown', 'critic'],
	] as const)('%s', async (format, style) => {
		const issue = withComments();
		const { doc, imported, file } = await outAndIn(issue, format, style);
		expect(imported.comments).toHaveLength(4);
		const said = readThreads(doc).map(({ quote, orphaned, remarks }) => ({
			quote,
			orphaned,
			remarks: remarks.map(({ by, text }) => ({ by, text })),
		}));
		const nameOf = (by: string) => (by.startsWith('word:') ? by : `word:${names[by] ?? by}`);
		expect(said, String(file).slice(0, 2000)).toEqual(
			issue.threads?.map(({ quote, remarks }) => ({
				quote,
				orphaned: false,
				remarks: remarks.map(({ by, text }) => ({ by: nameOf(by), text: format === 'docx' ? text.trim() : text })),
			})),
		);
	});

	test.each([
		['docx', 'marks'],
		['markdown', 'critic'],
	] as const)('%s: what was about words that are gone goes out behind the text, with them', async (format, style) => {
		const thread = (id: string, root: string, quote: string, ...said: [string, string][]): NewThread => ({
			id,
			root: bodyRoot(root),
			quote,
			resolvedBy: null,
			remarks: remarks(...said),
		});
		const { doc, file, articles } = await outAndIn(
			{
				title: 'Rundbrief',
				articles: [article('a', 'Eins', 'Alpha beta.', ''), article('b', 'Zwei', 'Gamma.'), article('c', 'Drei')],
				threads: [
					thread('t1', 'a', 'das  alte\nWahlbüro', ['p1', 'Stimmt das?'], ['p2', 'Nein.']),
					thread('t2', 'a', 'delta', ['p2', 'Warum?']),
					thread('t3', 'b', '', ['p1', 'Allgemein.']),
					thread('t4', 'c', 'leer', ['p1', 'Wann?']),
				],
			},
			format,
			style,
		);
		const articleOf = new Map(articles.map(({ id, title }) => [bodyRoot(id), title]));
		const back = readThreads(doc).map(({ root, quote, remarks }) =>
			[articleOf.get(root), quote, ...remarks.map(({ text }) => text)].join(' | '),
		);
		expect(back.sort(), String(file)).toEqual([
			'Drei |  | „leer“: Wann?',
			'Eins | beta. | „das alte Wahlbüro“: Stimmt das? | Nein.',
			'Eins | beta. | „delta“: Warum?',
			'Zwei | Gamma. | Allgemein.',
		]);
	});

	test('what is called settled in a Word file is settled', async () => {
		const issue = withComments();
		const threads = issue.threads?.map((thread, at) => ({ ...thread, resolvedBy: at === 0 ? 'p1' : null })) ?? [];
		const { doc } = await outAndIn({ ...issue, threads }, 'docx', 'marks');
		expect(readThreads(doc).map(({ resolvedBy }) => resolvedBy)).toEqual(['me', null, null, null]);
	});
});
