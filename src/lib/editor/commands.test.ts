// @vitest-environment jsdom
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import { describe, expect, test } from 'vitest';
import { blocksText } from '#lib/documents/body.ts';
import { writeChanges } from '#lib/documents/suggestion.ts';
import { blocksOf } from './clipboard.ts';
import {
	backspace,
	enter,
	insertLineBreak,
	linkRange,
	setLink,
	shiftIndent,
	toggleChecked,
	toggleLevel,
	toggleList,
} from './commands.ts';
import { schema } from './schema.ts';
import { situationOf } from './situation.ts';

type Line = { text: string; [attribute: string]: unknown };

/** A text with a caret at `|`, or a selection between two of them. */
function stateOf(...lines: (string | Line)[]): EditorState {
	const found: number[] = [];
	let at = 0;
	const paragraphs = lines.map((line) => {
		const { text, ...attributes } = typeof line === 'string' ? { text: line } : line;
		const parts = text.split('|');
		parts.slice(0, -1).reduce((sum, part) => (found.push(at + 1 + sum + part.length), sum + part.length), 0);
		const plain = parts.join('');
		at += plain.length + 2;
		return schema.node('paragraph', attributes, plain === '' ? [] : [schema.text(plain)]);
	});
	const doc = schema.node('doc', null, paragraphs);
	return EditorState.create({ doc, selection: TextSelection.create(doc, found[0] ?? 1, found[1] ?? found[0] ?? 1) });
}

function after(state: EditorState, ...commands: Command[]): EditorState {
	for (const command of commands) command(state, (tr) => (state = state.apply(tr)));
	return state;
}

const textOf = (state: EditorState) => blocksText(blocksOf(state.doc.content));
const attributesOf = (state: EditorState, index = 0) =>
	Object.fromEntries(Object.entries(state.doc.child(index).attrs).filter(([, value]) => value !== null));

describe('Enter', () => {
	test('goes on with the list, unticked', () => {
		const state = after(stateOf({ text: 'a|b', list: 'check', indent: 1, checked: true }), enter);
		expect(textOf(state)).toBe('\t[x] a\n\t[ ] b');
	});
	test('in an empty item goes out step by step', () => {
		let state = stateOf({ text: 'a', list: 'bullet' }, { text: '|', list: 'bullet', indent: 1 });
		state = after(state, enter);
		expect(attributesOf(state, 1)).toEqual({ list: 'bullet' });
		state = after(state, enter);
		expect(attributesOf(state, 1)).toEqual({});
		state = after(state, enter);
		expect(state.doc.childCount).toBe(3);
	});
	test('behind a heading begins plain text, inside splits the heading', () => {
		expect(attributesOf(after(stateOf({ text: 'ab|', level: 2 }), enter), 1)).toEqual({});
		expect(attributesOf(after(stateOf({ text: 'a|b', level: 2 }), enter), 1)).toEqual({ level: 2 });
	});
	test('leaves a suggested join with the first half; both halves know what they are to be', () => {
		const chg = writeChanges([{ by: 'A', at: 1, id: 'x', to: { level: 2 } }]);
		const state = after(stateOf({ text: 'a|b', join: 'j', chg }), enter);
		expect(attributesOf(state, 0)).toEqual({ join: 'j', chg });
		expect(attributesOf(state, 1)).toEqual({ chg });
		const atEnd = after(stateOf({ text: 'ab|', chg }), enter);
		expect(attributesOf(atEnd, 0)).toEqual({ chg });
		expect(attributesOf(atEnd, 1)).toEqual({});
	});
	test('with Shift is a line break inside the paragraph', () => {
		expect(after(stateOf('a|b'), insertLineBreak).doc.child(0).textContent).toBe('a\nb');
	});
});

describe('Backspace at the start', () => {
	test.each([
		['a heading', { level: 2 }, {}],
		['a list item', { list: 'ordered', indent: 2 }, { indent: 2 }],
		['a ticked item', { list: 'check', checked: true }, {}],
		['an indented paragraph', { indent: 2 }, { indent: 1 }],
		['a little indented paragraph', { indent: 1 }, {}],
	])('of %s makes it plainer', (_what, before, expected) => {
		const state = after(stateOf('x', { text: '|a', ...before }), backspace);
		expect(state.doc.childCount).toBe(2);
		expect(attributesOf(state, 1)).toEqual(expected);
	});
	test('of plain text joins it to what is before, which stays what it is', () => {
		const state = after(stateOf({ text: 'x', list: 'bullet' }, '|a'), backspace);
		expect(textOf(state)).toBe('- xa');
	});
	test('behind the start is the browser’s own', () => {
		expect(backspace(stateOf('a|b'))).toBe(false);
	});
});

describe('headings and lists', () => {
	test('exclude each other, and the same again takes away', () => {
		let state = after(stateOf({ text: '|a', list: 'check', checked: true, indent: 1 }), toggleLevel(2));
		expect(attributesOf(state)).toEqual({ level: 2 });
		state = after(state, toggleList('bullet'));
		expect(attributesOf(state)).toEqual({ list: 'bullet' });
		state = after(state, toggleList('bullet'));
		expect(attributesOf(state)).toEqual({});
	});
	test('change all selected paragraphs, to one kind first', () => {
		let state = after(stateOf({ text: '|a', list: 'bullet' }, 'b|'), toggleList('bullet'));
		expect(textOf(state)).toBe('- a\n- b');
		state = after(state, toggleList('bullet'));
		expect(textOf(state)).toBe('a\nb');
	});
	test('indenting stays within bounds and leaves plain text to the Tab key', () => {
		expect(shiftIndent(1)(stateOf('|a'))).toBe(false);
		const deepest = after(stateOf({ text: '|a', list: 'bullet', indent: 7 }), shiftIndent(1), shiftIndent(1));
		expect(attributesOf(deepest)).toEqual({ list: 'bullet', indent: 8 });
		const least = after(stateOf({ text: '|a', list: 'bullet', indent: 1 }), shiftIndent(-1), shiftIndent(-1));
		expect(attributesOf(least)).toEqual({ list: 'bullet' });
	});
	test('ticking ticks all, then none', () => {
		let state = after(
			stateOf({ text: '|a', list: 'check', checked: true }, { text: 'b|', list: 'check' }),
			toggleChecked,
		);
		expect(textOf(state)).toBe('[x] a\n[x] b');
		state = after(state, toggleChecked);
		expect(textOf(state)).toBe('[ ] a\n[ ] b');
	});
});

describe('links', () => {
	test('are set, found as a whole at the caret, changed and taken away', () => {
		let state = after(stateOf('see |here| now'), setLink('https://example.org/'));
		state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 7)));
		expect(linkRange(state)).toEqual({ from: 5, to: 9, empty: false, href: 'https://example.org/' });
		expect(situationOf(state).href).toBe('https://example.org/');
		state = after(state, setLink('mailto:a@example.org'));
		expect(situationOf(state).href).toBe('mailto:a@example.org');
		state = after(state, setLink(null));
		expect(linkRange(state)).toBeNull();
		expect(textOf(state)).toBe('see here now');
	});
	test('without a selection write the address', () => {
		expect(textOf(after(stateOf('a |'), setLink('https://example.org/')))).toBe('a https://example.org/');
	});
	test('of one address around bold text are one link', () => {
		const { strong, link } = schema.marks;
		const to = link.create({ href: 'https://example.org/' });
		const content = [schema.text('ab', [to]), schema.text('cd', [to, strong.create()]), schema.text('ef')];
		const doc = schema.node('doc', null, [schema.node('paragraph', null, content)]);
		for (const at of [2, 4]) {
			const state = EditorState.create({ doc, selection: TextSelection.create(doc, at) });
			expect(linkRange(state)).toMatchObject({ from: 1, to: 5 });
		}
	});
});
