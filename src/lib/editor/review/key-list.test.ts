// @vitest-environment jsdom
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { toggleList } from '../commands.ts';
import type { CommentDesk } from '../comments/desk.ts';
import { insertFact } from '../facts/fact-commands.ts';
import { LiveFacts, noHooks } from '../facts/live-facts.ts';
import { keyCommands } from '../keymap.ts';
import { openEditor, type Editor } from '../open-editor.ts';
import { quietOptions } from '../../../../tests/support/quiet-editor.ts';
import { keyName, reviewLines, writingLines } from './key-list.ts';
import { reviewKey } from './review-keys.ts';

/** Do what everybody expects of them. */
const untold = ['Enter', 'Backspace', 'Mod-Backspace', 'Shift-Backspace', 'Delete', 'ArrowUp', 'ArrowDown'];
/** Are no keys, but signs that ask something. */
const signs = ['/', '@'];

const order = (key: string) => key.split('-').toSorted().join('-');
const written = writingLines.flatMap(({ keys }) => keys);
const reviewed = reviewLines.flatMap(({ keys }) => keys);

let editor: Editor;
let heard: string[];

beforeEach(() => {
	// jsdom lays nothing out.
	vi.spyOn(EditorView.prototype, 'coordsAtPos').mockReturnValue({ left: 0, right: 0, top: 0, bottom: 0 });
	const doc = new Y.Doc();
	heard = [];
	const hooks = noHooks();
	hooks.onfact = () => heard.push('Mod-.');
	hooks.onasking = (asking) => asking && heard.push('@');
	const live = new LiveFacts(hooks);
	const desk: CommentDesk = {
		openIds: new Set(),
		active: null,
		draft: null,
		pick: () => undefined,
		begin: () => heard.push('Mod-Alt-m'),
		onchange: () => () => undefined,
	};
	const opened = openEditor(document.body.appendChild(document.createElement('div')), {
		...quietOptions(doc, 'body:a', (closing) => expect.unreachable(JSON.stringify(closing))),
		plugins: live.plugins,
		comments: desk,
		onblocks: (asking) => asking && heard.push('/'),
		onblockkey: () => false,
	});
	if ('why' in opened) throw new Error(opened.why);
	editor = opened;
	type('Am Wort');
	const meeting = () => ({ start: '2025-01-09T18:00', end: null, place: '', status: 'planned' as const });
	live.run(
		insertFact({ kind: 'meeting', of: 'm', form: 'de.when' }, { meeting } as Partial<FactSources> as FactSources, 1, 1),
	);
	editor.run(toggleList('check'));
});

afterEach(() => {
	editor.close();
	vi.restoreAllMocks();
	document.body.replaceChildren();
});

function type(text: string): void {
	editor.run((state, dispatch) => {
		dispatch?.(state.tr.insertText(text));
		return true;
	});
}

function eventOf(key: string): KeyboardEvent {
	const parts = key.split('-');
	const last = parts.pop() ?? '';
	return new KeyboardEvent('keydown', {
		key: last,
		// On a layout where Shift or Alt makes another sign of it, a key is known by this.
		keyCode: last.toUpperCase().charCodeAt(0),
		code: /^[a-z]$/i.test(last) ? `Key${last.toUpperCase()}` : last,
		ctrlKey: parts.includes('Mod'),
		altKey: parts.includes('Alt'),
		shiftKey: parts.includes('Shift'),
		bubbles: true,
		cancelable: true,
	});
}

test('whatever key does something of its own in the editor is told', () => {
	const told = new Set([...written, ...untold].map(order));
	expect(Object.keys(keyCommands(() => undefined)).filter((key) => !told.has(order(key)))).toEqual([]);
});

test.each(written.filter((key) => !signs.includes(key)))('%s does what is told of it', (key) => {
	editor.run((state, dispatch) => {
		dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, 1)));
		return true;
	});
	// One deeper, so that it can go up as well as down.
	if (key === 'Shift-Tab') editor.element.dispatchEvent(eventOf('Tab'));
	const event = eventOf(key);
	editor.element.dispatchEvent(event);
	expect(event.defaultPrevented).toBe(true);
	if (key === 'Mod-.' || key === 'Mod-Alt-m') expect(heard).toEqual([key]);
});

test('a key that is not told of is left to others', () => {
	const event = eventOf('Mod-Alt-j');
	editor.element.dispatchEvent(event);
	expect([event.defaultPrevented, reviewKey(event)]).toEqual([false, null]);
});

test('AltGr writes a µ, and begins no comment', () => {
	const { key, code, keyCode } = eventOf('m');
	const pressed = { key, code, keyCode, ctrlKey: true, altKey: true, modifierAltGraph: true, cancelable: true };
	const event = new KeyboardEvent('keydown', pressed);
	editor.element.dispatchEvent(event);
	expect([event.defaultPrevented, heard]).toEqual([false, []]);
});

test.each(signs)('%s asks what is told of it', (sign) => {
	expect(written).toContain(sign);
	editor.run((state, dispatch) => {
		dispatch?.(state.tr.delete(1, state.doc.child(0).nodeSize - 1));
		return true;
	});
	type(sign);
	expect(heard).toEqual([sign]);
});

test.each(reviewed)('%s is a key of the review', (key) => {
	expect(reviewKey(eventOf(key))).not.toBeNull();
});

test('keys are named as on the keyboard', () => {
	expect(keyName('Mod-Alt-Shift-Z', true)).toBe('⌘⌥⇧Z');
	expect(keyName('Mod-Alt-m', false)).toMatch(/^(Strg|Ctrl)\+Alt\+M$/);
	expect(keyName('Shift-Tab', false)).toMatch(/^(Umschalt|Shift)\+Tab$/);
});
