/** A document in parts that a person knows by name, as text: for comparing two states of it. */
import { readAgenda } from '#lib/documents/agenda.ts';
import { bodyRoot } from '#lib/documents/body.ts';
import { readBulletin } from '#lib/documents/bulletin.ts';
import { bodyOf, readMinutes, type Minutes } from '#lib/documents/minutes.ts';
import type { Entry } from '#lib/domain/beside.ts';
import { isText, paragraph, readRichBody, type RichNode } from '#lib/documents/rich-body.ts';
import { readTalks, type Talk } from '#lib/documents/talks.ts';
import type { Fact } from '#lib/domain/facts/fact.ts';
import { isLocalDate, isLocalDateTime } from '#lib/domain/local-time.ts';
import { formatDate, formatSpan } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { DocumentKind } from '#lib/protocol/document-name.ts';
import type * as Y from 'yjs';

export type Section = {
	id: string;
	title: string;
	blocks: RichNode[];
	/** What was said about its text. */
	talks?: Talk[];
	/** It is there also when nothing stands in it. */
	lasting?: boolean;
	/** It cannot go back alone. */
	bound?: boolean;
};

export type SectionNames = {
	personOf: (id: string) => string;
	itemOf: (id: string) => string;
	/** What a fact in it is to read as. */
	factWords: (fact: Fact) => string;
};

/** The kinds of documents that have a history to look at. */
export type HistoryKind = Extract<DocumentKind, 'bulletin' | 'minutes' | 'agenda'>;
export const historyKinds: readonly DocumentKind[] = ['bulletin', 'minutes', 'agenda'];

/** @param entry what the directory said of it; null where that is not known of both times */
export function sectionsOf(kind: HistoryKind, doc: Y.Doc, names: SectionNames, entry: Entry | null): Section[] {
	const head = entry ? [headSection(kind, entry)] : [];
	if (kind === 'bulletin') return [...head, ...bulletinSections(doc, names)];
	return [...head, ...(kind === 'minutes' ? minutesSections(doc, names) : agendaSections(doc, names))];
}

function headSection(kind: HistoryKind, entry: Entry): Section {
	const { title = '', date = '', start = '', end = '', place = '', status = '' } = entry;
	const called = status === 'cancelled' ? m.facts_cancelled() : '';
	const when = isLocalDateTime(start) ? formatSpan(start, isLocalDateTime(end) ? end : null) : '';
	const lines = kind === 'bulletin' ? [title, isLocalDate(date) ? formatDate(date) : ''] : [title, when, place, called];
	const blocks = lines.filter(Boolean).map((each) => line(each));
	return { id: ' head', title: kind === 'bulletin' ? m.history_issue() : m.history_meeting(), blocks, bound: true };
}

function bulletinSections(doc: Y.Doc, names: SectionNames): Section[] {
	const talksOf = talksIn(doc);
	return readBulletin(doc).articles.map(({ id, title }) => ({
		id,
		title,
		blocks: [line(title, { level: 1 }), ...readShown(doc, bodyRoot(id), names)],
		talks: talksOf(bodyRoot(id)),
	}));
}

function talksIn(doc: Y.Doc): (root: string) => Talk[] {
	const talks = Map.groupBy(readTalks(doc), ({ root }) => root);
	return (root) => talks.get(root) ?? [];
}

function readShown(doc: Y.Doc, root: string, { factWords }: SectionNames): RichNode[] {
	const shown = (node: RichNode): RichNode => {
		if (node.name === 'fact') return { ...node, attrs: { ...node.attrs, text: factWords(factOf(node)) } };
		return { ...node, content: node.content.map((child) => (isText(child) ? child : shown(child))) };
	};
	return readRichBody(doc, root).map(shown);
}

function factOf({ attrs }: RichNode): Fact {
	const text = (key: string) => (typeof attrs[key] === 'string' ? attrs[key] : '');
	return { kind: text('kind'), of: text('of'), form: text('form'), text: text('text'), was: text('was') };
}

function minutesSections(doc: Y.Doc, names: SectionNames): Section[] {
	const minutes = readMinutes(doc);
	const talksOf = talksIn(doc);
	const items = minutes.writtenItemIds.map((id) => ({
		id,
		title: names.itemOf(id),
		blocks: [...readShown(doc, bodyOf(id), names), ...recordLines(minutes, id, names)],
		talks: talksOf(bodyOf(id)),
		// Which items there are, the agenda says.
		lasting: true,
	}));
	const there = attendanceLines(minutes, names);
	return [{ id: '', title: m.history_attendance(), blocks: there, bound: true }, ...items];
}

function recordLines({ resolutions, tasks }: Minutes, itemId: string, { personOf }: SectionNames): RichNode[] {
	const decided = resolutions
		.filter((each) => each.itemId === itemId)
		.map(({ text, vote, status }) => {
			const draft = status === 'draft' ? m.meetings_resolution_status_draft() : '';
			return asLine(m.meetings_resolution(), text, vote ? m.meetings_vote_line(vote) : '', draft);
		});
	const given = tasks
		.filter((each) => each.itemId === itemId)
		.map(({ text, personId, due, done }) => {
			const who = personId === null ? '' : personOf(personId);
			return asLine(m.meetings_task(), text, who, due ?? '', done ? m.meetings_task_done() : '');
		});
	return [...decided, ...given];
}

/** What there is of it. */
function asLine(...parts: string[]): RichNode {
	return line(parts.filter(Boolean).join(': '));
}

function attendanceLines({ attendance, facts }: Minutes, { personOf }: SectionNames): RichNode[] {
	const states = {
		present: m.meetings_state_present,
		excused: m.meetings_state_excused,
		absent: m.meetings_state_absent,
	};
	const led = [
		facts.chairId === null ? '' : `${m.meetings_chair()}: ${personOf(facts.chairId)}`,
		facts.minuteTakerId === null ? '' : `${m.meetings_minute_taker()}: ${personOf(facts.minuteTakerId)}`,
	];
	const there = attendance.map(({ personId, state, from, to }) =>
		[`${personOf(personId)}: ${states[state]()}`, from ?? '', to ?? ''].filter(Boolean).join(' · '),
	);
	return [...led.filter(Boolean), ...there].map((each) => line(each));
}

function agendaSections(doc: Y.Doc, { personOf }: SectionNames): Section[] {
	const kinds = {
		information: m.meetings_kind_information,
		discussion: m.meetings_kind_discussion,
		decision: m.meetings_kind_decision,
	};
	return readAgenda(doc).items.map(({ id, title, kind, minutes, presenterId, notes, public: open }) => {
		const who = presenterId === null ? '' : personOf(presenterId);
		const facts = [kinds[kind](), `${minutes} min`, who, open ? '' : m.meetings_closed()];
		const blocks = [line(title, { level: 1 }), line(facts.filter(Boolean).join(' · '))];
		return { id, title, blocks: notes === '' ? blocks : [...blocks, ...notes.split('\n').map((each) => line(each))] };
	});
}

function line(text: string, attrs: Record<string, unknown> = {}): RichNode {
	return paragraph(attrs, text === '' ? [] : [{ text, marks: [] }]);
}
