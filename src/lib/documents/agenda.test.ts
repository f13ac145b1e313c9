import { newAgendaItem, type AgendaItem } from '#lib/domain/agenda.ts';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readAgenda } from './agenda.ts';
import {
	addAgendaItem,
	moveAgendaItem,
	removeAgendaItem,
	restoreAgendaItem,
	updateAgendaItem,
} from './change-agenda.ts';
import { schemaVersionOf } from './shape.ts';

function add(doc: Y.Doc, id: string, before: string | null = null): void {
	addAgendaItem(doc, { ...newAgendaItem, id, title: `Title ${id}` }, before);
}

function ids(doc: Y.Doc): string {
	return readAgenda(doc)
		.items.map(({ id }) => id)
		.join(' ');
}

function first(doc: Y.Doc): AgendaItem | undefined {
	return readAgenda(doc).items[0];
}

/** Two devices that both hold the agenda `a b c`. */
function twoDevices(): [Y.Doc, Y.Doc] {
	const one = new Y.Doc();
	for (const id of ['a', 'b', 'c']) add(one, id);
	const two = new Y.Doc();
	meet(one, two);
	return [one, two];
}

function meet(one: Y.Doc, two: Y.Doc): void {
	Y.applyUpdate(two, Y.encodeStateAsUpdate(one, Y.encodeStateVector(two)));
	Y.applyUpdate(one, Y.encodeStateAsUpdate(two, Y.encodeStateVector(one)));
	expect(readAgenda(one)).toEqual(readAgenda(two));
}

describe('an agenda', () => {
	test('that nobody wrote is empty, and reading does not write', () => {
		const doc = new Y.Doc();
		expect(readAgenda(doc)).toEqual({ items: [], removed: [] });
		expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
	});

	test('keeps what was said of an item', () => {
		const doc = new Y.Doc();
		const item = {
			id: 'a',
			title: 'Plakate',
			kind: 'decision',
			minutes: 15,
			presenterId: 'p1',
			notes: '1400',
			public: false,
		} as const;
		addAgendaItem(doc, item);
		expect(first(doc)).toMatchObject(item);
		expect(schemaVersionOf(doc)).toBe(1);
	});

	test('takes items in at the end or before another, and moves them', () => {
		const doc = new Y.Doc();
		add(doc, 'a');
		add(doc, 'b');
		add(doc, 'c', 'b');
		expect(ids(doc)).toBe('a c b');
		moveAgendaItem(doc, 'b', 'a');
		expect(ids(doc)).toBe('b a c');
		moveAgendaItem(doc, 'b', null);
		expect(ids(doc)).toBe('a c b');
	});

	test('one change is one update, and a change to what already stands is none', () => {
		const doc = new Y.Doc();
		add(doc, 'a');
		let updates = 0;
		doc.on('update', () => updates++);
		updateAgendaItem(doc, 'a', { title: 'New', minutes: 20, public: false });
		expect(updates).toBe(1);
		updateAgendaItem(doc, 'a', { title: 'New', minutes: 20, public: false });
		expect(updates).toBe(1);
	});

	test('a change to an item that is gone does nothing', () => {
		const doc = new Y.Doc();
		updateAgendaItem(doc, 'none', { title: 'x' });
		moveAgendaItem(doc, 'none', null);
		removeAgendaItem(doc, 'none');
		restoreAgendaItem(doc, 'none');
		expect(readAgenda(doc)).toEqual({ items: [], removed: [] });
	});

	test('a removed item comes back where it was', () => {
		const [doc] = twoDevices();
		removeAgendaItem(doc, 'b');
		expect(ids(doc)).toBe('a c');
		expect(readAgenda(doc).removed).toMatchObject([{ id: 'b', title: 'Title b' }]);
		restoreAgendaItem(doc, 'b');
		expect(ids(doc)).toBe('a b c');
	});
});

describe('two people apart', () => {
	test('who edit one title both find their words', () => {
		const [one, two] = twoDevices();
		updateAgendaItem(one, 'a', { title: 'New title a' });
		updateAgendaItem(two, 'a', { title: 'Title a, later' });
		meet(one, two);
		expect(first(one)?.title).toMatch(/^(New title a|New Title a), later$/);
	});

	test('who change different fields of one item both keep theirs', () => {
		const [one, two] = twoDevices();
		updateAgendaItem(one, 'a', { minutes: 45 });
		updateAgendaItem(two, 'a', { kind: 'decision' });
		moveAgendaItem(two, 'a', null);
		meet(one, two);
		expect(ids(one)).toBe('b c a');
		expect(readAgenda(one).items[2]).toMatchObject({ minutes: 45, kind: 'decision' });
	});

	test('who move the same item leave it once', () => {
		const [one, two] = twoDevices();
		moveAgendaItem(one, 'a', null);
		moveAgendaItem(two, 'a', 'c');
		meet(one, two);
		expect(ids(one).split(' ').sort()).toEqual(['a', 'b', 'c']);
	});

	test('who add at the same place both find their item, and more fit between', () => {
		const [one, two] = twoDevices();
		add(one, 'x', 'b');
		add(two, 'y', 'b');
		meet(one, two);
		expect(ids(one)).toBe('a x y b c');
		add(one, 'z', 'b');
		moveAgendaItem(one, 'c', 'x');
		expect(ids(one)).toBe('a c x y z b');
	});

	test('one removes, the other writes on: the words are there when it is restored', () => {
		const [one, two] = twoDevices();
		removeAgendaItem(one, 'a');
		updateAgendaItem(two, 'a', { title: 'Title a, written on' });
		meet(one, two);
		expect(ids(two)).toBe('b c');
		restoreAgendaItem(two, 'a');
		expect(first(two)?.title).toBe('Title a, written on');
	});
});

describe('what someone else wrote', () => {
	test('is read as far as it has the right form, and not overwritten', () => {
		const doc = new Y.Doc();
		const items = doc.getMap('items');
		items.set('string', 'not a record');
		items.set('array', new Y.Array());
		items.set('blank', new Y.Map());
		items.set(
			'odd',
			new Y.Map<unknown>(
				Object.entries({
					title: 7,
					kind: 'song',
					minutes: -3,
					presenterId: {},
					notes: null,
					public: 'no',
					order: '💥',
					more: 1,
				}),
			),
		);
		const before = Y.encodeStateAsUpdate(doc);
		const expected = {
			title: '',
			kind: 'discussion',
			minutes: 0,
			presenterId: null,
			notes: '',
			public: true,
			order: 'zzzz',
		};
		expect(readAgenda(doc).items).toEqual([
			{ id: 'blank', ...expected },
			{ id: 'odd', ...expected },
		]);
		expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
	});

	test('a higher schema version is not lowered', () => {
		const doc = new Y.Doc();
		doc.getMap('meta').set('schema', 9);
		add(doc, 'a');
		expect(schemaVersionOf(doc)).toBe(9);
	});

	test('an item without an order stands at the end and can be moved', () => {
		const [doc] = twoDevices();
		doc.getMap('items').set('stray', new Y.Map());
		expect(ids(doc)).toBe('a b c stray');
		moveAgendaItem(doc, 'stray', 'a');
		expect(ids(doc)).toBe('stray a b c');
		doc.getMap('items').set('late', new Y.Map());
		add(doc, 'new');
		expect(ids(doc).split(' ').length).toBe(6);
	});
});
