/** A document in parts that a person knows by name, as text: for comparing two states of it. */
import { readAgenda } from '#lib/documents/agenda.ts';
import { bodyRoot } from '#lib/documents/body.ts';
import { readBulletin } from '#lib/documents/bulletin.ts';
import { bodyOf, readMinutes, type Minutes } from '#lib/documents/minutes.ts';
import { paragraph, readRichBody, type RichNode } from '#lib/documents/rich-body.ts';
import { readTalks } from '#lib/documents/talks.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { DocumentKind } from '#lib/protocol/document-name.ts';
import type * as Y from 'yjs';

export type Section = {
	id: string;
	title: string;
	blocks: RichNode[];
	/** The ids of what was said about its text. */
	remarks?: string[];
};

export type SectionNames = { personOf: (id: string) => string; itemOf: (id: string) => string };

/** The kinds of documents that have a history to look at. */
export type HistoryKind = Extract<DocumentKind, 'bulletin' | 'minutes' | 'agenda'>;
export const historyKinds: readonly DocumentKind[] = ['bulletin', 'minutes', 'agenda'];

export function sectionsOf(kind: HistoryKind, doc: Y.Doc, names: SectionNames): Section[] {
	if (kind === 'bulletin') return bulletinSections(doc);
	return kind === 'minutes' ? minutesSections(doc, names) : agendaSections(doc, names);
}

function bulletinSections(doc: Y.Doc): Section[] {
	const remarksOf = remarksIn(doc);
	return readBulletin(doc).articles.map(({ id, title }) => ({
		id,
		title,
		blocks: [line(title, { level: 1 }), ...readRichBody(doc, bodyRoot(id))],
		remarks: remarksOf(bodyRoot(id)),
	}));
}

function remarksIn(doc: Y.Doc): (root: string) => string[] {
	const talks = Map.groupBy(readTalks(doc), ({ root }) => root);
	return (root) => (talks.get(root) ?? []).flatMap(({ remarks }) => remarks.map(({ id }) => id));
}

function minutesSections(doc: Y.Doc, names: SectionNames): Section[] {
	const minutes = readMinutes(doc);
	const remarksOf = remarksIn(doc);
	const items = minutes.writtenItemIds.map((id) => ({
		id,
		title: names.itemOf(id),
		blocks: [...readRichBody(doc, bodyOf(id)), ...recordLines(minutes, id, names)],
		remarks: remarksOf(bodyOf(id)),
	}));
	return [{ id: '', title: m.history_attendance(), blocks: attendanceLines(minutes, names) }, ...items];
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
