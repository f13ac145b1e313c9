import { expect, test } from 'vitest';
import { createRandom } from '../../../tests/support/random.ts';
import { type Entry, PackedEntries } from './packed-entries.ts';

function someEntries(seed: number, count: number, before: number): Entry[] {
	const random = createRandom(seed);
	let [end, last] = [0, before];
	return Array.from({ length: count }, () => {
		const from = end + random.nat(random.pick([0, 5, 200, 5_000_000]) as number);
		end = from + 1 + random.nat(random.pick([30, 5000, 3_000_000_000]) as number);
		last += 1 + random.nat(random.pick([0, 300]) as number);
		return { from, to: end, last };
	});
}

test('gives back what was added, however large and far apart', () => {
	for (let seed = 1; seed <= 50; seed++) {
		const before = seed % 2 ? 0 : 2 ** 40;
		const entries = someEntries(seed, seed, before);
		const packed = new PackedEntries(before);
		for (const entry of entries) packed.add(entry);
		expect(packed.toArray()).toEqual(entries);
		expect(packed.length).toBe(seed);
	}
});

test('the last is removed, and others come in its place', () => {
	const [first, second, third, other] = someEntries(7, 4, 3) as [Entry, Entry, Entry, Entry];
	const packed = new PackedEntries(3);
	for (const entry of [first, second, third]) packed.add(entry);
	const before = packed.toArray();
	packed.removeLast();
	packed.removeLast();
	packed.add(other);
	expect(packed.toArray()).toEqual([first, other]);
	packed.removeLast();
	packed.removeLast();
	expect([packed.length, packed.toArray()]).toEqual([0, []]);
	packed.add(second);
	expect(packed.toArray()).toEqual([second]);
	expect(before).toEqual([first, second, third]);
});
