/** Suggestions in several bodies that are decided with one press, and one press that takes all of it back. */
import { readSuggestions } from './read-suggestions.ts';
import { settleBody } from './settle.ts';
import type { Verdict } from './review.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { BareEditor } from '../../../tests/support/bare-editor.ts';
import { bodyName, gather, type Suggester } from '../../../tests/support/suggesters.ts';
import { backspace, enter } from '#lib/editor/commands.ts';
import { suggesting } from '#lib/editor/suggest/suggesting.ts';
import { decideTogether } from './together.ts';

const roots = [bodyName, 'body:b', 'body:c'];

let a: Suggester;
let b: Suggester;
/** A's second text is open, the third is not. */
let second: BareEditor;
let begun: string[];

beforeEach(() => {
	[a, b] = gather(['A', 'B'], { now: 1_700_000_000_000 }) as [Suggester, Suggester];
	a.editor.type('eins zwei drei');
	second = new BareEditor(a.doc, 'body:b');
	second.type('vier fünf');
	const third = new BareEditor(a.doc, 'body:c');
	third.type('sechs');
	third.close();
	for (const editor of [a.editor, second]) editor.undoManager.clear();
	b.mode('suggest');
	b.editor.goTo('eins');
	b.editor.type(' neu');
	b.editor.selectWords('drei');
	b.editor.run(backspace);
	suggestIn('body:b', 'fünf');
	suggestIn('body:c', 'sechs');
	begun = texts();
	expect(suggested()).toHaveLength(4);
});

/** B suggests at the end of another text. */
function suggestIn(root: string, behind: string): void {
	const author = { id: 'B', now: () => 1_700_000_000_000, newId: () => root };
	const editor = new BareEditor(b.doc, root, [suggesting(author, 'suggest')]);
	editor.goTo(behind);
	editor.type(' und mehr');
	editor.close();
}

function suggested({ doc } = a) {
	return roots.flatMap((root) => readSuggestions(doc, root));
}

/** Without who put it there: of what was taken back that is whoever did. */
function meant() {
	return suggested().map(({ by, id, parts }) => ({ by, id, parts: parts.map((part) => ({ ...part, clients: [] })) }));
}

function texts({ doc } = a): string[] {
	return roots.map((root) => doc.getXmlFragment(root).toString());
}

function decideAll(verdict: Verdict) {
	return decideTogether(a.doc, suggested(), verdict);
}

test.each(['accept', 'reject'] as const)('one press takes all back in every text, open or not: %s', (verdict) => {
	const decided = decideAll(verdict);
	expect(suggested()).toEqual([]);
	const over = vi.fn();
	decided.onover(over);
	decided.undo();
	expect(suggested()).toHaveLength(4);
	expect([texts(), texts(b)]).toEqual([begun, begun]);
	expect(over).toHaveBeenCalledOnce();
	// Nothing is left to take back, here or there.
	decided.undo();
	a.editor.undo();
	second.undo();
	expect(texts()).toEqual(begun);
});

test('Ctrl+Z in any of the texts does the same, and makes it again', () => {
	const decided = decideAll('reject');
	const rejected = texts();
	const over = vi.fn();
	decided.onover(over);
	second.undo();
	expect(texts(b)).toEqual(begun);
	expect(over).toHaveBeenCalledOnce();
	a.editor.redo();
	expect(texts(b)).toEqual(rejected);
	// What the notice offered is over; in the text it goes on.
	decided.undo();
	expect(texts()).toEqual(rejected);
	a.editor.undo();
	expect(texts(b)).toEqual(begun);
});

test('a text that is opened later knows of it', () => {
	decideAll('reject');
	const third = new BareEditor(a.doc, 'body:c');
	third.undo();
	expect(texts(b)).toEqual(begun);
});

test('what was written since stays, by others and by oneself, and is a step of its own', () => {
	const decided = decideAll('reject');
	a.editor.goTo('zwei');
	a.editor.type('einhalb');
	b.mode('edit');
	b.editor.goTo('eins', false);
	b.editor.type('null ');
	b.mode('suggest');
	b.editor.goTo('null');
	b.editor.type(' Komma');
	decided.undo();
	expect(suggested()).toHaveLength(5);
	expect(a.editor.lines).toEqual(['null Komma eins neu zweieinhalb drei']);
	a.editor.undo();
	expect(a.editor.lines).toEqual(['null Komma eins neu zwei drei']);
	expect(suggested()).toHaveLength(5);
	// Nothing is left to take back; and all is made again in its order.
	a.editor.undo();
	expect(suggested()).toHaveLength(5);
	a.editor.redo();
	expect(a.editor.lines).toEqual(['null Komma eins neu zweieinhalb drei']);
	a.editor.redo();
	expect(a.editor.lines).toEqual(['null Komma eins zweieinhalb drei']);
	expect(suggested()).toHaveLength(1);
});

test('what another has decided stays decided', () => {
	const [first] = suggested();
	b.decide('reject', ({ id }) => id === first?.id);
	const others = meant();
	decideAll('reject').undo();
	expect(meant()).toEqual(others);
});

test('what was not chosen is not counted, though it is in the same text', () => {
	expect(decideTogether(a.doc, suggested().slice(0, 1), 'reject').count).toBe(1);
	expect(suggested()).toHaveLength(3);
});

test('what another has decided first is not counted', () => {
	const chosen = suggested();
	const [first] = chosen;
	b.decide('reject', ({ id }) => id === first?.id);
	expect(decideTogether(a.doc, chosen, 'accept').count).toBe(chosen.length - 1);
	expect(decideTogether(a.doc, chosen, 'accept').count).toBe(0);
});

test('a text that is closed meanwhile takes its part along, and of its other steps nothing is left', () => {
	second.goTo('vier');
	second.type('einhalb');
	const written = texts();
	const decided = decideAll('reject');
	second.close();
	expect(written).not.toEqual(begun);
	decided.undo();
	expect([texts(), texts(b)]).toEqual([written, written]);
	const again = new BareEditor(a.doc, 'body:b');
	again.redo();
	expect(suggested()).toEqual([]);
	again.undo();
	expect(texts(b)).toEqual(written);
	again.undo();
	expect(texts(b)).toEqual(written);
});

test('a text that is opened anew before the old editor goes', () => {
	const decided = decideAll('reject');
	const again = new BareEditor(a.doc, 'body:b');
	second.close();
	again.type('null');
	decided.undo();
	expect(suggested()).toHaveLength(4);
	again.undo();
	expect(texts(b)).toEqual(begun);
});

test('a document that is left ends it', () => {
	const decided = decideAll('reject');
	const over = vi.fn();
	decided.onover(over);
	a.doc.destroy();
	expect(over).toHaveBeenCalledOnce();
	const rejected = texts();
	decided.undo();
	expect(texts()).toEqual(rejected);
});

test('who writes in one text after taking it back makes it again in none', () => {
	decideAll('reject').undo();
	a.editor.goTo('zwei');
	a.editor.type('einhalb');
	const written = texts();
	second.redo();
	expect(texts(b)).toEqual(written);
	a.editor.undo();
	expect(texts(b)).toEqual(begun);
});

test.each(['accept', 'reject'] as const)('what two decided at once, and both take back, comes once: %s', (verdict) => {
	a.goOffline();
	const decided = decideAll(verdict);
	const others = decideTogether(b.doc, suggested(b), verdict);
	a.comeBack();
	expect([...suggested(), ...suggested(b)]).toEqual([]);
	expect(others.undo()).toBe('all');
	expect(decided.undo()).toBe('all');
	expect(suggested()).toHaveLength(4);
	expect(a.editor.lines).toEqual(['eins neu zwei drei']);
	expect(texts(b)).toEqual(texts());
});

test('what its author, unseen, wrote on is not taken for what was decided', () => {
	b.goOffline();
	b.editor.goTo('eins neu');
	b.editor.type('er');
	const decided = decideAll('reject');
	b.comeBack();
	expect(suggested()).toHaveLength(1);
	expect(decided.undo()).toBe('all');
	expect(suggested()).toHaveLength(4);
	expect(a.editor.lines).toEqual(['eins neuer zwei drei']);
	expect(texts(b)).toEqual(texts());
});

test('where a paragraph is gone since, the rest comes back, and it is said', () => {
	const decided = decideAll('reject');
	b.body.delete(0, b.body.length);
	expect(decided.undo()).toBe('some');
	expect(suggested().map(({ root }) => root)).toEqual(['body:b', 'body:c']);
	expect(texts(b)).toEqual(texts());
});

test('what another device has carried out stays, and it is said', () => {
	b.editor.goTo('zwei', false);
	b.editor.run(enter);
	const decided = decideAll('accept');
	settleBody(b.doc, bodyName);
	const lines = a.editor.lines.length;
	expect(decided.undo()).toBe('some');
	expect(a.editor.lines).toHaveLength(lines);
	expect(a.editor.lines.join('')).toContain('eins neu');
	expect(a.editor.lines.join('')).toContain('zwei');
	expect(texts(b)).toEqual(texts());
});

describe('where nothing comes back, that is said', () => {
	function suggestJoin(): void {
		b.mode('edit');
		b.editor.goTo('zwei', false);
		b.editor.run(enter);
		b.mode('suggest');
		b.editor.run(backspace);
	}
	const acceptWhat = (of: Suggester, kind: 'join' | 'break') =>
		decideTogether(
			of.doc,
			suggested(of).filter(({ parts }) => parts.some((part) => part.kind === kind)),
			'accept',
		);

	test('a new paragraph that another device has made', () => {
		b.editor.goTo('zwei', false);
		b.editor.run(enter);
		const decided = acceptWhat(a, 'break');
		settleBody(b.doc, bodyName);
		expect(decided.undo()).toBe('none');
		expect(a.editor.lines).toHaveLength(2);
	});

	test('a join that another device has made', () => {
		suggestJoin();
		const decided = acceptWhat(a, 'join');
		settleBody(b.doc, bodyName);
		expect(decided.undo()).toBe('none');
		expect(a.editor.lines).toHaveLength(1);
	});

	test.each([
		['is still to be made', false],
		['is made', true],
	])('a join that somebody else accepted at the same time and that %s', (_words, made) => {
		suggestJoin();
		a.goOffline();
		const decided = acceptWhat(a, 'join');
		acceptWhat(b, 'join');
		if (made) settleBody(b.doc, bodyName);
		a.comeBack();
		expect(decided.undo()).toBe('accepted-too');
		settleBody(b.doc, bodyName);
		expect(a.editor.lines).toEqual(['eins neu zwei drei']);
	});
});

test('what somebody wrote inside since does not count as missing', () => {
	const decided = decideAll('accept');
	b.mode('edit');
	b.editor.goTo('eins ne');
	b.editor.type('bens');
	expect(decided.undo()).toBe('all');
	expect(a.editor.lines).toEqual(['eins nebensu zwei drei']);
	expect(texts(b)).toEqual(texts());
});

test('what was accepted and carried out here comes back as it was suggested', () => {
	b.editor.goTo('eins', false);
	b.editor.type('Vorweg');
	b.editor.run(enter);
	const before = texts();
	const known = meant();
	const decided = decideAll('accept');
	expect(settleBody(a.doc, bodyName)).toBe(true);
	expect(a.editor.lines).toEqual(['Vorweg', 'eins neu zwei ']);
	decided.undo();
	expect(settleBody(a.doc, bodyName)).toBe(false);
	expect(texts(b)).toEqual(before);
	expect(meant()).toEqual(known);
	a.editor.redo();
	expect(a.editor.lines).toEqual(['Vorweg', 'eins neu zwei ']);
});

test('what another has deleted where it was carried to stays deleted', () => {
	b.editor.goTo('zwei', false);
	b.editor.run(enter);
	const decided = decideAll('accept');
	settleBody(a.doc, bodyName);
	expect(a.editor.lines).toEqual(['eins neu ', 'zwei ']);
	b.mode('edit');
	b.editor.selectWords('zwei');
	b.editor.run(backspace);
	decided.undo();
	expect(a.editor.lines.join('|')).toBe('eins neu ¶ drei');
	expect(texts(b)).toEqual(texts());
});

test('a join that was accepted and carried out here', () => {
	b.mode('edit');
	b.editor.goTo('zwei', false);
	b.editor.run(enter);
	b.mode('suggest');
	b.editor.goTo('zwei', false);
	b.editor.run(backspace);
	const lines = [...a.editor.lines];
	const known = suggested();
	const decided = decideAll('accept');
	settleBody(a.doc, bodyName);
	expect(a.editor.lines).toEqual(['eins neu zwei ']);
	b.editor.goTo('zwei');
	b.editor.type('!');
	decided.undo();
	expect(a.editor.lines.join('')).toContain('!');
	expect(suggested()).toHaveLength(known.length + 1);
	expect(a.editor.lines.length).toBe(lines.length);
});

test.each<[string, readonly string[], boolean]>([
	['a break, then a word', ['break', 'ins'], false],
	['a word, then a break', ['ins', 'break'], false],
	['a break, then what is struck', ['break', 'del'], false],
	['a break, then a word, and it is carried out again in between', ['break', 'ins'], true],
	['a break, a word, what is struck', ['break', 'ins', 'del'], true],
])('what is accepted one by one, and carried out for all of it, comes back one by one: %s', (_, kinds, again) => {
	b.editor.goTo('zwei', false);
	b.editor.run(enter);
	const before = a.editor.lines;
	const seen: string[][] = [];
	for (const kind of kinds) {
		const one = suggested().filter(({ root, parts }) => root === bodyName && parts.some((part) => part.kind === kind));
		expect(one).toHaveLength(1);
		seen.push(meant().map(({ id }) => id));
		decideTogether(a.doc, one, 'accept');
	}
	expect(settleBody(a.doc, bodyName)).toBe(true);
	const done = a.editor.lines;
	for (const open of seen.toReversed()) {
		a.editor.undo();
		expect(meant().map(({ id }) => id)).toEqual(open);
		if (again) settleBody(a.doc, bodyName);
	}
	expect(a.editor.lines).toEqual(before);
	for (let step = 0; step < kinds.length; step++) a.editor.redo();
	settleBody(a.doc, bodyName);
	// What was taken back would do a second time what has been carried out since; the first is made again alone.
	if (again) expect(a.editor.lines).toEqual(['eins neu ', 'zwei drei']);
	else expect(a.editor.lines).toEqual(done);
	for (let step = 0; step < kinds.length; step++) a.editor.undo();
	expect(a.editor.lines).toEqual(before);
	expect(texts(b)).toEqual(texts());
});
