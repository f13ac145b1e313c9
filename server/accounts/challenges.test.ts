import { beforeEach, expect, test } from 'vitest';
import { createChallenges } from './challenges.ts';

let time: number;
let challenges: ReturnType<typeof createChallenges>;
beforeEach(() => {
	time = 1_700_000_000_000;
	challenges = createChallenges(() => time);
});
const draw = (purpose = 'sign in') => Buffer.from(challenges.draw(purpose)).toString('base64url');

test('is good for its purpose, once, for five minutes', () => {
	const one = draw();
	expect(challenges.isGood(one, 'add berta')).toBe(false);
	expect(challenges.spend(one, 'add berta')).toBe(false);
	expect(challenges.isGood(one, 'sign in')).toBe(true);
	expect([challenges.spend(one, 'sign in'), challenges.spend(one, 'sign in')]).toEqual([true, false]);
	expect(challenges.isGood(one, 'sign in')).toBe(false);
	const other = draw();
	time += 5 * 60_000;
	expect(challenges.isGood(other, 'sign in')).toBe(true);
	time += 1;
	expect(challenges.isGood(other, 'sign in')).toBe(false);
});

test('however many are drawn after it, it stays good', () => {
	const one = draw();
	for (let at = 0; at < 20_000; at++) challenges.draw('sign in');
	expect(challenges.isGood(one, 'sign in')).toBe(true);
});

test('none that was made up, changed, or drawn by another server or before a restart', () => {
	const one = Buffer.from(draw(), 'base64url');
	for (let at = 0; at < one.length; at++) {
		const changed = Buffer.from(one);
		changed[at] = (changed[at] ?? 0) ^ 1;
		expect(challenges.isGood(changed.toString('base64url'), 'sign in'), `byte ${at}`).toBe(false);
	}
	for (const made of ['', 'AAAA', '!', one.subarray(1).toString('base64url'), `${one.toString('base64url')}AAAA`])
		expect(challenges.isGood(made, 'sign in')).toBe(false);
	expect(createChallenges(() => time).isGood(one.toString('base64url'), 'sign in')).toBe(false);
	for (const [passed, good] of [
		[-1000, true],
		[-5 * 60_000, false],
	] as const) {
		time += passed;
		expect(challenges.isGood(one.toString('base64url'), 'sign in')).toBe(good);
	}
});

test('a spent one is spent in every spelling', () => {
	const one = draw();
	expect(challenges.spend(one, 'sign in')).toBe(true);
	for (const spelling of [`${one}=`, Buffer.from(one, 'base64url').toString('base64')])
		expect(challenges.isGood(spelling, 'sign in')).toBe(false);
});
