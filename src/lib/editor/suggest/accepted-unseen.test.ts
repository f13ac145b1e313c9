/** Whoever writes on in a suggestion that another accepts meanwhile hears of it, once, and of nothing else. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { enter } from '../commands.ts';
import { attachAcceptedUnseen, settledAfter } from './accepted-unseen.ts';

let a: Suggester;
let b: Suggester;
let say: ReturnType<typeof vi.fn<() => void>>;
let stop: () => void;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	[a, b] = gather(['A', 'B'], { now: 1_700_000_000_000 }) as [Suggester, Suggester];
	a.editor.type('eins drei');
	a.mode('suggest');
	say = vi.fn<() => void>();
	stop = attachAcceptedUnseen(a.body, say);
	a.editor.goTo('eins');
	a.editor.type(' zwei');
});

afterEach(() => {
	stop();
	vi.useRealTimers();
});

function told(): number {
	vi.advanceTimersByTime(settledAfter);
	return say.mock.calls.length;
}

test('who goes on unseen in what is accepted is told once they meet', () => {
	a.goOffline();
	a.editor.type(' und mehr');
	b.decide('accept');
	expect(told()).toBe(0);
	a.comeBack();
	expect(b.editor.lines).toEqual(['eins zwei und mehr drei']);
	expect(told()).toBe(1);
	// What comes after is nothing new.
	b.editor.goTo('drei');
	b.editor.type('!');
	expect(told()).toBe(1);
	a.editor.goTo('drei!');
	a.editor.type('vier');
	b.decide('accept');
	expect(told()).toBe(2);
});

test('who goes on writing is told as well', () => {
	b.decide('accept');
	a.editor.type('!');
	expect(told()).toBe(1);
});

test('it is told, too, where what was accepted is carried to another paragraph', () => {
	a.editor.run(enter);
	a.editor.type('vier');
	b.decide('accept');
	b.settle();
	expect(a.editor.lines).toEqual(['eins zwei', 'vier drei']);
	expect(told()).toBe(1);
});

test('nothing is said while something of it is open', () => {
	a.goOffline();
	a.editor.goTo('drei');
	a.editor.type(' vier');
	b.decide('accept');
	a.comeBack();
	expect(told()).toBe(0);
});

test('nothing is said of what one decides or takes back oneself, or of what is rejected', () => {
	a.decide('accept');
	b.editor.goTo('drei');
	b.editor.type('!');
	expect(told()).toBe(0);
	a.editor.goTo('drei!');
	a.editor.type(' vier');
	a.editor.undo();
	a.editor.type(' fünf');
	b.decide('reject');
	b.editor.type('!');
	expect(told()).toBe(0);
});

test('what was suggested before the text was opened is no news', () => {
	stop();
	stop = attachAcceptedUnseen(a.body, say);
	b.decide('accept');
	expect(told()).toBe(0);
});

test('a decision that is taken back at once is none', () => {
	b.decide('accept');
	b.editor.undo();
	expect(told()).toBe(0);
	b.decide('accept');
	expect(told()).toBe(1);
});

test('who divides the paragraph accepts nothing', () => {
	b.mode('edit');
	b.editor.goTo('zw');
	b.editor.run(enter);
	expect(told()).toBe(0);
});
