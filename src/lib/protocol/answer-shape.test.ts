import { describe, expect, test } from 'vitest';
import { flag, listOf, number, oneOf, orMissing, orNull, record, text, textThat } from './answer-shape.ts';

const person = record({ id: textThat((id) => id !== ''), role: oneOf(['admin', 'member']), contact: orMissing(text) });

describe('shapes of answers', () => {
	test('a record fits with its fields, with one that may be missing, and with more', () => {
		expect(person({ id: 'a', role: 'admin' })).toBe(true);
		expect(person({ id: 'a', role: 'member', contact: '0171', since: 2024 })).toBe(true);
	});

	test.each([
		['nothing', null],
		['a text', 'a'],
		['a missing field', { id: 'a' }],
		['an empty id', { id: '', role: 'admin' }],
		['a word that is not among them', { id: 'a', role: 'king' }],
		['a field of another kind', { id: 'a', role: 'admin', contact: 1 }],
	])('%s is no person', (_name, value) => {
		expect(person(value)).toBe(false);
	});

	test('a list fits when all of it does', () => {
		expect(listOf(number)([])).toBe(true);
		expect(listOf(number)([1, 2])).toBe(true);
		expect(listOf(number)([1, '2'])).toBe(false);
		expect(listOf(number)({ 0: 1, length: 1 })).toBe(false);
	});

	test('null fits only where it may stand', () => {
		expect(orNull(flag)(null)).toBe(true);
		expect(orNull(flag)(undefined)).toBe(false);
		expect(flag(null)).toBe(false);
	});
});
