import type { Person } from '#lib/protocol/api.ts';
import { expect, test } from 'vitest';
import { presentName } from './present-name.ts';

test('facts name who is here, and nobody whom the server would not name', () => {
	const mara: Person = { id: 'mara', name: 'Mara', role: 'board' };
	const known = [mara, { ...mara, id: 'jonas', name: 'Jonas' }, { ...mara, id: 'erased', name: 'Ehemaliges Mitglied' }];
	const asked: string[] = [];
	const app = {
		people: [mara],
		person(id: string) {
			asked.push(id);
			return known.find((one) => one.id === id);
		},
	};
	expect(['mara', 'jonas', 'erased', 'new', ''].map((id) => presentName(app, id))).toEqual(['Mara', '', '', '', '']);
	expect(asked, 'who is not known is asked for').toContain('new');
});
