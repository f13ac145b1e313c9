import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { receiveWithoutWriting } from '../protocol/receive-without-writing.ts';
import { findUnknown, findUnknownChange, type Unknown } from './body-gate.ts';

const author = { by: 'p1', at: 1, id: 's1' };

function bodyWith(...nodes: (Y.XmlElement | Y.XmlText)[]): Y.XmlFragment {
	const body = new Y.Doc().getXmlFragment('body:a');
	body.insert(0, nodes);
	return body;
}

function element(name: string, attributes: Record<string, unknown> = {}, children: (Y.XmlElement | Y.XmlText)[] = []) {
	const made = new Y.XmlElement(name);
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
	made.insert(0, children);
	return made;
}

function marked(attributes: Record<string, unknown>) {
	const text = new Y.XmlText();
	text.insert(0, 'word', attributes);
	return element('paragraph', {}, [text]);
}

describe('a body that is fully known', () => {
	test.each([
		['empty', []],
		['plain', [element('paragraph', {}, [new Y.XmlText('word')])]],
		['heading', [element('paragraph', { level: 2 })]],
		['check item', [element('paragraph', { list: 'check', indent: 3, checked: true })]],
		['suggested join and change', [element('paragraph', { join: 'x', 'chg:p1': 'y', 'chg:word:Mara': '{}' })]],
		['a change as it was held before each person had their own', [element('paragraph', { chg: '[{"was":{}}]' })]],
		['rule', [element('rule')]],
		['fact', [element('paragraph', {}, [element('fact', { kind: 'meeting-date', of: 'm1', text: '9. Januar' })])]],
		['fact with comments', [element('paragraph', {}, [element('fact', { 'comment:c1': true, 'comment:c-2': true })])]],
		[
			'table',
			[element('table', {}, [element('row', {}, [element('cell', { header: true }, [element('paragraph')])])])],
		],
		['marks', [marked({ strong: {}, em: {}, link: { href: 'https://example.org' }, brk: {} })]],
		['suggestions of two people', [marked({ 'ins--abcdefgh': author, 'ins--12345678': { ...author, by: 'p2' } })]],
		[
			'comment and format change',
			[marked({ 'comment--abcdefgh': { id: 'c' }, 'fmt--abcdefgh': { ...author, was: '{}' } })],
		],
	])('%s', (_name, nodes) => {
		expect(findUnknown(bodyWith(...nodes))).toBeNull();
	});
});

describe('a body with something unknown', () => {
	const cases: [string, (Y.XmlElement | Y.XmlText)[], Unknown][] = [
		['node', [element('poll')], { what: 'node', name: 'poll' }],
		['node that an object inherits', [element('constructor')], { what: 'node', name: 'constructor' }],
		['attribute', [element('paragraph', { align: 'left' })], { what: 'attribute', name: 'paragraph.align' }],
		['heading level', [element('paragraph', { level: 4 })], { what: 'value', name: 'paragraph.level' }],
		['list kind', [element('paragraph', { list: 'roman' })], { what: 'value', name: 'paragraph.list' }],
		[
			'change of someone whose id is too long',
			[element('paragraph', { [`chg:${'p'.repeat(65)}`]: '{}' })],
			{ what: 'attribute', name: `paragraph.chg:${'p'.repeat(65)}` },
		],
		[
			'change that says too much',
			[element('paragraph', { 'chg:p1': 'x'.repeat(2001) })],
			{ what: 'value', name: 'paragraph.chg:p1' },
		],
		['change that is no text', [element('paragraph', { 'chg:p1': 1 })], { what: 'value', name: 'paragraph.chg:p1' }],
		['change of a rule', [element('rule', { 'chg:p1': '{}' })], { what: 'attribute', name: 'rule.chg:p1' }],
		[
			'comment of no id',
			[element('paragraph', {}, [element('fact', { 'comment:a b': true })])],
			{ what: 'attribute', name: 'fact.comment:a b' },
		],
		[
			'comment that says something',
			[element('paragraph', {}, [element('fact', { 'comment:c1': 'x' })])],
			{ what: 'value', name: 'fact.comment:c1' },
		],
		[
			'comment on a paragraph',
			[element('paragraph', { 'comment:c1': true })],
			{ what: 'attribute', name: 'paragraph.comment:c1' },
		],
		['mark', [marked({ highlight: {} })], { what: 'mark', name: 'highlight' }],
		['mark that an object inherits', [marked({ toString: {} })], { what: 'mark', name: 'toString' }],
		['mark that overlaps', [marked({ 'glow--abcdefgh': {} })], { what: 'mark', name: 'glow' }],
		['attribute of a mark', [marked({ link: { href: 'x', title: 'y' } })], { what: 'attribute', name: 'link.title' }],
		['missing attribute of a mark', [marked({ link: {} })], { what: 'value', name: 'link.href' }],
		['value of a mark', [marked({ strong: true })], { what: 'value', name: 'strong' }],
		['text beside blocks', [new Y.XmlText('loose')], { what: 'content', name: 'text in body' }],
		[
			'nesting',
			[element('paragraph', {}, [element('paragraph')])],
			{ what: 'content', name: 'paragraph in paragraph' },
		],
		['cell without a row', [element('table', {}, [element('cell')])], { what: 'content', name: 'cell in table' }],
	];
	test.each(cases)('%s', (_name, nodes, unknown) => {
		expect(findUnknown(bodyWith(...nodes))).toEqual(unknown);
	});

	test('an embedded object', () => {
		const text = new Y.XmlText();
		text.insertEmbed(0, { image: 'x' });
		expect(findUnknown(bodyWith(element('paragraph', {}, [text])))).toEqual({
			what: 'content',
			name: 'embedded object',
		});
	});

	test('a newer version of bodies', () => {
		const body = bodyWith(element('paragraph'));
		body.doc?.getMap('meta').set('bodies', 2);
		expect(findUnknown(body)).toEqual({ what: 'version', name: '2' });
	});
});

test('a change is looked through where it happened', () => {
	const body = bodyWith(element('paragraph', {}, [new Y.XmlText('word')]));
	const found: (Unknown | null)[] = [];
	body.observeDeep((events) => found.push(findUnknownChange(body, events)));
	const paragraph = body.get(0) as Y.XmlElement;
	const text = paragraph.get(0) as Y.XmlText;
	text.insert(0, 'a ');
	text.format(0, 1, { glow: {} });
	paragraph.setAttribute('align', 'left');
	body.insert(1, [element('poll')]);
	expect(found.map((each) => each?.name ?? null)).toEqual([null, 'glow', 'paragraph.align', 'poll']);
});

test('looking through a change writes nothing', () => {
	const body = bodyWith(element('paragraph', {}, [new Y.XmlText('abcdef')]));
	const doc = body.doc as Y.Doc;
	receiveWithoutWriting(doc);
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	const textOf = (fragment: Y.XmlFragment) => (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText;
	textOf(body).format(1, 2, { strong: {} });
	textOf(other.getXmlFragment('body:a')).format(3, 1, { strong: {} });
	body.observeDeep((events) => findUnknownChange(body, events));
	const written: unknown[] = [];
	doc.on('beforeTransaction', ({ origin }: Y.Transaction) => written.push(origin));
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'received');
	expect(written).toEqual(['received']);
});
