/** What was moved by dividing or joining paragraphs, and is taken back after others have changed it. */
import { beforeEach, expect, test } from 'vitest';
import { gather, type Suggester } from '../../../tests/support/suggesters.ts';
import { backspace, enter } from './commands.ts';
import { schema } from './schema.ts';

let a: Suggester;
let b: Suggester;

beforeEach(() => {
	[a, b] = gather(['A', 'B'], { now: 1_700_000_000_000 }) as [Suggester, Suggester];
	a.editor.type('abcdef ghi');
	a.editor.undoManager.clear();
});

function both(): string {
	const shown = [a, b].map(({ editor }) => editor.state.doc.toString().replaceAll('paragraph', 'p'));
	expect(shown[1]).toBe(shown[0]);
	return shown[0] as string;
}

function split({ editor }: Suggester, before: string): void {
	editor.goTo(before);
	editor.run(enter);
}

function join({ editor }: Suggester, behind: string): void {
	editor.goTo(behind, false);
	editor.run(backspace);
}

function erase({ editor }: Suggester, words: string): void {
	editor.selectWords(words);
	editor.run(backspace);
}

test('what another has deleted behind a split stays deleted when the split is taken back', () => {
	split(a, 'abc');
	erase(b, 'ef');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcd ghi"))');
	a.editor.redo();
	expect(both()).toBe('doc(p("abc"), p("d ghi"))');
});

test('what another has joined again is there once when the split is taken back', () => {
	split(a, 'abc');
	join(b, 'def');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcdef ghi"))');
});

test('what another has joined again, deleting around the join', () => {
	split(a, 'abcd');
	b.editor.select(2, 7);
	b.editor.run(backspace);
	expect(both()).toBe('doc(p("aef ghi"))');
	a.editor.undo();
	expect(both()).toBe('doc(p("aef ghi"))');
});

test('what another has moved on by a split of their own is there once', () => {
	split(a, 'abc');
	split(b, 'def');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcdef"), p(" ghi"))');
});

test('what another has deleted behind a join stays deleted when the join is taken back', () => {
	split(a, 'abc');
	a.editor.undoManager.clear();
	join(a, 'def');
	erase(b, 'ef');
	a.editor.undo();
	expect(both()).toBe('doc(p("abc"), p("d ghi"))');
});

test('what another has deleted and brought back stays where it is, once', () => {
	split(a, 'abcd');
	b.editor.select(4, 9);
	b.editor.run(backspace);
	b.editor.undo();
	expect(both()).toBe('doc(p("abcd"), p("ef ghi"))');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcd"), p("ef ghi"))');
});

test('what oneself has deleted in the same step comes back with it', () => {
	split(a, 'abc');
	a.editor.run((state, dispatch) => {
		dispatch?.(state.tr.delete(state.selection.head, state.selection.head + 1));
		return true;
	});
	expect(both()).toBe('doc(p("abc"), p("ef ghi"))');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcdef ghi"))');
});

test('what oneself has deleted in a step of its own comes back with that', () => {
	split(a, 'abc');
	a.editor.undoManager.stopCapturing();
	erase(a, 'ef');
	a.editor.undo();
	a.editor.undo();
	expect(both()).toBe('doc(p("abcdef ghi"))');
});

test('a suggestion that another has rejected behind a split does not come back with it', () => {
	b.mode('suggest');
	b.editor.goTo('def');
	b.editor.type('ST');
	split(a, 'abc');
	b.decide('reject');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcdef ghi"))');
});

test('what was suggested and another has accepted stays when it is taken back', () => {
	a.mode('suggest');
	a.editor.selectWords('def');
	a.editor.type('XY');
	b.decide('accept');
	expect(both()).toBe('doc(p("abcXY ghi"))');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcXY ghi"))');
	// What one has accepted oneself, one takes back step by step.
	a.editor.selectWords('ghi');
	a.editor.type('Z');
	a.decide('accept');
	a.editor.undo();
	a.editor.undo();
	expect(both()).toBe('doc(p("abcXY ghi"))');
	a.editor.redo();
	a.editor.undo();
	expect(both()).toBe('doc(p("abcXY ghi"))');
});

test('what came in the place of something else is not what went', () => {
	const { paragraph } = schema.nodes;
	a.editor.run(({ tr, doc }, dispatch) => {
		const at = a.editor.find('ghi');
		dispatch?.(tr.delete(at, at + 3).insert(doc.content.size - 3, paragraph.create(null, schema.text('XY'))));
		return true;
	});
	expect(both()).toBe('doc(p("abcdef "), p("XY"))');
	erase(b, 'XY');
	a.editor.undo();
	expect(both()).toContain('abcdef ghi');
});

test('what is taken back over and over', () => {
	split(a, 'abc');
	for (let round = 0; round < 3; round++) {
		a.editor.undo();
		expect(both()).toBe('doc(p("abcdef ghi"))');
		a.editor.redo();
		expect(both()).toBe('doc(p("abc"), p("def ghi"))');
	}
	erase(b, 'ef');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcd ghi"))');
});
