/** Bold that one switches on while suggesting holds until one switches it off, as in direct writing. */
import type { Node } from 'prosemirror-model';
import { beforeEach, describe, expect, test } from 'vitest';
import { gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { toggleFormat } from '../commands.ts';
import { schema } from '../schema.ts';
import { situationOf } from '../situation.ts';
import { showsMark } from './marks.ts';

let a: Suggester;
let b: Suggester;

beforeEach(() => {
	[a, b] = gather(['A', 'B'], { now: 1_700_000_000_000 }) as [Suggester, Suggester];
	a.editor.type('eins zwei');
	a.mode('suggest');
	b.mode('suggest');
});

/** What shows as bold in stars, the same to both. */
function shown(): string {
	const [mine, theirs] = [a, b].map(({ editor }) => read(editor.state.doc));
	expect(theirs).toBe(mine);
	return mine ?? '';
}

function read(doc: Node): string {
	let text = '';
	doc.descendants((node) => {
		if (node.isText) text += showsMark(node, schema.marks.strong) ? `*${node.text}*` : node.text;
	});
	return text.replaceAll('**', '');
}

const bold = ({ editor }: Suggester) => editor.run(toggleFormat(schema.marks.strong));
const type = ({ editor }: Suggester, text: string) => [...text].forEach((letter) => editor.type(letter));
const pressed = ({ editor }: Suggester) => situationOf(editor.state).strong;

describe.each(['edit', 'suggest'] as const)('in mode %s', (mode) => {
	beforeEach(() => a.mode(mode));

	test('it holds from letter to letter, shows as pressed, and ends when it is switched off', () => {
		a.editor.goTo('zwei');
		bold(a);
		expect(pressed(a)).toBe(true);
		type(a, 'fett');
		expect(pressed(a)).toBe(true);
		bold(a);
		expect(pressed(a)).toBe(false);
		type(a, ' weiter');
		expect(shown()).toBe('eins zwei*fett* weiter');
	});

	test('behind it and within it one goes on so, and in the midst of it not when it is switched off', () => {
		a.editor.goTo('zwei');
		bold(a);
		type(a, 'fett');
		a.editor.goTo('eins');
		a.editor.goTo('zweife');
		type(a, 'i');
		a.editor.goTo('fe', true);
		bold(a);
		type(a, 'u');
		a.editor.goTo('tt');
		expect(pressed(a)).toBe(true);
		type(a, 's');
		expect(shown()).toBe('eins zwei*fe*u*itts*');
	});

	test('what an input method or a second word puts in its place is so, too', () => {
		a.editor.goTo('zwei');
		bold(a);
		type(a, 'fett');
		a.editor.selectWords('fett');
		a.editor.type('stark');
		expect(shown().replace('*fett*', '')).toBe('eins zwei*stark*');
	});
});

test('what is pasted looks as it did where it was copied', () => {
	a.editor.goTo('zwei');
	bold(a);
	type(a, 'fett');
	a.editor.dispatch(a.editor.state.tr.insertText('mager').setMeta('paste', true));
	expect(shown()).toBe('eins zwei*fett*mager');
});

test('bold that is suggested to go does not come again with what its author types behind it', () => {
	a.mode('edit');
	a.editor.goTo('zwei');
	bold(a);
	type(a, 'fett');
	a.mode('suggest');
	a.editor.selectWords('fett');
	bold(a);
	a.editor.goTo('fett');
	type(a, 'er');
	expect(shown()).toBe('eins zweifetter');
});

test('what another suggests of the word before does not go on in one’s own', () => {
	b.editor.selectWords('zwei');
	bold(b);
	a.editor.goTo('zwei');
	expect(pressed(a)).toBe(false);
	type(a, ' drei');
	expect(shown()).toBe('eins *zwei* drei');
});
