import { expect, test } from 'vitest';
import { nextInMenu } from './menu-keys.ts';

const labels = ['Bearbeiten', 'Drucken', 'Duplizieren', 'Löschen'];

test('arrows go round', () => {
	expect(nextInMenu('ArrowDown', -1, labels)).toBe(0);
	expect(nextInMenu('ArrowDown', 3, labels)).toBe(0);
	expect(nextInMenu('ArrowUp', 0, labels)).toBe(3);
	expect(nextInMenu('ArrowUp', 2, labels)).toBe(1);
});

test('a letter finds the next entry that starts with it', () => {
	expect(nextInMenu('d', 0, labels)).toBe(1);
	expect(nextInMenu('D', 1, labels)).toBe(2);
	expect(nextInMenu('d', 2, labels)).toBe(1);
	expect(nextInMenu('x', 2, labels)).toBeNull();
});

test('other keys are left to the browser', () => {
	expect(nextInMenu('Enter', 1, labels)).toBeNull();
	expect(nextInMenu(' ', 1, labels)).toBeNull();
	expect(nextInMenu('ArrowDown', 0, [])).toBeNull();
});
