import { expect, test } from 'vitest';
import { choicesOf, formsFor, narrow, type Source } from './choices.ts';
import type { FactSources } from './fact.ts';
import type { Vote } from '../minutes.ts';

const days: Readonly<Record<string, string>> = {
	old: '2024-11-12',
	today: '2024-12-10',
	next: '2025-01-09',
	later: '2025-02-13',
};

const facts: FactSources = {
	meeting: (id) => ({
		start: `${days[id] ?? '2024-01-01'}T18:00`,
		end: null,
		place: id === 'next' ? 'Markt' : '',
		status: 'planned',
	}),
	action: () => null,
	shift: () => null,
	resolution: () => ({ text: 'Es werden Plakate bestellt.', vote: null, status: 'adopted' }),
	office: () => ({ title: 'Vorsitz', personId: 'mara' }),
	personName: () => 'Mara Sander',
};

const sources: Source[] = [
	...Object.entries(days).map(([of, day]) => ({ kind: 'meeting' as const, of, day, what: `Sitzung ${of}` })),
	{ kind: 'resolution', of: 'old/b1', day: null, what: 'Beschluss' },
	{ kind: 'office', of: 'chair', day: null, what: 'Amt Vorsitz' },
];

test('what comes next stands first, what was last; the likeliest form of each before any second one', () => {
	const choices = choicesOf(sources, '2024-12-10', 'de', facts);
	expect(choices.slice(0, 6).map(({ text }) => text)).toEqual([
		'Do., 9. Januar 2025, 18 Uhr',
		'Do., 13. Februar 2025, 18 Uhr',
		'Di., 10. Dezember 2024, 18 Uhr',
		'Es werden Plakate bestellt.',
		'Mara Sander',
		'Di., 12. November 2024, 18 Uhr',
	]);
	expect(choices.filter(({ form }) => form === 'de.place').map(({ text }) => text)).toEqual(['Markt']);
});

test('what is typed narrows the choices, in any order of its words', () => {
	const choices = choicesOf(sources, '2024-12-10', 'de', facts);
	expect(narrow(choices, 'januar sitz').map(({ of }) => of)).toEqual(['next', 'next']);
	expect(narrow(choices, 'nirgends')).toEqual([]);
	expect(narrow(choices, '  ')).toEqual(choices);
});

test('a date may be written as any date in both languages, a place as it is', () => {
	const next = { kind: 'meeting', of: 'next', text: '', was: '' };
	const written = formsFor({ ...next, form: 'de.when' }, facts).map(({ text }) => text);
	expect(written).toEqual(
		expect.arrayContaining(['9. Januar', 'am 9.1.', '9 January 2025', 'Thu, 9 January 2025, 18:00']),
	);
	expect(new Set(written).size).toBe(written.length);
	expect(formsFor({ ...next, form: 'de.place' }, facts)).toEqual([]);
	expect(formsFor({ ...next, form: 'xx.when' }, facts)).toEqual([]);
});

test('a motion is offered while it is not decided, and not when it was rejected', () => {
	const offered = (vote: Vote | null) => {
		const text = 'Es werden keine Plakate bestellt.';
		const changed = { ...facts, resolution: () => ({ text, vote, status: 'draft' as const }) };
		return choicesOf(sources, '2024-12-10', 'de', changed).filter(({ kind }) => kind === 'resolution').length;
	};
	expect(offered(null)).toBe(1);
	expect(offered({ yes: 0, no: 5, abstention: 0 })).toBe(0);
});

test('of what is offered it is known that it is cancelled, or not decided yet', () => {
	const changed: FactSources = {
		...facts,
		meeting: () => ({ start: '2025-01-09T18:00', end: null, place: '', status: 'cancelled' }),
		action: () => ({ date: '2025-01-18', place: '', status: 'cancelled' }),
		shift: () => ({ start: '2025-01-18T10:00', end: '2025-01-18T12:00' }),
		resolution: () => ({ text: 'Es werden Plakate bestellt.', vote: null, status: 'draft' }),
	};
	const all = ['meeting', 'action', 'shift', 'resolution', 'office'] as const;
	const named = all.map((kind) => ({ kind, of: 'a/b', day: null, what: kind }));
	const caveats = choicesOf(named, '2024-12-10', 'de', changed).map(({ kind, caveats }) => [kind, caveats]);
	expect(Object.fromEntries(caveats)).toEqual({
		meeting: ['cancelled'],
		action: ['cancelled'],
		shift: ['cancelled'],
		resolution: ['undecided'],
		office: [],
	});
});
