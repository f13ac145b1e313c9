import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readSuggestions } from './read-suggestions.ts';

const root = 'body:a1';
const authored = (id: string) => ({ by: 'ada', at: 1, id });

function paragraphs(...contents: string[]): Y.Doc {
	const doc = new Y.Doc();
	const blocks = contents.map((content) => {
		const block = new Y.XmlElement('paragraph');
		block.insert(0, [new Y.XmlText(content)]);
		return block;
	});
	doc.getXmlFragment(root).insert(0, blocks);
	return doc;
}

function places(doc: Y.Doc): unknown[] {
	return readSuggestions(doc, root).flatMap(({ parts }) => parts.map((part) => ('place' in part ? part.place : null)));
}

test('a new paragraph is between words of one that is there; what is struck is none of them', () => {
	const doc = paragraphs('Wir laden euch alle herzlich ein.¶Bitte sagt bis Freitag Bescheid.');
	const text = doc.getXmlFragment(root).get(0) as Y.XmlElement;
	const letters = text.get(0) as unknown as Y.XmlText;
	const at = letters.toString().indexOf('¶');
	letters.format(at, 1, { ins: authored('s1'), brk: {} });
	letters.format(at - 14, 9, { del: authored('s2') });
	expect(places(doc)).toEqual([null, { before: 'euch alle ein.', after: 'Bitte sagt bis' }]);
});

test('paragraphs are joined, and a line stands, between the words on both sides, whatever is written there next', () => {
	const doc = paragraphs('Am Ende des ersten.', 'Der Anfang des zweiten.');
	const body = doc.getXmlFragment(root);
	(body.get(1) as Y.XmlElement).setAttribute('join', JSON.stringify(authored('s1')));
	expect(places(doc)).toEqual([{ before: 'Ende des ersten.', after: 'Der Anfang des' }]);
	const first = (body.get(0) as Y.XmlElement).get(0) as Y.XmlText;
	first.insert(first.length, ' Und noch etwas.');
	expect(places(doc)).toEqual([{ before: 'Und noch etwas.', after: 'Der Anfang des' }]);
	const rule = new Y.XmlElement('rule');
	rule.setAttribute('ins', JSON.stringify(authored('s2')));
	body.insert(2, [rule]);
	expect(places(doc)).toEqual([
		{ before: 'Und noch etwas.', after: 'Der Anfang des' },
		{ before: 'Anfang des zweiten.', after: '' },
	]);
});

test('at the edge of a text there are words on one side only', () => {
	const doc = paragraphs('¶Danach.');
	const letters = (doc.getXmlFragment(root).get(0) as Y.XmlElement).get(0) as unknown as Y.XmlText;
	letters.format(0, 1, { ins: authored('s1'), brk: {} });
	expect(places(doc)).toEqual([{ before: '', after: 'Danach.' }]);
});

test('a suggested fact says which one it is, also when another takes its place', () => {
	const doc = paragraphs('Am ');
	const fact = new Y.XmlElement('fact');
	const given = { kind: 'meeting', of: 'm1', form: 'de.date', text: '9. Januar', was: '2025-01-09' };
	for (const [key, value] of Object.entries(given)) fact.setAttribute(key, value);
	fact.setAttribute('del', JSON.stringify(authored('s1')));
	(doc.getXmlFragment(root).get(0) as Y.XmlElement).insert(1, [fact]);
	const parts = () => readSuggestions(doc, root).flatMap(({ parts }) => parts);
	expect(parts()).toMatchObject([{ kind: 'fact-gone', fact: given }]);
	fact.setAttribute('of', 'm2');
	expect(parts()).toMatchObject([{ kind: 'fact-gone', fact: { ...given, of: 'm2' } }]);
});
