// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { decide } from '#lib/documents/review.ts';
import { quietOptions } from '../../../../tests/support/quiet-editor.ts';
import { openEditor, type Editor } from '../open-editor.ts';

const fragment = 'body:a';
const author = { id: 'ada', now: () => 1_700_000_000_000, newId: () => 's1' };

let doc: Y.Doc;
let editor: Editor;

beforeEach(() => {
	doc = new Y.Doc();
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [new Y.XmlText('Der Vorstadn tagt.')]);
	doc.getXmlFragment(fragment).insert(0, [paragraph]);
	const place = document.createElement('div');
	document.body.append(place);
	const opened = openEditor(place, {
		...quietOptions(doc, fragment, () => undefined),
		author,
		mode: 'suggest',
	});
	if ('why' in opened) throw new Error(opened.why);
	editor = opened;
});

afterEach(() => {
	editor.close();
	document.body.replaceChildren();
});

/** As a browser says before it replaces a word; jsdom knows no target ranges. */
function replaceWord(old: string, given: { data?: string; dataTransfer?: Pick<DataTransfer, 'getData'> }): InputEvent {
	const text = editor.element.querySelector('p')?.firstChild as Text;
	const at = text.data.indexOf(old);
	const event = new InputEvent('beforeinput', {
		inputType: 'insertReplacementText',
		data: given.data ?? null,
		bubbles: true,
		cancelable: true,
	});
	const range = { startContainer: text, startOffset: at, endContainer: text, endOffset: at + old.length };
	Object.defineProperty(event, 'getTargetRanges', { value: () => [{ ...range, collapsed: false }] });
	Object.defineProperty(event, 'dataTransfer', { value: given.dataTransfer ?? null });
	editor.element.dispatchEvent(event);
	return event;
}

function shown(): string {
	const [block] = editor.state.doc.children;
	return (block?.children ?? [])
		.map(({ text, marks }) =>
			marks.length === 0
				? text
				: `[${marks.map(({ type, attrs }) => `${type.name} ${attrs.by} ${attrs.id}`)}: ${text}]`,
		)
		.join('');
}

test.each([
	['as its data', { data: 'Vorstand' }],
	['as something transferred', { dataTransfer: { getData: () => 'Vorstand' } }],
])(
	'a corrected word, handed over %s, is struck whole and its correction inserted, as one suggestion',
	(_how, given) => {
		const event = replaceWord('Vorstadn', given);
		expect(event.defaultPrevented).toBe(true);
		expect(shown()).toBe('Der [del ada s1: Vorstadn][ins ada s1: Vorstand] tagt.');
		decide(doc, fragment, 'accept', () => true);
		expect(shown()).toBe('Der Vorstand tagt.');
	},
);

test('it is taken back as one', () => {
	replaceWord('Vorstadn', { data: 'Vorstand' });
	expect(shown()).toContain('Vorstand');
	decide(doc, fragment, 'reject', () => true);
	expect(shown()).toBe('Der Vorstadn tagt.');
});

test('edited directly, the browser replaces it', () => {
	editor.setMode('edit');
	expect(replaceWord('Vorstadn', { data: 'Vorstand' }).defaultPrevented).toBe(false);
});
