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

/** @returns how far apart commits begin that take no time, when one is asked for every so many milliseconds */
async function spacing(every: number, commits: number, pacing = createPacing(Date.now)): Promise<number> {
	let [began, apart] = [Date.now(), 0];
	for (let left = commits; left > 0; left--) {
		vi.advanceTimersByTime(every);
		const turn = pacing.turn();
		await vi.runAllTimersAsync();
		await turn;
		pacing.begin();
		[began, apart] = [Date.now(), Date.now() - began];
		pacing.end();
	}
	return apart;
}

test('where commits come close upon each other, they begin a few milliseconds apart', async () => {
	expect(await spacing(1, 100)).toBe(4);
	expect(await spacing(2, 100)).toBe(4);
	expect(await spacing(6, 100)).toBe(6);
});

test('a few at once are no load: nobody waits', async () => {
	expect(await spacing(1, 8)).toBe(1);
	expect(await spacing(20, 1000)).toBe(20);
});

test('after a pause, or when they come seldom again, nobody waits', async () => {
	const pacing = createPacing(Date.now);
	await spacing(1, 100, pacing);
	expect(await spacing(1, 1, pacing)).toBe(4);
	vi.advanceTimersByTime(200);
	expect(await spacing(1, 3, pacing)).toBe(1);
	await spacing(1, 100, pacing);
	await spacing(20, 10, pacing);
	expect(await spacing(1, 1, pacing)).toBe(1);
});
