// @vitest-environment jsdom
/** A comment on what is no text: a fact holds it itself, whatever becomes of its words. */
import { readBodyMarks } from '#lib/documents/comment-anchors.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { placeComment } from '#lib/state/place-comment.ts';
import { Plugin, TextSelection } from 'prosemirror-state';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { quietOptions } from '../../../../tests/support/quiet-editor.ts';
import { factToText, insertFact, setFactForm } from '../facts/fact-commands.ts';
import { LiveFacts, noHooks } from '../facts/live-facts.ts';
import { openEditor, type Editor } from '../open-editor.ts';
import { beginComment } from './comment-marks.ts';
import type { CommentDesk, CommentDraft } from './desk.ts';

const fragment = 'body:a';
let start: string;
const sources = {
	meeting: () => ({ start, end: null, place: '', status: 'planned' }),
} as Partial<FactSources> as FactSources;

let doc: Y.Doc;
let drafts: CommentDraft[];
let opened: Editor[];

beforeEach(() => {
	[start, doc, drafts, opened] = ['2025-01-09T18:00', new Y.Doc(), [], []];
});

afterEach(() => {
	for (const editor of opened) editor.close();
	document.body.replaceChildren();
});

function open(of = doc) {
	const place = document.createElement('div');
	document.body.append(place);
	const desk: CommentDesk = {
		openIds: new Set(['c1', 'c2']),
		active: null,
		draft: null,
		pick: () => undefined,
		begin: (draft) => void drafts.push(draft),
		onchange: () => () => undefined,
	};
	const live = new LiveFacts(noHooks());
	const editor = openEditor(place, {
		...quietOptions(of, fragment, (closing) => expect.unreachable(JSON.stringify(closing))),
		// jsdom lays nothing out.
		plugins: [...live.plugins, new Plugin({ props: { handleScrollToSelection: () => true } })],
		comments: desk,
	});
	if ('why' in editor) throw new Error(editor.why);
	opened.push(editor);
	live.views.set(sources);
	const insert = (text: string, at: number) =>
		editor.run((state, dispatch) => {
			dispatch?.(state.tr.insertText(text, at));
			return true;
		});
	const begin = (from: number, to: number): CommentDraft => {
		editor.run((state, dispatch) => {
			dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
			return true;
		});
		editor.run(beginComment(desk, fragment));
		return drafts.at(-1) as CommentDraft;
	};
	return { place, live, editor, insert, begin };
}

/** `Am <fact> um zehn` */
function withFact() {
	const page = open();
	page.insert('Am  um zehn', 1);
	page.live.run(insertFact({ kind: 'meeting', of: 'm', form: 'de.when' }, sources, 4, 4));
	return page;
}

const commented = (place: HTMLElement) =>
	[...place.querySelectorAll('.commented')].map(({ textContent }) => textContent);
const marks = (of = doc) => [...readBodyMarks(of, fragment).keys()];

test('is about the words that the fact shows, stands in the document and is seen by all', () => {
	const { place, live, begin } = withFact();
	start = '2025-01-16T18:00';
	live.views.set(sources);
	const draft = begin(4, 5);
	expect(draft.quote).toBe('Do., 16. Januar 2025, 18 Uhr');
	placeComment(doc, draft, 'c1');
	placeComment(doc, begin(4, 5), 'c2');
	expect(marks()).toEqual(['c1', 'c2']);
	expect(commented(open().place).join('')).toContain('16. Januar');
	expect(place.querySelector<HTMLElement>('.fact')?.dataset['comment']).toBe('c1 c2');
});

test('of two who comment on it at once, each without the other, both stand for both', () => {
	const mine = withFact();
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	const theirs = open(other);
	placeComment(doc, mine.begin(4, 5), 'c1');
	placeComment(other, theirs.begin(4, 5), 'c2');
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
	for (const [of, { place }] of [[doc, mine] as const, [other, theirs] as const]) {
		expect(marks(of).sort()).toEqual(['c1', 'c2']);
		expect(place.querySelector<HTMLElement>('.fact')?.dataset['comment']).toBe('c1 c2');
	}
});

test('stays when the fact is written otherwise, and when it becomes a text', () => {
	const { place, live, begin } = withFact();
	placeComment(doc, begin(4, 5), 'c1');
	live.run(setFactForm(4, 'en.day', sources));
	expect(commented(place)).toEqual(['9 January 2025']);
	expect(marks()).toEqual(['c1']);
	live.run(factToText(4, sources));
	expect(place.querySelector('.fact')).toBeNull();
	expect(commented(place)).toEqual(['9 January 2025']);
	expect(marks()).toEqual(['c1']);
});

test.each([
	['behind a fact', 6, 8, ['um']],
	['that begin in one', 4, 8, ['Do., 9. Januar 2025, 18 Uhr', ' um']],
	['that end in one', 1, 5, ['Am ', 'Do., 9. Januar 2025, 18 Uhr']],
])('words %s are found again when others have written before them', (_where, from, to, expected) => {
	const { place, insert, begin } = withFact();
	const draft = begin(from, to);
	insert('Also: ', 1);
	placeComment(doc, draft, 'c1');
	expect(commented(place)).toEqual(expected);
});
