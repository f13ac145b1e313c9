import { readFact, type FactSources } from '#lib/domain/facts/fact.ts';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyRoot } from './body.ts';
import {
	asLastShown,
	asShownFrom,
	asWordsFrom,
	countSuggestions,
	hashOfContent,
	holdsUnknown,
	readOutline,
	type ResolveFact,
} from './bulletin-content.ts';
import { addArticle, moveArticle, removeArticle, renameArticle, restoreArticle } from './bulletin.ts';
import { changesBetween } from './content-change.ts';
import { writeBody } from './example-body.ts';
import { readSuggestions } from './read-suggestions.ts';

const facts = { title: 'Aus dem Vorstand', date: '2025-01-09', language: 'de' } as const;

function issue(): Y.Doc {
	const doc = new Y.Doc();
	addArticle(doc, { id: 'a1', title: 'Wahlbüro' });
	addArticle(doc, { id: 'a2', title: 'Plakate' });
	writeBody(doc, bodyRoot('a1'), ['# Wann', 'Das **Wahlbüro** tagt [digital](https://example.org).', '- früh']);
	writeBody(doc, bodyRoot('a2'), ['1.400 Stück.']);
	return doc;
}

const hash = (doc: Y.Doc, given = facts as Parameters<typeof readOutline>[1], resolve: ResolveFact = asLastShown) =>
	hashOfContent(readOutline(doc, given, resolve));

function paragraph(doc: Y.Doc, article: string, at: number): Y.XmlElement {
	return doc.getXmlFragment(bodyRoot(article)).get(at) as Y.XmlElement;
}
function textOf(doc: Y.Doc, article = 'a1', at = 1): Y.XmlText {
	return paragraph(doc, article, at).get(0) as Y.XmlText;
}
function addFact(doc: Y.Doc, given: Record<string, string>): Y.XmlElement {
	const fact = new Y.XmlElement('fact');
	for (const [key, value] of Object.entries(given)) fact.setAttribute(key, value);
	paragraph(doc, 'a1', 1).push([fact]);
	return fact;
}
const suggestion = { by: 'p1', at: 1, id: 's1' };

describe('what counts', () => {
	test.each<[string, (doc: Y.Doc) => void]>([
		['a character', (doc) => textOf(doc).insert(3, 'x')],
		['a space at the end', (doc) => textOf(doc).insert(textOf(doc).length, ' ')],
		['bold', (doc) => textOf(doc).format(0, 3, { strong: {} })],
		['an address', (doc) => textOf(doc).format(0, 3, { link: { href: 'https://elsewhere.example' } })],
		['a heading’s level', (doc) => paragraph(doc, 'a1', 0).setAttribute('level', 1 as unknown as string)],
		['a list', (doc) => paragraph(doc, 'a2', 0).setAttribute('list', 'bullet')],
		['a further paragraph', (doc) => writeBody(doc, bodyRoot('a2'), ['Mehr.'])],
		['a rule', (doc) => doc.getXmlFragment(bodyRoot('a2')).push([new Y.XmlElement('rule')])],
		['an article’s title', (doc) => renameArticle(doc, 'a1', 'Wahlbüros')],
		['the order of articles', (doc) => moveArticle(doc, 'a2', 'a1')],
		['an article more', (doc) => addArticle(doc, { id: 'a3', title: '' })],
		['an article less', (doc) => removeArticle(doc, 'a2')],
		['a suggested word', (doc) => textOf(doc).insert(3, 'x', { 'ins--AAAAAAAA': suggestion })],
		['a struck word', (doc) => textOf(doc).format(0, 3, { 'del--AAAAAAAA': suggestion })],
		['a suggested join', (doc) => paragraph(doc, 'a1', 1).setAttribute('join', '{"id":"s2"}')],
		['a suggested heading', (doc) => paragraph(doc, 'a1', 1).setAttribute('chg:p1', '{"at":1,"id":"s2","to":{}}')],
	])('%s', (_what, change) => {
		const doc = issue();
		const before = hash(doc);
		change(doc);
		expect(hash(doc)).not.toBe(before);
	});

	test.each([{ title: 'Aus dem Stadtvorstand' }, { date: '2025-01-10' }, { language: 'en' as const }])(
		'the issue’s %j',
		(change) => {
			expect(hash(issue(), { ...facts, ...change })).not.toBe(hash(issue()));
		},
	);

	test('what a fact says now, however it was last shown, and what it refers to', () => {
		const doc = issue();
		const fact = addFact(doc, { kind: 'meeting', of: 'm1', form: 'date', text: 'Do., 9. Januar' });
		const now = hash(doc, facts, () => 'Fr., 10. Januar');
		expect(now).not.toBe(hash(doc, facts, () => 'Do., 9. Januar'));
		fact.setAttribute('text', 'Fr., 10. Januar');
		fact.setAttribute('was', 'Do., 9. Januar');
		expect(hash(doc, facts, () => 'Fr., 10. Januar')).toBe(now);
		fact.setAttribute('of', 'm2');
		expect(hash(doc, facts, () => 'Fr., 10. Januar')).not.toBe(now);
	});
});

describe('what a fact’s source says', () => {
	const [meeting, action] = [
		{ start: '2025-01-09T18:00', end: null, place: 'Markt', status: 'planned' },
		{ date: '2025-01-18', place: 'Markt', status: 'open' },
	] as const;
	const motion = { text: 'Es werden Plakate bestellt.', vote: null, status: 'adopted' } as const;
	const living: FactSources = {
		meeting: () => meeting,
		action: () => action,
		shift: () => ({ start: '2025-01-18T10:00', end: '2025-01-18T12:00' }),
		resolution: () => motion,
		office: () => ({ title: 'Vorsitz', personId: 'mara' }),
		personName: () => 'Mara Sander',
	};
	function withFacts(): Y.Doc {
		const doc = issue();
		for (const [kind, of, form] of [
			['meeting', 'm1', 'de.when'],
			['action', 'r1', 'de.date'],
			['shift', 'r1/s1', 'de.span'],
			['resolution', 'm1/d1', 'de.text'],
			['office', 'o1', 'de.holder'],
		] as const)
			addFact(doc, { kind, of, form, text: '…', was: '' });
		return doc;
	}
	const hashFrom = (sources: FactSources) => hash(withFacts(), facts, asShownFrom(sources));

	test('nothing but its words where it holds: such an issue keeps the hash it always had', () => {
		expect(hashFrom(living)).toBe('80d9ef5708beac658b696f0234bcafcb1a31a42f3541d4f0e977ddcecdbb30dd');
	});

	test.each<[string, Partial<FactSources>]>([
		['a meeting that is cancelled', { meeting: () => ({ ...meeting, status: 'cancelled' }) }],
		['a meeting that is deleted', { meeting: () => null }],
		['an action that is cancelled', { action: () => ({ ...action, status: 'cancelled' }) }],
		['a shift that is deleted', { shift: () => null }],
		['a motion that is rejected', { resolution: () => ({ ...motion, vote: { yes: 1, no: 9, abstention: 0 } }) }],
		['a vote that is taken back', { resolution: () => ({ ...motion, status: 'draft' }) }],
	])('counts: %s, in the same words', (_what, change) => {
		const changed = hashFrom({ ...living, ...change });
		expect(changed).not.toBe(hashFrom(living));
		const again = hash(withFacts(), facts, (fact) => readFact(fact, { ...living, ...change }).text);
		expect(changed).not.toBe(again);
	});

	test('and what goes out is the words alone, with the hash that they have where all of it holds', () => {
		const gone = { meeting: () => null, action: () => null, shift: () => null, resolution: () => null };
		const kept = withFacts();
		const words = hash(kept, facts, (fact) => readFact(fact, { ...living, ...gone }).text);
		expect(hash(kept, facts, asWordsFrom({ ...living, ...gone }))).toBe(words);
		const doubted = {
			...living,
			meeting: () => ({ ...meeting, status: 'cancelled' as const }),
			resolution: () => ({ ...motion, status: 'draft' as const }),
		};
		expect(hash(withFacts(), facts, asWordsFrom(doubted))).toBe(hashFrom(living));
	});
});

describe('what does not count', () => {
	test('a comment on a fact', () => {
		const doc = issue();
		const fact = addFact(doc, { kind: 'meeting', of: 'm1', form: 'date', text: 'Do., 9. Januar' });
		const before = hash(doc);
		fact.setAttribute('comment:c1', true as unknown as string);
		expect(hash(doc)).toBe(before);
	});

	test.each<[string, (doc: Y.Doc) => void]>([
		['a comment', (doc) => textOf(doc).format(2, 5, { 'comment--AAAAAAAA': { id: 'c1' } })],
		['an empty paragraph', (doc) => writeBody(doc, bodyRoot('a1'), [''])],
		['an article that is removed and brought back', (doc) => (removeArticle(doc, 'a1'), restoreArticle(doc, 'a1'))],
		[
			'bold that is taken back',
			(doc) => (textOf(doc).format(0, 3, { strong: {} }), textOf(doc).format(0, 3, { strong: null })),
		],
		[
			'the text of an article that is removed',
			(doc) => {
				addArticle(doc, { id: 'a3', title: 'Weg' });
				removeArticle(doc, 'a3');
				writeBody(doc, bodyRoot('a3'), ['Unsichtbar']);
			},
		],
	])('%s', (_what, change) => {
		const doc = issue();
		const before = hash(doc);
		change(doc);
		expect(hash(doc)).toBe(before);
	});

	test('how the document came to be: a copy by its updates has the same hash', () => {
		const doc = issue();
		textOf(doc).insert(0, 'Kurz: ');
		textOf(doc).delete(0, 2);
		const copy = new Y.Doc();
		Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
		expect(hash(copy)).toBe(hash(doc));
	});
});

test('the hash stays what it is from release to release: approvals are kept', () => {
	expect(hash(issue())).toBe('1ae2f38997e74c88c9adacd62a31cebd08211956df19b6cf5ced91a2ff1871d1');
});

const open = (count: number) => ({ open: count, accepted: 0, unread: 0 });

test('suggestions that belong together count once', () => {
	const doc = issue();
	expect(countSuggestions(doc)).toEqual(open(0));
	textOf(doc).insert(0, 'Neu ', { 'ins--AAAAAAAA': suggestion });
	textOf(doc).format(8, 3, { 'del--AAAAAAAA': suggestion });
	expect(countSuggestions(doc)).toEqual(open(1));
	textOf(doc).format(12, 2, { 'fmt--AAAAAAAA': { ...suggestion, id: 's2', was: '{}' } });
	paragraph(doc, 'a1', 1).setAttribute('join', '{"by":"p1","at":1,"id":"s1"}');
	paragraph(doc, 'a1', 2).setAttribute('chg:p1', '{"at":1,"id":"s3"}');
	expect(countSuggestions(doc)).toEqual({ ...open(2), unread: 1 });
	removeArticle(doc, 'a1');
	expect(countSuggestions(doc)).toEqual(open(0));
});

describe('what is counted as open is what the list has, and what else holds an issue up is counted by itself', () => {
	const listed = (doc: Y.Doc) => readSuggestions(doc, bodyRoot('a1')).length;
	const heading = { ...suggestion, to: { level: 2 } };

	test('a strike through an insertion, and what is typed in its place, are one', () => {
		const doc = issue();
		textOf(doc).insert(0, 'Neu', { 'ins--AAAAAAAA': suggestion, 'del--BBBBBBBB': { by: 'p2', at: 2, id: 's2+' } });
		textOf(doc).insert(3, 'X', { 'ins--BBBBBBBB': { by: 'p2', at: 2, id: 's2' } });
		expect([countSuggestions(doc), listed(doc)]).toEqual([open(2), 2]);
	});

	test('bold in another’s insertion goes with it, and a strike that is there by chance counts nowhere', () => {
		const doc = issue();
		textOf(doc).insert(0, 'Neu', {
			'ins--AAAAAAAA': suggestion,
			'del--BBBBBBBB': { by: 'p2', at: 2, id: 's2' },
			'fmt--CCCCCCCC': { by: 'p3', at: 3, id: 's3', was: '{"mark":"strong","attrs":null,"to":{}}' },
		});
		expect([countSuggestions(doc), listed(doc)]).toEqual([open(1), 1]);
	});

	test('a change of form belongs to its suggestion, and counts no more when the form is that already', () => {
		const doc = issue();
		paragraph(doc, 'a1', 1).setAttribute('chg:p1', JSON.stringify(heading));
		paragraph(doc, 'a1', 1).setAttribute('join', JSON.stringify(suggestion));
		expect([countSuggestions(doc), listed(doc)]).toEqual([open(1), 1]);
		paragraph(doc, 'a1', 1).removeAttribute('join');
		expect([countSuggestions(doc), listed(doc)]).toEqual([open(1), 1]);
		paragraph(doc, 'a1', 1).setAttribute('level', 2 as unknown as string);
		expect([countSuggestions(doc), listed(doc)]).toEqual([open(0), 0]);
	});

	test('what was accepted and is still to be carried out, and what nobody can read', () => {
		const doc = issue();
		paragraph(doc, 'a1', 1).setAttribute('join', JSON.stringify({ ...suggestion, accepted: true }));
		textOf(doc).insert(3, '¶', { brk: {} });
		textOf(doc).format(0, 2, { 'del--AAAAAAAA': { by: 7 } });
		expect([countSuggestions(doc), listed(doc)]).toEqual([{ open: 0, accepted: 2, unread: 1 }, 0]);
	});
});

test('what only a newer app knows is noticed', () => {
	const doc = issue();
	expect(holdsUnknown(doc)).toBe(false);
	doc.getXmlFragment(bodyRoot('a2')).push([new Y.XmlElement('video')]);
	expect(holdsUnknown(doc)).toBe(true);
});

test('a root that is something else, and rubbish in the records, are read without throwing', () => {
	const doc = issue();
	doc.getMap('articles').set('a3', new Y.Map([['title', new Y.Text('Karte')]]));
	doc.getMap(bodyRoot('a3')).set('x', 1);
	doc.getMap('articles').set('a4', 'nichts');
	expect(hash(doc)).toMatch(/^[0-9a-f]{64}$/);
	expect(holdsUnknown(doc)).toBe(true);
	expect(countSuggestions(doc)).toEqual(open(0));
});

test('what has changed is named as a reader would', () => {
	const doc = issue();
	const before = readOutline(doc, facts);
	expect(changesBetween(before, before)).toEqual([]);
	textOf(doc).insert(0, 'Neu: ');
	renameArticle(doc, 'a2', 'Plakatierung');
	addArticle(doc, { id: 'a3', title: 'Haushalt' }, 'a1');
	moveArticle(doc, 'a2', 'a1');
	expect(changesBetween(before, readOutline(doc, { ...facts, title: 'Neu', date: '2025-01-10' }))).toEqual([
		{ what: 'title' },
		{ what: 'date' },
		{ what: 'added', title: 'Haushalt' },
		{ what: 'renamed', title: 'Plakatierung', before: 'Plakate' },
		{ what: 'text', title: 'Wahlbüro' },
		{ what: 'order' },
	]);
	removeArticle(doc, 'a1');
	expect(changesBetween(before, readOutline(doc, facts))).toContainEqual({ what: 'removed', title: 'Wahlbüro' });
});
