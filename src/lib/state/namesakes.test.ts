import type { Person } from '#lib/protocol/api.ts';
import { expect, test } from 'vitest';
import type { App } from './app.svelte.ts';
import { claimedPerson, distinctNameOf } from './namesakes.ts';

type Some = {
	people: Person[];
	former?: { id: string; name: string }[];
	offices?: [personId: string, title: string][];
};

function appOf({ people, former = [], offices = [] }: Some): App {
	return {
		people,
		former,
		person: (id: string) => [...people, ...former].find((one) => one.id === id),
		directory: {
			bodies: [{ id: 'b', name: 'Stadtvorstand' }],
			offices: offices.map(([personId, title]) => ({ personId, title, bodyId: 'b' })),
		},
	} as unknown as App;
}

function namesIn(some: Some): string[] {
	const app = appOf(some);
	const { people, former = [] } = some;
	return [...people, ...former].map(({ id }) => distinctNameOf(app, id));
}

const kim = (id: string, more: Partial<Person> = {}): Person => ({ id, name: 'Kim Saathoff', role: 'board', ...more });

test('who shares their name with nobody is called by it', () => {
	expect(namesIn({ people: [kim('a'), kim('b', { name: 'Jonas' })], offices: [['a', 'Kasse']] })).toEqual([
		'Kim Saathoff',
		'Jonas',
	]);
});

test('those of one name are told apart by office, role or contact, and else by a number', () => {
	expect(namesIn({ people: [kim('a'), kim('b')], offices: [['b', 'Kasse']] })).toEqual([
		'Kim Saathoff (Vorstand)',
		'Kim Saathoff (Kasse, Stadtvorstand)',
	]);
	expect(namesIn({ people: [kim('a'), kim('b', { role: 'member', name: 'kim saathoff' })] })).toEqual([
		'Kim Saathoff (Vorstand)',
		'kim saathoff (Mitglied)',
	]);
	expect(namesIn({ people: [kim('a', { contact: '0171' }), kim('b')] })).toEqual([
		'Kim Saathoff (Vorstand, 0171)',
		'Kim Saathoff (Vorstand, 2)',
	]);
	expect(namesIn({ people: [kim('b'), kim('a')] })).toEqual([
		'Kim Saathoff (Vorstand, 2)',
		'Kim Saathoff (Vorstand, 1)',
	]);
});

test('also from who was here before', () => {
	expect(namesIn({ people: [kim('a')], former: [{ id: 'z', name: 'Kim Saathoff' }] })).toEqual([
		'Kim Saathoff (Vorstand)',
		'Kim Saathoff (Ehemaliges Mitglied)',
	]);
});

test('whom a file names is a person of ours only where nobody else is or was called so', () => {
	const claimed = (some: Some, by: string) => claimedPerson(appOf(some), by);
	const two = { people: [kim('a'), kim('b', { name: 'Jonas' })] };
	expect(claimed(two, 'word:Kim Saathoff')).toBe('a');
	expect(claimed(two, 'word: kim saathoff ')).toBe('a');
	expect(claimed(two, 'b')).toBe('b');
	// Another letter that looks the same, a part of the name, no name.
	for (const by of ['word:K\u0456m Saathoff', 'word:Kim', 'word:', 'word:?']) expect(claimed(two, by)).toBe(by);
	const again = { people: [kim('a'), kim('b', { name: ' Kim SAATHOFF' })] };
	expect(claimed(again, 'word:Kim Saathoff')).toBe('word:Kim Saathoff');
	const gone = { people: [kim('a')], former: [{ id: 'z', name: 'Kim Saathoff' }] };
	expect(claimed(gone, 'word:Kim Saathoff')).toBe('word:Kim Saathoff');
});
