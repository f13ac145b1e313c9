import { expect, test } from 'vitest';
import { matchesName } from './name-search.ts';

test('each typed word begins a word of the name', () => {
	expect(matchesName('Jonas von der Aue', 'aue jo')).toBe(true);
	expect(matchesName('Lena Meyer-Landrut', 'land')).toBe(true);
	expect(matchesName('Jonas von der Aue', 'onas')).toBe(false);
	expect(matchesName('Jonas', '')).toBe(true);
});

test('accents and case do not matter', () => {
	expect(matchesName('Mara Öztürk', 'ozt')).toBe(true);
	expect(matchesName('Mara Öztürk', 'ÖZT')).toBe(true);
	expect(matchesName('Anna Groß', 'gross')).toBe(true);
	expect(matchesName('Yılmaz', 'yil')).toBe(true);
});
