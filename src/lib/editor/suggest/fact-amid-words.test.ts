/** A fact that is put amid a sentence divides nothing: what others write behind it stays in its place, and undo takes the fact alone. */
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyName, gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { readBodyMarks } from '#lib/documents/comment-anchors.ts';
import { readSuggestions } from '#lib/documents/read-suggestions.ts';
import { schema } from '../schema.ts';
import { asItIs } from './suggesting.ts';

const clock = { now: 1_700_000_000_000 };
const before = 'Kommt zur Sitzung und bringt Kuchen mit.';
let a: Suggester;
let b: Suggester;

beforeEach(() => {
	[a, b] = gather(['A', 'B'], clock) as [Suggester, Suggester];
	a.editor.type(before);
	a.mode('suggest');
	a.editor.undoManager.clear();
});

/** In place of the words, or behind them. */
function putFact(words: string, instead = false): void {
	const at = a.editor.find(words) + (instead ? 0 : words.length);
	const fact = schema.nodes.fact.create({ kind: 'meeting', of: 'm1', form: 'de.date', text: 'FAKT', was: '1' });
	a.editor.dispatch(a.editor.state.tr.replaceWith(at, at + (instead ? words.length : 0), fact));
}

/** What stands there, facts as a sign, the same on both. */
function line(): string {
	const read = ({ editor }: Suggester) =>
		editor.state.doc.textBetween(0, editor.state.doc.content.size, '\n', (node) =>
			node.type.name === 'fact' ? '§' : '',
		);
	expect(read(b)).toBe(read(a));
	return read(a);
}

test.each([
	['behind a word', 'Sitzung', false, 'Kommt zur Sitzung§ und bringt Kuchen mit.'],
	['in place of one', 'Sitzung', true, 'Kommt zur Sitzung§ und bringt Kuchen mit.'],
])('%s: undo and redo', (_where, words, instead, put) => {
	putFact(words, instead);
	expect(line()).toBe(put);
	for (let times = 0; times < 2; times++) {
		a.editor.undo();
		expect(line()).toBe(before);
		expect(readSuggestions(a.doc, bodyName)).toEqual([]);
		a.editor.redo();
		expect(line()).toBe(put);
		expect(readSuggestions(a.doc, bodyName)).toHaveLength(1);
	}
});

test('what another writes behind it meanwhile stays, once', () => {
	putFact('Sitzung');
	b.editor.goTo('Kuchen');
	b.editor.type(' und Tee');
	a.editor.undo();
	expect(line()).toBe('Kommt zur Sitzung und bringt Kuchen und Tee mit.');
});

test('what is written in place of a fact stands behind it, as behind struck words', () => {
	a.mode('edit');
	putFact('Sitzung');
	a.mode('suggest');
	const fact = a.editor.find('Sitzung') + 'Sitzung'.length;
	const { tr } = a.editor.state;
	a.editor.dispatch(tr.delete(fact, fact + 1));
	a.editor.dispatch(a.editor.state.tr.insertText(' morgen', fact));
	expect(line()).toBe('Kommt zur Sitzung§ morgen und bringt Kuchen mit.');
	b.decide('accept');
	expect(line()).toBe('Kommt zur Sitzung morgen und bringt Kuchen mit.');
});

test('when it was rejected there is nothing to take back of it', () => {
	putFact('Sitzung');
	b.decide('reject');
	a.editor.undo();
	expect(line()).toBe(before);
});

test('when it was accepted it stays, with what it is of, and the words behind it stand there once', () => {
	putFact('Sitzung');
	b.decide('accept');
	const accepted = a.body.toJSON();
	expect(accepted).toContain('of="m1"');
	a.editor.undo();
	expect(line()).toBe('Kommt zur Sitzung§ und bringt Kuchen mit.');
	expect(a.body.toJSON()).toBe(accepted);
});

test('when it was accepted in place of words that were suggested, these do not come back beside it', () => {
	a.editor.goTo('Sitzung');
	a.editor.type(' @m');
	a.editor.undoManager.stopCapturing();
	putFact('@m', true);
	b.decide('accept');
	a.editor.undo();
	expect(line()).toBe('Kommt zur Sitzung § und bringt Kuchen mit.');
	expect(readSuggestions(a.doc, bodyName)).toEqual([]);
});

test('what is done with it after it was accepted is taken back, and nothing else', () => {
	putFact('Sitzung');
	b.decide('accept');
	const accepted = a.body.toJSON();
	a.mode('edit');
	const at = a.editor.find('\ufffc');
	a.editor.dispatch(a.editor.state.tr.setNodeAttribute(at, 'form', 'de.day'));
	expect(a.body.toJSON()).not.toBe(accepted);
	a.editor.undo();
	expect(a.body.toJSON()).toBe(accepted);
	a.editor.undo();
	expect(a.body.toJSON()).toBe(accepted);
});

describe('what another does, unseen, in the words behind it stays there', () => {
	const put = 'Kommt zur Sitzung§ und bringt Kuchen mit.';
	beforeEach(() => b.goOffline());

	test('a strike and an insertion', () => {
		b.mode('suggest');
		b.editor.selectWords(' mit');
		b.editor.type(' bitte');
		putFact('Sitzung');
		b.comeBack();
		expect(line()).toBe('Kommt zur Sitzung§ und bringt Kuchen mit bitte.');
		const parts = readSuggestions(a.doc, bodyName).map(({ by, parts }) => [by, parts.map(({ kind }) => kind)]);
		expect(parts).toEqual([
			['A', ['fact']],
			['B', ['del', 'ins']],
		]);
		a.decide('reject');
		expect(line()).toBe(before);
	});

	test('direct writing at the end, and amid', () => {
		b.editor.goTo('mit.');
		b.editor.type(' Danke!');
		b.editor.selectWords('Kuchen');
		b.editor.type('Salat');
		putFact('Sitzung');
		b.comeBack();
		expect(line()).toBe('Kommt zur Sitzung§ und bringt Salat mit. Danke!');
		a.editor.undo();
		expect(line()).toBe('Kommt zur Sitzung und bringt Salat mit. Danke!');
	});

	test('a comment', () => {
		const at = b.editor.find('Kuchen');
		const comment = schema.marks.comment.create({ id: 'c1' });
		b.editor.dispatch(asItIs(b.editor.state.tr.addMark(at, at + 'Kuchen'.length, comment)));
		putFact('Sitzung');
		b.comeBack();
		expect(line()).toBe(put);
		expect(readBodyMarks(a.doc, bodyName).get('c1')).toBe(put.indexOf('Kuchen'));
	});

	test('also where it goes', () => {
		putFact('Sitzung');
		b.comeBack();
		b.goOffline();
		b.editor.goTo('Kuchen');
		b.editor.type(' und Tee');
		const fact = b.editor.find('\ufffc');
		a.mode('edit');
		a.editor.dispatch(a.editor.state.tr.delete(fact, fact + 1));
		b.comeBack();
		expect(line()).toBe('Kommt zur Sitzung und bringt Kuchen und Tee mit.');
	});
});

test('the caret of who writes behind it stays where it is', () => {
	b.editor.goTo('mit.');
	b.editor.type(' Jo');
	putFact('Sitzung');
	b.editor.type('nas da.');
	expect(line()).toBe('Kommt zur Sitzung§ und bringt Kuchen mit. Jonas da.');
	b.editor.undo();
	expect(line()).toBe('Kommt zur Sitzung§ und bringt Kuchen mit.');
});

test('amid what another suggests it cuts no mark in two, nor does what is written beside it', () => {
	b.mode('suggest');
	b.editor.goTo('Kuchen');
	b.editor.type(' und viel Tee');
	a.goOffline();
	putFact(' und viel');
	a.editor.type('!');
	b.editor.undo();
	a.comeBack();
	expect(line()).toContain(' mit.');
	a.decide('reject');
	expect(line()).toBe(before);
});

test('a fact that stands between two texts, as it used to, is read, written around, decided and undone', () => {
	const paragraph = a.body.get(0) as Y.XmlElement;
	const fact = new Y.XmlElement('fact');
	for (const [key, value] of Object.entries({ kind: 'meeting', of: 'm1', form: 'de.date', text: 'FAKT', was: '1' }))
		fact.setAttribute(key, value);
	fact.setAttribute('ins', JSON.stringify({ by: 'B', at: 1, id: 'x' }));
	a.doc.transact(() => paragraph.insert(1, [fact, new Y.XmlText(' Ende')]));
	expect(line()).toBe(`${before}§ Ende`);
	a.editor.goTo(' Ende');
	a.editor.type('!');
	putFact('Sitzung');
	expect(line()).toBe('Kommt zur Sitzung§ und bringt Kuchen mit.§ Ende!');
	a.decide('reject', ({ by }) => by === 'B');
	expect(line()).toBe('Kommt zur Sitzung§ und bringt Kuchen mit. Ende!');
	a.editor.undo();
	expect(line()).toBe('Kommt zur Sitzung§ und bringt Kuchen mit.§ Ende!');
	a.editor.undo();
	expect(line()).toBe(`${before}§ Ende`);
});
