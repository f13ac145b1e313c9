import { checkSpan } from '#lib/domain/meeting.ts';
import type { Shift } from '#lib/domain/roster.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readRoster, rosterSchema } from './roster.ts';
import {
	addShift,
	addStation,
	assignPerson,
	editNote,
	moveShift,
	removeShift,
	removeStation,
	renameStation,
	restoreShift,
	restoreStation,
	setContact,
	unassignPerson,
	updateShift,
} from './change-roster.ts';
import { localOrigin, schemaVersionOf } from './shape.ts';

const shift: Shift = {
	id: 'first',
	start: '2025-01-18T10:00',
	end: '2025-01-18T12:00',
	stationId: 'stand',
	need: 3,
	branchId: null,
	people: ['ada'],
};

function peers(count: number): Y.Doc[] {
	return Array.from({ length: count }, (_, at) => {
		const doc = new Y.Doc();
		doc.clientID = at + 1;
		return doc;
	});
}

function exchange(docs: readonly Y.Doc[]): void {
	for (const from of docs)
		for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'remote');
}

test('what is written is read', () => {
	const doc = new Y.Doc();
	addStation(doc, 'stand', 'Stand');
	addStation(doc, 'truck', 'Lastenrad');
	addShift(doc, shift);
	renameStation(doc, 'stand', 'Stand am Brunnen');
	setContact(doc, 'ada');
	editNote(doc, 'Regenjacken mitbringen');
	assignPerson(doc, 'first', 'cem');
	updateShift(doc, 'first', { branchId: 'nord', need: 4.7, stationId: 'truck' });
	moveShift(doc, 'first', '2025-01-18T11:00', '2025-01-18T13:00');
	const roster = readRoster(doc);
	expect(roster.stations.map((station) => station.name)).toEqual(['Stand am Brunnen', 'Lastenrad']);
	expect(roster).toMatchObject({ contactId: 'ada', note: 'Regenjacken mitbringen' });
	expect(roster.shifts).toEqual([
		{
			...shift,
			start: '2025-01-18T11:00',
			end: '2025-01-18T13:00',
			stationId: 'truck',
			branchId: 'nord',
			need: 4,
			people: ['ada', 'cem'],
		},
	]);
	expect(schemaVersionOf(doc)).toBe(rosterSchema);
});

test('every mutation is one transaction of this person', () => {
	const doc = new Y.Doc();
	addStation(doc, 'stand', 'Stand');
	addShift(doc, shift);
	const origins: unknown[] = [];
	doc.on('update', (_update: Uint8Array, origin: unknown) => origins.push(origin));
	moveShift(doc, 'first', '2025-01-18T11:00', '2025-01-18T13:00');
	unassignPerson(doc, 'first', 'ada');
	removeShift(doc, 'first');
	removeStation(doc, 'stand');
	expect(origins).toEqual([localOrigin, localOrigin, localOrigin, localOrigin]);
});

test('a change of a shift that is gone changes nothing', () => {
	const doc = new Y.Doc();
	const before = Y.encodeStateAsUpdate(doc);
	assignPerson(doc, 'gone', 'ada');
	moveShift(doc, 'gone', shift.start, shift.end);
	expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
});

test('two people assign different people to one shift, offline: both stay', () => {
	const [a, b] = peers(2) as [Y.Doc, Y.Doc];
	addShift(a, shift);
	exchange([a, b]);
	assignPerson(a, 'first', 'ben');
	assignPerson(b, 'first', 'cem');
	exchange([a, b]);
	expect(readRoster(a).shifts[0]?.people).toEqual(['ada', 'ben', 'cem']);
	expect(readRoster(b)).toEqual(readRoster(a));
});

test('one moves the start, the other the end, offline: one of the two spans wins, never a mixture', () => {
	const [a, b] = peers(2) as [Y.Doc, Y.Doc];
	addShift(a, shift);
	exchange([a, b]);
	moveShift(a, 'first', '2025-01-18T11:30', '2025-01-18T12:00');
	moveShift(b, 'first', '2025-01-18T10:00', '2025-01-18T11:00');
	exchange([a, b]);
	const [merged] = readRoster(a).shifts;
	expect([
		['2025-01-18T11:30', '2025-01-18T12:00'],
		['2025-01-18T10:00', '2025-01-18T11:00'],
	]).toContainEqual([merged?.start, merged?.end]);
});

test('a removed station or shift is put back as it was', () => {
	const doc = new Y.Doc();
	addStation(doc, 'stand', 'Stand');
	addStation(doc, 'truck', 'Lastenrad');
	addShift(doc, shift);
	const before = readRoster(doc);
	removeShift(doc, 'first');
	removeStation(doc, 'stand');
	expect(readRoster(doc)).toMatchObject({ shifts: [], stations: [{ id: 'truck' }] });
	restoreShift(doc, 'first');
	restoreStation(doc, 'stand');
	expect(readRoster(doc)).toEqual(before);
});

test('who assigns people to a shift that another removes, offline, finds them when it is put back', () => {
	const [a, b] = peers(2) as [Y.Doc, Y.Doc];
	addShift(a, shift);
	exchange([a, b]);
	removeShift(a, 'first');
	assignPerson(b, 'first', 'ben');
	exchange([a, b]);
	expect(readRoster(b).shifts).toEqual([]);
	restoreShift(a, 'first');
	expect(readRoster(a).shifts[0]?.people).toEqual(['ada', 'ben']);
});

test('malformed records are skipped, and left alone', () => {
	const doc = new Y.Doc();
	addShift(doc, shift);
	const shifts = doc.getMap<unknown>('shifts');
	shifts.set('number', 7);
	shifts.set('impossible', new Y.Map(Object.entries({ ...shift, start: '2025-02-30T10:00' })));
	shifts.set('list', new Y.Array());
	const odd = new Y.Map<unknown>(Object.entries({ start: shift.start, end: shift.end, need: 'many', people: 'ada' }));
	shifts.set('odd', odd);
	doc.getMap<unknown>('stations').set('text', new Y.Text('Stand'));
	doc.getMap('contact').set('personId', { name: 'Ada' });
	const before = Y.encodeStateVector(doc);
	const roster = readRoster(doc);
	expect(roster.shifts.map(({ id }) => id)).toEqual(['first', 'odd']);
	expect(roster.shifts[1]).toEqual({ ...shift, id: 'odd', stationId: null, need: 1, people: [] });
	expect(roster).toMatchObject({ stations: [], contactId: null });
	assignPerson(doc, 'odd', 'ben');
	expect(odd.get('people')).toBe('ada');
	expect(Y.encodeStateVector(doc)).toEqual(before);
});

test('whatever a client writes under our names, reading does not throw', () => {
	fc.assert(
		fc.property(
			fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue()),
			fc.constantFrom('shifts', 'stations', 'contact', 'note', 'meta'),
			(garbage, name) => {
				const doc = new Y.Doc();
				const foreign = new Y.Doc();
				for (const [key, value] of Object.entries(garbage)) {
					foreign.getMap(name).set(key, value);
					foreign.getMap(name).set(`${key}!`, new Y.Map(Object.entries({ start: value, people: value, name: value })));
				}
				Y.applyUpdate(doc, Y.encodeStateAsUpdate(foreign));
				const { shifts } = readRoster(doc);
				expect(shifts).toEqual([]);
			},
		),
	);
});

type Step = { who: number; what: number; id: number; value: number; exchange: boolean };

function take(doc: Y.Doc, { what, id, value }: Step): void {
	const shiftId = `s${id}`;
	const at = (hour: number) => `2025-01-18T${String(hour).padStart(2, '0')}:00`;
	const steps = [
		() => addShift(doc, { ...shift, id: `s${id}`, people: [`p${value}`] }),
		() => assignPerson(doc, shiftId, `p${value}`),
		() => unassignPerson(doc, shiftId, `p${value}`),
		() => moveShift(doc, shiftId, at(value), at(value + 1 + id)),
		() => updateShift(doc, shiftId, { need: value }),
		() => updateShift(doc, shiftId, { branchId: `b${value}` }),
		() => removeShift(doc, shiftId),
		() => restoreShift(doc, shiftId),
		() => addStation(doc, `x${id}`, `Stand ${value}`),
		() => renameStation(doc, `x${id}`, `Stand ${value} neu`),
		() => editNote(doc, `${readRoster(doc).note} ${value}`),
	];
	steps[what % steps.length]?.();
}

test('random concurrent histories end in one roster, and no span is a mixture of two', () => {
	const step = fc.record({
		who: fc.nat(2),
		what: fc.nat(10),
		id: fc.nat(3),
		value: fc.nat(12),
		exchange: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
			const docs = peers(3);
			for (const next of steps) {
				take(docs[next.who] as Y.Doc, next);
				if (next.exchange) exchange(docs.slice(0, 2));
			}
			exchange(docs);
			exchange(docs);
			const [first, ...others] = docs.map((doc) => [readRoster(doc), schemaVersionOf(doc), doc.toJSON()]);
			for (const other of others) expect(other).toEqual(first);
			for (const { start, end } of readRoster(docs[0] as Y.Doc).shifts) expect(checkSpan(start, end)).toBeNull();
		}),
		{ seed: 20250118, numRuns: 300 },
	);
});
