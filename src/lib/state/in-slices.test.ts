import { afterEach, expect, test, vi } from 'vitest';
import { inSlices } from './in-slices.ts';

afterEach(() => void vi.restoreAllMocks());

/** Each step takes 5 milliseconds. @returns where each of them stood among the page's turns */
function slowWork(steps: number) {
	let now = 0;
	let turn = 0;
	vi.spyOn(performance, 'now').mockImplementation(() => now);
	vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void) => {
		turn++;
		queueMicrotask(work);
	}) as typeof setTimeout);
	const turns: number[] = [];
	function* work(): Generator<void, string, void> {
		for (let at = 0; at < steps; at++) {
			now += 5;
			turns.push(turn);
			yield;
		}
		return 'done';
	}
	return { work, turns };
}

test('long work lets the page answer in between', async () => {
	const { work, turns } = slowWork(8);
	expect(await inSlices(work())).toBe('done');
	expect(turns).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
});

test('short work is done at once', async () => {
	const { work, turns } = slowWork(2);
	expect(await inSlices(work())).toBe('done');
	expect(turns).toEqual([0, 0]);
});

test('work that nobody waits for any more ends', async () => {
	const { work, turns } = slowWork(100);
	expect(await inSlices(work(), () => turns.length < 6)).toBeNull();
	expect(turns).toHaveLength(6);
});
