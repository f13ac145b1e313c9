import { expect, test } from 'vitest';
import { dropBefore, moveByKey, placeBefore, scrollStep, shiftsFor, type Row } from './sorting.ts';

const rows: Row[] = [
	{ id: 'a', top: 0, height: 40 },
	{ id: 'b', top: 50, height: 100 },
	{ id: 'c', top: 160, height: 40 },
];

test('a dragged row is dropped before the first row whose middle is below its own', () => {
	expect(dropBefore(rows, 'c', 10)).toBe('a');
	expect(dropBefore(rows, 'c', 60)).toBe('b');
	expect(dropBefore(rows, 'a', 101)).toBe('c');
	expect(dropBefore(rows, 'a', 500)).toBeNull();
});

test('a row held over its own place stays', () => {
	expect(dropBefore(rows, 'b', 100)).toBe('c');
	expect(placeBefore(['a', 'b', 'c'], 'b', 'c')).toBeNull();
	expect(placeBefore(['a', 'b', 'c'], 'c', null)).toBeNull();
	expect(placeBefore(['a', 'b', 'c'], 'c', 'a')).toBe(1);
	expect(placeBefore(['a', 'b', 'c'], 'a', null)).toBe(3);
});

test('the others make room, and the gap between rows is kept', () => {
	expect([...shiftsFor(rows, 'a', 'c')]).toEqual([['b', -50]]);
	expect([...shiftsFor(rows, 'c', 'a')]).toEqual([
		['a', 50],
		['b', 50],
	]);
	expect(shiftsFor(rows, 'gone', 'a').size).toBe(0);
});

test('keys move by one or to an end', () => {
	const ids = ['a', 'b', 'c'];
	expect(moveByKey(ids, 'b', 'ArrowUp')).toEqual({ before: 'a', place: 1 });
	expect(moveByKey(ids, 'b', 'ArrowDown')).toEqual({ before: null, place: 3 });
	expect(moveByKey(ids, 'a', 'ArrowDown')).toEqual({ before: 'c', place: 2 });
	expect(moveByKey(ids, 'c', 'Home')).toEqual({ before: 'a', place: 1 });
	expect(moveByKey(ids, 'a', 'End')).toEqual({ before: null, place: 3 });
	expect(moveByKey(ids, 'a', 'ArrowUp')).toBeNull();
	expect(moveByKey(ids, 'c', 'ArrowDown')).toBeNull();
	expect(moveByKey(ids, 'gone', 'ArrowDown')).toBeNull();
	expect(moveByKey(ids, 'a', 'x')).toBeNull();
});

test('near an edge the list scrolls, faster the nearer', () => {
	expect(scrollStep(400, 0, 800)).toBe(0);
	expect(scrollStep(60, 0, 800)).toBeLessThan(0);
	expect(scrollStep(5, 0, 800)).toBeLessThan(scrollStep(60, 0, 800));
	expect(scrollStep(900, 0, 800)).toBe(18);
});
