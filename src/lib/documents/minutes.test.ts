import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyOf, readMinutes } from './minutes.ts';
import {
	addResolution,
	addTask,
	removeMinutesRecord,
	restoreMinutesRecord,
	setAttendance,
	setMinutesFacts,
	setVoices,
	updateResolution,
	updateTask,
} from './change-minutes.ts';
import { schemaVersionOf } from './shape.ts';

function write(doc: Y.Doc, itemId: string, ...paragraphs: string[]): void {
	const blocks = paragraphs.map((text) => {
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [new Y.XmlText(text)]);
		return paragraph;
	});
	doc.getXmlFragment(bodyOf(itemId)).insert(0, blocks);
}

function resolve(doc: Y.Doc, id: string): void {
	addResolution(doc, { id, itemId: 'item', text: 'An office is set up.', status: 'draft' });
}

function copyOf(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	meet(doc, copy);
	return copy;
}

function meet(one: Y.Doc, two: Y.Doc): void {
	Y.applyUpdate(two, Y.encodeStateAsUpdate(one, Y.encodeStateVector(two)));
	Y.applyUpdate(one, Y.encodeStateAsUpdate(two, Y.encodeStateVector(one)));
	expect(readMinutes(one)).toEqual(readMinutes(two));
}

describe('minutes', () => {
	test('that nobody wrote are empty, and reading does not write', () => {
		const doc = new Y.Doc();
		expect(readMinutes(doc)).toEqual({
			facts: { chairId: null, minuteTakerId: null },
			attendance: [],
			resolutions: [],
			tasks: [],
			writtenItemIds: [],
		});
		expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
	});

	test('keep attendance, facts, resolutions and tasks', () => {
		const doc = new Y.Doc();
		setAttendance(doc, 'p1', { state: 'present', from: '18:10' });
		setMinutesFacts(doc, { chairId: 'p1' });
		resolve(doc, 'r1');
		setVoices(doc, 'r1', 'yes', 8);
		setVoices(doc, 'r1', 'abstention', 1);
		updateResolution(doc, 'r1', { text: 'An office is set up now.', status: 'adopted' });
		addTask(doc, { id: 't1', itemId: 'item', text: 'Announce it', personId: 'p2', due: null, done: false });
		updateTask(doc, 't1', { due: '2024-12-20', done: true });
		expect(schemaVersionOf(doc)).toBe(1);
		expect(readMinutes(doc)).toMatchObject({
			facts: { chairId: 'p1', minuteTakerId: null },
			attendance: [{ personId: 'p1', state: 'present', from: '18:10', to: null }],
			resolutions: [{ text: 'An office is set up now.', status: 'adopted', vote: { yes: 8, no: 0, abstention: 1 } }],
			tasks: [{ text: 'Announce it', personId: 'p2', due: '2024-12-20', done: true }],
			writtenItemIds: ['item'],
		});
	});

	test('a vote that is emptied again is no vote', () => {
		const doc = new Y.Doc();
		resolve(doc, 'r1');
		setVoices(doc, 'r1', 'yes', 0);
		expect(readMinutes(doc).resolutions[0]?.vote).toEqual({ yes: 0, no: 0, abstention: 0 });
		setVoices(doc, 'r1', 'yes', null);
		expect(readMinutes(doc).resolutions[0]?.vote).toBeNull();
	});

	test('attendance can be taken back', () => {
		const doc = new Y.Doc();
		setAttendance(doc, 'p1', { state: 'absent', to: '19:00' });
		setAttendance(doc, 'p1', { state: null, from: null, to: null });
		expect(readMinutes(doc).attendance).toEqual([]);
		expect(doc.getMap('attendance').size).toBe(0);
	});

	test('records stand in the order in which they were added', () => {
		const doc = new Y.Doc();
		for (const id of ['z', 'm', 'a']) resolve(doc, id);
		expect(readMinutes(doc).resolutions.map(({ id }) => id)).toEqual(['z', 'm', 'a']);
	});

	test.each(['resolutions', 'tasks'] as const)('removed %s come back with what was written meanwhile', (collection) => {
		const doc = new Y.Doc();
		resolve(doc, 'x');
		addTask(doc, { id: 'x', itemId: 'item', text: 'A task', personId: null, due: null, done: false });
		const other = copyOf(doc);
		removeMinutesRecord(doc, collection, 'x');
		expect(readMinutes(doc)[collection]).toEqual([]);
		updateResolution(other, 'x', { text: 'Written meanwhile' });
		updateTask(other, 'x', { text: 'Written meanwhile' });
		meet(doc, other);
		restoreMinutesRecord(doc, collection, 'x');
		expect(readMinutes(doc)[collection]).toMatchObject([{ id: 'x', text: 'Written meanwhile' }]);
	});
});

describe('what was written for an item', () => {
	test('is found, whether text or record', () => {
		const doc = new Y.Doc();
		write(doc, 'text', 'Something');
		resolve(doc, 'r1');
		addTask(doc, { id: 't1', itemId: 'errand', text: '', personId: null, due: null, done: false });
		expect(readMinutes(doc).writtenItemIds).toEqual(['errand', 'item', 'text']);
	});

	test('a body that is only open, or blank, is nothing written', () => {
		const doc = new Y.Doc();
		doc.getXmlFragment(bodyOf('open'));
		write(doc, 'blank', '', '');
		doc.getXmlFragment(bodyOf('hollow')).insert(0, [new Y.XmlElement('paragraph')]);
		expect(readMinutes(doc).writtenItemIds).toEqual([]);
	});

	test('a block that is no paragraph counts, even an unknown one', () => {
		const doc = new Y.Doc();
		doc.getXmlFragment(bodyOf('rule')).insert(0, [new Y.XmlElement('rule')]);
		expect(readMinutes(doc).writtenItemIds).toEqual(['rule']);
	});

	test('arrives from elsewhere although nobody opened it here', () => {
		const doc = new Y.Doc();
		write(doc, 'text', 'Something');
		expect(readMinutes(copyOf(doc)).writtenItemIds).toEqual(['text']);
	});
});

describe('two people apart', () => {
	test('who begin the same person both keep what they set', () => {
		const one = new Y.Doc();
		const two = new Y.Doc();
		setAttendance(one, 'p1', { state: 'present', from: '18:10' });
		setAttendance(two, 'p1', { state: 'present', to: '19:30' });
		meet(one, two);
		expect(readMinutes(one).attendance).toEqual([{ personId: 'p1', state: 'present', from: '18:10', to: '19:30' }]);
	});

	test('who enter one vote together keep all voices', () => {
		const one = new Y.Doc();
		resolve(one, 'r1');
		const two = copyOf(one);
		setVoices(one, 'r1', 'yes', 8);
		setVoices(two, 'r1', 'no', 1);
		updateResolution(two, 'r1', { text: 'An office is set up. At once.' });
		meet(one, two);
		expect(readMinutes(one).resolutions[0]).toMatchObject({
			text: 'An office is set up. At once.',
			vote: { yes: 8, no: 1, abstention: 0 },
		});
	});

	test('who write into a body that neither had both keep their words', () => {
		const one = new Y.Doc();
		const two = new Y.Doc();
		write(one, 'item', 'From one');
		write(two, 'item', 'From two');
		meet(one, two);
		const text = one.getXmlFragment(bodyOf('item')).toString();
		expect(text).toContain('From one');
		expect(text).toContain('From two');
	});
});

describe('what someone else wrote', () => {
	test('is read as far as it has the right form, and not overwritten', () => {
		const doc = new Y.Doc();
		const attendance = doc.getMap('attendance');
		attendance.set('p1:state', 'dancing');
		attendance.set('p2:state', 'excused');
		attendance.set('p2:from', '99:99');
		attendance.set('p2:to', 7);
		attendance.set(':state', 'present');
		attendance.set('p3', new Y.Map());
		attendance.set('p4:from', '18:00');
		doc.getMap('facts').set('chairId', 5);
		doc.getMap('resolutions').set('homeless', new Y.Map());
		doc.getMap('resolutions').set('text', 'not a record');
		doc
			.getMap('resolutions')
			.set(
				'odd',
				new Y.Map<unknown>(Object.entries({ itemId: 'i', text: [], yes: '8', no: -1, status: 'x', order: 3 })),
			);
		doc
			.getMap('tasks')
			.set('odd', new Y.Map<unknown>(Object.entries({ itemId: 'i', personId: 3, due: '2024-02-30', done: 'yes' })));
		const before = Y.encodeStateAsUpdate(doc);
		expect(readMinutes(doc)).toEqual({
			facts: { chairId: null, minuteTakerId: null },
			attendance: [{ personId: 'p2', state: 'excused', from: null, to: null }],
			resolutions: [{ id: 'odd', itemId: 'i', text: '', vote: null, status: 'draft', order: 'zzzz' }],
			tasks: [{ id: 'odd', itemId: 'i', text: '', personId: null, due: null, done: false, order: 'zzzz' }],
			writtenItemIds: ['i'],
		});
		expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
	});
});
