import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addArticle, moveArticle, readBulletin, removeArticle, renameArticle, restoreArticle } from './bulletin.ts';
import { schemaVersionOf } from './shape.ts';

function bulletinOf(...titles: string[]): Y.Doc {
	const doc = new Y.Doc();
	for (const title of titles) addArticle(doc, { id: title, title });
	return doc;
}

const titlesOf = (doc: Y.Doc) => readBulletin(doc).articles.map(({ title }) => title);

function meet(...docs: Y.Doc[]): void {
	for (const from of docs)
		for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
}

function copyOf(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	meet(doc, copy);
	return copy;
}

test('articles stand in the order in which they were put', () => {
	const doc = bulletinOf('a', 'b', 'c');
	addArticle(doc, { id: 'd', title: 'd' }, 'b');
	moveArticle(doc, 'a', null);
	expect(titlesOf(doc)).toEqual(['d', 'b', 'c', 'a']);
	expect(schemaVersionOf(doc)).toBe(1);
});

test('a removed article comes back with its text and its place', () => {
	const doc = bulletinOf('a', 'b', 'c');
	doc.getXmlFragment('body:b').insert(0, [new Y.XmlElement('paragraph')]);
	removeArticle(doc, 'b');
	expect(titlesOf(doc)).toEqual(['a', 'c']);
	restoreArticle(doc, 'b');
	expect(titlesOf(doc)).toEqual(['a', 'b', 'c']);
	expect(doc.getXmlFragment('body:b').length).toBe(1);
});

test('what is gone stays gone', () => {
	const doc = bulletinOf('a');
	renameArticle(doc, 'x', 'y');
	moveArticle(doc, 'x', null);
	restoreArticle(doc, 'x');
	expect(titlesOf(doc)).toEqual(['a']);
});

describe('two people, one of them offline', () => {
	test('both change one title', () => {
		const one = bulletinOf('Das Fest');
		const two = copyOf(one);
		renameArticle(one, 'Das Fest', 'Das große Fest');
		renameArticle(two, 'Das Fest', 'Das Fest am Platz');
		meet(one, two);
		expect(titlesOf(one)).toEqual(['Das große Fest am Platz']);
		expect(titlesOf(two)).toEqual(titlesOf(one));
	});

	test('one removes what the other renames: taking it back brings the new title', () => {
		const one = bulletinOf('a');
		const two = copyOf(one);
		removeArticle(one, 'a');
		renameArticle(two, 'a', 'ab');
		meet(one, two);
		expect(titlesOf(two)).toEqual([]);
		restoreArticle(one, 'a');
		expect(titlesOf(one)).toEqual(['ab']);
	});

	test('whatever they do, both read the same', () => {
		const step = fc.record({
			who: fc.integer({ min: 0, max: 1 }),
			what: fc.constantFrom('add', 'rename', 'move', 'remove', 'restore', 'meet'),
			id: fc.constantFrom('a', 'b', 'c'),
			other: fc.constantFrom('a', 'b', 'c', null),
			title: fc.string({ maxLength: 5 }),
		});
		fc.assert(
			fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
				const one = bulletinOf('a', 'b');
				const docs = [one, copyOf(one)] as const;
				steps.forEach(({ who, what, id, other, title }, index) => {
					const doc = docs[who] ?? one;
					if (what === 'add') addArticle(doc, { id: `n${index}`, title }, other);
					if (what === 'rename') renameArticle(doc, id, title);
					if (what === 'move') moveArticle(doc, id, other);
					if (what === 'remove') removeArticle(doc, id);
					if (what === 'restore') restoreArticle(doc, id);
					if (what === 'meet') meet(...docs);
				});
				meet(...docs);
				expect(readBulletin(docs[0])).toEqual(readBulletin(docs[1]));
			}),
			{ numRuns: 200 },
		);
	});
});

test('reading passes over what is malformed', () => {
	const doc = bulletinOf('a');
	const articles = doc.getMap<unknown>('articles');
	articles.set('text', 'no record');
	articles.set('list', new Y.Array());
	articles.set('bare', new Y.Map());
	articles.set(
		'odd',
		new Y.Map<unknown>([
			['title', 7],
			['order', { x: 1 }],
			['removed', 'yes'],
		]),
	);
	expect(readBulletin(doc).articles).toEqual([
		{ id: 'a', title: 'a', order: expect.any(String) },
		{ id: 'bare', title: '', order: 'zzzz' },
		{ id: 'odd', title: '', order: 'zzzz' },
	]);
});
