/** What a page gives the checker. */
import type { Person } from '#lib/protocol/api.ts';
import type { Directory } from '#lib/documents/directory.ts';
import { checkText } from '#lib/domain/checker/check-text.ts';
import { readFact } from '#lib/domain/facts/fact.ts';
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

function factsOf(association: string, isGuest = false): Facts {
	const doc = new Y.Doc();
	const handle = { name: 'bulletin:b' as const, doc, status: { loaded: true }, onStatus: () => () => {} };
	const people = [{ id: 'p', name: 'Frieda Baumgart', role: 'board' }] as Person[];
	const app = {
		directory,
		directoryHandle: handle,
		association: { name: association },
		people,
		isGuest,
	} as unknown as App;
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

test('a guest is told of nothing that it was deleted, and led to nothing but their meeting', () => {
	const [board, guest] = [factsOf('SPD Musterstadt'), factsOf('SPD Musterstadt', true)];
	const fact = { kind: 'meeting', of: 'other', form: 'de.day', text: '14. Dezember 2026', was: '2026-12-14' };
	expect(readFact(fact, board.sources).state).toBe('gone');
	expect(readFact(fact, guest.sources)).toEqual({ state: 'unreadable', text: '14. Dezember 2026' });
	expect(board.hrefOf(fact)).toBe('/meetings/other');
	expect(guest.hrefOf(fact)).toBe('');
	expect(guest.hrefOf({ kind: 'meeting', of: 'm' })).toBe('/meetings/m');
});
