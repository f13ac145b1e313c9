import type { Transaction } from 'prosemirror-state';
import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { BareEditor } from '../../../../tests/support/bare-editor.ts';
import { createRandom } from '../../../../tests/support/random.ts';
import { writeBody } from '#lib/documents/example-body.ts';

const root = 'body:a';
const lines = ['eins', 'zu', 'drei', 'vier', 'fünf'];

let doc: Y.Doc;
let editor: BareEditor;
let shown: Transaction[];

beforeEach(() => {
	doc = new Y.Doc();
	writeBody(doc, root, lines);
	editor = new BareEditor(doc, root);
	shown = [];
	const host = editor as { -readonly [Key in keyof BareEditor]: BareEditor[Key] };
	const { dispatch } = editor;
	host.dispatch = (tr) => {
		shown.push(tr);
		dispatch(tr);
	};
});

function block(words: string): Y.XmlElement {
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [new Y.XmlText(words)]);
	return element;
}

/** What others wrote, taken in as one change. */
function take(...writes: ((body: Y.XmlFragment) => void)[]): void {
	const others = new Y.Doc();
	Y.applyUpdate(others, Y.encodeStateAsUpdate(doc));
	const before = Y.encodeStateVector(others);
	for (const write of writes) write(others.getXmlFragment(root));
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(others, before));
	expect(editor.closed).toBeNull();
	expect(editor.state.doc.toJSON()).toEqual(new BareEditor(doc, root).state.doc.toJSON());
}

function textIn(body: Y.XmlFragment, at: number): Y.XmlText {
	return (body.get(at) as Y.XmlElement).get(0) as Y.XmlText;
}

/** Whether words of the text as it was are still what they were. */
function stays(before: number): boolean {
	expect(shown).toHaveLength(1);
	const { mapping } = shown[0] as Transaction;
	return !mapping.mapResult(before, 1).deletedAfter && !mapping.mapResult(before, -1).deletedBefore;
}

test('what is written in several paragraphs at once touches nothing between them', () => {
	const between = editor.find('drei') + 2;
	take(
		(body) => textIn(body, 0).insert(4, 'a'),
		(body) => textIn(body, 3).insert(0, 'b'),
		(body) => textIn(body, 4).delete(0, 2),
	);
	expect(editor.lines).toEqual(['einsa', 'zu', 'drei', 'bvier', 'nf']);
	expect(stays(between)).toBe(true);
});

test('what is written in one paragraph at once, before and behind the caret, touches nothing between', () => {
	const between = editor.find('drei') + 2;
	take(
		(body) => textIn(body, 2).insert(4, 'x'),
		(body) => textIn(body, 2).insert(0, 'y'),
	);
	expect(editor.lines[2]).toBe('ydreix');
	expect(stays(between)).toBe(true);
});

test('blocks that come and go in different places touch nothing between them', () => {
	const between = editor.find('drei') + 2;
	take(
		(body) => body.insert(0, [block('neu')]),
		(body) => body.delete(2, 1),
		(body) => body.insert(5, [block('auch'), block('neu')]),
		(body) => body.delete(4, 1),
	);
	expect(editor.lines).toEqual(['neu', 'eins', 'drei', 'vier', 'auch', 'neu']);
	expect(stays(between)).toBe(true);
});

test('a paragraph that comes to stand where another stood is not taken for it', () => {
	take(
		(body) => textIn(body, 0).insert(4, ', und noch viel mehr'),
		(body) => textIn(body, 0).insert(0, 'nur '),
		(body) => body.delete(1, 1),
		(body) => body.insert(0, [block('neu')]),
	);
	expect(editor.lines.slice(0, 3)).toEqual(['neu', 'nur eins, und noch viel mehr', 'drei']);
});

test('whatever others do at once, it is shown as the document holds it', () => {
	for (let seed = 1; seed <= 100; seed++) {
		const random = createRandom(seed);
		const act = (body: Y.XmlFragment) => {
			const at = random.nat(Math.max(1, body.length - 1));
			const text = body.length > 0 ? textIn(body, Math.min(at, body.length - 1)) : null;
			const from = random.nat(Math.max(1, text?.length ?? 1));
			const rest = Math.max(0, (text?.length ?? 0) - from);
			const kind = random.pick(['block', 'gone', 'format', 'delete', 'delete', 'insert', 'insert', 'insert']);
			if (kind === 'block') body.insert(Math.min(at, body.length), [block('neu')]);
			else if (!text) return;
			else if (kind === 'gone') body.delete(Math.min(at, body.length - 1), 1);
			else if (kind === 'format') text.format(Math.min(from, text.length), Math.min(2, rest), { strong: {} });
			else if (kind === 'delete') text.delete(Math.min(from, text.length), Math.min(2, rest));
			else text.insert(Math.min(from, text.length), random.pick(['a', 'ei', 'nn']) ?? '');
		};
		take(...Array.from({ length: 1 + random.nat(6) }, () => act));
	}
});
