/** What belongs together in a file is one suggestion in the list: counted there, as one decides them. */
import { appendToBody } from '#lib/documents/body-rewrite.ts';
import { readSuggestions } from '#lib/documents/read-suggestions.ts';
import { orderedMarks, paragraph, type RichMark, type RichNode } from '#lib/documents/rich-body.ts';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { writeAuthored, writeChange } from './block-suggestion.ts';
import { textToDocx } from './docx/to-docx.ts';
import { accepted } from './settle.ts';
import { agreed } from './agreed.ts';
import { readTextFile } from './read-file.ts';
import { blocksToMarkdown } from './to-markdown.ts';

const at = Date.parse('2024-12-10T08:00:00Z');

/** Each with what it does, kind by kind. */
function cardsOf(blocks: readonly RichNode[]): string[] {
	const doc = new Y.Doc();
	appendToBody(doc, 'body:a', blocks);
	return readSuggestions(doc, 'body:a').map(({ parts }) =>
		parts.map((part) => ('text' in part ? `${part.kind} ${part.text}` : part.kind)).join(', '),
	);
}

async function cards(name: string, bytes: Uint8Array): Promise<string[]> {
	let count = 0;
	const importer = { by: 'mara', at: 7, newId: () => `n${count++}` };
	const { sections } = await readTextFile({ name, bytes }, importer, {});
	return sections.flatMap(({ blocks }) => cardsOf(blocks));
}

function wordFile(body: string): Uint8Array {
	const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
	const xml = `<w:document ${w}><w:body>${body}</w:body></w:document>`;
	return zipSync({ 'word/document.xml': strToU8(xml) });
}

let revision = 0;
function by(author: string, seconds = 0): string {
	return `w:id="${revision++}" w:author="${author}" w:date="${new Date(at + seconds * 1000).toISOString().replace('.000', '')}"`;
}
const plain = (words: string, looks = '') => `<w:r><w:rPr>${looks}</w:rPr><w:t>${words}</w:t></w:r>`;
const ins = (words: string, who = by('Lea'), looks = '') => `<w:ins ${who}>${plain(words, looks)}</w:ins>`;
const del = (words: string, who = by('Lea')) => `<w:del ${who}><w:r><w:delText>${words}</w:delText></w:r></w:del>`;
/** @param more in the properties, before what is said of the paragraph's end */
const p = (content: string, end = '', more = '') => `<w:p><w:pPr>${more}<w:rPr>${end}</w:rPr></w:pPr>${content}</w:p>`;
const table = (...cells: string[]) =>
	`<w:tbl><w:tr>${cells.map((content) => `<w:tc>${p(content)}</w:tc>`).join('')}</w:tr></w:tbl>`;
const headed = (change: string) =>
	`<w:pStyle w:val="Heading2"/><w:pPrChange ${change}><w:pPr><w:pStyle w:val="Heading3"/></w:pPr></w:pPrChange>`;

describe('in a Word file', () => {
	test.each<[string, string, string[]]>([
		['runs of several looks', p(ins('a ') + ins('b', by('Lea'), '<w:b/>') + ins(' c')), ['ins a b c']],
		['a word in the place of another', p(plain('der ') + del('alte') + ins('neue')), ['del alte, ins neue']],
		['words within a minute', p(ins('a') + ins('b', by('Lea', 59))), ['ins ab']],
		['words of another time', p(ins('a') + ins('b', by('Lea', 60))), ['ins a', 'ins b']],
		['words of two people', p(ins('a') + ins('b', by('Jo'))), ['ins a', 'ins b']],
		['words with text between them', p(ins('a') + plain(' ') + ins('b')), ['ins a', 'ins b']],
		['words around another’s insertion', p(ins('a') + ins('b', by('Jo')) + ins('c')), ['ins ac', 'ins b']],
		['words around what another strikes', p(ins('a') + del('b', by('Jo')) + ins('c')), ['ins a', 'del b', 'ins c']],
		[
			'an insertion that another strikes, going on',
			p(`<w:ins ${by('Lea')}>${del('a', by('Jo'))}</w:ins>${ins('b')}`),
			['ins ab', 'del a'],
		],
		['over an inserted end', p(ins('a'), `<w:ins ${by('Lea')}/>`) + p(ins('b')), ['ins a, break, ins b']],
		['over a struck end', p(del('a'), `<w:del ${by('Lea')}/>`) + p(del('b')), ['del a, join, del b']],
		['over another’s end', p(del('a'), `<w:del ${by('Jo')}/>`) + p(del('b')), ['del a', 'join', 'del b']],
		['over an end that stays', p(ins('a')) + p(ins('b')), ['ins a', 'ins b']],
		[
			'over an inserted end before another form',
			p(ins('a'), `<w:ins ${by('Lea')}/>`) + p(ins('b'), '', '<w:pStyle w:val="Heading2"/>'),
			['ins ab'],
		],
		[
			'over a rule',
			p(ins('a')) + p('', '', '<w:pBdr><w:bottom w:val="single"/></w:pBdr>') + p(ins('b')),
			['ins a', 'ins b'],
		],
		['over a table', p(ins('a')) + table(ins('b') + ins('c'), ins('d')), ['ins a', 'ins bc', 'ins d']],
		[
			'over a table behind an inserted end',
			p(ins('a'), `<w:ins ${by('Lea')}/>`) + table('') + p(ins('b')),
			['ins a', 'ins b'],
		],
		[
			'a form around a table',
			p('', '', headed(by('Lea'))) + table('') + p('', '', headed(by('Lea'))),
			['form', 'form'],
		],
		['struck by their look', p(plain('a', '<w:strike/>') + plain('b', '<w:b/><w:strike/>')), ['del ab']],
		['two looks at once', p(plain('a', `<w:b/><w:i/><w:rPrChange ${by('Lea')}><w:rPr/></w:rPrChange>`)), ['look a']],
		['a form of paragraphs in a row', p('', '', headed(by('Lea'))) + p('', '', headed(by('Lea'))), ['form, form']],
		[
			'a form of paragraphs apart',
			p('', '', headed(by('Lea'))) + p('') + p('', '', headed(by('Lea'))),
			['form', 'form'],
		],
		[
			'two forms of paragraphs in a row',
			p('', '', headed(by('Lea'))) + p('', '', headed(by('Lea')).replace('Heading2', 'Heading4')),
			['form', 'form'],
		],
	])('%s', async (_what, body, expected) => {
		expect(await cards('a.docx', wordFile(p(plain('Anfang')) + body))).toEqual(expected);
	});

	test('that we wrote: what was one is one, also over paragraphs and looks', async () => {
		const mara = { by: 'Mara', at, id: 'm' };
		const jonas = { by: 'Jonas', at: at + 5000, id: 'j' };
		const mark = (type: string, attrs: object): RichMark => ({ type, attrs: { ...attrs } });
		const text = (words: string, ...marks: RichMark[]) => ({ text: words, marks: orderedMarks(marks) });
		const strong = mark('strong', {});
		const blocks = [
			paragraph({}, [
				text('im Rathaus.'),
				text(' Dann ', mark('ins', mara)),
				text('f', strong, mark('ins', mara)),
				text('ett weiter', mark('ins', mara)),
				text('¶', mark('brk', {}), mark('ins', mara)),
				text('neuer Absatz\nneue Zeile', mark('ins', mara)),
			]),
			paragraph({}, [text('Zweiter mit '), text('Worten.', mark('del', jonas))]),
			paragraph({ join: writeAuthored(jonas) }, [
				text('Dritter ', mark('del', jonas)),
				text('Ersatz', mark('ins', jonas)),
				text(' Absatz.'),
			]),
		];
		const before = cardsOf(blocks);
		expect(before).toHaveLength(2);
		const sections = [{ title: 'A', blocks }];
		const file = textToDocx({ title: '', sections, comments: [], nameOf: (by) => by, language: 'de-DE' });
		expect(await cards('a.docx', file)).toEqual(before);
	});

	test('of very many people, without looking at each for each', { timeout: 20_000 }, async () => {
		const runs = Array.from({ length: 20_000 }, (_, number) => ins('a', `w:author="${number}"`));
		expect(await cards('a.docx', wordFile(p(runs.join(''))))).toHaveLength(20_000);
	});
});

describe('in Markdown', () => {
	test.each([
		['a word in the place of another', 'der {--alte--}{++neue++} Plan', ['del alte, ins neue']],
		['a substitution', 'der {~~alte~>neue~~} Plan', ['del alte, ins neue']],
		['parts around a comment', 'a {++b++}{=={++c++}==}{>>n<<}{++ d++}', ['ins bc d']],
		['parts around a note', '{++b++}{>>n<<}{++c++}', ['ins bc']],
		['tags', '~~alte~~<ins>neue</ins>', ['del alte, ins neue']],
		['words with text between them', '{--alte--} {++neue++}', ['del alte', 'ins neue']],
		['over paragraphs, begun with a strike', '{--a--}{++b\n\nc++}{--d--}', ['del a, ins bc, del d']],
		['over an end that stays', '{++a++}\n\n{++b++}', ['ins a', 'ins b']],
		['in a table', '| a |\n| - |\n| {--b--}{++c++} |', ['del b, ins c']],
	])('%s', async (_what, source, expected) => {
		expect(await cards('a.md', Buffer.from(source))).toEqual(expected);
	});

	test('what the file itself names stays as it is', async () => {
		const named = (id: string) => ({ by: 'jonas', at, id });
		const text = (text: string, id: string) => ({ text, marks: [{ type: 'ins', attrs: named(id) }] });
		const headed = (id: string) => paragraph({ chg: writeChange(named(id), {}, { level: 2 }) }, []);
		const body = [paragraph({}, [text('a', 'x'), text('b', 'y')]), headed('z'), headed('w')];
		const markdown = blocksToMarkdown(body, { flavour: 'exact' });
		expect(await cards('a.md', Buffer.from(markdown))).toEqual(['ins a', 'ins b', 'form', 'form']);
		const beside = '<ins data-by="mara" data-at="7" data-id="x">a</ins>{++b++}';
		expect(await cards('a.md', Buffer.from(beside))).toEqual(['ins a', 'ins b']);
	});

	test('a page of HTML likewise', async () => {
		const page = '<p>der <del>alte</del><ins>ne<b>ue</b></ins></p><p><ins>b</ins></p>';
		expect(await cards('a.html', Buffer.from(page))).toEqual(['del alte, ins neue', 'ins b']);
	});
});

describe('paragraphs that are suggested to end one behind the other', () => {
	const ends = (...more: RichMark[]) => {
		const marks = orderedMarks([{ type: 'brk', attrs: {} }, ...more]);
		return [
			paragraph({}, [
				{ text: 'a', marks: [] },
				{ text: '¶¶', marks },
				{ text: 'b', marks: [] },
			]),
		];
	};
	const lines = [['a'], [], ['b']].map((words) =>
		paragraph(
			{},
			words.map((text) => ({ text, marks: [] })),
		),
	);

	test('are as many as there are, where all is accepted and where they are agreed upon', () => {
		expect(accepted(ends({ type: 'ins', attrs: { by: 'mara', at, id: 'x' } }))).toEqual(lines);
		expect(agreed(ends())).toEqual(lines);
	});

	test('and to a comment about what is around them', async () => {
		const comment: RichMark = { type: 'comment', attrs: { id: 'c' } };
		const [block] = ends({ type: 'ins', attrs: { by: 'mara', at, id: 'x' } });
		const content = (block?.content ?? []).map((child) =>
			'text' in child ? { ...child, marks: orderedMarks([...child.marks, comment]) } : child,
		);
		const file = textToDocx({
			title: '',
			sections: [{ title: 'A', blocks: [paragraph({}, content)] }],
			comments: [{ id: 'c', resolved: false, entries: [{ by: 'mara', at, text: 'Hm.' }] }],
			nameOf: (by) => by,
			language: 'de-DE',
		});
		const { comments } = await readTextFile(
			{ name: 'a.docx', bytes: file },
			{ by: 'mara', at: 7, newId: () => 'n' },
			{},
		);
		expect(comments.map(({ quote }) => quote)).toEqual(['a\n\nb']);
	});
});
