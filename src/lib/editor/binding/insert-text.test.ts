import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { enter } from '../commands.ts';
import { insertText } from './insert-text.ts';

function textOf(doc: Y.Doc): Y.XmlText {
	const root = doc.getXmlFragment('body');
	if (root.length === 0) root.insert(0, [new Y.XmlText()]);
	return root.get(0) as Y.XmlText;
}

/** Each letter with its marks: where Yjs cuts stretches of the same marks is no matter. */
const letters = (doc: Y.Doc) =>
	(textOf(doc).toDelta() as { insert: string; attributes?: object }[]).flatMap(({ insert, attributes = {} }) =>
		[...insert].map((letter) => [letter, ...Object.entries(attributes).sort()]),
	);

const shown = ({ editor }: Suggester) => editor.state.doc.toString().replaceAll('paragraph', 'p');

test('whose suggestion is taken back while another, unseen, writes behind it leaves nothing marked', () => {
	const [a, b] = gather(['A', 'B'], { now: 1_700_000_000_000 }) as [Suggester, Suggester];
	a.editor.type('abcdef ghi');
	a.mode('suggest');
	b.mode('suggest');
	b.editor.goTo('abcdef ');
	b.editor.run(enter);
	b.editor.type('S');
	expect(shown(a)).toBe('doc(p("abcdef ", ins(brk("¶")), ins("S"), "ghi"))');
	a.goOffline();
	while (b.editor.undoManager.undo());
	a.editor.goTo('S');
	a.editor.type('W');
	a.comeBack();
	expect(shown(a)).toBe('doc(p("abcdef ", ins("W"), "ghi"))');
	expect(shown(b)).toBe(shown(a));
});

test('whatever is written where, with whatever marks, is shown as if Yjs had put it there', () => {
	const [ours, yjs] = [new Y.Doc(), new Y.Doc()];
	let seed = 7;
	const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
	for (let count = 0; count < 600; count++) {
		const at = next(textOf(yjs).length + 1);
		const marks = Object.fromEntries(['a', 'b', 'c'].filter(() => next(3) === 0).map((key) => [key, String(next(2))]));
		const act = next(6);
		for (const doc of [ours, yjs]) {
			const text = textOf(doc);
			const size = Math.min(4, text.length - at);
			if (act === 0) text.delete(at, size);
			else if (act === 1) text.format(at, size, { a: marks['a'] ?? null, b: marks['b'] ?? null });
			else if (doc === ours) insertText(text, at, `w${count}`, { ...marks });
			else text.insert(at, `w${count}`, { ...marks });
		}
		expect(letters(ours)).toEqual(letters(yjs));
	}
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(ours));
	expect(letters(copy)).toEqual(letters(ours));
});
