import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle, renameArticle } from '#lib/documents/bulletin.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import { leaveAsIs } from '#lib/documents/left-as-is.ts';
import { ownTitle } from '#lib/domain/bulletin.ts';
import type { Calendar } from '#lib/domain/checker/calendar.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { checkIssue } from './issue-check.ts';

const calendar: Calendar = {
	today: '2024-12-10',
	known: [{ kind: 'meeting', id: 'm', date: '2025-01-09', start: '18:00', end: null, names: ['Vorstand'] }],
	people: ['Frieda Baumgart'],
};

test('what is to be looked at before an issue goes out, by article, without what was left as it is', () => {
	const doc = new Y.Doc();
	for (const id of ['a1', 'a2', 'a3']) addArticle(doc, { id, title: `Artikel ${id}` });
	writeBody(doc, bodyRoot('a1'), ['Die nächste Sitzung ist am 9. Dezember.', 'Frida Baumgart berichtet.']);
	writeBody(doc, bodyRoot('a2'), ['Die nächste Sitzung ist am 9. Januar.']);
	writeBody(doc, bodyRoot('a3'), ['Am 31. November ist Schluss.']);
	const check = () => checkIssue(doc, '', calendar, new Map()).articles.map(({ id, count }) => `${id}: ${count}`);
	expect(check()).toEqual(['a1: 2', 'a3: 1']);
	leaveAsIs(doc, bodyRoot('a3'), 'no-such-date:31. November', true);
	expect(check()).toEqual(['a1: 2']);
	renameArticle(doc, 'a2', 'Nächste Sitzung: 16. Januar');
	expect(check()).toEqual(['a1: 2', 'a2: 1']);
	const titles = () => [...checkIssue(doc, '', calendar, new Map()).titles];
	expect(titles()).toEqual(['a2']);
	leaveAsIs(doc, bodyRoot('a2'), 'next-meeting:16. Januar', true);
	expect(check()).toEqual(['a1: 2']);
	expect(titles()).toEqual(['a2']);
});

test('the title of the issue is looked at too, until it is left as it is', () => {
	const doc = new Y.Doc();
	const check = (title: string) => checkIssue(doc, title, calendar, new Map());
	expect(check('Sitzung am 9. Januar')).toMatchObject({ title: 0, articles: [] });
	expect(check('Nächste Sitzung: 16. Januar')).toMatchObject({ title: 1, articles: [] });
	leaveAsIs(doc, ownTitle, 'next-meeting:16. Januar', true);
	expect(check('Nächste Sitzung: 16. Januar')).toMatchObject({ title: 0, articles: [] });
});

test('what is suggested to go, and a fact, are read as in the editor', () => {
	const doc = new Y.Doc();
	addArticle(doc, { id: 'a1', title: '' });
	const paragraph = new Y.XmlElement('paragraph');
	const text = new Y.XmlText();
	doc.getXmlFragment(bodyRoot('a1')).insert(0, [paragraph]);
	paragraph.insert(0, [text]);
	text.insert(0, 'Die Frist endet am 31. November.');
	text.format(0, 31, { 'del--AAAAAAAA': { by: 'p', at: 1, id: 's' } });
	expect(checkIssue(doc, '', calendar, new Map()).articles).toEqual([]);
	text.format(0, 31, { 'del--AAAAAAAA': null });
	expect(checkIssue(doc, '', calendar, new Map()).articles).toMatchObject([{ count: 1 }]);
});

test('a live date counts as a typed one does; what was left as it is was left for its day only', () => {
	const doc = new Y.Doc();
	addArticle(doc, { id: 'a1', title: '' });
	const paragraph = new Y.XmlElement('paragraph');
	const fact = new Y.XmlElement('fact');
	doc.getXmlFragment(bodyRoot('a1')).insert(0, [paragraph]);
	paragraph.insert(0, [new Y.XmlText('Am Freitag, dem '), fact, new Y.XmlText(', ist Sitzung.')]);
	for (const [name, value] of Object.entries({ kind: 'meeting', of: 'm', form: 'de.day-month', text: '', was: '' }))
		fact.setAttribute(name, value);
	const count = (date: string) =>
		checkIssue(doc, '', { ...calendar, known: calendar.known.map((each) => ({ ...each, date })) }, new Map())
			.articles[0]?.count;
	expect(count('2025-01-10')).toBeUndefined();
	expect(count('2025-01-09')).toBe(1);
	leaveAsIs(doc, bodyRoot('a1'), 'weekday:Freitag, dem 9. Januar', true);
	expect(count('2025-01-09')).toBeUndefined();
	expect(count('2025-01-16')).toBe(1);
});
