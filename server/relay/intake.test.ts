import { expect, test } from 'vitest';
import { Intake } from './intake.ts';

const pausable = { pause: () => {}, resume: () => {} };

test('what came is counted as it came, also when it was released since', () => {
	const intake = new Intake();
	for (const length of [3, 4]) intake.release(intake.take(pausable, new Uint8Array(length)));
	expect(intake.received).toEqual({ updates: 2, bytes: 7 });
});
