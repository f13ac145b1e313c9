/** What a comment says that it is about, and where it stands when others have written meanwhile. */
import { bodyName, gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import type { EditorView } from 'prosemirror-view';
import { beforeEach, expect, test } from 'vitest';
import { enter } from '../commands.ts';
import { beginComment } from './comment-marks.ts';
import type { CommentDesk, CommentDraft } from './desk.ts';

let a: Suggester;

beforeEach(() => {
	[a] = gather(['A'], { now: 1_700_000_000_000 }) as [Suggester];
	a.editor.type('eins zwei ¶ drei');
	a.editor.run(enter);
	a.editor.type('vier');
	a.mode('suggest');
	a.editor.goTo('zwei');
	a.editor.run(enter);
});

function beginOn(from: string, to: string): CommentDraft {
	const drafts: CommentDraft[] = [];
	const desk = { begin: (draft) => drafts.push(draft) } as Partial<CommentDesk> as CommentDesk;
	a.editor.select(a.editor.find(from), a.editor.find(to) + to.length);
	beginComment(desk, bodyName)(a.editor.state, a.editor.dispatch, a.editor as unknown as EditorView);
	return drafts[0] as CommentDraft;
}

function commented(): string[] {
	const found: string[] = [];
	a.editor.state.doc.descendants(({ marks, text }) => {
		if (marks.some(({ type }) => type.name === 'comment')) found.push(text ?? '');
	});
	return found;
}

test('paragraphs stand below each other, suggested ones too, and what was written stays', () => {
	expect(beginOn('eins', 'vier').quote).toBe('eins zwei\n ¶ drei\nvier');
	expect(beginOn('ns zw', 'zw').quote).toBe('ns zw');
});

test('the words are found again, across what is suggested', () => {
	const { anchor } = beginOn('zwei', 'drei');
	a.editor.goTo('eins', false);
	a.editor.type('null ');
	anchor('c1');
	expect(commented().join('')).toBe('zwei¶ ¶ drei');
});
