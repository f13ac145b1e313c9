/**
 * The first draft of an issue, made from a meeting: an article for each public item, its resolutions as live facts. Pressing
 * twice, or on two devices at once, must not write anything twice. So each article is *one update that is the same wherever
 * it is made*, by a Yjs client whose number is a hash of the content, as in `example-evening.ts`; and an article that was
 * there once, removed or not, is never written again. A resolution that came later is put at the end of its item's article in
 * the same way; which ones an article had is noted in its record, so that one that somebody took out stays out.
 *
 * What was said is not in it: minutes are the board's, the bulletin is everybody's. What of them goes out is for people to
 * choose.
 */
import type { AgendaItem } from '#lib/domain/agenda.ts';
import type { Language } from '#lib/domain/facts/calendar-words.ts';
import { acknowledged, type Fact, type FactSources } from '#lib/domain/facts/fact.ts';
import { toForm, type Shape } from '#lib/domain/facts/forms.ts';
import { byStart, type Meeting } from '#lib/domain/meeting.ts';
import type { Resolution } from '#lib/domain/minutes.ts';
import { decisionOn } from '#lib/domain/outcome.ts';
import type { RosterEntry } from '#lib/domain/roster.ts';
import * as Y from 'yjs';
import { bodyRoot, readBody } from './body.ts';
import { addArticle, readBulletin } from './bulletin.ts';
import { factsIn } from './freeze-facts.ts';
import { hashOf } from './hash.ts';
import { localOrigin, recordAt, transactLocal } from './shape.ts';

/** A paragraph: words and facts. */
type Line = { list?: true; parts: (string | Pick<Fact, 'kind' | 'of' | 'form'>)[] };

export type DraftArticle = { id: string; title: string; lines: Line[]; resolutions: DraftResolution[] };

/** `order`: its place among the meeting's resolutions. */
type DraftResolution = { id: string; of: string; order: string; line: Line };

export type MeetingSource = {
	meeting: Meeting;
	/** What the meeting is called. */
	name: string;
	items: readonly AgendaItem[];
	resolutions: readonly Resolution[];
	/** All of the directory; what comes after the meeting is announced. */
	meetings: readonly (Meeting & { name: string })[];
	actions: readonly RosterEntry[];
};

export type DraftWords = {
	language: Language;
	/** Title of the article about the meeting itself, and of the one about what comes next. */
	about: string;
	next: string;
	/** Stand around the meeting's facts: "Sitzung (Stadtvorstand) am … , Ort: …" */
	meeting: string;
	place: string;
	decided: string;
};

/** How much of what comes next is announced. */
const announced = 4;

export function draftIssue(source: MeetingSource, words: DraftWords): DraftArticle[] {
	const { meeting, items, resolutions } = source;
	const of = (shape: Shape) => ({ kind: 'meeting', of: meeting.id, form: toForm({ language: words.language, shape }) });
	const where = meeting.place === '' ? [] : [words.place, of('place')];
	const about = {
		id: `${meeting.id}about`,
		title: words.about,
		lines: [{ parts: [words.meeting, of('when'), ...where] }],
		resolutions: [],
	};
	const articles = items
		.filter((item) => item.public)
		.map((item) => ({
			id: item.id,
			title: item.title,
			lines: notesOf(item),
			resolutions: resolutionsOf(item, resolutions, meeting.id, words),
		}));
	const next = { id: `${meeting.id}next`, title: words.next, lines: whatIsNext(source, words), resolutions: [] };
	return [about, ...articles, ...(next.lines.length > 0 ? [next] : [])];
}

/** The agenda's notes are for all members already. */
function notesOf({ notes }: AgendaItem): Line[] {
	return notes
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((line) => ({ parts: [line.trim()] }));
}

/** What was rejected, or is not decided yet, is no resolution. */
function resolutionsOf(
	item: AgendaItem,
	all: readonly Resolution[],
	meetingId: string,
	words: DraftWords,
): DraftResolution[] {
	const form = toForm({ language: words.language, shape: 'text' });
	return all
		.filter((each) => each.itemId === item.id && decisionOn(each) === 'adopted' && each.text.trim() !== '')
		.map(({ id, order }) => {
			const of = `${meetingId}/${id}`;
			return { id, of, order, line: { parts: [words.decided, { kind: 'resolution', of, form }] } };
		});
}

function whatIsNext({ meeting, meetings, actions }: MeetingSource, { language }: DraftWords): Line[] {
	const day = meeting.start.slice(0, 10);
	const coming = [
		...meetings
			.filter(({ id, start, status }) => id !== meeting.id && start > meeting.start && status !== 'cancelled')
			.map(({ id, start, name }) => ({ kind: 'meeting', id, start, name, shape: 'when' as const })),
		...actions
			.filter(({ date, status }) => date >= day && status !== 'cancelled')
			.map(({ id, date, title }) => ({ kind: 'action', id, start: date, name: title, shape: 'date' as const })),
	];
	return coming
		.sort(byStart)
		.slice(0, announced)
		.map(({ kind, id, name, shape }) => ({
			list: true,
			parts: [{ kind, of: id, form: toForm({ language, shape }) }, name === '' ? '' : ` · ${name}`],
		}));
}

/** What came into an issue, of what its meeting has: articles, and resolutions into articles that were there. */
export type Brought = { articles: number; resolutions: number };

/** Writes what was never in this issue. */
export function writeDraft(doc: Y.Doc, articles: readonly DraftArticle[], sources: FactSources): Brought {
	const missing = articles.filter(({ id }) => !recordAt(doc, 'articles', id));
	const resolutions = bringResolutions(doc, articles, sources);
	// All of them, so that each stands where it would stand in a whole draft.
	const updates = new Map<string, Uint8Array>();
	articles.forEach((article, index) => updates.set(article.id, updateOf(article, index, sources)));
	for (const { id } of missing) Y.applyUpdate(doc, updates.get(id) ?? new Uint8Array([0, 0]), localOrigin);
	return { articles: missing.length, resolutions };
}

/** @returns how many */
function bringResolutions(doc: Y.Doc, articles: readonly DraftArticle[], sources: FactSources): number {
	const inIssue = new Set(readBulletin(doc).articles.flatMap(({ id }) => resolutionsIn(doc, id)));
	let brought = 0;
	for (const article of articles) {
		const record = recordAt(doc, 'articles', article.id);
		if (!record || record.get('removed') === true) continue;
		for (const { id, of, order, line } of article.resolutions) {
			if (record.has(noteOf(id)) || inIssue.has(of)) continue;
			Y.applyUpdate(doc, additionOf(article.id, order, line, sources), localOrigin);
			transactLocal(doc, () => record.set(noteOf(id), true));
			brought++;
		}
	}
	return brought;
}

function resolutionsIn(doc: Y.Doc, articleId: string): string[] {
	return factsIn(readBody(doc, bodyRoot(articleId))).flatMap(({ kind, of }) => (kind === 'resolution' ? of : []));
}

/** In an article's record: that it had this resolution, whether it still stands there or not. */
function noteOf(resolutionId: string): string {
	return `had:${resolutionId}`;
}

/**
 * A paragraph at the end of an article. Yjs lays what was written into an empty text at once by the writers' numbers: with a
 * high one it stands behind what was there, and with its place in that, resolutions stand in the order of the minutes.
 */
function additionOf(articleId: string, order: string, line: Line, sources: FactSources): Uint8Array {
	const encoded = (clientId: number) =>
		encodeAs(clientId, (doc) => doc.getXmlFragment(bodyRoot(articleId)).push([toParagraph(line, sources)]));
	return encoded((0xf0000000 | (rankOf(order) << 16) | (hashOf(encoded(1)) & 0xffff)) >>> 0);
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Of a fractional index, in the order of these; 12 bits. */
function rankOf(order: string): number {
	const [length = '', first = '', second = '0'] = order;
	if (length !== 'a') return length < 'a' ? 0 : 0xfff;
	return 1 + digits.indexOf(first) * digits.length + digits.indexOf(second);
}

function updateOf(article: DraftArticle, index: number, sources: FactSources): Uint8Array {
	return encode(article, index, sources, hashOf(encode(article, index, sources, 1)));
}

function encode(
	{ id, title, lines, resolutions }: DraftArticle,
	index: number,
	sources: FactSources,
	clientId: number,
): Uint8Array {
	return encodeAs(clientId, (doc) => {
		addArticle(doc, { id, title });
		const record = recordAt(doc, 'articles', id);
		// The place in order that the n-th of a fresh list has.
		record?.set('order', `a${'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[index] ?? `z${index}`}`);
		for (const resolution of resolutions) record?.set(noteOf(resolution.id), true);
		const all = [...lines, ...resolutions.map(({ line }) => line)];
		doc.transact(() => doc.getXmlFragment(bodyRoot(id)).push(all.map((line) => toParagraph(line, sources))));
	});
}

function encodeAs(clientId: number, write: (doc: Y.Doc) => void): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	write(doc);
	const update = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return update;
}

function toParagraph({ list, parts }: Line, sources: FactSources): Y.XmlElement {
	const paragraph = new Y.XmlElement('paragraph');
	if (list) paragraph.setAttribute('list', 'bullet');
	paragraph.push(parts.filter((part) => part !== '').map((part) => toInline(part, sources)));
	return paragraph;
}

function toInline(part: Line['parts'][number], sources: FactSources): Y.XmlElement | Y.XmlText {
	if (typeof part === 'string') return new Y.XmlText(part);
	const element = new Y.XmlElement('fact');
	const fact = acknowledged(part, sources) ?? { ...part, text: '', was: '' };
	for (const [key, value] of Object.entries(fact)) element.setAttribute(key, value);
	return element;
}
