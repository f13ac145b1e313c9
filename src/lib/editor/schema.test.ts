// @vitest-environment jsdom
import { bodyMarks, bodyNodes } from '#lib/documents/body-gate.ts';
import { DOMSerializer, Node } from 'prosemirror-model';
import { describe, expect, test } from 'vitest';
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import * as Y from 'yjs';
import { findUnknown } from '#lib/documents/body-gate.ts';
import { schema } from './schema.ts';

const author = { by: 'p1', at: 1700000000000, id: 's1' };

/** Every node, mark and attribute there is. */
const everything = Node.fromJSON(schema, {
	type: 'doc',
	content: [
		{
			type: 'paragraph',
			attrs: { level: 1, join: 'j', chg: 'c' },
			content: [
				{ type: 'text', text: 'Plakate\n1.400 ', marks: [{ type: 'strong' }, { type: 'em' }] },
				{ type: 'text', text: 'link', marks: [{ type: 'link', attrs: { href: 'https://example.org/' } }] },
				{
					type: 'fact',
					attrs: {
						kind: 'meeting-date',
						of: 'm1',
						form: 'long',
						text: '9. Januar',
						was: '8. Januar',
						ins: 'i',
						del: 'd',
					},
				},
				{
					type: 'text',
					text: 'x',
					marks: [
						{ type: 'ins', attrs: author },
						{ type: 'ins', attrs: { ...author, by: 'p2' } },
						{ type: 'del', attrs: author },
						{ type: 'brk' },
						{ type: 'fmt', attrs: { ...author, was: '{}' } },
						{ type: 'comment', attrs: { id: 'c1' } },
					],
				},
			],
		},
		{ type: 'paragraph', attrs: { list: 'check', indent: 8, checked: true } },
		{ type: 'rule', attrs: { ins: 'i' } },
		{
			type: 'table',
			content: [
				{
					type: 'row',
					content: [
						{ type: 'cell', attrs: { header: true, colspan: 2, rowspan: 3 }, content: [{ type: 'paragraph' }] },
					],
				},
			],
		},
	],
});

test('the schema has exactly the names and attributes that the gate knows', () => {
	const names = Object.keys(schema.nodes).filter((name) => name !== 'doc' && name !== 'text');
	expect(names.sort()).toEqual(Object.keys(bodyNodes).sort());
	expect(Object.keys(schema.marks).sort()).toEqual(Object.keys(bodyMarks).sort());
	for (const name of names)
		expect(Object.keys(schema.nodes[name as 'fact'].spec.attrs ?? {})).toEqual(Object.keys(bodyNodes[name] ?? {}));
	for (const [name, type] of Object.entries(schema.marks))
		expect(Object.keys(type.spec.attrs ?? {})).toEqual(Object.keys(bodyMarks[name] ?? {}));
});

test('everything there is goes into a document and comes back the same, and the gate lets it pass', () => {
	everything.check();
	const body = new Y.Doc().getXmlFragment('body:a');
	prosemirrorToYXmlFragment(everything, body);
	expect(findUnknown(body)).toBeNull();
	const back = yXmlFragmentToProseMirrorRootNode(body, schema);
	back.check();
	// Which of several marks on one text comes first is the document's own affair.
	expect(sorted(back.toJSON())).toEqual(sorted(everything.toJSON()));
});

test('a plain paragraph costs no attributes', () => {
	const body = new Y.Doc().getXmlFragment('body:a');
	prosemirrorToYXmlFragment(schema.node('doc', null, [schema.node('paragraph', null, [schema.text('a')])]), body);
	expect((body.get(0) as Y.XmlElement).getAttributes()).toEqual({});
});

describe('invalid values are found', () => {
	test.each([
		['paragraph', { level: 4 }],
		['paragraph', { level: '1' }],
		['paragraph', { indent: 0 }],
		['paragraph', { indent: 9 }],
		['paragraph', { list: 'roman' }],
		['cell', { colspan: 1 }],
	])('%s %o', (name, attributes) => {
		expect(() => schema.nodes[name as 'cell'].create(attributes).check()).toThrow(RangeError);
	});
});

describe('on the page', () => {
	const html = (attributes: Record<string, unknown>) => {
		const dom = DOMSerializer.fromSchema(schema).serializeNode(schema.node('paragraph', attributes));
		return (dom as Element).outerHTML;
	};
	test('headings stand below those of the page, and list items in lists', () => {
		expect(html({ level: 1 })).toBe('<h2></h2>');
		expect(html({ level: 3 })).toBe('<h4></h4>');
		expect(html({ list: 'ordered', indent: 2 })).toBe(
			'<div role="list" data-list="ordered" data-indent="2"><div role="listitem"></div></div>',
		);
		expect(html({ level: 2, list: 'bullet' })).toBe('<h3></h3>');
	});
});

type Json = { marks?: unknown[]; content?: Json[] };

function sorted(node: Json): Json {
	const marks = node.marks?.map((mark) => JSON.stringify(mark)).sort();
	return { ...node, ...(marks ? { marks } : {}), ...(node.content ? { content: node.content.map(sorted) } : {}) };
}
