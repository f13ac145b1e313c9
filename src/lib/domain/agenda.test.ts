import { describe, expect, test } from 'vitest';
import { isItemMinutes, scheduleOf, startTimes, type AgendaItem } from './agenda.ts';

function item(id: string, minutes: number): AgendaItem {
	return { id, title: id, kind: 'discussion', minutes, presenterId: null, notes: '', public: true, order: id };
}

describe('start times', () => {
	test('run on from item to item', () => {
		expect(startTimes([item('a', 20), item('b', 15), item('c', 0), item('d', 5)], '2024-12-10T18:00')).toEqual([
			'2024-12-10T18:00',
			'2024-12-10T18:20',
			'2024-12-10T18:35',
			'2024-12-10T18:35',
		]);
	});

	test('go beyond midnight into the next day', () => {
		expect(startTimes([item('a', 90), item('b', 10)], '2024-12-31T23:00')).toEqual([
			'2024-12-31T23:00',
			'2025-01-01T00:30',
		]);
	});

	test('no items, no times', () => {
		expect(startTimes([], '2024-12-10T18:00')).toEqual([]);
	});
});

describe('a schedule', () => {
	const items = [item('a', 45), item('b', 50)];

	test('numbers the items from one', () => {
		const schedule = scheduleOf(items, { start: '2024-12-10T18:00', end: null });
		expect(schedule.items.map(({ number, start }) => [number, start])).toEqual([
			[1, '2024-12-10T18:00'],
			[2, '2024-12-10T18:45'],
		]);
		expect(schedule).toMatchObject({ minutes: 95, end: '2024-12-10T19:35', over: 0 });
	});

	test('says by how much it goes beyond the end, and nothing when it just fits', () => {
		expect(scheduleOf(items, { start: '2024-12-10T18:00', end: '2024-12-10T19:30' }).over).toBe(5);
		expect(scheduleOf(items, { start: '2024-12-10T18:00', end: '2024-12-10T19:35' }).over).toBe(0);
		expect(scheduleOf(items, { start: '2024-12-10T18:00', end: '2024-12-10T22:00' }).over).toBe(0);
	});
});

test.each([
	[0, true],
	[600, true],
	[601, false],
	[-1, false],
	[1.5, false],
	[Number.NaN, false],
	['5', false],
])('%s planned minutes: %s', (value, expected) => {
	expect(isItemMinutes(value)).toBe(expected);
});
