import { expect, test } from 'vitest';
import { fromTyped, toTyped } from './comments.svelte.ts';

const people = [
	{ id: 'p1', name: 'Mara' },
	{ id: 'p2', name: 'Mara Lindner' },
];

test('people are typed by name and held by id', () => {
	const held = fromTyped('@Mara Lindner und @Mara, bitte', people);
	expect(held).toBe('@[p2] und @[p1], bitte');
	expect(toTyped(held, (id) => people.find((person) => person.id === id)?.name ?? '')).toBe(
		'@Mara Lindner und @Mara, bitte',
	);
	expect(fromTyped('@Niemand', people)).toBe('@Niemand');
});
