/** For each kind of document: what a person may do to it at random, and how it reads. */
import { readAgenda } from '#lib/documents/agenda.ts';
import {
	addAgendaItem,
	moveAgendaItem,
	removeAgendaItem,
	restoreAgendaItem,
	updateAgendaItem,
} from '#lib/documents/change-agenda.ts';
import {
	addArticle,
	moveArticle,
	readBulletin,
	removeArticle,
	renameArticle,
	restoreArticle,
} from '#lib/documents/bulletin.ts';
import { readDirectory } from '#lib/documents/directory.ts';
import {
	addBody,
	addBulletin,
	addMeeting,
	addRoster,
	removeEntry,
	setParticipant,
	updateEntry,
} from '#lib/documents/change-directory.ts';
import { readMinutes } from '#lib/documents/minutes.ts';
import {
	addResolution,
	addTask,
	removeMinutesRecord,
	restoreMinutesRecord,
	setAttendance,
	setVoices,
	updateResolution,
	updateTask,
} from '#lib/documents/change-minutes.ts';
import { readRoster } from '#lib/documents/roster.ts';
import {
	addShift,
	addStation,
	assignPerson,
	editNote,
	moveShift,
	removeShift,
	renameStation,
	restoreShift,
	setContact,
	unassignPerson,
	updateShift,
} from '#lib/documents/change-roster.ts';
import { newAgendaItem } from '#lib/domain/agenda.ts';
import * as Y from 'yjs';
import type { Random } from '../support/random.ts';

export type HistoryKind = {
	name: string;
	/** @param id new in this history */
	change(doc: Y.Doc, random: Random, id: string): void;
	read(doc: Y.Doc): unknown;
};

const people = ['mara', 'jonas', 'eva', 'kim'];
const places = ['a', 'b', 'c'];

/** Runs one of the actions. */
function oneOf(random: Random, actions: (() => void)[]): void {
	random.pick(actions)?.();
}

/** A text in which something was typed or taken out, as a text field gives it. */
function retyped(text: string, random: Random, id: string): string {
	const at = random.nat(text.length + 1);
	return text.slice(0, at) + (random.chance(0.7) ? ` ${id}` : '') + text.slice(random.chance(0.3) ? at + 2 : at);
}

function idOf(records: readonly { id: string }[], random: Random): string {
	return random.pick(records)?.id ?? 'nobody';
}

/** As an editor does: paragraphs in a body, text and marks in a paragraph. */
function writeBody(doc: Y.Doc, random: Random, id: string): void {
	const body = doc.getXmlFragment(`body:${random.pick(places)}`);
	const paragraph = random.pick(body.toArray());
	const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
	if (!(paragraph instanceof Y.XmlElement) || !(text instanceof Y.XmlText) || random.chance(0.2)) {
		const fresh = new Y.XmlElement('paragraph');
		fresh.insert(0, [new Y.XmlText(id)]);
		return body.insert(random.nat(body.length + 1), [fresh]);
	}
	const at = random.nat(text.length + 1);
	oneOf(random, [
		() => text.insert(at, ` ${id}`),
		() => text.delete(at, Math.min(3, text.length - at)),
		() => text.format(at, Math.min(4, text.length - at), { strong: random.chance(0.5) ? {} : null }),
		() => paragraph.setAttribute('level', String(random.nat(4))),
		() => body.delete(body.toArray().indexOf(paragraph), 1),
	]);
}

const directory: HistoryKind = {
	name: 'directory',
	read: readDirectory,
	change(doc, random, id) {
		const { meetings, rosters, bulletins } = readDirectory(doc);
		const start = `2025-01-0${1 + random.nat(9)}T18:00` as const;
		const meeting = random.pick(meetings);
		const facts = { title: '', end: null, mode: 'online', place: '', link: '', status: 'planned' } as const;
		oneOf(random, [
			() => addBody(doc, id, id),
			() => addMeeting(doc, { ...facts, id, bodyId: null, start, invited: [], guests: [] }),
			() => addRoster(doc, { id, title: id, place: '', date: '2025-01-18', status: 'planned' }),
			() => addBulletin(doc, { id, title: id, date: '2024-12-10', status: 'draft' }),
			() => meeting && updateEntry(doc, 'meetings', meeting.id, { title: retyped(meeting.title, random, id), start }),
			() => setParticipant(doc, idOf(meetings, random), 'invited', random.pick(people) ?? '', random.chance(0.7)),
			() => updateEntry(doc, 'bulletins', idOf(bulletins, random), { title: id }),
			() => random.chance(0.3) && removeEntry(doc, 'rosters', idOf(rosters, random)),
		]);
	},
};

const agenda: HistoryKind = {
	name: 'agenda',
	read: readAgenda,
	change(doc, random, id) {
		const { items, removed } = readAgenda(doc);
		const item = random.pick(items);
		const before = random.chance(0.2) ? null : idOf(items, random);
		oneOf(random, [
			() => addAgendaItem(doc, { ...newAgendaItem, id, title: id }, before),
			() => moveAgendaItem(doc, idOf(items, random), before),
			() => item && updateAgendaItem(doc, item.id, { title: retyped(item.title, random, id) }),
			() => updateAgendaItem(doc, idOf(items, random), { minutes: random.nat(60), public: random.chance(0.5) }),
			() => removeAgendaItem(doc, idOf(items, random)),
			() => restoreAgendaItem(doc, idOf(removed, random)),
		]);
	},
};

const minutes: HistoryKind = {
	name: 'minutes',
	read: readMinutes,
	change(doc, random, id) {
		const { resolutions, tasks } = readMinutes(doc);
		const resolution = random.pick(resolutions);
		const task = random.pick(tasks);
		const itemId = random.pick(places) ?? 'a';
		oneOf(random, [
			() => addResolution(doc, { id, itemId, text: id, status: 'draft' }),
			() => addTask(doc, { id, itemId, text: id, personId: null, due: null, done: false }),
			() => setAttendance(doc, random.pick(people) ?? '', { state: random.pick(['present', 'excused', null]) ?? null }),
			() => resolution && updateResolution(doc, resolution.id, { text: retyped(resolution.text, random, id) }),
			() => setVoices(doc, idOf(resolutions, random), random.pick(['yes', 'no'] as const) ?? 'yes', random.nat(9)),
			() => task && updateTask(doc, task.id, { text: retyped(task.text, random, id), done: random.chance(0.5) }),
			() => removeMinutesRecord(doc, 'tasks', idOf(tasks, random)),
			() => restoreMinutesRecord(doc, 'tasks', random.pick([...doc.getMap('tasks').keys()]) ?? ''),
			() => writeBody(doc, random, id),
			() => writeBody(doc, random, id),
		]);
	},
};

const roster: HistoryKind = {
	name: 'roster',
	read: readRoster,
	change(doc, random, id) {
		const { note, stations, shifts } = readRoster(doc);
		const hour = 10 + random.nat(8);
		const [start, end] = [`2025-01-18T${hour}:00`, `2025-01-18T${hour + 2}:00`] as const;
		const person = random.pick(people) ?? '';
		oneOf(random, [
			() => addStation(doc, id, id),
			() => renameStation(doc, idOf(stations, random), id),
			() => addShift(doc, { id, start, end, stationId: null, need: 2, branchId: null, people: [] }),
			() => moveShift(doc, idOf(shifts, random), start, end),
			() => updateShift(doc, idOf(shifts, random), { need: random.nat(9), stationId: idOf(stations, random) }),
			() => assignPerson(doc, idOf(shifts, random), person),
			() => unassignPerson(doc, idOf(shifts, random), person),
			() => removeShift(doc, idOf(shifts, random)),
			() => restoreShift(doc, random.pick([...doc.getMap('shifts').keys()]) ?? ''),
			() => editNote(doc, retyped(note, random, id)),
			() => setContact(doc, person),
		]);
	},
};

const bulletin: HistoryKind = {
	name: 'bulletin',
	read: readBulletin,
	change(doc, random, id) {
		const { articles } = readBulletin(doc);
		const article = random.pick(articles);
		oneOf(random, [
			() => addArticle(doc, { id, title: id }, random.chance(0.5) ? null : idOf(articles, random)),
			() => article && renameArticle(doc, article.id, retyped(article.title, random, id)),
			() => moveArticle(doc, idOf(articles, random), random.chance(0.3) ? null : idOf(articles, random)),
			() => removeArticle(doc, idOf(articles, random)),
			() => restoreArticle(doc, random.pick([...doc.getMap('articles').keys()]) ?? ''),
			() => writeBody(doc, random, id),
			() => writeBody(doc, random, id),
			() => writeBody(doc, random, id),
		]);
	},
};

export const historyKinds: readonly HistoryKind[] = [directory, agenda, minutes, roster, bulletin];
