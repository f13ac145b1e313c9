// @vitest-environment jsdom
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { quietOptions } from '../../../tests/support/quiet-editor.ts';
import { enter } from './commands.ts';
import { Neighbour, neighbourStays } from './neighbour.ts';
import { openEditor, type Editor } from './open-editor.ts';
import { modes, type Mode } from './suggest/mode.ts';

const fragment = 'body:a';
let doc: Y.Doc;
let awareness: Awareness;
let theirs: Awareness;
let editor: Editor;
let view: EditorView;
let neighbour: Neighbour;
let said: (string | null)[];

/** jsdom lays nothing out. */
beforeAll(() => {
	Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
	Range.prototype.getBoundingClientRect = () => new DOMRect();
});

beforeEach(() => {
	vi.useFakeTimers();
	doc = new Y.Doc();
	awareness = new Awareness(doc);
	theirs = new Awareness(new Y.Doc());
	const opened = openEditor(document.body.appendChild(document.createElement('div')), {
		...quietOptions(doc, fragment, (closing) => expect.unreachable(JSON.stringify(closing))),
		awareness,
		author: { id: 'mara', now: () => 1_700_000_000_000, newId: () => 's' },
		plugins: [new Plugin({ view: (mounted) => ((view = mounted), {}) })],
	});
	if ('why' in opened) throw new Error(`refused: ${opened.why}`);
	editor = opened;
	for (const text of ['eins', 'zwei']) {
		editor.run((state, dispatch) => (dispatch?.(state.tr.insertText(text)), true));
		if (text === 'eins') editor.run(enter);
	}
	said = [];
	neighbour = new Neighbour(awareness, (id) => said.push(id));
});

afterEach(() => {
	neighbour.close();
	editor.close();
	for (const each of [awareness, theirs]) each.destroy();
	document.body.replaceChildren();
	vi.useRealTimers();
});

/** Jonas has the caret in a paragraph, which ours is in the second of. */
function jonasIn(paragraph: 0 | 1): void {
	const text = (doc.getXmlFragment(fragment).get(paragraph) as Y.XmlElement).get(0) as Y.XmlText;
	const place = Y.createRelativePositionFromTypeIndex(text, 2);
	theirs.setLocalState({ user: { id: 'jonas' }, cursor: { anchor: place, head: place } });
	applyAwarenessUpdate(awareness, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'relay');
}

/** Looked at as often as carets are. */
function pass(milliseconds: number): void {
	for (let passed = 0; passed < milliseconds; passed += 250) {
		vi.advanceTimersByTime(250);
		neighbour.look(view.state);
	}
}

test.each(modes.filter((mode) => mode !== 'view'))(
	'who stays in the same paragraph is said in mode %s',
	(mode: Mode) => {
		editor.setMode(mode);
		jonasIn(1);
		pass(neighbourStays - 250);
		expect(said).toEqual([]);
		pass(1000);
		expect(said).toEqual(['jonas']);
		jonasIn(0);
		pass(250);
		expect(said).toEqual(['jonas', null]);
	},
);

test('who only comes by, or is in another paragraph, is not said', () => {
	for (let time = 0; time < 3; time++) {
		jonasIn(1);
		pass(neighbourStays - 500);
		jonasIn(0);
		pass(neighbourStays + 500);
	}
	expect(said).toEqual([]);
});

test('who only looks at the text, or has left it, is told of nobody', () => {
	editor.setMode('view');
	jonasIn(1);
	pass(2 * neighbourStays);
	expect(said).toEqual([]);
	editor.setMode('edit');
	pass(neighbourStays + 500);
	neighbour.look(null);
	expect(said).toEqual(['jonas', null]);
});
