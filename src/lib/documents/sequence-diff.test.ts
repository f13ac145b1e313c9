import { expect, test } from 'vitest';
import { createRandom } from '../../../tests/support/random.ts';
import { align } from './align.ts';
import { diffSequences, type Step } from './sequence-diff.ts';

/** What the steps make of both sequences; throws where they say that two are the same that are not. */
function walk(before: readonly string[], after: readonly string[], steps: readonly Step[]): [number, number, number] {
	let [x, y, changes] = [0, 0, 0];
	for (const { what, count } of steps) {
		if (what === 'same') expect(before.slice(x, x + count)).toEqual(after.slice(y, y + count));
		else changes += count;
		if (what !== 'ins') x += count;
		if (what !== 'del') y += count;
	}
	return [x, y, changes];
}

/** The fewest changes, by trying all. */
function fewest(a: readonly string[], b: readonly string[]): number {
	let row = Array.from({ length: b.length + 1 }, (_, y) => y);
	for (const [x, one] of a.entries()) {
		const next = [x + 1];
		for (const [y, other] of b.entries())
			next.push(one === other ? (row[y] ?? 0) : 1 + Math.min(row[y + 1] ?? 0, next[y] ?? 0));
		row = next;
	}
	return row.at(-1) ?? 0;
}

test('the way from any sequence to any other is the shortest', () => {
	const random = createRandom(7);
	const some = () => Array.from({ length: random.nat(14) }, () => random.pick(['a', 'b', 'c', 'd']) ?? '');
	for (let round = 0; round < 2000; round++) {
		const [before, after] = [some(), some()];
		const steps = diffSequences(before, after);
		const said = `${before.join('')} ${after.join('')}`;
		expect(walk(before, after, steps), said).toEqual([before.length, after.length, fewest(before, after)]);
		const kinds = steps.map(({ what }) => what).join(' ');
		expect(kinds, said).not.toMatch(/ins del|del del|ins ins|same same/);
	}
});

test('what has little in common is replaced', () => {
	const many = (word: string) => Array.from({ length: 5000 }, (_, at) => `${word}${at}`);
	expect(diffSequences(['a', ...many('x')], ['a', ...many('y')])).toEqual([
		{ what: 'same', count: 1 },
		{ what: 'del', count: 5000 },
		{ what: 'ins', count: 5000 },
	]);
});

test('side by side stands what wins the most, in order, and nothing that wins nothing', () => {
	const scores = (rows: number[][]) => align(rows.length, rows[0]?.length ?? 0, (x, y) => rows[x]?.[y] ?? 0);
	expect(
		scores([
			[1, 3],
			[0, 1],
		]),
	).toEqual([
		[null, 0],
		[0, 1],
		[1, null],
	]);
	expect(
		scores([
			[1, 1],
			[0, 1],
		]),
	).toEqual([
		[0, 0],
		[1, 1],
	]);
	expect(scores([[0]])).toEqual([
		[0, null],
		[null, 0],
	]);
	expect(align(0, 2, () => 1)).toEqual([
		[null, 0],
		[null, 1],
	]);
});
