import { scryptSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashOfCode } from './code.ts';

test('a try costs what it cost when codes were given out: four thousand rounds over four megabytes', () => {
	const expected = scryptSync('K7M2QPX4RT', 'mitschrift entry code', 32, { N: 4096, r: 8, p: 1 });
	expect(Buffer.from(hashOfCode('K7M2QPX4RT'))).toEqual(expected);
});
