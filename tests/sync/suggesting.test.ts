/**
 * Whatever three people suggest, write, undo and decide, offline and online: all devices hold the same, and rejecting
 * everything brings back the text as it was. A failure names its seed and the command that runs that one history again.
 * `MITSCHRIFT_HISTORIES` sets how many.
 */
import { expect, test } from 'vitest';
import { createRandom } from '../support/random.ts';
import { SuggestingHistory, type SuggestingKind } from './suggesting-histories.ts';

const kinds: readonly SuggestingKind[] = [
	{ name: 'suggesting only', direct: 0, review: 0, structure: true },
	{ name: 'mixed with direct editing', direct: 30, review: 0, structure: false },
	{ name: 'mixed with direct splits and joins', direct: 30, review: 0, structure: true },
	{ name: 'decided meanwhile', direct: 10, review: 10, structure: true },
	{ name: 'suggesting only, with headings and lists pasted', direct: 0, review: 0, structure: true, pasted: true },
	{ name: 'suggesting only, with facts put among the words', direct: 0, review: 0, structure: true, facts: true },
	{ name: 'mixed with direct editing and facts', direct: 30, review: 0, structure: false, facts: true },
];

const perKind = Math.ceil(Number(process.env['MITSCHRIFT_HISTORIES'] ?? 3500) / kinds.length);
const first = Number(process.env['MITSCHRIFT_FIRST'] ?? 1);
const onlySeed = process.env['MITSCHRIFT_SEED'];

test.each(kinds.map((kind) => [kind.name, kind] as const))('%s', { timeout: 600_000 }, (name, kind) => {
	const seeds = onlySeed === undefined ? Array.from({ length: perKind }, (_, at) => first + at) : [Number(onlySeed)];
	const faults: string[] = [];
	let inherent = 0;
	for (const seed of seeds) {
		const random = createRandom(seed);
		const history = new SuggestingHistory(kind, random);
		history.run(15 + random.nat(40));
		const found = history.fault();
		const isInherent = found !== null && history.isInherent(found);
		if (isInherent) inherent++;
		const fault = isInherent ? null : found;
		history.close();
		if (fault !== null) {
			const replay = `MITSCHRIFT_SEED=${seed} npx vitest run --project sync tests/sync/suggesting.test.ts -t '${name}'`;
			faults.push(`${fault}\nagain with: ${replay}`);
		}
	}
	// What is inherent in direct editing, and how often here: docs/decisions/suggestions-change-no-structure.md.
	expect(faults.slice(0, 3), `${faults.length} of ${seeds.length}`).toEqual([]);
	if (kind.direct === 0) expect(inherent).toBe(0);
	else expect(inherent / seeds.length).toBeLessThan(kind.structure ? 0.06 : 0.01);
});
