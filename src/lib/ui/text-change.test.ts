import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeBetween, mapCaret, rebase } from './text-change.ts';

const words = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 12 });

test('a change applied gives the other text', () => {
	fc.assert(
		fc.property(words, words, (from, to) => {
			const { at, removed, inserted } = changeBetween(from, to);
			expect(from.slice(0, at) + inserted + from.slice(at + removed)).toBe(to);
		}),
	);
});

test('a caret keeps its place among the letters when someone else types before it', () => {
	const change = changeBetween('Plakate', 'Neue Plakate');
	expect(mapCaret(7, change)).toBe(12);
	expect(mapCaret(3, changeBetween('Plakate', 'Plakate hängen'))).toBe(3);
});

test('a caret inside removed text goes behind what replaced it', () => {
	expect(mapCaret(8, changeBetween('Die alte Liste', 'Die neue Liste'))).toBe(8);
	expect(mapCaret(6, changeBetween('Die alte Liste', 'Die Liste'))).toBe(4);
});

test('what was being composed is put into the text that arrived meanwhile', () => {
	expect(rebase('Wahl', 'Wahlbüro', 'Die Wahl')).toBe('Die Wahlbüro');
	expect(rebase('Wahl', 'Wahlü', 'Wahl und Plakate')).toBe('Wahlü und Plakate');
});

test('rebasing on an unchanged text changes nothing of mine, and without a change of mine theirs stands', () => {
	fc.assert(
		fc.property(words, words, (base, other) => {
			expect(rebase(base, other, base)).toBe(other);
			expect(rebase(base, base, other)).toBe(other);
		}),
	);
});
