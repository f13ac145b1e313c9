// @vitest-environment jsdom
import { TextSelection } from 'prosemirror-state';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { bodyText } from '#lib/documents/body.ts';
import { enter, insertLineBreak, setLink, shiftIndent, toggleLevel, toggleList } from './commands.ts';
import { undo as undoOf } from 'y-prosemirror';
import { openEditor, type Closing, type Editor } from './open-editor.ts';
import { quietOptions } from '../../../tests/support/quiet-editor.ts';

const fragment = 'body:a';

class Writer {
	readonly doc = new Y.Doc();
	readonly closed = vi.fn<(closing: Closing) => void>();
	readonly place = document.createElement('div');
	editor!: Editor;
	#others: Writer[] = [];
	#online = true;

	constructor() {
		document.body.append(this.place);
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (!this.#online || origin === 'network') return;
			for (const other of this.#others) if (other.#online) Y.applyUpdate(other.doc, update, 'network');
		});
	}
	open(): Editor {
		const opened = openEditor(this.place, quietOptions(this.doc, fragment, this.closed));
		if ('why' in opened) throw new Error(`refused: ${opened.why}`);
		return (this.editor = opened);
	}
	meet(other: Writer): void {
		this.#others.push(other);
		other.#others.push(this);
	}
	goOffline(): void {
		this.#online = false;
	}
	comeBack(): void {
		this.#online = true;
		for (const other of this.#others) {
			Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(other.doc)), 'network');
			Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)), 'network');
		}
	}
	/** Puts the caret behind the words, which stand in the text once. */
	goTo(words: string, end = true): void {
		const { doc } = this.editor.state;
		let found = -1;
		doc.descendants((node, at) => {
			const index = node.isTextblock ? node.textContent.indexOf(words) : -1;
			if (index >= 0) found = at + 1 + index + (end ? words.length : 0);
		});
		if (found < 0) throw new Error(`not there: ${words}`);
		this.editor.run((state, dispatch) => {
			dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, found)));
			return true;
		});
	}
	type(text: string): void {
		for (const line of text.split('\n').flatMap((each, index) => (index > 0 ? ['\n', each] : [each]))) {
			this.editor.run((state, dispatch) => {
				if (line === '\n') return enter(state, dispatch);
				dispatch?.(state.tr.insertText(line));
				return true;
			});
		}
	}
	get text(): string {
		return bodyText(this.doc, fragment);
	}
	/** What the editor shows, which must be what the document holds. */
	get shown(): string[] {
		return [...this.editor.state.doc.children].map((node) => node.textContent);
	}
}

/** jsdom lays nothing out; what the editor asks for when it scrolls is then nowhere. */
beforeAll(() => {
	Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
	Range.prototype.getBoundingClientRect = () => new DOMRect();
});

let ada: Writer;
let ben: Writer;

beforeEach(() => {
	ada = new Writer();
	ben = new Writer();
	ada.meet(ben);
	ada.open();
	ben.open();
});

afterEach(() => {
	ada.editor.close();
	ben.editor.close();
	document.body.replaceChildren();
});

function expectSame(): void {
	expect(ada.doc.getXmlFragment(fragment).toJSON()).toBe(ben.doc.getXmlFragment(fragment).toJSON());
	expect(ada.editor.state.doc.eq(ben.editor.state.doc)).toBe(true);
}

describe('two editors on one body', () => {
	test('opening writes nothing', () => {
		expect(Y.encodeStateVector(ada.doc)).toEqual(Y.encodeStateVector(new Y.Doc()));
	});

	test('what one types the other sees, lists and headings too', () => {
		ada.type('Plakate\nTausend Stück');
		ada.editor.run(toggleList('bullet'));
		ada.goTo('Plakate');
		ada.editor.run(toggleLevel(2));
		expect(ben.text).toBe('Plakate\n- Tausend Stück');
		expectSame();
	});

	test('both in one paragraph, at the same time', () => {
		ada.type('Das Wahlbüro tagt.');
		ada.goOffline();
		ada.goTo('Das Wahlbüro');
		ada.type(' der Stadt');
		ben.goTo('tagt');
		ben.type(' online');
		ada.comeBack();
		expect(ada.text).toBe('Das Wahlbüro der Stadt tagt online.');
		expectSame();
	});

	test.each([
		['a heading', toggleLevel(2)],
		['a list item', toggleList('ordered')],
	])('one turns a paragraph into %s while the other, offline, types in it', (_what, command) => {
		ada.type('Plakate');
		ben.goOffline();
		ben.goTo('Plakate');
		ben.type(' werden bestellt');
		ada.editor.run(command);
		ben.comeBack();
		expect(ada.shown).toEqual(['Plakate werden bestellt']);
		const { level, list } = ada.editor.state.doc.firstChild?.attrs ?? {};
		expect(level === 2 || list === 'ordered').toBe(true);
		expectSame();
	});

	test('one indents an item while the other, offline, types in it', () => {
		ada.type('Plakate');
		ada.editor.run(toggleList('bullet'));
		ben.goOffline();
		ben.goTo('Plakate');
		ben.type(' werden bestellt');
		ada.editor.run(shiftIndent(1));
		ben.comeBack();
		expect(ada.text).toBe('\t- Plakate werden bestellt');
		expectSame();
	});

	test('one splits a paragraph while the other, offline, types before the place', () => {
		ada.type('Erstens. Zweitens.');
		ben.goOffline();
		ben.goTo('Erst');
		ben.type('XX');
		ada.goTo('Erstens. ');
		ada.type('\n');
		ben.comeBack();
		expect(ada.text).toBe('ErstXXens. \nZweitens.');
		expectSame();
	});

	test('a line break is a character, so it merges like one', () => {
		ada.type('ab');
		ben.goOffline();
		ada.goTo('a');
		ada.editor.run(insertLineBreak);
		ben.goTo('b');
		ben.type('c');
		ben.comeBack();
		expect(ben.shown).toEqual(['a\nbc']);
		expectSame();
	});

	test('both begin an empty text offline: nothing of either is lost', () => {
		ben.goOffline();
		ada.type('von Ada');
		ben.type('von Ben');
		ben.comeBack();
		expect(ada.text.split('\n').sort()).toEqual(['von Ada', 'von Ben']);
		expectSame();
	});

	test('a caret stays at its words while another writes before them', () => {
		ada.type('Erster Absatz\nZweiter Absatz');
		ben.goTo('Zweiter');
		ada.goTo('Erster', false);
		ada.type('Noch davor. ');
		ben.type('!');
		expect(ben.text).toBe('Noch davor. Erster Absatz\nZweiter! Absatz');
		expectSame();
	});

	test('undo takes back what one wrote oneself, not what the other wrote', () => {
		ada.type('Ada.');
		ben.goTo('Ada.');
		ben.type(' Ben.');
		expect(ada.editor.canUndo()).toBe(true);
		expect(ada.editor.canRedo()).toBe(false);
		ben.editor.run((state) => undoOf(state));
		expect(ada.text).toBe('Ada.');
		expectSame();
	});

	test.each([
		['z', true],
		['y', false],
	])('with nothing to redo, its key (Control, %s, with Shift: %s) does nothing', (key, shiftKey) => {
		ada.type('Ada.');
		const pressed = new KeyboardEvent('keydown', { key, shiftKey, ctrlKey: true, bubbles: true, cancelable: true });
		ada.editor.element.dispatchEvent(pressed);
		// It would else be the browser’s, which takes back in the page what it knows of.
		expect(pressed.defaultPrevented).toBe(true);
		expect(ada.text).toBe('Ada.');
	});

	test('a link with an unsafe address of a foreign client is never clickable', () => {
		ada.type('hier');
		ada.goTo('hier', false);
		ada.editor.run((state, dispatch) => {
			dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, 1, 5)));
			return true;
		});
		ada.editor.run(setLink('https://example.org/'));
		expect(ben.place.querySelector('a')?.getAttribute('href')).toBe('https://example.org/');
		const text = (ada.doc.getXmlFragment(fragment).get(0) as Y.XmlElement).get(0) as Y.XmlText;
		text.format(0, 4, { link: { href: 'javascript:alert(1)' } });
		expect(ben.place.querySelector('a')?.hasAttribute('href')).toBe(false);
	});
});

describe('the gate', () => {
	function foreign(): Y.Doc {
		const doc = new Y.Doc();
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [new Y.XmlText('Frage')]);
		const poll = new Y.XmlElement('poll');
		poll.insert(0, [new Y.XmlText('Ja oder nein?')]);
		doc.getXmlFragment(fragment).insert(0, [paragraph, poll]);
		return doc;
	}

	test('a body with something unknown is not opened, and stays as it is', () => {
		const writer = new Writer();
		Y.applyUpdate(writer.doc, Y.encodeStateAsUpdate(foreign()));
		const before = writer.doc.getXmlFragment(fragment).toJSON();
		expect(() => writer.open()).toThrow('refused: unknown');
		expect(writer.doc.getXmlFragment(fragment).toJSON()).toBe(before);
		expect(writer.place.childElementCount).toBe(0);
	});

	test('something unknown that arrives later closes the editor before it can delete it', () => {
		ada.type('Text');
		Y.applyUpdate(ada.doc, Y.encodeStateAsUpdate(foreign()));
		expect(ada.closed).toHaveBeenCalledExactlyOnceWith({ why: 'unknown', unknown: { what: 'node', name: 'poll' } });
		ada.editor.run((state, dispatch) => {
			dispatch?.(state.tr.insertText('x'));
			return true;
		});
		expect(ada.doc.getXmlFragment(fragment).toJSON()).toContain('<poll>Ja oder nein?</poll>');
		expect(ada.place.querySelector('.ProseMirror')).toBeNull();
	});

	test.each([
		['mark', 'glow', (paragraph: Y.XmlElement) => (paragraph.get(0) as Y.XmlText).format(0, 2, { glow: {} })],
		['attribute', 'paragraph.colour', (paragraph: Y.XmlElement) => paragraph.setAttribute('colour', 'red')],
	] as const)('an unknown %s closes it too, and what is typed then changes nothing', (what, name, change) => {
		ada.type('Text');
		change(ben.doc.getXmlFragment(fragment).get(0) as Y.XmlElement);
		expect(ada.closed).toHaveBeenCalledExactlyOnceWith({ why: 'unknown', unknown: { what, name } });
		const body = ada.doc.getXmlFragment(fragment).toJSON();
		ada.type('x');
		expect(ada.doc.getXmlFragment(fragment).toJSON()).toBe(body);
	});
});

test('a fault in taking in a change closes the editor instead of the page', () => {
	ada.type('Text');
	const failing = vi.spyOn(ada.editor.state.constructor.prototype as { apply: () => void }, 'apply');
	failing.mockImplementationOnce(() => {
		throw new Error('broken');
	});
	expect(() => {
		const text = (ben.doc.getXmlFragment(fragment).get(0) as Y.XmlElement).get(0) as Y.XmlText;
		text.insert(4, ' mehr');
	}).not.toThrow();
	failing.mockRestore();
	const closed = [ada, ben].filter((writer) => writer.closed.mock.calls.length > 0);
	expect(closed.map((writer) => writer.closed.mock.calls[0]?.[0].why)).toEqual(['fault']);
	expect(ada.text).toBe('Text mehr');
});
