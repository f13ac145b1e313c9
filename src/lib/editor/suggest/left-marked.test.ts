/** What one suggests goes on being a suggestion, whatever another, unseen, directly does to where it stands. */
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readSuggestions } from '#lib/documents/read-suggestions.ts';
import { settleBody } from '#lib/documents/settle.ts';
import { bodyName, gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { backspace, enter } from '../commands.ts';

let a: Suggester;
let b: Suggester;

beforeEach(() => {
	[a, b] = gather(['A', 'B'], { now: 1_700_000_000_000 }) as [Suggester, Suggester];
	a.editor.type('abcdef ghi');
	a.editor.undoManager.stopCapturing();
});

function shown({ editor }: Suggester): string {
	return editor.state.doc.toString().replaceAll('paragraph', 'p');
}

function both(): string {
	expect(shown(b)).toBe(shown(a));
	return shown(a);
}

function erase({ editor }: Suggester, said: string): void {
	editor.selectWords(said);
	editor.run(backspace);
}

function suggest(words: string): void {
	b.mode('suggest');
	b.editor.goTo('abcdef');
	b.editor.type(words);
}

test('a break that another deletes while its author writes before it', () => {
	b.mode('suggest');
	b.editor.goTo('abcdef');
	b.editor.run(enter);
	a.goOffline();
	erase(a, '¶ g');
	b.editor.goTo('abcdef');
	b.editor.type('S');
	a.comeBack();
	expect(both()).toBe('doc(p("abcdef", ins("S"), "hi"))');
});

test('what another deletes while its author goes on', () => {
	suggest('ST');
	a.goOffline();
	erase(a, 'fST g');
	b.editor.type('U');
	a.comeBack();
	expect(both()).toBe('doc(p("abcde", ins("U"), "hi"))');
	b.decide('reject');
	expect(both()).toBe('doc(p("abcdehi"))');
});

test('what another moves on by a split while its author goes on', () => {
	suggest('ST');
	a.goOffline();
	b.editor.type('U');
	a.editor.goTo('abc');
	a.editor.run(enter);
	expect(shown(a)).toBe('doc(p("abc"), p("def", ins("ST"), " ghi"))');
	a.comeBack();
	expect(both()).toBe('doc(p("abc", ins("U")), p("def", ins("ST"), " ghi"))');
	b.decide('reject');
	expect(both()).toBe('doc(p("abc"), p("def ghi"))');
});

test('what another rejects while its author goes on', () => {
	suggest('ST');
	a.goOffline();
	b.editor.type('U');
	a.decide('reject');
	a.comeBack();
	expect(both()).toBe('doc(p("abcdef", ins("U"), " ghi"))');
	a.decide('reject');
	expect(both()).toBe('doc(p("abcdef ghi"))');
});

test('what an accepted break moves on while its author goes on', () => {
	suggest('ST');
	b.mode('suggest');
	b.editor.goTo('abc');
	b.editor.run(enter);
	a.goOffline();
	b.editor.goTo('ST');
	b.editor.type('U');
	a.decide('accept', ({ id }) => id !== 'B0');
	a.settle();
	expect(shown(a)).toBe('doc(p("abc"), p("def", ins("ST"), " ghi"))');
	a.comeBack();
	expect(both()).toBe('doc(p("abc", ins("U")), p("def", ins("ST"), " ghi"))');
});

test('what another deletes, after which its place takes plain words as before', () => {
	suggest('ST');
	erase(a, 'fST g');
	a.editor.goTo('abcde');
	a.editor.type('X');
	expect(both()).toBe('doc(p("abcdeXhi"))');
	b.editor.goTo('Xh', false);
	b.editor.type('Y');
	expect(both()).toBe('doc(p("abcde", ins("Y"), "Xhi"))');
});

test('a part of a suggestion, and of what stands around it', () => {
	suggest('STUV');
	erase(a, 'fST');
	expect(both()).toBe('doc(p("abcde", ins("UV"), " ghi"))');
	erase(a, 'U');
	expect(both()).toBe('doc(p("abcde", ins("V"), " ghi"))');
	erase(a, 'V gh');
	expect(both()).toBe('doc(p("abcdei"))');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcdef", ins("STUV"), " ghi"))');
});

test('what another deletes and brings back after its author has taken it back', () => {
	suggest('ST');
	erase(a, 'fST g');
	b.editor.undo();
	expect(both()).toBe('doc(p("abcdehi"))');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcdef", ins("ST"), " ghi"))');
});

test('what is taken back and done again, of which nobody has deleted anything', () => {
	suggest('ST');
	b.editor.undo();
	expect(both()).toBe('doc(p("abcdef ghi"))');
	b.editor.redo();
	expect(both()).toBe('doc(p("abcdef", ins("ST"), " ghi"))');
});

test('what its author takes back after another has rejected it and taken that back', () => {
	suggest('ST');
	a.decide('reject');
	a.editor.undo();
	b.editor.undo();
	expect(both()).toBe('doc(p("abcdef", ins("ST"), " ghi"))');
	a.decide('reject');
	expect(both()).toBe('doc(p("abcdef ghi"))');
});

test('what another brings back of a suggestion that its author has directly deleted since', () => {
	b.mode('suggest');
	b.editor.goTo('abcdef');
	b.editor.type('STU');
	erase(a, 'U');
	b.mode('edit');
	erase(b, 'fST g');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcde", ins(ins("U")), "hi"))');
});

test('what another brings back of a suggestion whose author has directly split the paragraph before it since', () => {
	b.mode('suggest');
	b.editor.goTo('ghi');
	b.editor.type('ST');
	erase(a, 'T');
	b.mode('edit');
	b.editor.goTo('abcdef');
	b.editor.run(enter);
	a.editor.undo();
	expect(both()).toBe('doc(p("abcdef", ins(ins("T"))), p(" ghi", ins("S")))');
});

test('what two direct splits move on, one behind the other, while its author goes on', () => {
	suggest('ST');
	a.goOffline();
	b.editor.type('U');
	for (const before of ['abcd', 'ab']) {
		a.editor.goTo(before);
		a.editor.run(enter);
	}
	a.comeBack();
	expect(both()).toBe('doc(p("ab", ins("U")), p("cd"), p("ef", ins("ST"), " ghi"))');
});

test('a break that another deletes, whose device comes behind its author’s', () => {
	a.mode('suggest');
	a.editor.goTo('abcdef');
	a.editor.run(enter);
	b.goOffline();
	erase(b, '¶ g');
	a.editor.goTo('abcdef');
	a.editor.type('S');
	b.comeBack();
	expect(both()).toBe('doc(p("abcdef", ins("S"), "hi"))');
});

test('what another brings back of a suggestion that its author takes back', () => {
	suggest('STU');
	erase(a, 'T');
	a.editor.undo();
	b.editor.undo();
	expect(both()).toBe('doc(p("abcdef", ins("T"), " ghi"))');
	b.decide('reject');
	expect(both()).toBe('doc(p("abcdef ghi"))');
});

test('what another brings back of a suggestion that its author, unseen, takes back', () => {
	suggest('STU');
	a.goOffline();
	erase(a, 'T');
	a.editor.undo();
	b.editor.undo();
	a.comeBack();
	expect(both()).toBe('doc(p("abcdef", ins("T"), " ghi"))');
});

test('what another brings back of a suggestion whose author has taken back the rest since', () => {
	suggest('ST');
	erase(a, 'T');
	b.editor.undo();
	expect(both()).toBe('doc(p("abcdef ghi"))');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcdef", ins("T"), " ghi"))');
});

test('what another brings back of a suggestion of which its author, unseen, erases the rest', () => {
	suggest('STU');
	erase(a, 'U');
	b.goOffline();
	a.editor.undo();
	erase(b, 'ST');
	b.comeBack();
	expect(both()).toBe('doc(p("abcdef", ins("U"), " ghi"))');
});

test('a break that another brings back, and its author takes back', () => {
	b.mode('suggest');
	b.editor.goTo('abcdef');
	b.editor.type('S');
	b.editor.run(enter);
	erase(a, '¶');
	a.editor.undo();
	b.editor.undo();
	expect(both()).toBe('doc(p("abcdef", ins(brk("¶")), " ghi"))');
	a.decide('accept');
	a.settle();
	expect(both()).toBe('doc(p("abcdef"), p(" ghi"))');
});

test('what is brought back, taken away by redo and brought back again', () => {
	suggest('STU');
	erase(a, 'T');
	a.editor.undo();
	a.editor.redo();
	expect(both()).toBe('doc(p("abcdef", ins("SU"), " ghi"))');
	a.editor.undo();
	b.editor.undo();
	expect(both()).toBe('doc(p("abcdef", ins("T"), " ghi"))');
});

test('what was brought back is listed once, and decided with its suggestion', () => {
	suggest('STU');
	erase(a, 'T');
	a.editor.undo();
	expect(both()).toBe('doc(p("abcdef", ins("S"), ins(ins("T")), ins("U"), " ghi"))');
	expect(readSuggestions(a.doc, bodyName).map(({ parts }) => parts)).toEqual([
		[
			{ kind: 'ins', text: 'S', clients: [2] },
			{ kind: 'ins', text: 'T', clients: [1, 2] },
			{ kind: 'ins', text: 'U', clients: [2] },
		],
	]);
	a.decide('accept');
	expect(both()).toBe('doc(p("abcdefSTU ghi"))');
	a.editor.undo();
	a.decide('reject');
	expect(both()).toBe('doc(p("abcdef ghi"))');
});

test('what two join again, one by taking back the split, unseen by each other', () => {
	suggest('ST');
	a.editor.goTo('abc');
	a.editor.run(enter);
	a.goOffline();
	a.editor.undo();
	b.mode('edit');
	b.editor.goTo('def', false);
	b.editor.run(backspace);
	b.editor.type('D');
	a.comeBack();
	expect(both()).toMatch(/S.*S/);
	a.decide('reject');
	expect(both()).not.toMatch(/[ST]/);
});

describe.each<[string, (who: Suggester) => void]>([
	['rejects', (who) => who.decide('reject')],
	['erases', (who) => erase(who, 'ST')],
])('what another %s and takes back while its author goes on', (_, go) => {
	beforeEach(() => {
		suggest('ST');
		a.goOffline();
		go(a);
		a.editor.undo();
	});

	/** Both hear of it, and nothing of it is agreed. */
	function expectSuggested(marked: string): void {
		a.comeBack();
		expect(both()).toBe(marked);
		expect(settleBody(a.doc, bodyName)).toBe(false);
		a.decide('reject');
		expect(both()).toBe('doc(p("abcdef ghi"))');
	}
	const word = 'doc(p("abcdef", ins("STU"), " ghi"))';

	test('a word', () => {
		b.editor.type('U');
		expectSuggested(word);
	});

	test('a new paragraph', () => {
		b.editor.run(enter);
		b.editor.type('U');
		expectSuggested('doc(p("abcdef", ins("ST"), ins(brk("¶")), ins("U"), " ghi"))');
	});

	test('a word, and it goes and comes back once more', () => {
		b.editor.type('U');
		a.editor.redo();
		expect(shown(a)).toBe('doc(p("abcdef ghi"))');
		a.editor.undo();
		go(a);
		a.editor.undo();
		expectSuggested(word);
	});

	test('a word, and it goes again', () => {
		b.editor.type('U');
		a.editor.redo();
		expectSuggested('doc(p("abcdef", ins("U"), " ghi"))');
	});
});

test('what another writes and erases in one step, and takes back while its author goes on', () => {
	suggest('ST');
	a.goOffline();
	a.editor.goTo('abc');
	a.editor.type('D');
	erase(a, 'ST');
	a.editor.undo();
	b.editor.type('U');
	a.comeBack();
	expect(both()).toBe('doc(p("abcdef", ins("STU"), " ghi"))');
});

test('what its author types over and takes back in the marks of another', () => {
	suggest('ST');
	a.goOffline();
	b.editor.type('U');
	a.decide('reject');
	a.comeBack();
	b.mode('edit');
	erase(b, 'U');
	b.editor.type('D');
	expect(both()).toContain('D');
	b.editor.undo();
	expect(both()).toBe('doc(p("abcdef", ins("U"), " ghi"))');
});

test('that marks took the place of others is told to all', () => {
	suggest('ST');
	a.decide('reject');
	expect(Y.equalSnapshots(Y.snapshot(a.doc), Y.snapshot(b.doc))).toBe(true);
});
