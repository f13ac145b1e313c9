import { expect, test } from 'vitest';
import { decisionOn, outcomeOf } from './outcome.ts';

test.each([
	[{ yes: 8, no: 0, abstention: 1 }, 'adopted'],
	[{ yes: 1, no: 0, abstention: 8 }, 'adopted'],
	[{ yes: 4, no: 4, abstention: 0 }, 'rejected'],
	[{ yes: 3, no: 4, abstention: 0 }, 'rejected'],
	[{ yes: 0, no: 0, abstention: 9 }, 'rejected'],
	[null, null],
])('%j is %s', (vote, outcome) => {
	expect(outcomeOf(vote)).toBe(outcome);
});

test.each([
	[{ yes: 8, no: 0, abstention: 1 }, 'draft', 'adopted'],
	[{ yes: 1, no: 9, abstention: 0 }, 'draft', 'rejected'],
	[{ yes: 1, no: 9, abstention: 0 }, 'adopted', 'rejected'],
	[null, 'adopted', 'adopted'],
	[null, 'draft', null],
] as const)('what became of a motion with the votes %j that is noted as %s: %s', (vote, status, decision) => {
	expect(decisionOn({ vote, status })).toBe(decision);
});
