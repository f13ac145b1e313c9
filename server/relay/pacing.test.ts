import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPacing } from './pacing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** @returns after how many milliseconds the next commit begins, when it is asked for `after` the one that took `took` */
async function restAfter(took: number, after: number): Promise<number> {
	const pacing = createPacing(Date.now);
	pacing.begin();
	vi.advanceTimersByTime(took);
	pacing.end();
	vi.advanceTimersByTime(after);
	const asked = Date.now();
	const turn = pacing.turn();
	await vi.runAllTimersAsync();
	await turn;
	return Date.now() - asked;
}

test('idle, nobody waits', async () => {
	expect(await restAfter(3, 3)).toBe(0);
	expect(await restAfter(0, 0)).toBe(0);
});

test('under load the next one waits as long as the last one took, and never long', async () => {
	expect(await restAfter(3, 0)).toBe(3);
	expect(await restAfter(3, 1)).toBe(2);
	expect(await restAfter(500, 0)).toBe(4);
});

test('many small ones keep a distance, until there is a pause', async () => {
	const pacing = createPacing(Date.now);
	const began: number[] = [];
	const commit = async () => {
		const turn = pacing.turn();
		await vi.runAllTimersAsync();
		await turn;
		began.push(Date.now() - start);
		pacing.begin();
		pacing.end();
	};
	const start = Date.now();
	for (let times = 0; times < 4; times++) await commit();
	vi.advanceTimersByTime(20);
	for (let times = 0; times < 3; times++) await commit();
	expect(began).toEqual([0, 0, 4, 8, 28, 28, 32]);
});
