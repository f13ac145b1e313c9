/** Parts of the built interface, found by words that stand in them: what they are called differs with each build. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const chunks = path.resolve(import.meta.dirname, '../../build/_app/immutable/chunks');

/** @returns the name of the one file in which these words stand */
export function partWith(words: string): string {
	const [found, ...others] = globSync(path.join(chunks, '*.js')).filter((file) =>
		readFileSync(file, 'utf8').includes(words),
	);
	if (!found || others.length > 0) throw new Error(`not in one part of the build: ${words}`);
	return path.basename(found);
}
