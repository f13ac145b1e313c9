// @vitest-environment jsdom
import { blocksText } from '#lib/documents/body.ts';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { expect, test } from 'vitest';
import { blocksOf } from './clipboard.ts';
import { markdownRules } from './input-rules.ts';
import { schema } from './schema.ts';

/** Types letter by letter, as a keyboard does. */
function typed(text: string): EditorView {
	const doc = schema.node('doc', null, [schema.node('paragraph')]);
	const state = EditorState.create({ doc, plugins: [markdownRules()] });
	const view = new EditorView(null, { state });
	for (const letter of text) {
		const { from, to } = view.state.selection;
		const insert = () => view.state.tr.insertText(letter, from, to);
		if (!view.someProp('handleTextInput', (handle) => handle(view, from, to, letter, insert))) view.dispatch(insert());
	}
	return view;
}

test.each([
	['# a', { level: 1 }],
	['### a', { level: 3 }],
	['- a', { list: 'bullet' }],
	['* a', { list: 'bullet' }],
	['1. a', { list: 'ordered' }],
	['[] a', { list: 'check' }],
	['[x] a', { list: 'check', checked: true }],
])('%s', (text, attributes) => {
	const paragraph = typed(text).state.doc.child(0);
	expect(paragraph.textContent).toBe('a');
	expect(paragraph.attrs).toMatchObject(attributes);
});

test.each(['#### a', '2. a', 'a - b', '#a', '1.400 a', '2*3*4', '5 * 3 * 2'])('%s stays as it is', (text) => {
	const paragraph = typed(text).state.doc.child(0);
	expect(paragraph.textContent).toBe(text);
	expect(Object.values(paragraph.attrs).every((value) => value === null)).toBe(true);
	expect(paragraph.childCount).toBe(1);
	expect(paragraph.firstChild?.marks).toEqual([]);
});

test.each([
	['a **b c** d', ['a ', '**b c', ' d']],
	['a *b c* d', ['a ', '*b c', ' d']],
	['**b**', ['**b']],
])('%s', (text, parts) => {
	const signs: Record<string, string> = { strong: '**', em: '*' };
	const found = [...typed(text).state.doc.child(0).children].map(
		(node) => node.marks.map((mark) => signs[mark.type.name]).join('') + (node.text ?? ''),
	);
	expect(found).toEqual(parts);
});

test('three hyphens make a rule', () => {
	expect(blocksText(blocksOf(typed('---').state.doc.content))).toBe('---\n');
});
