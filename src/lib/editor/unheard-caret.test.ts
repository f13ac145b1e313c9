// @vitest-environment jsdom
import { Plugin, TextSelection, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openEditor, type Editor } from './open-editor.ts';
import { quietOptions } from '../../../tests/support/quiet-editor.ts';

const fragment = 'body:a';
let doc: Y.Doc;
let editor: Editor;
let view: EditorView;

/** jsdom lays nothing out. */
beforeAll(() => {
	Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
	Range.prototype.getBoundingClientRect = () => new DOMRect();
});

beforeEach(() => {
	doc = new Y.Doc();
	const opened = openEditor(document.body.appendChild(document.createElement('div')), {
		...quietOptions(doc, fragment, (closing) => expect.unreachable(JSON.stringify(closing))),
		plugins: [new Plugin({ view: (mounted) => ((view = mounted), {}) })],
	});
	if ('why' in opened) throw new Error(`refused: ${opened.why}`);
	editor = opened;
	editor.run((state, dispatch) => {
		dispatch?.(state.tr.insertText('Der Vorstand trifft sich.'));
		return true;
	});
});

afterEach(() => {
	editor.close();
	document.body.replaceChildren();
});

/** The browser puts the caret before a letter, and has not said so yet. */
function moveCaretTo(letter: number): void {
	const text = editor.element.querySelector('p')?.firstChild as Text;
	document.getSelection()?.collapse(text, letter);
}

const offset = ({ selection }: EditorState) => selection.head - 1;

function others(work: (text: Y.XmlText) => void): void {
	const away = new Y.Doc();
	Y.applyUpdate(away, Y.encodeStateAsUpdate(doc));
	work((away.getXmlFragment(fragment).get(0) as Y.XmlElement).get(0) as Y.XmlText);
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(away, Y.encodeStateVector(doc)), 'network');
}

test('what others write leaves the caret where the person has just put it', () => {
	moveCaretTo(3);
	others((text) => text.insert(text.length, ' Um sechs.'));
	expect(offset(editor.state)).toBe(3);
	expect(document.getSelection()?.focusOffset).toBe(3);
});

test('and what they write before it moves it along', () => {
	moveCaretTo(4);
	others((text) => text.insert(0, 'Ja: '));
	expect(offset(editor.state)).toBe(8);
});

test('marking something takes no caret back', () => {
	moveCaretTo(0);
	view.dispatch(view.state.tr.setMeta('checked', true));
	expect(offset(editor.state)).toBe(0);
});

test('a key goes where the person has just put the caret', () => {
	moveCaretTo(3);
	view.dom.dispatchEvent(
		new KeyboardEvent('keydown', { key: 'Delete', ctrlKey: true, bubbles: true, cancelable: true }),
	);
	expect(offset(editor.state)).toBe(3);
});

test('what the person does themselves goes where it says', () => {
	moveCaretTo(0);
	view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 6)));
	expect(offset(editor.state)).toBe(5);
});
