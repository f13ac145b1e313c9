import { expect, test } from 'vitest';
import { fromTyped, toTyped, typedOver, withMention, type Typed } from './mentions.ts';

const people = [
	{ id: 'p1', name: 'Mara' },
	{ id: 'p2', name: 'Mara Lindner' },
	{ id: 'k1', name: 'Kim Saathoff (Kasse)' },
	{ id: 'k2', name: 'Kim Saathoff (Vorstand)' },
	{ id: 'j', name: 'Jonas Petersen' },
];
const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? 'Ehemaliges Mitglied';
const nothing: Typed = { text: '', mentions: [] };
const held = (text: string) => fromTyped(typedOver(nothing, text), people);

test('people are typed by name and held by id', () => {
	const words = held('@Mara Lindner und @Mara, bitte');
	expect(words).toBe('@[p2] und @[p1], bitte');
	expect(toTyped(words, nameOf).text).toBe('@Mara Lindner und @Mara, bitte');
	expect(held('@Niemand')).toBe('@Niemand');
	expect(held(' (@Kim Saathoff (Kasse)): ja. @Jonas Petersen.\n')).toBe('(@[k1]): ja. @[j].');
});

test.each([
	'@Jonas Petersensen',
	'@Jonas Petersen-Meyer',
	'info@Mara.de',
	'post.@Mara',
	'@Mara.de',
	'@Mara’s',
	'@Kim Saathoff',
])('what only looks like a mention is none: %s', (text) => {
	expect(held(text)).toBe(text);
});

test('who was chosen is meant, of two with one name too', () => {
	const chosen = withMention(typedOver(nothing, 'Bitte @Ki, danke'), 6, 9, { id: 'k2', name: 'Kim' });
	expect(chosen.text).toBe('Bitte @Kim , danke');
	const both = withMention(typedOver(chosen, 'Bitte @Kim  @K'), 12, 14, { id: 'k1', name: 'Kim' });
	expect(fromTyped(both, people)).toBe('Bitte @[k2]  @[k1]');
	expect(fromTyped(typedOver(both, `Hallo: ${both.text}`), people)).toBe('Hallo: Bitte @[k2]  @[k1]');
	// One is changed by hand.
	expect(fromTyped(typedOver(both, both.text.replace('Kim', 'Kai')), people)).toBe('Bitte @Kai  @[k1]');
});

test('a mention stays one when its remark is changed, whoever it is of', () => {
	const words = 'Frag @[gone] oder @[erased], @[p1]s Kasse';
	const typed = toTyped(words, nameOf);
	expect(typed.text).toBe('Frag @Ehemaliges Mitglied oder @Ehemaliges Mitglied, @Maras Kasse');
	expect(fromTyped(typed, [])).toBe(words);
	expect(fromTyped(typedOver(typed, `Bitte ${typed.text} danke`), [])).toBe(`Bitte ${words} danke`);
	expect(fromTyped(typedOver(typed, typed.text.replace('oder', 'und')), [])).toBe(words.replace('oder', 'und'));
	// What is written before it begins as it does.
	const alone = toTyped('@[p1] fragen', nameOf);
	expect(fromTyped(typedOver(alone, '@Martin und @Mara fragen'), [])).toBe('@Martin und @[p1] fragen');
});
