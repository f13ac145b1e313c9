import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inTurn } from './after-paint.ts';

let page: EventTarget;
let idle: (() => void)[];
beforeEach(() => {
	page = new EventTarget();
	idle = [];
	vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
	vi.stubGlobal('requestIdleCallback', (work: () => void) => idle.push(work));
});
afterEach(() => vi.unstubAllGlobals());

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
