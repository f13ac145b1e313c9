import { expect, it } from 'vitest';
import { formatBytes } from './bytes.ts';

it.each([
	[0, '0 B'],
	[999, '999 B'],
	[1000, '1 kB'],
	[1249, '1,2 kB'],
	[999_700, '1 MB'],
	[12_345_678, '12 MB'],
	[2_500_000_000, '2,5 GB'],
])('%i bytes are read as %s', (bytes, words) => {
	expect(formatBytes(bytes)).toBe(words);
});
