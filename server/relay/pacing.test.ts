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
