/** What a page gives the checker. */
import type { Person } from '#lib/protocol/api.ts';
import type { Directory } from '#lib/documents/directory.ts';
import { checkText } from '#lib/domain/checker/check-text.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { App } from './app.svelte.ts';
import { Facts } from './facts.svelte.ts';

const directory = {
	...{ bodies: [], branches: [], offices: [], bulletins: [] },
	meetings: [
		{ id: 'm', title: 'Vorstandssitzung', bodyId: null, start: '2027-01-09T18:00', end: null, status: 'planned' },
	],
	rosters: [{ id: 'r', title: 'Aktionstag', place: '', date: '2027-01-18', status: 'open' }],
} as unknown as Directory;

function factsOf(association: string): Facts {
	const doc = new Y.Doc();
	const handle = { doc, status: { loaded: true }, onStatus: () => () => {} };
	const people = [{ id: 'p', name: 'Frieda Baumgart', role: 'board' }] as Person[];
	const app = { directory, directoryHandle: handle, association: { name: association }, people } as unknown as App;
	return new Facts(
		app,
		() => '2026-12-10',
		handle,
		() => 'de',
	);
}

test('the checker knows the association by its name: what is said to be its own is nobody else’s', () => {
	const kinds = (association: string) =>
		checkText('Der Aktionstag der SPD Musterstadt ist am 17. Januar.', factsOf(association).calendar).map(
			({ says }) => says.kind,
		);
	expect(kinds('SPD Musterstadt')).toEqual(['other-date']);
	expect(kinds('SPD Neustadt')).toEqual([]);
});
