// @vitest-environment jsdom
import fc from 'fast-check';
import type { Slice } from 'prosemirror-model';
import { Fragment } from 'prosemirror-model';
import { EditorState, TextSelection } from 'prosemirror-state';
import { describe, expect, test } from 'vitest';
import { safeHref } from '#lib/domain/href.ts';
import { blocksText } from '#lib/documents/body.ts';
import { hostileAddresses } from '../../../tests/support/hostile-texts.ts';
import { ClipboardParser, ClipboardSerializer, blocksOf, textToSlice } from './clipboard.ts';
import { htmlToNodes } from './html-to-nodes.ts';
import { sizeOf } from './paste.ts';
import { schema } from './schema.ts';

function nodesOf(html: string) {
	const nodes = htmlToNodes(new DOMParser().parseFromString(html, 'text/html').body);
	for (const node of nodes) node.check();
	return nodes;
}

/** Text with `**strong**`, `_em_` and `[link](…)`, headings as `#`. */
function markdown(html: string): string {
	return blocksOf(Fragment.from(nodesOf(html)))
		.map((block) => {
			if (block.kind !== 'text') return blocksText([block]);
			const inner = block.spans
				.map(({ text, strong, em, href }) => {
					const slanted = em ? `_${text}_` : text;
					const bold = strong ? `**${slanted}**` : slanted;
					return href === null ? bold : `[${bold}](${href})`;
				})
				.join('');
			const plain = block.list === 'ordered' ? { ...block, list: 'bullet' as const } : block;
			const signs = blocksText([{ ...plain, spans: [] }]).replace('- ', block.list === 'ordered' ? '1. ' : '- ');
			return '#'.repeat(block.level ?? 0) + (block.level ? ' ' : '') + signs + inner;
		})
		.join('\n');
}

describe('from the web', () => {
	test.each([
		['headings', '<h1>A</h1><h2>B</h2><h4><b>C</b></h4><h6>D</h6>', '# A\n## B\n### C\n### D'],
		['marks', '<p><b>a</b><i>b</i><strong><em>c</em></strong></p>', '**a**_b_**_c_**'],
		['styled marks', '<p><span style="font-weight:700">a</span><b style="font-weight:normal">b</b></p>', '**a**b'],
		['white space', '<p>\n  one\n  <b> two</b>\n</p>\n<p>  </p>', 'one **two**'],
		['line breaks', '<p>a<br>b<br></p>', 'a\nb'],
		['preformatted', '<pre>a\n  b</pre>', 'a\n  b'],
		['loose text', 'a<div>b<div>c</div>d</div>e', 'a\nb\nc\nd\ne'],
		[
			'nested lists',
			'<ul><li>a<ol><li>b</li><li>c<ul><li>d</li></ul></li></ol></li><li>e</li></ul>',
			'- a\n\t1. b\n\t1. c\n\t\t- d\n- e',
		],
		['lists in lists without an item', '<ul><li>a</li><ul><li>b</li></ul></ul>', '- a\n\t- b'],
		['paragraphs in an item', '<ol><li><p>a</p><p>b</p></li><li>c</li></ol>', '1. a\n\tb\n1. c'],
		[
			'check boxes',
			'<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>',
			'[x] a\n[ ] b',
		],
		['a link', '<a href="https://example.org/x?y=1">a</a>', '[a](https://example.org/x?y=1)'],
		['a rule', '<p>a</p><hr><p>b</p>', 'a\n---\nb'],
		['a table', '<table><tr><th>a</th><td colspan="2"><p>b</p></td></tr></table>', 'a\tb'],
		['a table for layout', '<table><tr><td><h1>a</h1></td></tr><tr><td>b</td></tr></table>', '# a\nb'],
		[
			'Google Docs',
			'<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:400">a</span></p></b>',
			'a',
		],
	])('%s', (_name, html, expected) => {
		expect(markdown(html)).toBe(expected);
	});
});

describe('from Word', () => {
	const item = (level: number, marker: string, text: string) =>
		`<p class=MsoListParagraph style='margin-left:36.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`;

	test('lists that are none', () => {
		const html = item(1, '·', 'a') + item(2, 'o', 'b') + item(1, '1.', 'c') + item(2, 'a)', 'd');
		expect(markdown(html)).toBe('- a\n\t- b\n1. c\n\t1. d');
	});
	test('empty paragraphs, styles and comments vanish', () => {
		const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style><!--[if gte mso 9]><xml><o:x/></xml><![endif]--></head><body><p class=MsoNormal>Text<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal><b>Fett</b></p></body></html>`;
		expect(markdown(html)).toBe('Text\n**Fett**');
	});
});

test('tracked changes of Word come as they read when they are accepted', () => {
	const word =
		'<p class=MsoNormal>zu <s><del cite="mailto:Jonas%20Weber" datetime="2024-12-10T09:00">unserer</del></s>' +
		'<ins cite="mailto:Jonas%20Weber" datetime="2024-12-10T09:00">seiner</ins><span class=msoDel> alten</span> Sitzung</p>';
	expect(markdown(word)).toBe('zu seiner Sitzung');
});

test.each([
	['<del>', '<del>alt</del>'],
	['<s>', '<s>alt</s>'],
	['<strike>', '<strike><b>alt</b></strike>'],
	['a style, as Google Docs writes it', '<span style="font-weight:700;text-decoration:line-through">alt</span>'],
	['a style of two lines', '<span style="text-decoration-line: underline line-through">alt</span>'],
])('what is struck by %s is not brought back', (_how, struck) => {
	expect(markdown(`<p>zu ${struck} <ins>neu</ins> <u style="text-decoration:underline">da</u></p>`)).toBe('zu neu da');
});

test('what is done on a list is struck there and stays', () => {
	const done = '<li aria-checked="true"><span style="text-decoration:line-through">Saal</span></li>';
	expect(markdown(`<ul>${done}<li aria-checked="false"><s>alt</s> Bus</li></ul>`)).toBe('[x] Saal\n[ ] Bus');
});

describe('hostile', () => {
	test.each([
		['scripts', '<p>a<script>alert(1)</script></p><style>b</style>', 'a'],
		['handlers', '<p onclick="alert(1)">a<img src=x onerror="alert(1)"></p>', 'a'],
		['javascript:', '<a href="javascript:alert(1)">a</a>', 'a'],
		['javascript: in disguise', '<a href=" java\nscript:alert(1)">a</a><a href="JaVaScRiPt:x">b</a>', 'ab'],
		['data: and file:', '<a href="data:text/html,x">a</a><a href="file:///etc">b</a>', 'ab'],
		['svg and math', '<svg><a href="javascript:x"><text>x</text></a></svg><math><mi>y</mi></math>a', 'a'],
		['frames and forms', '<iframe srcdoc="x"></iframe><form>a<button>b</button></form><object>c</object>', 'a'],
		['templates', 'a<template><p>x</p></template><noscript>y</noscript>', 'a'],
		['what is hidden', '<p style="display:none">x</p><p style="mso-hide:all">y</p>a', 'a'],
		['control characters', '<pre>a\u0000\u0008b</pre>', 'ab'],
	])('%s', (_name, html, expected) => {
		expect(markdown(html)).toBe(expected);
	});

	test('an unsafe address makes no link at all, also none that is hidden later', () => {
		const link = (href: string) => `<p><a href="${href}">a</a></p>`;
		for (const href of hostileAddresses.filter((each) => safeHref(each) === null)) {
			const [node] = nodesOf(link(href.replaceAll('"', '&quot;')));
			expect(node?.firstChild?.marks, href).toEqual([]);
		}
		expect(nodesOf(link('https://example.org/'))[0]?.firstChild?.marks).toHaveLength(1);
	});

	test('hundreds of elements inside each other: so far down they count as their text', () => {
		const within = (depth: number) => {
			const root = document.createElement('div');
			let inner: Element = root;
			for (let at = 0; at < depth; at++) inner = inner.appendChild(document.createElement('div'));
			inner.append('deep ', Object.assign(document.createElement('b'), { textContent: 'bold' }));
			const [node, ...others] = htmlToNodes(root);
			expect([node?.textContent, others]).toEqual(['deep bold', []]);
			return node?.lastChild?.marks.length;
		};
		expect([within(100), within(600)]).toEqual([1, 0]);
	});

	test('whatever markup there is becomes valid content', () => {
		const tag = fc.constantFrom(
			'p',
			'h2',
			'ul',
			'ol',
			'li',
			'table',
			'tr',
			'td',
			'b',
			'a',
			'br',
			'hr',
			'pre',
			'script',
			'input',
			'o:p',
		);
		const attribute = fc.constantFrom(
			'',
			' style="mso-list:l0 level99 lfo1"',
			' href="javascript:x"',
			' style="font-weight:bold"',
			' colspan="999999"',
			' type="checkbox"',
			' aria-checked="true"',
		);
		const piece = fc.oneof(
			fc.tuple(tag, attribute).map(([name, more]) => `<${name}${more}>`),
			tag.map((name) => `</${name}>`),
			fc.string(),
			fc.constant('<!--[if !supportLists]-->'),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
				const nodes = nodesOf(pieces.join(''));
				schema.node('doc', null, nodes.length > 0 ? nodes : [schema.node('paragraph')]).check();
			}),
			{ numRuns: 500 },
		);
	});
});

describe('copied and pasted', () => {
	test('inside the editor comes back the same', () => {
		const html =
			'<h1>A</h1><ol><li>a<ul><li><b>b</b></li></ul></li><li>c</li></ol><ul><li><input type="checkbox" checked>d</li></ul><hr><p>e<br>f <a href="https://example.org/">g</a></p><table><tr><th>h</th><td>i</td></tr></table>';
		const nodes = nodesOf(html);
		const place = document.createElement('div');
		new ClipboardSerializer().serializeFragment(Fragment.from(nodes), { document }, place);
		expect(nodesOf(place.innerHTML).map((node) => node.toJSON())).toEqual(nodes.map((node) => node.toJSON()));
	});

	const into = (slice: Slice) => {
		const state = EditorState.create({ doc: schema.node('doc', null, [schema.node('paragraph')]) });
		return blocksText(blocksOf(state.apply(state.tr.replaceSelection(slice)).doc.content));
	};
	const parse = (html: string) => {
		const place = document.createElement('div');
		place.innerHTML = html;
		return new ClipboardParser().parseSlice(place);
	};
	test('a list into an empty paragraph stays a list', () => {
		expect(into(parse('<ul><li>a</li><li>b</li></ul>'))).toBe('- a\n- b');
	});
	test('a word into a sentence stays inside it', () => {
		const doc = schema.node('doc', null, [schema.node('paragraph', { level: 1 }, [schema.text('ac')])]);
		const state = EditorState.create({ doc, selection: TextSelection.create(doc, 2) });
		const next = state.apply(state.tr.replaceSelection(parse('<p>b</p>')));
		expect(next.doc.toJSON()).toEqual(
			schema.node('doc', null, [schema.node('paragraph', { level: 1 }, [schema.text('abc')])]).toJSON(),
		);
	});
	test('plain text makes paragraphs of lines', () => {
		expect(into(textToSlice('a\r\n\r\nb\u0000\tc\n'))).toBe('a\nb\tc');
	});
});

test('the size of what is pasted counts in bytes, of its larger form', () => {
	const data = { getData: (type: string) => (type === 'text/html' ? '<p>ä</p>' : 'ä') };
	expect(sizeOf(data)).toBe(9);
});
