import { describe, expect, test } from 'vitest';
import { mixesAlphabets, passesFor } from './names.ts';

describe('letters of several alphabets in one name', () => {
	test.each([
		['a Cyrillic letter in a Latin name', 'M\u0430ra Lindner'],
		['a Greek one', 'Alm\u03b1'],
		['two names of two alphabets', 'Mara \u041b\u0438\u043d\u0434\u043d\u0435\u0440'],
		['Cyrillic and Greek', '\u0410\u03bb\u03bc\u03b1'],
		['letters that are Latin ones in disguise', '\ud835\udc00\u043bm\u0430'],
	])('%s', (_what, name) => expect(mixesAlphabets(name)).toBe(true));

	test.each(['Mara Lindner', 'Zoë Müller-Łącki', 'Анна Иванова', 'Ελένη Παπαδοπούλου', '田中 さくら', 'O’Neil (3)'])(
		'%s is of one',
		(name) => expect(mixesAlphabets(name)).toBe(false),
	);
});

describe('a name that looks like another’s', () => {
	test.each([
		['in Cyrillic', '\u0421\u0430\u0440\u0430', 'Capa'],
		['in Greek', '\u0391\u039d\u039d\u0391', 'ANNA'],
		['with a mark upon it', '\u0407\u043e', 'Ïo'],
		['with a letter that normalizing changes', '\u03bf\u03f2\u03bf', 'oco'],
		['in disguise', '\ud835\udc00nna', 'Anna'],
		['between Cyrillic and Greek', '\u0410\u041d\u041e', '\u0391\u0397\u039f'],
		['with a joiner in it', 'Ma\u200dra', 'Mara'],
		['with an I for an l', 'AIma Lindner', 'Alma Lindner'],
		['with a digit', '1lse 0tt', 'Ilse Ott'],
		['with two letters for one', 'Wilhehn Bernd', 'Wilhehn Bemd'],
		['with two of one for another', 'VVerner vveber', 'VVerner weber'],
		['with more room inside', 'Mara  Lindner', 'Mara Lindner'],
	])('%s', (_how, name, other) => {
		expect(passesFor(name, other)).toBe(true);
		expect(passesFor(other, name)).toBe(true);
	});

	test('is none that is the same, in whatever form, or another', () => {
		expect(passesFor('Zoë', 'Zoe\u0308')).toBe(false);
		expect(passesFor('Anna', 'Anna')).toBe(false);
		expect(passesFor('Zoë', 'Zoe')).toBe(false);
		expect(passesFor('Анна', 'Anna')).toBe(false);
		// Who is called nearly alike is not refused.
		for (const [name, other] of [
			['Ida', 'Ada'],
			['Arne', 'Anne'],
			['Jan', 'Jon'],
			['Willi', 'Wilm'],
		] as const)
			expect(passesFor(name, other)).toBe(false);
	});
});
