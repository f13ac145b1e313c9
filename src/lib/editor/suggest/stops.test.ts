import { beforeEach, afterEach, expect, test, vi } from 'vitest';
import { getLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { suggestionKey } from '#lib/documents/suggestion.ts';
import { gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { backspace, enter } from '../commands.ts';
import { CaretWords, staysFor } from './caret-words.ts';
import { goToSuggestion, suggestionsAt } from './stops.ts';

const locale = getLocale;
let mara: Suggester;
let jonas: Suggester;
let heard: string[];
let words: CaretWords;

beforeEach(() => {
	vi.useFakeTimers();
	overwriteGetLocale(() => 'de');
	[mara, jonas] = gather(['Mara', 'Jonas'], { now: 1_700_000_000_000 }) as [Suggester, Suggester];
	mara.editor.type('Eins.');
	mara.editor.run(enter);
	mara.editor.type('Zweiter Absatz');
	for (const each of [mara, jonas]) each.mode('suggest');
	heard = [];
	words = new CaretWords({ me: 'Mara', nameOf: (id) => id, say: ({ words }) => words && heard.push(words) });
});

afterEach(() => {
	words.close();
	overwriteGetLocale(locale);
	vi.useRealTimers();
});

function strike({ editor }: Suggester, said: string): void {
	editor.selectWords(said);
	editor.run(backspace);
}

function join(): void {
	jonas.editor.goTo('Zweiter', false);
	jonas.editor.run(backspace);
}

/** What Mara hears of where she is now, and whose is decided there. */
function here(): [heard: string[], by: string[]] {
	words.look(mara.editor.state);
	vi.advanceTimersByTime(staysFor);
	return [heard.splice(0), suggestionsAt(mara.editor.state).map(({ by }) => by)];
}

function go(direction: 1 | -1): ReturnType<typeof here> | null {
	return mara.editor.run(goToSuggestion(direction)) ? here() : null;
}

function decideHere(verdict: 'accept' | 'reject'): void {
	const chosen = new Set(suggestionsAt(mara.editor.state).map(suggestionKey));
	mara.decide(verdict, (of) => chosen.has(suggestionKey(of)));
}

const joined = [['Absätze verbunden von Jonas'], ['Jonas']];
const struck = [['Gestrichen von dir'], ['Mara']];

test('a join at the place of a strike of somebody else: each is a stop, there and back', () => {
	strike(mara, 'Zweiter');
	join();
	mara.editor.select(1);
	here();
	expect([go(1), go(1), go(1)]).toEqual([joined, struck, null]);
	expect([go(-1), go(-1)]).toEqual([joined, null]);
});

test.each([
	['accept', 'join'],
	['reject', 'join'],
	['accept', 'strike'],
	['reject', 'strike'],
] as const)('to %s the %s there leaves the other', (verdict, which) => {
	strike(mara, 'Zweiter');
	join();
	mara.editor.select(1);
	go(1);
	if (which === 'strike') go(1);
	decideHere(verdict);
	mara.editor.select(1);
	here();
	expect([go(1), go(1)]).toEqual([which === 'join' ? struck : joined, null]);
});

test('two who strike the same word are two stops', () => {
	mara.goOffline();
	strike(mara, 'Zweiter');
	strike(jonas, 'Zweiter');
	mara.comeBack();
	mara.editor.select(1);
	here();
	const both = [go(1), go(1)].map((at) => at?.[1]);
	expect(both.toSorted()).toEqual([['Jonas'], ['Mara']]);
	decideHere('reject');
	mara.editor.select(1);
	expect([go(1)?.[1], go(1)]).toEqual([both[0], null]);
});

test('what others write elsewhere does not change at which one stands', () => {
	strike(mara, 'Zweiter');
	join();
	mara.editor.select(1);
	go(1);
	jonas.editor.goTo('Eins.', false);
	jonas.editor.type('Neu. ');
	expect(suggestionsAt(mara.editor.state).map(({ by }) => by)).toEqual(['Jonas']);
});

test('a caret before the struck word decides what is said of it', () => {
	strike(mara, 'Zweiter');
	join();
	mara.editor.goTo('Zweiter', false);
	expect(here()).toEqual(struck);
});

test('a word selected by hand means all that is suggested of it, whichever was gone to before', () => {
	mara.goOffline();
	strike(jonas, 'Eins.');
	strike(mara, 'Eins.');
	mara.comeBack();
	mara.editor.select(1);
	expect(go(1)?.[1]).toHaveLength(1);
	mara.editor.goTo('Zweiter', false);
	mara.editor.selectWords('Eins.');
	expect(here()[1].toSorted()).toEqual(['Jonas', 'Mara']);
});
