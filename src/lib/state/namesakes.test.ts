import type { Person } from '#lib/protocol/api.ts';
import { expect, test } from 'vitest';
import type { App } from './app.svelte.ts';
import { distinctNameOf } from './namesakes.ts';

type Some = {
	people: Person[];
	former?: { id: string; name: string }[];
	offices?: [personId: string, title: string][];
};

function namesIn({ people, former = [], offices = [] }: Some): string[] {
	const app = {
		people,
		former,
		person: (id: string) => [...people, ...former].find((one) => one.id === id),
		directory: {
			bodies: [{ id: 'b', name: 'Stadtvorstand' }],
			offices: offices.map(([personId, title]) => ({ personId, title, bodyId: 'b' })),
		},
	} as unknown as App;
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
