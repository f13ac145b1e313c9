import { expect, test } from 'vitest';
import {
	doubleBooked,
	followUp,
	groupByDay,
	openPlaces,
	openPlacesOf,
	overlap,
	partOfDay,
	proposeShift,
	splitByDate,
	toGrid,
	type Shift,
} from './roster.ts';

function shift(id: string, from: string, to: string, fields: Partial<Shift> = {}): Shift {
	return {
		id,
		start: `2025-01-18T${from}`,
		end: `2025-01-18T${to}`,
		stationId: 'stand',
		need: 3,
		branchId: null,
		people: [],
		...fields,
	};
}

test('a surplus in one shift fills no gap in another', () => {
	const crowded = shift('a', '10:00', '12:00', { need: 1, people: ['p', 'q', 'r'] });
	const empty = shift('b', '12:00', '14:00', { need: 2 });
	expect(openPlaces(crowded)).toBe(0);
	expect(openPlacesOf([crowded, empty])).toBe(2);
});

test('the parts of a day meet at noon and at five', () => {
	expect(['00:00', '11:59', '12:00', '16:59', '17:00', '23:30'].map(partOfDay)).toEqual([
		'morning',
		'morning',
		'afternoon',
		'afternoon',
		'evening',
		'evening',
	]);
});

test('shifts are grouped by day and part of the day, by time, and nothing is empty', () => {
	const next = { ...shift('d', '09:00', '10:00'), start: '2025-01-19T09:00', end: '2025-01-19T10:00' };
	const days = groupByDay([
		next,
		shift('c', '14:00', '16:00'),
		shift('b', '10:00', '12:00'),
		shift('a', '10:00', '12:00'),
	]);
	expect(days.map(({ date, parts }) => [date, parts.map((p) => [p.part, p.shifts.map((s) => s.id)])])).toEqual([
		[
			'2025-01-18',
			[
				['morning', ['a', 'b']],
				['afternoon', ['c']],
			],
		],
		['2025-01-19', [['morning', ['d']]]],
	]);
	expect(groupByDay([])).toEqual([]);
});

test('the grid has a row for each span and a last column only for shifts without a place', () => {
	const shifts = [
		shift('a', '10:00', '12:00', { stationId: 'x' }),
		shift('b', '10:00', '12:00', { stationId: 'y' }),
		shift('c', '10:00', '11:00', { stationId: 'y' }),
	];
	const grid = toGrid(shifts, ['x', 'y'], (s) => s.stationId);
	expect(grid.columns).toEqual(['x', 'y']);
	expect(grid.rows.map((row) => row.cells.map((cell) => cell.map((s) => s.id)))).toEqual([
		[[], ['c']],
		[['a'], ['b']],
	]);
	const withLost = toGrid(
		[...shifts, shift('d', '10:00', '11:00', { stationId: 'gone' })],
		['x', 'y'],
		(s) => s.stationId,
	);
	expect(withLost.columns).toEqual(['x', 'y', null]);
	expect(withLost.rows[0]?.cells[2]?.map((s) => s.id)).toEqual(['d']);
});

test('a person on two shifts at one time is named at both; touching shifts are fine', () => {
	const a = shift('a', '10:00', '12:00', { people: ['p', 'q'] });
	const b = shift('b', '11:00', '13:00', { people: ['p'] });
	const c = shift('c', '13:00', '14:00', { people: ['p', 'q'] });
	expect(overlap(b, c)).toBe(false);
	expect([...doubleBooked([a, b, c])]).toEqual([
		['a', ['p']],
		['b', ['p']],
	]);
});

test('a new shift follows the last one, as long, at the same station, without its people and branch', () => {
	const roster = {
		note: '',
		contactId: null,
		stations: [{ id: 'stand', name: 'Stand', order: 'a0' }],
		shifts: [shift('b', '12:00', '13:30', { branchId: 'nord', people: ['p'], need: 4 }), shift('a', '10:00', '12:00')],
	};
	expect(proposeShift(roster, '2025-01-18', 'new')).toEqual(shift('new', '13:30', '15:00', { need: 4 }));
	expect(proposeShift({ ...roster, shifts: [] }, '2025-01-18', 'new')).toEqual(
		shift('new', '10:00', '12:00', { need: 2 }),
	);
});

test('a copy keeps the branch and stays valid even when the original was not', () => {
	expect(followUp(shift('a', '10:00', '12:00', { branchId: 'nord' }), 'b').branchId).toBe('nord');
	expect(followUp(shift('a', '12:00', '11:00'), 'b')).toMatchObject({
		start: '2025-01-18T11:00',
		end: '2025-01-18T11:15',
	});
});

test('an action of today is still to come', () => {
	const dates = ['2025-01-18', '2024-12-24', '2025-02-01', '2025-01-17'].map((date) => ({ date }));
	const { upcoming, past } = splitByDate(dates, '2025-01-18');
	expect(upcoming.map((entry) => entry.date)).toEqual(['2025-01-18', '2025-02-01']);
	expect(past.map((entry) => entry.date)).toEqual(['2025-01-17', '2024-12-24']);
});
