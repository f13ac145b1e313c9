/**
 * What is left of direct editing, each as small as it can be: it comes from how Yjs moves text and takes back, and nothing in
 * the document says enough to mend it. See docs/decisions/suggestions-change-no-structure.md, which must say the same.
 */
import { beforeEach, expect, test } from 'vitest';
import { gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { backspace, enter } from '../commands.ts';

let a: Suggester;
let b: Suggester;

beforeEach(() => {
	[a, b] = gather(['A', 'B'], { now: 1_700_000_000_000 }) as [Suggester, Suggester];
	a.editor.type('abcdef ghi');
	a.editor.undoManager.stopCapturing();
});

function shown({ editor }: Suggester): string {
	return editor.state.doc.toString().replaceAll('paragraph', 'p');
}

test('who takes back a split, which another has deleted and brought back since, gets its end twice', () => {
	a.editor.goTo('abcd');
	a.editor.run(enter);
	expect(shown(b)).toBe('doc(p("abcd"), p("ef ghi"))');
	b.editor.select(4, 9);
	b.editor.run(backspace);
	b.editor.undo();
	expect(shown(b)).toBe('doc(p("abcd"), p("ef ghi"))');
	a.editor.undo();
	expect(shown(a)).toBe('doc(p("abcdef ghi"), p("ef ghi"))');
	expect(shown(b)).toBe(shown(a));
});
