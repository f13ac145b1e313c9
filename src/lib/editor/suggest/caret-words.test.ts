import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { getLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { backspace } from '../commands.ts';
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
