import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readAttributes, writeAttributes } from './body-attributes.ts';
import { readRichBody } from './rich-body.ts';
import { decide } from './review.ts';
import { asChanged, readChanges, shownChanges, writeChanges } from './suggestion.ts';

function block(attributes: Record<string, unknown> = {}): { doc: Y.Doc; element: Y.XmlElement } {
	const doc = new Y.Doc();
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [new Y.XmlText('eins')]);
	doc.getXmlFragment('body:a').push([element]);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value as string);
	return { doc, element };
}

const said = (at: number, to: object) => JSON.stringify({ at, id: 'x', to });

describe('each person’s change has an attribute of its own', () => {
	test('reading puts them together in the order in which they hold', () => {
		const { element } = block({ 'chg:B': said(2, { level: 2 }), 'chg:A': said(2, { level: 1 }), 'chg:C': said(1, {}) });
		const { chg } = readAttributes(element);
		expect(readChanges(chg).map(({ by }) => by)).toEqual(['C', 'A', 'B']);
		expect(asChanged({ level: null, chg }).level).toBe(2);
	});

	test('writing touches what differs alone', () => {
		const { element } = block({ list: 'bullet', 'chg:A': said(1, { level: 1 }), 'chg:B': said(2, { level: 2 }) });
		const before = readAttributes(element);
		const items = ['list', 'chg:B'].map((key) => element._map.get(key));
		const changes = readChanges(before['chg']).map((each) =>
			each.by === 'A' ? { ...each, to: { level: 3 as const } } : each,
		);
		writeAttributes(element, before, { ...before, chg: writeChanges(changes) });
		expect(element.getAttribute('chg:A')).toBe(said(1, { level: 3 }));
		expect(['list', 'chg:B'].map((key) => element._map.get(key))).toEqual(items);
		writeAttributes(element, readAttributes(element), {});
		expect(element.getAttributes()).toEqual({});
	});

	test.each(['__proto__', 'constructor', 'word:Mara “Q”', 'chg:', ''])('also of somebody called %j', (by) => {
		const { element } = block();
		const chg = writeChanges([{ by, at: 1, id: 'x', to: { list: 'check', checked: true } }]);
		writeAttributes(element, {}, { chg });
		expect(Object.keys(element.getAttributes())).toEqual([`chg:${by}`]);
		expect(readAttributes(element)).toEqual({ chg });
	});

	test.each([
		['no JSON', '{'],
		['a number', '7'],
		['null', 'null'],
		['a list', '[1]'],
		['without an id', '{"at":1,"to":{"level":2}}'],
		['without what is to be', '{"at":1,"id":"x"}'],
		['a time that is none', '{"at":"1","id":"x","to":{}}'],
	])('what cannot be read changes nothing and stays where it is: %s', (_what, text) => {
		const { element } = block({ level: 1, 'chg:A': text });
		expect(readAttributes(element)).toEqual({ level: 1 });
		writeAttributes(element, readAttributes(element), { level: 2 });
		expect(element.getAttributes()).toEqual({ level: 2, 'chg:A': text });
	});

	test('of what is to be only what a body may hold', () => {
		const to = { level: 7, list: 'roman', indent: -1, checked: false, join: 'x', chg: 'y', ins: 'z' };
		const { element } = block({ 'chg:A': said(1, to), 'chg:B': said(2, { level: null, indent: 8 }) });
		expect(readChanges(readAttributes(element)['chg']).map((change) => change.to)).toEqual([
			{},
			{ level: null, indent: 8 },
		]);
	});
});

test('a change as it was held before says nothing, and no text goes', () => {
	const old = JSON.stringify([
		{ by: 'A', at: 1, id: 'x', was: { level: null, list: null, indent: null, checked: null } },
	]);
	const { doc, element } = block({ level: 2, chg: old });
	for (const verdict of ['accept', 'reject'] as const) decide(doc, 'body:a', verdict, () => true);
	expect(readRichBody(doc, 'body:a')).toEqual([
		{ name: 'paragraph', attrs: { level: 2 }, content: [{ text: 'eins', marks: [] }] },
	]);
	expect(element.getAttribute('chg')).toBe(old);
});

test('a change shows where it differs, and where another suggests the same', () => {
	const by = (who: string, at: number, to: object) => ({ by: who, at, id: who, to });
	const shown = (attrs: object, ...changes: ReturnType<typeof by>[]) =>
		shownChanges({ ...attrs, chg: writeChanges(changes) }).map(({ by, form }) => [by, form.level]);
	const [a, b] = [by('A', 1, { level: 2 }), by('B', 2, { level: 2 })];
	expect(shown({}, a, b)).toEqual([
		['A', 2],
		['B', 2],
	]);
	expect(shown({ level: 2 }, a, b)).toEqual([]);
	expect(shown({}, a, by('B', 2, { level: null }))).toEqual([
		['A', 2],
		['B', null],
	]);
	expect(shown({}, by('B', 2, { level: null }))).toEqual([]);
});
