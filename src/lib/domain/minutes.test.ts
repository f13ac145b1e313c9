import { describe, expect, test } from 'vitest';
import { headcount, hintOfVote, isPresenceSpan, type Attendance } from './minutes.ts';

function attendance(personId: string, state: Attendance['state']): Attendance {
	return { personId, state, from: null, to: null };
}

test('the headcount counts those who were asked, guests not among them', () => {
	const all = [attendance('a', 'present'), attendance('b', 'excused'), attendance('guest', 'present')];
	expect(headcount(all, ['a', 'b', 'c', 'c'])).toEqual({ present: 1, excused: 1, absent: 0, of: 3 });
});

describe('a vote', () => {
	test('with more voices than people is hinted at', () => {
		expect(hintOfVote({ yes: 8, no: 1, abstention: 1 }, 9)).toBe('more-voices-than-present');
		expect(hintOfVote({ yes: 8, no: 0, abstention: 1 }, 9)).toBeNull();
	});

	test('is not compared while nobody is marked present', () => {
		expect(hintOfVote({ yes: 8, no: 0, abstention: 1 }, 0)).toBeNull();
	});

	test('without a voice is hinted at, no vote is not', () => {
		expect(hintOfVote({ yes: 0, no: 0, abstention: 0 }, 9)).toBe('no-voices');
		expect(hintOfVote(null, 9)).toBeNull();
	});
});

test.each([
	['18:00', '19:00', false, true],
	['19:00', '18:00', false, false],
	['19:00', '19:00', false, false],
	['23:00', '00:30', true, true],
	['23:00', '23:00', true, false],
	[null, '18:00', false, true],
	['18:00', null, false, true],
])('present from %s to %s, beyond midnight %s: %s', (from, to, overnight, expected) => {
	expect(isPresenceSpan({ from, to }, overnight)).toBe(expected);
});
