import type { AgendaItem } from '#lib/domain/agenda.ts';
import type { Meeting } from '#lib/domain/meeting.ts';
import type { Resolution } from '#lib/domain/minutes.ts';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { blocksText, bodyRoot, readBody } from './body.ts';
import { findUnknown } from './body-gate.ts';
import { moveArticle, readBulletin, removeArticle, renameArticle } from './bulletin.ts';
import { factSources } from './fact-sources.ts';
import { factsIn, freezeFacts } from './freeze-facts.ts';
import { draftIssue, writeDraft, type Brought, type MeetingSource } from './issue-from-meeting.ts';
import { addAgendaItem, removeAgendaItem } from './change-agenda.ts';
import { closedItemIds } from './closed-items.ts';
import { closedArticles, issueIdOf, meetingOf } from './issue-of-meeting.ts';

const december: Meeting = {
	id: 'm1',
	bodyId: null,
	title: '',
	start: '2024-12-10T18:00',
	end: null,
	mode: 'inPerson',
	place: 'Geschäftsstelle',
	link: '',
	status: 'held',
	invited: [],
	guests: [],
};
const meetings = [
	{ ...december, name: 'Stadtvorstand' },
	{ ...december, id: 'm2', start: '2025-01-09T18:00', name: 'Stadtvorstand' },
	{ ...december, id: 'm0', start: '2024-11-12T18:00', name: 'Stadtvorstand' },
	{ ...december, id: 'mx', start: '2024-12-20T18:00', name: 'Wahlbüro', status: 'cancelled' as const },
];

function item(id: string, title: string, fields: Partial<AgendaItem> = {}): AgendaItem {
	return { id, title, kind: 'decision', minutes: 10, presenterId: null, notes: '', public: true, order: id, ...fields };
}

function resolution(id: string, itemId: string, text: string, fields: Partial<Resolution> = {}): Resolution {
	return { id, itemId, text, vote: null, status: 'draft', order: id.replace('b', 'a'), ...fields };
}

const source: MeetingSource = {
	meeting: december,
	name: 'Stadtvorstand',
	items: [
		item('i1', 'Wahlbüro', { notes: 'Kurzfristig.' }),
		item('i2', 'Personal', { public: false }),
		item('i3', 'Verschiedenes'),
	],
	resolutions: [
		resolution('b1', 'i1', 'Ein Wahlbüro wird eingerichtet.', { vote: { yes: 6, no: 0, abstention: 1 } }),
		resolution('b2', 'i1', 'Es tagt sonntags.', { vote: { yes: 1, no: 6, abstention: 0 } }),
		resolution('b4', 'i1', 'Es tagt montags.'),
		resolution('b5', 'i1', 'Es ist offen.', { status: 'adopted' }),
		resolution('b3', 'i2', 'Eine Stelle wird ausgeschrieben.'),
	],
	meetings,
	actions: [{ id: 'r1', title: 'Aktionstag', place: '', date: '2025-01-18', status: 'open' }],
};
const words = {
	language: 'de',
	about: 'Aus der Sitzung',
	next: 'Nächste Termine',
	meeting: 'Sitzung (Stadtvorstand) am ',
	place: ', Ort: ',
	decided: 'Beschluss: ',
} as const;

const sources = factSources({
	directory: { bodies: [], branches: [], meetings, rosters: [...source.actions], bulletins: [], offices: [] },
	rosterOf: () => undefined,
	minutesOf: () => ({ resolutions: source.resolutions }),
	closedItemsOf: () => undefined,
	personName: () => '',
});

function write(doc: Y.Doc, change: Partial<MeetingSource> = {}): Brought {
	return writeDraft(doc, draftIssue({ ...source, ...change }, words), sources);
}

function textOf(doc: Y.Doc): string[] {
	return readBulletin(doc).articles.map(({ id, title }) => {
		const { blocks } = freezeFacts(readBody(doc, bodyRoot(id)), sources);
		return `${title}: ${blocksText(blocks).replaceAll('\n', ' | ')}`;
	});
}

function addParagraph(doc: Y.Doc, articleId: string, words: string): void {
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.push([new Y.XmlText(words)]);
	doc.getXmlFragment(bodyRoot(articleId)).push([paragraph]);
}

const whole = [
	'Aus der Sitzung: Sitzung (Stadtvorstand) am Di., 10. Dezember 2024, 18 Uhr, Ort: Geschäftsstelle',
	'Wahlbüro: Kurzfristig. | Beschluss: Ein Wahlbüro wird eingerichtet. | Beschluss: Es ist offen.',
	'Verschiedenes: ',
	'Nächste Termine: - Do., 9. Januar 2025, 18 Uhr · Stadtvorstand | - Sa., 18. Januar 2025 · Aktionstag',
];

describe('an issue from a meeting', () => {
	test('has its public items with what was resolved, and nothing that is not public, not decided, rejected or cancelled', () => {
		const doc = new Y.Doc();
		expect(write(doc)).toEqual({ articles: 4, resolutions: 0 });
		expect(textOf(doc)).toEqual(whole);
	});

	test('holds references: a resolution in it is the same resolution, and every body may be bound to an editor', () => {
		const doc = new Y.Doc();
		write(doc);
		const facts = readBulletin(doc).articles.flatMap(({ id }) => factsIn(readBody(doc, bodyRoot(id))));
		expect(facts.map(({ kind, of }) => [kind, of])).toEqual([
			['meeting', 'm1'],
			['meeting', 'm1'],
			['resolution', 'm1/b1'],
			['resolution', 'm1/b5'],
			['meeting', 'm2'],
			['action', 'r1'],
		]);
		for (const { id } of readBulletin(doc).articles) expect(findUnknown(doc.getXmlFragment(bodyRoot(id)))).toBeNull();
	});

	test('is written once, however often one presses', () => {
		const doc = new Y.Doc();
		write(doc);
		renameArticle(doc, 'i1', 'Das Wahlbüro');
		expect(write(doc)).toEqual({ articles: 0, resolutions: 0 });
		expect(textOf(doc)[1]).toContain('Das Wahlbüro: Kurzfristig.');
		expect(textOf(doc)).toHaveLength(4);
	});

	test('pressed on two devices without a network it is the same issue once, and both go on from there', () => {
		const [a, b] = [new Y.Doc(), new Y.Doc()];
		write(a);
		write(b);
		moveArticle(b, 'm1next', 'i1');
		Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
		Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
		expect(textOf(a)).toEqual([whole[0], whole[3], whole[1], whole[2]]);
		expect(textOf(b)).toEqual(textOf(a));
	});

	test('an item that came later becomes an article, one that was removed stays removed', () => {
		const doc = new Y.Doc();
		write(doc);
		removeArticle(doc, 'i3');
		expect(write(doc, { items: [...source.items, item('i4', 'Nachtrag')] })).toEqual({
			articles: 1,
			resolutions: 0,
		});
		expect(readBulletin(doc).articles.map(({ title }) => title)).toEqual(
			expect.arrayContaining(['Aus der Sitzung', 'Wahlbüro', 'Nachtrag', 'Nächste Termine']),
		);
		expect(readBulletin(doc).articles).toHaveLength(4);
	});

	test('resolutions that are decided later come to the end of their article, in the order of the minutes, and are counted', () => {
		const doc = new Y.Doc();
		write(doc, { resolutions: [] });
		addParagraph(doc, 'i1', 'Von Hand.');
		expect(write(doc, { resolutions: source.resolutions.filter(({ id }) => id !== 'b1') })).toEqual({
			articles: 0,
			resolutions: 1,
		});
		addParagraph(doc, 'i1', 'Danach.');
		const more = ['b6', 'b7', 'b8', 'b9'].map((id) => resolution(id, 'i1', `Nummer ${id}.`, { status: 'adopted' }));
		expect(write(doc, { resolutions: [...source.resolutions, ...more] })).toEqual({ articles: 0, resolutions: 5 });
		const text = textOf(doc)[1] ?? '';
		const of = more.map(({ id }) => doc.getXmlFragment(bodyRoot('i1')).toString().indexOf(`m1/${id}`));
		expect(of.toSorted((a, b) => a - b)).toEqual(of);
		expect(Math.min(...of)).toBeGreaterThan(0);
		const wanted = ['Kurzfristig.', 'Ein Wahlbüro wird eingerichtet.', 'Es ist offen.'];
		expect(wanted.map((words) => text.indexOf(words))).toEqual(
			wanted.map((words) => text.indexOf(words)).sort((a, b) => a - b),
		);
		for (const words of [...wanted, 'Von Hand.', 'Danach.']) expect(text.split(words)).toHaveLength(2);
		expect(findUnknown(doc.getXmlFragment(bodyRoot('i1')))).toBeNull();
		expect(write(doc)).toEqual({ articles: 0, resolutions: 0 });
	});

	test('resolutions that come later come once, wherever one presses, and whatever each device knows', () => {
		const [a, b, c] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
		write(a, { resolutions: [] });
		for (const other of [b, c]) Y.applyUpdate(other, Y.encodeStateAsUpdate(a));
		write(a);
		write(b);
		write(c, { resolutions: source.resolutions.filter(({ id }) => id !== 'b1') });
		const all = [a, b, c];
		for (const one of all) for (const other of all) Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
		expect(textOf(a)).toEqual(whole);
		expect([textOf(b), textOf(c)]).toEqual([textOf(a), textOf(a)]);
		expect(write(c)).toEqual({ articles: 0, resolutions: 0 });
	});

	test('a resolution that somebody took out stays out, one that they moved to another article is there', () => {
		const doc = new Y.Doc();
		write(doc, { resolutions: source.resolutions.filter(({ id }) => id !== 'b5') });
		write(doc);
		doc.getXmlFragment(bodyRoot('i1')).delete(1, 2);
		expect(write(doc)).toEqual({ articles: 0, resolutions: 0 });
		expect(textOf(doc)[1]).toBe('Wahlbüro: Kurzfristig.');

		// As an issue of before notes were made.
		const moved = new Y.Doc();
		write(moved, { resolutions: [] });
		const fact = new Y.XmlElement('fact');
		const fields = { kind: 'resolution', of: 'm1/b1', form: '{"shape":"text"}', text: '', was: '' };
		for (const [key, value] of Object.entries(fields)) fact.setAttribute(key, value);
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.push([fact]);
		moved.getXmlFragment(bodyRoot('i3')).push([paragraph]);
		expect(write(moved)).toEqual({ articles: 0, resolutions: 1 });
		removeArticle(moved, 'i1');
		expect(write(moved, { resolutions: [resolution('b6', 'i1', 'Neu.', { status: 'adopted' })] }).resolutions).toBe(0);
	});

	test('what became not public since is named by its article', () => {
		const doc = new Y.Doc();
		write(doc);
		const agenda = new Y.Doc();
		for (const { order: _order, ...each } of source.items) addAgendaItem(agenda, { ...each, public: each.id !== 'i3' });
		const { articles } = readBulletin(doc);
		expect(meetingOf(issueIdOf('m1'), meetings)).toBe('m1');
		expect(meetingOf('another', meetings)).toBeUndefined();
		expect(closedArticles(articles, closedItemIds(agenda)).map(({ title }) => title)).toEqual(['Verschiedenes']);
		removeAgendaItem(agenda, 'i3');
		expect(closedArticles(articles, closedItemIds(agenda)).map(({ title }) => title)).toEqual(['Verschiedenes']);
		expect(closedArticles(articles, undefined)).toEqual([]);
	});

	test('its id names a document, whatever the meeting is called', () => {
		expect([issueIdOf('m1'), issueIdOf('0123456789abcdef'), issueIdOf('z'.repeat(32))]).toEqual([
			'fromm1',
			'from0123456789abcdef',
			`from${'z'.repeat(28)}`,
		]);
	});
});
