import { getLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourcesOf } from './offered-sources.ts';

const locale = getLocale;
beforeAll(() => overwriteGetLocale(() => 'de'));
afterAll(() => overwriteGetLocale(locale));

const motion = { id: 'd1', itemId: 'i1', text: 'Es werden Plakate bestellt.', order: 'a0' };

test.each([
	['a motion that nobody voted on is called one', { vote: null, status: 'draft' }, 'Antrag'],
	['noted as adopted it is a resolution', { vote: null, status: 'adopted' }, 'Beschluss'],
	['so it is by the votes', { vote: { yes: 5, no: 1, abstention: 0 }, status: 'draft' }, 'Beschluss'],
] as const)('%s', (_, decided, word) => {
	const meeting = { id: 'm1', start: '2026-12-03T18:00' } as Parameters<
		typeof sourcesOf
	>[0]['directory']['meetings'][0];
	const sources = sourcesOf({
		directory: { meetings: [meeting], rosters: [], offices: [], bodies: [], branches: [] },
		rosterOf: () => undefined,
		minutesOf: () => ({ resolutions: [{ ...motion, ...decided }] }),
		closedItemsOf: () => undefined,
		forAll: false,
		nameOfMeeting: () => 'Vorstand',
	});
	expect(sources.find(({ kind }) => kind === 'resolution')?.what).toBe(`${word} · Vorstand, 3.12.2026`);
});
