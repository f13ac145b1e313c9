// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { quietOptions } from '../../../tests/support/quiet-editor.ts';
import { openEditor, type Editor } from './open-editor.ts';

const fragment = 'body:a';
const text = 'Ok Ol Om On Oo.';

let doc: Y.Doc;
let editor: Editor;

/** Ada suggests ` abcdef` behind `Om`, and strikes `On`. */
beforeEach(() => {
	doc = new Y.Doc();
	const paragraph = new Y.XmlElement('paragraph');
	const body = new Y.XmlText(text);
	paragraph.insert(0, [body]);
	doc.getXmlFragment(fragment).insert(0, [paragraph]);
	const by = { by: 'ada', at: 1 };
	body.format(9, 2, { 'del--AAAAAAAA': { ...by, id: 's2' } });
	body.insert(8, ' abcdef', { 'ins--AAAAAAAA': { ...by, id: 's1' } });
	editor = opened();
});

afterEach(() => {
	editor.close();
	document.body.replaceChildren();
});

function opened(): Editor {
	const place = document.createElement('div');
	document.body.append(place);
	const options = quietOptions(doc, fragment, () => undefined);
	const made = openEditor(place, options);
	if ('why' in made) throw new Error(made.why);
	return made;
}

/** As a browser does it: in the page, where the editor reads it afterwards. */
async function inPage(change: (element: HTMLElement) => void): Promise<void> {
	change(editor.element);
	await new Promise((resolve) => setTimeout(resolve, 50));
}

function elementOf(selector: string): Text {
	return editor.element.querySelector(selector)?.firstChild as Text;
}

function shown(): string {
	return (editor.state.doc.firstChild?.children ?? [])
		.map(({ text = '', marks }) =>
			marks.reduce((inner, { type, attrs }) => `[${type.name} ${attrs.by ?? attrs.id ?? attrs.href}: ${inner}]`, text),
		)
		.join('');
}

test('what a selection that begins in an insertion is typed over with leaves the rest of it suggested', async () => {
	await inPage(() => {
		elementOf('ins').data = ' abNEU';
		editor.element.querySelector('ins')?.nextSibling?.remove();
		editor.element.querySelector('del')?.remove();
	});
	expect(shown()).toBe('Ok Ol Om[ins ada:  ab]NEU Oo.');
});

test('what a selection that ends in a strike is typed over with leaves the rest of it struck', async () => {
	await inPage(() => {
		elementOf('ins').data = ' abcdefNEU';
		(editor.element.querySelector('ins')?.nextSibling as Text).data = '';
		elementOf('del').data = 'n';
	});
	expect(shown()).toBe('Ok Ol Om[ins ada:  abcdef]NEU[del ada: n] Oo.');
});

test('what only looks like a suggestion is none', async () => {
	await inPage((element) => {
		const made = element.querySelector('ins')?.cloneNode() as HTMLElement;
		made.append('neu ');
		const bold = document.createElement('b');
		bold.append('fett ');
		element.firstElementChild?.prepend(made, bold);
	});
	expect(shown()).toBe('neu [strong undefined: fett ]Ok Ol Om[ins ada:  abcdef] [del ada: On] Oo.');
});
