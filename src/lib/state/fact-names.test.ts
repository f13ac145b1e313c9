import { narrow } from '#lib/domain/facts/choices.ts';
import type { Shift } from '#lib/domain/roster.ts';
import { getLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameOfShift } from './fact-names.ts';
import { sourcesOf, type Known } from './offered-sources.ts';

const locale = getLocale;
beforeAll(() => overwriteGetLocale(() => 'de'));
afterAll(() => overwriteGetLocale(locale));

const shift = (id: string, stationId: string | null, branchId: string | null = null, day = '12'): Shift => ({
	id,
	start: `2026-12-${day}T10:00`,
	end: `2026-12-${day}T12:00`,
	stationId,
	need: 2,
	branchId,
	people: [],
});
const shifts = [shift('a', 'n'), shift('b', 's'), shift('c', 's', 'mitte'), shift('d', 's', null, '13')];
const action = { id: 'r1', title: 'Stand', place: '', date: '2026-12-12', status: 'open' as const };
const places = {
	stations: [
		{ id: 'n', name: 'Nordtor', order: 'a' },
		{ id: 's', name: 'Südtor', order: 'b' },
	],
	branches: [{ id: 'mitte', name: 'OV Mitte', order: 'a' }],
};
const known: Known = {
	directory: { meetings: [], rosters: [action], offices: [], bodies: [], branches: places.branches },
	rosterOf: () => ({ shifts, stations: places.stations }),
	minutesOf: () => undefined,
	closedItemsOf: () => undefined,
	forAll: false,
	nameOfMeeting: () => '',
};

test('shifts of one time are told apart by station and branch, those of one station by their day', () => {
	const names = shifts.map((each) => nameOfShift(action, each, places).replaceAll('\u00a0', ' '));
	expect(names).toEqual([
		'Stand, Nordtor, 12.12.2026, 10:00–12:00 Uhr',
		'Stand, Südtor, 12.12.2026, 10:00–12:00 Uhr',
		'Stand, Südtor, OV Mitte, 12.12.2026, 10:00–12:00 Uhr',
		'Stand, Südtor, 13.12.2026, 10:00–12:00 Uhr',
	]);
});

test('a shift is found by its station', () => {
	const choices = sourcesOf(known).map((source) => ({ ...source, text: '10 bis 12 Uhr' }));
	expect(narrow(choices, 'nordtor').map(({ of }) => of)).toEqual(['r1/a']);
	expect(narrow(choices, 'stand südtor').map(({ of }) => of)).toEqual(['r1/b', 'r1/c', 'r1/d']);
});
