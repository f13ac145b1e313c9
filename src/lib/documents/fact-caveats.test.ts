import type { FactSources } from '#lib/domain/facts/fact.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyRoot } from './body.ts';
import { addArticle, removeArticle } from './bulletin.ts';
import { caveatsIn, emptyArticles } from './fact-caveats.ts';

const meeting = { start: '2025-01-09T18:00', end: null, place: 'Markt', status: 'planned' } as const;
const motion = { text: 'Es werden Plakate bestellt.', vote: null, status: 'draft' } as const;
const sources: FactSources = {
	meeting: (id) => (id === 'm1' ? meeting : id === 'off' ? { ...meeting, status: 'cancelled' } : null),
	action: () => undefined,
	shift: () => undefined,
	resolution: (_meeting, id) =>
		id === 'd1'
			? motion
			: id === 'd3'
				? { ...motion, closed: true }
				: { ...motion, vote: { yes: 0, no: 5, abstention: 0 } },
	office: () => undefined,
	personName: () => '',
};

function article(doc: Y.Doc, id: string, title: string, facts: [kind: string, of: string, form: string][]): void {
	addArticle(doc, { id, title });
	const paragraph = new Y.XmlElement('paragraph');
	doc.getXmlFragment(bodyRoot(id)).push([paragraph]);
	for (const [kind, of, form] of facts) {
		const fact = new Y.XmlElement('fact');
		for (const [key, value] of Object.entries({ kind, of, form, text: 'zuletzt', was: '' }))
			fact.setAttribute(key, value);
		paragraph.push([fact]);
	}
}

test('names each fact that does not hold, with its article, once', () => {
	const doc = new Y.Doc();
	article(doc, 'a1', 'Termine', [
		['meeting', 'm1', 'de.day'],
		['meeting', 'off', 'de.day'],
		['meeting', 'off', 'de.day'],
		['meeting', 'gone', 'de.day'],
		['action', 'unseen', 'de.day'],
	]);
	article(doc, 'a2', 'Beschlüsse', [
		['resolution', 'm1/d1', 'de.text'],
		['resolution', 'm1/d2', 'de.text'],
		['resolution', 'm1/d3', 'de.text'],
		['meeting', 'off', 'de.day'],
	]);
	article(doc, 'a3', 'Weg', [['meeting', 'off', 'de.day']]);
	removeArticle(doc, 'a3');
	const [termine, resolutions] = [
		{ articleId: 'a1', title: 'Termine' },
		{ articleId: 'a2', title: 'Beschlüsse' },
	];
	expect(caveatsIn(doc, sources)).toEqual([
		{ ...termine, text: '9. Januar 2025', caveat: 'cancelled' },
		{ ...termine, text: 'zuletzt', caveat: 'gone' },
		{ ...resolutions, text: motion.text, caveat: 'undecided' },
		{ ...resolutions, text: motion.text, caveat: 'rejected' },
		{ ...resolutions, text: motion.text, caveat: 'closed' },
		{ ...resolutions, text: '9. Januar 2025', caveat: 'cancelled' },
	]);
});

test.each([
	['any attribute', {}],
	['a source', { kind: 'meeting', form: 'de.day' }],
	['a kind', { of: 'm1', form: 'de.day' }],
])('names a fact that has been left without %s', (_what, left) => {
	const doc = new Y.Doc();
	article(doc, 'a1', 'Termine', []);
	const fact = new Y.XmlElement('fact');
	for (const [key, value] of Object.entries(left)) fact.setAttribute(key, value);
	(doc.getXmlFragment(bodyRoot('a1')).get(0) as Y.XmlElement).push([fact]);
	expect(caveatsIn(doc, sources)).toEqual([{ articleId: 'a1', title: 'Termine', text: '', caveat: 'gone' }]);
});

test('names the articles that would go out as a heading alone', () => {
	const doc = new Y.Doc();
	addArticle(doc, { id: 'a1', title: 'Radweg' });
	article(doc, 'a2', 'Spielplatz', []);
	article(doc, 'a3', 'Termine', [['meeting', 'm1', 'de.day']]);
	addArticle(doc, { id: 'a4', title: 'Weg' });
	removeArticle(doc, 'a4');
	expect(emptyArticles(doc).map(({ title }) => title)).toEqual(['Radweg', 'Spielplatz']);
});
