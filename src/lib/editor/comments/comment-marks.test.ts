/** What a comment says that it is about, and where it stands when others have written meanwhile. */
import { bodyName, gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import type { DecorationSet, EditorView } from 'prosemirror-view';
import { placeComment } from '#lib/state/place-comment.ts';
import { beforeEach, expect, test } from 'vitest';
import { enter } from '../commands.ts';
import { BareEditor } from '../../../../tests/support/bare-editor.ts';
import { beginComment, commentMarks } from './comment-marks.ts';
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
	const draft = beginOn('zwei', 'drei');
	a.editor.goTo('eins', false);
	a.editor.type('null ');
	placeComment(a.doc, draft, 'c1');
	expect(commented().join('')).toBe('zwei¶ ¶ drei');
});

test('what is written at the end of the words is not meant, nor are the same words elsewhere', () => {
	a.mode('edit');
	const draft = beginOn('vier', 'vier');
	a.editor.goTo('vier');
	a.editor.type('zehn');
	a.editor.goTo('eins', false);
	a.editor.type('vier ');
	placeComment(a.doc, draft, 'c1');
	expect(commented()).toEqual(['vier']);
	const text = a.editor.state.doc.textContent;
	expect(text.indexOf('vier')).toBe(0);
	expect(text.endsWith('vierzehn')).toBe(true);
	expect(a.editor.state.doc.lastChild?.firstChild?.marks.map(({ type }) => type.name)).toContain('comment');
});

test('while one writes, the words that are spoken of stand out, wherever they have come, and no longer', () => {
	const listeners: (() => void)[] = [];
	const desk = {
		openIds: new Set<string>(),
		active: null,
		draft: null as CommentDraft | null,
		pick: () => undefined,
		begin: (draft: CommentDraft) => become(draft),
		onchange: (listener: () => void) => {
			listeners.push(listener);
			return () => undefined;
		},
	};
	const become = (draft: CommentDraft | null) => {
		desk.draft = draft;
		for (const listener of listeners) listener();
	};
	const plugin = commentMarks(desk, bodyName);
	const editor = new BareEditor(a.doc, bodyName, [plugin]);
	const view = editor as unknown as EditorView;
	const shown = () =>
		(plugin.props.decorations?.call(plugin, editor.state) as DecorationSet)
			.find()
			.map(({ from, to }) => editor.state.doc.textBetween(from, to));
	editor.selectWords('drei');
	beginComment(desk, bodyName)(editor.state, editor.dispatch, view);
	expect(shown()).toEqual(['drei']);
	editor.goTo('eins', false);
	editor.type('null ');
	editor.goTo('drei');
	editor.type('zehn');
	expect(shown()).toEqual(['drei']);
	editor.selectWords('vier');
	beginComment(desk, bodyName)(editor.state, editor.dispatch, view);
	expect(shown()).toEqual(['vier']);
	const { draft } = desk;
	become({ ...(draft as CommentDraft) });
	expect(shown(), 'begun elsewhere').toEqual([]);
	become(draft);
	expect(shown()).toEqual(['vier']);
	become(null);
	expect(shown()).toEqual([]);
	editor.close();
});
