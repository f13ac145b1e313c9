// @vitest-environment jsdom
/** What the final text is drawn from, and keys at a break that is not seen; how it looks is measured in a browser. */
import { TextSelection } from 'prosemirror-state';
import { afterEach, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { paragraph, toYNode, type Attributes, type RichChild, type RichNode } from '#lib/documents/rich-body.ts';
import { quietOptions } from '../../../../tests/support/quiet-editor.ts';
import { openEditor, type Editor } from '../open-editor.ts';
import { loadFinalShape } from './final-text.ts';

const fragment = 'body:a';
const authored = { by: 'ada', at: 1_700_000_000_000, id: 's1' };
const join = JSON.stringify(authored);
const struck = { text: 'weg', marks: [{ type: 'del', attrs: authored }] };
const division = {
	text: '¶',
	marks: [
		{ type: 'ins', attrs: authored },
		{ type: 'brk', attrs: {} },
	],
};

const plain = (text: string): RichChild => ({ text, marks: [] });

let editor: Editor | null = null;

beforeAll(loadFinalShape);

afterEach(() => {
	editor?.close();
	document.body.replaceChildren();
});

function line(content: string | RichChild[], attrs: Attributes = {}): RichNode {
	return paragraph(attrs, typeof content === 'string' ? [{ text: content, marks: [] }] : content);
}

function open(...nodes: RichNode[]): Editor {
	const doc = new Y.Doc();
	doc.getXmlFragment(fragment).insert(0, nodes.map(toYNode));
	const place = document.createElement('div');
	document.body.append(place);
	const author = { id: 'ada', now: () => authored.at, newId: () => 's2' };
	const opened = openEditor(place, { ...quietOptions(doc, fragment, () => undefined), author, mode: 'suggest' });
	if ('why' in opened) throw new Error(opened.why);
	return (editor = opened);
}

/** Of each block what it is in a run, and in whose form; a star where another follows. */
function runs({ element }: Editor): string[] {
	return [...element.children].map((block) => {
		const { run = '', as = '', goesOn } = (block as HTMLElement).dataset;
		return `${run} ${as}${goesOn === undefined ? '' : '*'}`.trim();
	});
}

function goTo({ run }: Editor, at: number): void {
	run((state, dispatch) => {
		dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, at)));
		return true;
	});
}

function said(inputType: string, data: string | null = null): InputEvent {
	const event = new InputEvent('beforeinput', { inputType, data, bubbles: true, cancelable: true });
	editor?.element.dispatchEvent(event);
	return event;
}

function words(): string {
	return editor?.state.doc.textContent ?? '';
}

test('paragraphs that are to go together are one run in the form of the first, others are none', () => {
	expect(
		runs(
			open(
				line('allein'),
				line('eins', { level: 1 }),
				line('zwei', { join }),
				line('drei', { join, list: 'bullet' }),
				line('vier', { list: 'bullet' }),
				line('fünf', { join }),
				line('allein'),
			),
		),
	).toEqual(['', 'head h2*', 'on h2*', 'on h2', 'head bullet*', 'on bullet', '']);
});

test('of an empty paragraph, and of one that is struck whole, nothing is left, its form neither', () => {
	const empty = line('', { level: 1 });
	const gone = line([struck], { level: 1, join });
	expect(runs(open(empty, gone, line('da', { join })))).toEqual(['gone *', 'gone *', 'first p']);
	editor?.close();
	expect(runs(open(line('da'), gone, empty))).toEqual(['first p*', 'on p', '']);
});

test('what is suggested to go between two does not keep them apart, and what stays does', () => {
	const rule = (attrs: Attributes) => ({ name: 'rule', attrs, content: [] });
	expect(runs(open(line('eins'), rule({ del: join }), line('zwei', { join })))).toEqual(['first p*', '', 'on p']);
	editor?.close();
	expect(runs(open(line('eins'), rule({}), line('zwei', { join })))).toEqual(['', '', '']);
});

test('a line break stands behind each break, in its suggestion and outside of its sign', () => {
	const { element } = open(line([plain('eins'), { ...division, text: '¶¶' }, plain('zwei')]));
	expect([...element.querySelectorAll('br.divides')].map((br) => br.parentElement?.localName)).toEqual(['ins', 'ins']);
	expect([...(element.querySelector('ins')?.children ?? [])].map(({ className }) => className)).toEqual([
		'brk',
		'divides',
		'brk',
		'divides',
	]);
});

test('beside a break it is the break that is erased', () => {
	goTo(open(line([plain('eins'), division, plain('zwei')])), 6);
	expect(said('deleteContentBackward').defaultPrevented).toBe(true);
	expect(words()).toBe('einszwei');
	editor?.close();
	goTo(open(line([plain('eins'), division, plain('zwei')])), 5);
	expect(said('deleteContentForward').defaultPrevented).toBe(true);
	expect(words()).toBe('einszwei');
	expect(said('deleteContentBackward').defaultPrevented).toBe(false);
});

test('what is typed in a line that is empty but for its break stands before it', () => {
	const twice = line([{ ...division, text: '¶¶' }, plain('eins')]);
	goTo(open(twice), 1);
	expect(said('insertText', 'a').defaultPrevented).toBe(true);
	expect(words()).toBe('a¶¶eins');
	editor?.close();
	goTo(open(twice), 2);
	said('insertText', 'b');
	expect(words()).toBe('¶b¶eins');
	expect(said('insertText', 'c').defaultPrevented).toBe(false);
});

test('left of the line break one is before the break', () => {
	const { element } = open(line([plain('eins'), division, plain('zwei')]));
	goTo(editor as Editor, 6);
	element.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, cancelable: true }));
	expect(editor?.state.selection.head).toBe(5);
});
