import { expect, test } from 'vitest';
import { PackedUpdates } from './packed-updates.ts';

const update = (value: number, length: number) => new Uint8Array(length).fill(value);

test('gives back what was added, in order, empty ones too, however large', () => {
	const packed = new PackedUpdates();
	const added = [update(1, 30), update(2, 0), update(3, 5000), update(4, 1)];
	for (const each of added) packed.add(each);
	expect(packed.toArray()).toEqual(added);
	expect([packed.length, packed.byteLength]).toEqual([4, 5031]);
});

test('what was handed out stays as it is, whatever is added or cleared afterwards', () => {
	const packed = new PackedUpdates();
	packed.add(update(1, 30));
	const before = packed.toArray();
	for (let value = 2; value < 100; value++) packed.add(update(value, 30));
	const [first] = packed.toArray();
	packed.clear();
	expect([packed.length, packed.byteLength, packed.toArray()]).toEqual([0, 0, []]);
	packed.add(update(200, 30));
	expect(before).toEqual([update(1, 30)]);
	expect(first).toEqual(update(1, 30));
});
