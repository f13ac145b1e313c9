import { NodeSelection } from 'prosemirror-state';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { getLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { backspace } from '../commands.ts';
import { schema } from '../schema.ts';
import { CaretWords, staysFor } from './caret-words.ts';

const locale = getLocale;
const clock = { now: 1_700_000_000_000 };
let a: Suggester;
let b: Suggester;
let heard: string[];
let words: CaretWords;

beforeEach(() => {
	vi.useFakeTimers();
	overwriteGetLocale(() => 'de');
	[a, b] = gather(['A', 'B'], clock) as [Suggester, Suggester];
	a.editor.type('eins zwei drei');
	for (const person of [a, b]) person.mode('suggest');
	heard = [];
	words = new CaretWords({
		me: 'A',
		nameOf: (id) => (id === 'B' ? 'Ben' : id),
		say: ({ words }) => words && heard.push(words),
	});
});

afterEach(() => {
	words.close();
	overwriteGetLocale(locale);
	vi.useRealTimers();
});

/** The caret of A is where it is now, for as long as it takes to be told. */
function stay(): string[] {
	words.look(a.editor.state);
	vi.advanceTimersByTime(staysFor);
	return heard.splice(0);
}

function strike({ editor }: Suggester, said: string): void {
	editor.selectWords(said);
	editor.run(backspace);
}

describe('coming into a suggestion of another', () => {
	beforeEach(() => {
		b.editor.goTo('eins');
		b.editor.type(' neu');
		strike(b, 'drei');
		a.editor.goTo('eins', false);
		expect(stay()).toEqual([]);
	});

	test('says once what it is and whose, and its end', () => {
		a.editor.goTo(' neu', false);
		expect(stay()).toEqual(['Eingefügt von Ben']);
		a.editor.goTo(' ne');
		expect(stay()).toEqual([]);
		a.editor.goTo('zw');
		expect(stay()).toEqual(['Ende des Vorschlags']);
		a.editor.goTo('drei', false);
		expect(stay()).toEqual(['Gestrichen von Ben']);
	});

	test('in English', () => {
		overwriteGetLocale(() => 'en');
		a.editor.goTo('drei', false);
		expect(stay()).toEqual(['Struck by Ben']);
		a.editor.goTo(' neu', false);
		expect(stay()).toEqual(['Inserted by Ben']);
	});

	test('says both where one struck what the other inserted', () => {
		strike(a, 'neu');
		a.editor.goTo('eins', false);
		stay();
		a.editor.goTo('ne');
		expect(stay()).toEqual(['Eingefügt von Ben, Gestrichen von dir']);
	});

	test('what is passed in a moment is not talked about', () => {
		a.editor.goTo(' ne');
		words.look(a.editor.state);
		vi.advanceTimersByTime(staysFor - 1);
		a.editor.goTo('zw');
		expect(stay()).toEqual([]);
	});

	test('letters that come in and are typed in there are not said one by one', () => {
		a.editor.goTo(' ne');
		stay();
		for (const letter of ['x', 'y']) {
			b.editor.goTo('drei');
			b.editor.type(letter);
			a.editor.type(letter);
			expect(stay()).toEqual([]);
		}
	});
});

describe('what is no letter', () => {
	/** The date of a meeting, as a live fact where the caret of B is. */
	function insertFact(): void {
		const fact = schema.nodes.fact.create({ kind: 'meeting', of: 'm1', form: 'de.date', text: '2025-01-09' });
		b.editor.dispatch(b.editor.state.tr.replaceSelectionWith(fact, false));
	}
	const behind = (words: string) => a.editor.find(words) + words.length;

	test('a fact behind the caret, and one at the end of a paragraph in front of it', () => {
		b.editor.goTo('eins');
		insertFact();
		b.editor.goTo('drei');
		insertFact();
		a.editor.goTo('zw');
		expect(stay()).toEqual([]);
		a.editor.select(behind('eins'));
		expect(stay()).toEqual(['Eingefügt von Ben']);
		a.editor.select(behind('eins') + 1);
		expect(stay()).toEqual(['Ende des Vorschlags']);
		a.editor.select(behind('drei') + 1);
		expect(stay()).toEqual(['Eingefügt von Ben']);
	});

	test('a fact that somebody struck', () => {
		b.mode('edit');
		b.editor.goTo('eins');
		insertFact();
		b.mode('suggest');
		const at = behind('eins');
		a.editor.select(at);
		expect(stay()).toEqual([]);
		b.editor.select(at, at + 1);
		b.editor.run(backspace);
		a.editor.goTo('zw');
		stay();
		a.editor.select(at);
		expect(stay()).toEqual(['Gestrichen von Ben']);
	});

	test('a fact that is selected as a whole, and a rule', () => {
		b.editor.goTo('eins');
		insertFact();
		b.editor.goTo('drei');
		b.editor.dispatch(b.editor.state.tr.insert(b.editor.state.doc.content.size, schema.nodes.rule.create()));
		const select = (at: number) =>
			a.editor.dispatch(a.editor.state.tr.setSelection(NodeSelection.create(a.editor.state.doc, at)));
		a.editor.goTo('zw');
		stay();
		select(behind('eins'));
		expect(stay()).toEqual(['Eingefügt von Ben']);
		a.editor.goTo('zw');
		expect(stay()).toEqual(['Ende des Vorschlags']);
		select(a.editor.state.doc.content.size - 1);
		expect(stay()).toEqual(['Eingefügt von Ben']);
	});
});

test('what one writes and strikes oneself is not said, but coming back to it is', () => {
	a.editor.goTo('drei');
	expect(stay()).toEqual([]);
	for (const letter of ' neu') {
		a.editor.type(letter);
		expect(stay()).toEqual([]);
	}
	strike(a, 'zwei');
	expect(stay()).toEqual([]);
	a.editor.goTo('eins', false);
	stay();
	a.editor.goTo(' ne');
	expect(stay()).toEqual(['Eingefügt von dir']);
});

test('nothing is said of a text in which the caret is not', () => {
	strike(b, 'eins');
	a.editor.goTo('eins', false);
	words.look(a.editor.state);
	words.look(null);
	vi.advanceTimersByTime(staysFor);
	expect(heard).toEqual([]);
});
