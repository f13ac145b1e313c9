import { expect, test } from 'vitest';
import { initialsOf, personColour } from './person-colour.ts';

test('two letters stand for a person', () => {
	expect(initialsOf('Mara')).toBe('MA');
	expect(initialsOf('  Jonas von der Aue ')).toBe('JA');
	expect(initialsOf('Özlem Ünal')).toBe('ÖÜ');
	expect(initialsOf('')).toBe('');
	expect(initialsOf('Ada Klein (aus Word-Datei)')).toBe('AK');
	expect(initialsOf('Mara (from a Word file)')).toBe('MA');
});

test('a colour follows from the id alone', () => {
	expect(personColour('abc')).toBe(personColour('abc'));
	const colours = new Set(Array.from({ length: 100 }, (_, i) => personColour(`person${i}`)));
	expect(colours.size).toBe(8);
});
