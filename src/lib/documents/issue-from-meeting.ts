/**
 * The first draft of an issue, made from a meeting: an article for each public item, its resolutions as live facts. Pressing
 * twice, or on two devices at once, must not write anything twice. So each article is *one update that is the same wherever
 * it is made*, by a Yjs client whose number is a hash of the content, as in `example-evening.ts`; and an article that was
 * there once, removed or not, is never written again.
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
import { bodyRoot } from './body.ts';
import { addArticle } from './bulletin.ts';
import { hashOf } from './hash.ts';
import { localOrigin, recordAt } from './shape.ts';

/** A paragraph: words and facts. */
type Line = { list?: true; parts: (string | Pick<Fact, 'kind' | 'of' | 'form'>)[] };

export type DraftArticle = { id: string; title: string; lines: Line[] };

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

/** The id of the issue that is made from a meeting: the same wherever it is made. */
export function issueIdOf(meetingId: string): string {
	return `from${meetingId}`.slice(0, 32);
}

export function draftIssue(source: MeetingSource, words: DraftWords): DraftArticle[] {
	const { meeting, items, resolutions } = source;
	const of = (shape: Shape) => ({ kind: 'meeting', of: meeting.id, form: toForm({ language: words.language, shape }) });
	const where = meeting.place === '' ? [] : [words.place, of('place')];
	const about = {
		id: `${meeting.id}about`,
		title: words.about,
		lines: [{ parts: [words.meeting, of('when'), ...where] }],
	};
	const articles = items
		.filter((item) => item.public)
		.map((item) => ({
			id: item.id,
			title: item.title,
			lines: [...notesOf(item), ...resolutionsOf(item, resolutions, meeting.id, words)],
		}));
	const next = { id: `${meeting.id}next`, title: words.next, lines: whatIsNext(source, words) };
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
function resolutionsOf(item: AgendaItem, all: readonly Resolution[], meetingId: string, words: DraftWords): Line[] {
	const form = toForm({ language: words.language, shape: 'text' });
	return all
		.filter((each) => each.itemId === item.id && decisionOn(each) === 'adopted' && each.text.trim() !== '')
		.map(({ id }) => ({ parts: [words.decided, { kind: 'resolution', of: `${meetingId}/${id}`, form }] }));
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

/** Writes the articles that were never in this issue. @returns how many */
export function writeDraft(doc: Y.Doc, articles: readonly DraftArticle[], sources: FactSources): number {
	const missing = articles.filter(({ id }) => !recordAt(doc, 'articles', id));
	// All of them, so that each stands where it would stand in a whole draft.
	const updates = new Map<string, Uint8Array>();
	articles.forEach((article, index) => updates.set(article.id, updateOf(article, index, sources)));
	for (const { id } of missing) Y.applyUpdate(doc, updates.get(id) ?? new Uint8Array([0, 0]), localOrigin);
	return missing.length;
}

function updateOf(article: DraftArticle, index: number, sources: FactSources): Uint8Array {
	return encode(article, index, sources, hashOf(encode(article, index, sources, 1)));
}

function encode({ id, title, lines }: DraftArticle, index: number, sources: FactSources, clientId: number): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	addArticle(doc, { id, title });
	// The place in order that the n-th of a fresh list has.
	recordAt(doc, 'articles', id)?.set('order', `a${'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[index] ?? `z${index}`}`);
	doc.transact(() => doc.getXmlFragment(bodyRoot(id)).push(lines.map((line) => toParagraph(line, sources))));
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
