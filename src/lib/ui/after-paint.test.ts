import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gathered, inTurn } from './after-paint.ts';

let page: EventTarget;
let idle: (() => void)[];
beforeEach(() => {
	page = new EventTarget();
	idle = [];
	vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
	vi.stubGlobal('requestIdleCallback', (work: () => void) => idle.push(work));
});
afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

const idleOnce = () => idle.shift()?.();

test('one thing is done whenever the browser is idle, in the order in which it was asked for', () => {
	const done: string[] = [];
	for (const name of ['a', 'b', 'c']) inTurn(() => done.push(name));
	idleOnce();
	expect(done).toEqual(['a']);
	idleOnce();
	idleOnce();
	expect(done).toEqual(['a', 'b', 'c']);
	expect(idle).toEqual([]);
});

test('what was taken back is not done', () => {
	const done: string[] = [];
	inTurn(() => done.push('a'))();
	inTurn(() => done.push('b'));
	idleOnce();
	expect(done).toEqual(['b']);
});

test('before the page is printed all of it is done', () => {
	const done: string[] = [];
	for (const name of ['a', 'b', 'c']) inTurn(() => done.push(name));
	page.dispatchEvent(new Event('beforeprint'));
	expect(done).toEqual(['a', 'b', 'c']);
	idleOnce();
	expect(done).toHaveLength(3);
});

test('what comes seldom is done at once, what comes soon after it together, and in a page that nobody sees all of it at once', () => {
	vi.useFakeTimers();
	const page = { hidden: false };
	vi.stubGlobal('document', page);
	const done: string[] = [];
	const gather = gathered();
	const come = (name: string) => gather(() => done.push(name));
	come('a');
	expect(done).toEqual(['a']);
	vi.advanceTimersByTime(20);
	come('b');
	vi.advanceTimersByTime(20);
	come('c');
	expect(done).toEqual(['a']);
	vi.advanceTimersByTime(10);
	expect(done).toEqual(['a', 'b', 'c']);
	come('d');
	expect(done).toHaveLength(3);
	page.hidden = true;
	come('e');
	expect(done).toEqual(['a', 'b', 'c', 'd', 'e']);
	vi.advanceTimersByTime(200);
	page.hidden = false;
	come('f');
	expect(done).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});
