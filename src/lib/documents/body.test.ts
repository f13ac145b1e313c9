import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { toTree } from './body-tree.ts';
import {
	blocksText,
	bodyRoots,
	bodyText,
	isBodyEmpty,
	numbered,
	readBody,
	type Block,
	type TextBlock,
} from './body.ts';
import { receiveWithoutWriting } from '../protocol/receive-without-writing.ts';

function text(words: string, change: Partial<TextBlock> = {}): TextBlock {
	const span = { text: words, strong: false, em: false, href: null, ins: false, del: false };
	return { kind: 'text', level: null, list: null, indent: 0, checked: false, spans: [span], ...change };
}

function paragraph(words: string, attributes: Record<string, unknown> = {}): Y.XmlElement {
	const made = new Y.XmlElement('paragraph');
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
	made.insert(0, [new Y.XmlText(words)]);
	return made;
}

test('a body is read as blocks', () => {
	const doc = new Y.Doc();
	doc
		.getXmlFragment('body:a')
		.insert(0, [
			paragraph('Plakate', { level: 2 }),
			paragraph('1.400 Stück', { list: 'bullet', indent: 1 }),
			new Y.XmlElement('rule'),
		]);
	expect(readBody(doc, 'body:a')).toEqual([
		text('Plakate', { level: 2 }),
		text('1.400 Stück', { list: 'bullet', indent: 1 }),
		{ kind: 'rule' },
	]);
	expect(bodyText(doc, 'body:a')).toBe('Plakate\n\t- 1.400 Stück\n---');
	expect(bodyRoots(doc)).toEqual(['a']);
	expect(isBodyEmpty(doc, 'body:a')).toBe(false);
	expect(isBodyEmpty(doc, 'body:b')).toBe(true);
});

test('neighbours that look the same are one, though ends of marks stand between them', () => {
	const doc = new Y.Doc();
	const other = new Y.Doc();
	[doc.clientID, other.clientID] = [1, 2];
	const body = doc.getXmlFragment('body:a');
	body.insert(0, [paragraph('abcdef')]);
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	const wordsOf = (fragment: Y.XmlFragment) => (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText;
	wordsOf(body).format(1, 2, { strong: {} });
	wordsOf(other.getXmlFragment('body:a')).format(3, 1, { strong: {} });
	receiveWithoutWriting(doc);
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
	const [block] = readBody(doc, 'body:a') as [TextBlock];
	expect(block.spans.map(({ text: words, strong }) => (strong ? words.toUpperCase() : words))).toEqual([
		'a',
		'BCD',
		'ef',
	]);
});

test('only safe addresses are read as links', () => {
	const doc = new Y.Doc();
	const made = new Y.XmlElement('paragraph');
	const words = new Y.XmlText();
	words.insert(0, 'good', { link: { href: 'https://example.org/' } });
	words.insert(4, 'bad', { link: { href: 'javascript:alert(1)' } });
	made.insert(0, [words]);
	doc.getXmlFragment('body:a').insert(0, [made]);
	const [block] = readBody(doc, 'body:a') as [TextBlock];
	expect(block.spans.map(({ href }) => href)).toEqual(['https://example.org/', null]);
});

describe('reading is total', () => {
	const value = fc.oneof(
		fc.string(),
		fc.integer(),
		fc.boolean(),
		fc.constant(null),
		fc.dictionary(fc.string(), fc.integer(), { noNullPrototype: true }),
	);
	const attributes = fc.dictionary(
		fc.constantFrom('level', 'list', 'indent', 'checked', 'text', 'colspan', 'x'),
		value,
	);
	const name = fc.constantFrom('paragraph', 'rule', 'fact', 'table', 'row', 'cell', 'poll', 'constructor');
	const mark = fc.dictionary(fc.constantFrom('strong', 'link', 'ins--abcdefgh', 'glow'), value);
	type Garbage = {
		name: string;
		attributes: Record<string, unknown>;
		mark: Record<string, unknown>;
		children: Garbage[];
	};
	const { node } = fc.letrec<{ node: Garbage; leaf: Garbage; branch: Garbage }>((tie) => ({
		leaf: fc.record({ name, attributes, mark, children: fc.constant([]) }),
		branch: fc.record({ name, attributes, mark, children: fc.array(tie('node'), { maxLength: 3 }) }),
		node: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('branch')),
	}));

	function build(garbage: Garbage): Y.XmlElement {
		const made = new Y.XmlElement(garbage.name);
		for (const [key, each] of Object.entries(garbage.attributes)) made.setAttribute(key, each as string);
		const words = new Y.XmlText();
		words.insert(0, 'word', garbage.mark);
		made.insert(0, [words, ...garbage.children.map(build)]);
		return made;
	}

	test('whatever stands in the body', () => {
		fc.assert(
			fc.property(fc.array(node, { maxLength: 4 }), (nodes) => {
				const doc = new Y.Doc();
				doc.getXmlFragment('body:a').insert(0, nodes.map(build));
				const blocks = readBody(doc, 'body:a');
				for (const block of blocks) {
					if (block.kind !== 'text') continue;
					expect([null, 1, 2, 3]).toContain(block.level);
					expect(block.indent).toBeGreaterThanOrEqual(0);
					expect(block.indent).toBeLessThanOrEqual(8);
				}
				expect(typeof blocksText(blocks)).toBe('string');
			}),
			{ numRuns: 200 },
		);
	});

	test('a root that is something else', () => {
		const doc = new Y.Doc();
		doc.getMap('body:a').set('x', 1);
		expect(readBody(doc, 'body:a')).toEqual([]);
	});
});

describe('numbers', () => {
	const of = (...blocks: Block[]) => numbered(blocks).map(({ number }) => number);
	const item = (indent = 0) => text('x', { list: 'ordered', indent });

	test('count on, and start again after something of its own', () => {
		expect(of(item(), item(), text('x'), item())).toEqual([1, 2, null, 1]);
	});
	test('inner lists start again under each item', () => {
		expect(of(item(), item(1), item(1), item(), item(1))).toEqual([1, 1, 2, 2, 1]);
	});
	test('what is indented below an item does not interrupt', () => {
		expect(of(item(), text('x', { indent: 1 }), item())).toEqual([1, null, 2]);
	});
	test('a heading with a list kind, left by a merge, is a heading', () => {
		expect(of(item(), text('x', { list: 'ordered', level: 1 }), item())).toEqual([1, null, 1]);
	});
});

test('the nested form has the same numbers as the flat one', () => {
	const block = fc.record({
		list: fc.constantFrom('ordered', 'bullet', 'check', null),
		indent: fc.integer({ min: 0, max: 3 }),
		level: fc.constantFrom(null, null, null, 2),
	});
	fc.assert(
		fc.property(fc.array(block, { maxLength: 12 }), (given) => {
			const blocks = given.map((each, index) => text(String(index), each as Partial<TextBlock>));
			const flat = new Map(numbered(blocks).map(({ block: each, number }) => [each, number]));
			const seen: Block[] = [];
			const walk = (branches: ReturnType<typeof toTree>) => {
				for (const branch of branches) {
					if (branch.kind === 'block') seen.push(branch.block);
					else
						branch.items.forEach((item, index) => {
							seen.push(item.block);
							if (branch.list === 'ordered') expect(flat.get(item.block)).toBe(index + 1);
							walk(item.children);
						});
				}
			};
			walk(toTree(blocks));
			expect(seen).toEqual(blocks);
		}),
	);
});
