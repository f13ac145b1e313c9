import { daysBetween } from '#lib/domain/local-time.ts';
import { expect, test } from 'vitest';
import type { Version } from '../storage/version-contract.ts';
import { versionsToForget } from './thinning.ts';

const hour = 3_600_000;
const zone = 'Europe/Berlin';

function madeAt(time: string, label: string | null = null): Version {
	return { id: time, label, madeAt: Date.parse(time), personId: null, sequence: 1 };
}

/** What is left, oldest first. */
function left(times: readonly string[], now: string, label: string | null = null): string[] {
	const newestFirst = times.toSorted().toReversed();
	const versions = newestFirst.map((time) => madeAt(time, label));
	const gone = versionsToForget(versions, Date.parse(now), zone);
	return newestFirst.filter((time) => !gone.includes(time)).toReversed();
}

test('all of today stays, and today is a day of the association’s', () => {
	// Half past midnight in Berlin is the day before in UTC.
	const today = ['2025-01-09T22:30Z', '2025-01-09T23:30Z', '2025-01-10T08:00Z', '2025-01-10T08:10Z'];
	expect(left(today, '2025-01-10T20:00Z')).toEqual(today);
	expect(left(['2025-01-09T21:30Z', ...today], '2025-01-10T20:00Z')).toEqual(today);
});

test('of an earlier day stays the last, for a month', () => {
	const day = ['2025-01-09T08:00Z', '2025-01-09T12:00Z', '2025-01-09T18:00Z'];
	expect(left(day, '2025-01-10T08:00Z')).toEqual(['2025-01-09T18:00Z']);
	const days = ['2025-01-06T12:00Z', '2025-01-07T12:00Z', '2025-01-08T12:00Z'];
	expect(left(days, '2025-02-06T12:00Z')).toEqual(days);
});

test('of an earlier week stays the last, for a year, and then none', () => {
	const week = ['2025-01-06T12:00Z', '2025-01-07T12:00Z', '2025-01-12T12:00Z'];
	const before = '2025-01-05T12:00Z';
	expect(left([before, ...week], '2025-03-01T12:00Z')).toEqual([before, '2025-01-12T12:00Z']);
	expect(left(week, '2026-01-13T12:00Z')).toEqual(['2025-01-12T12:00Z']);
	expect(left(week, '2026-01-14T12:00Z')).toEqual([]);
});

test('what a person named stays', () => {
	expect(left(['2001-01-01T00:00Z', '2001-01-01T00:01Z'], '2026-01-14T12:00Z', 'named')).toHaveLength(2);
});

test('thinned every hour or once at the end: the same is left, and every written day of the last month is there', () => {
	const start = Date.parse('2024-02-01T00:00Z');
	const end = Date.parse('2025-04-15T10:00Z');
	const all: Version[] = [];
	let often: Version[] = [];
	for (let at = start; at <= end; at += 3 * hour) {
		const version = madeAt(new Date(at).toISOString());
		all.unshift(version);
		const gone = new Set(versionsToForget([version, ...often], at, zone));
		often = [version, ...often].filter(({ id }) => !gone.has(id));
	}
	const gone = new Set(versionsToForget(all, end, zone));
	expect(often).toEqual(all.filter(({ id }) => !gone.has(id)));
	const ages = often.map(({ id }) => daysBetween(id.slice(0, 10), '2025-04-15'));
	for (let age = 0; age <= 31; age++) expect(ages).toContain(age);
	expect(often.length).toBeLessThan(8 + 31 + 53);
});
