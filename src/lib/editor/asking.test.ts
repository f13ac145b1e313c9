// @vitest-environment jsdom
import { EditorState, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { describe, expect, it } from 'vitest';
import { asking, type Asking, type Sign } from './asking.ts';
import { schema } from './schema.ts';

function typed(sign: Sign, text: string, before = ''): Asking | null {
	let now: Asking | null = null;
	const { plugin } = asking(sign, { onasking: (next) => (now = next), onkey: () => false });
	const doc = schema.node('doc', null, [schema.node('paragraph', null, before ? [schema.text(before)] : [])]);
	const selection = TextSelection.create(doc, 1 + before.length);
	const view = new EditorView(null, { state: EditorState.create({ doc, selection, plugins: [plugin] }) });
	for (const letter of text) view.dispatch(view.state.tr.insertText(letter));
	view.destroy();
	return now;
}

describe('a slash asks what the paragraph is to be', () => {
	it('at its beginning and behind a space, narrowed by what follows', () => {
		expect(typed('/', '/')).toEqual({ from: 1, to: 2, query: '' });
		expect(typed('/', 'Und /Tab')).toEqual({ from: 5, to: 9, query: 'Tab' });
	});

	it('behind a break that is suggested', () => {
		expect(typed('/', '/', 'Eins¶')).toEqual({ from: 6, to: 7, query: '' });
	});

	it.each(['und/oder', '18/20 Uhr', 'https://', 'a / b', '/etc und'])('not in %s', (text) => {
		expect(typed('/', text)).toBeNull();
	});

	it('not when the caret comes by one that stands there', () => {
		expect(typed('/', '', 'Und /')).toBeNull();
	});
});

describe('an at sign asks for a fact', () => {
	it('also with several words, and not in an address', () => {
		expect(typed('@', 'am @Vorstand Januar')?.query).toBe('Vorstand Januar');
		expect(typed('@', 'mara@')).toBeNull();
	});
});
