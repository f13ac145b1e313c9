/**
 * Random histories of an evening: three devices write one agenda and its minutes, meet in pairs whenever the history
 * says so, and all at the end. Then the contents are equal (by digest, not by state vector), nothing is there twice, and
 * nothing that someone added or wrote is missing. A failure prints its seed: `MITSCHRIFT_SEED=… npx vitest run <file>`.
 */
import { newAgendaItem } from '#lib/domain/agenda.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readAgenda } from './agenda.ts';
import {
	addAgendaItem,
	moveAgendaItem,
	removeAgendaItem,
	restoreAgendaItem,
	updateAgendaItem,
} from './change-agenda.ts';
import { bodyOf, readMinutes } from './minutes.ts';
import {
	addResolution,
	addTask,
	removeMinutesRecord,
	restoreMinutesRecord,
	setAttendance,
	setVoices,
	updateResolution,
	updateTask,
} from './change-minutes.ts';
import { replaceText, textFrom } from './change-record.ts';

const devices = 3;
const seed = Number(process.env.MITSCHRIFT_SEED) || undefined;
const runs = Number(process.env.MITSCHRIFT_RUNS) || 150;
/** A busy machine takes its time over 150 histories; more of them take longer. */
const timeout = 60_000 + runs * 100;

type Step = { device: number; kind: number; target: number; other: number };

const step: fc.Arbitrary<Step> = fc.record({
	device: fc.nat(devices - 1),
	kind: fc.nat(99),
	target: fc.nat(50),
	other: fc.nat(50),
});

/** What a history did, to compare with what is there in the end. */
type Ledger = { ids: string[]; words: Map<string, string[]> };

function merge(from: Y.Doc, to: Y.Doc): void {
	Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
}

function meetAll(docs: Y.Doc[]): void {
	for (let round = 0; round < 2; round++)
		for (const from of docs) for (const to of docs) if (from !== to) merge(from, to);
}

/** Everything that a document shows, in a form that compares. */
function digestOf(doc: Y.Doc): string {
	const bodies = [...doc.share.keys()].filter((name) => name.startsWith('body:')).sort();
	const maps = ['items', 'attendance', 'resolutions', 'tasks', 'meta'].map((name) => sorted(doc.getMap(name).toJSON()));
	return JSON.stringify([maps, bodies.map((name) => [name, doc.getXmlFragment(name).toString()])]);
}

function sorted(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.entries(value)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, inner]) => [key, sorted(inner)]);
}

function pick<T>(list: readonly T[], at: number): T | undefined {
	return list[at % list.length];
}

/** Appends a word that no other step appends, so that its loss would show. */
function append(ledger: Ledger, id: string, text: string): string {
	const words = ledger.words.get(id) ?? [];
	const word = `${id}w${[...ledger.words.values()].flat().length}`;
	ledger.words.set(id, [...words, word]);
	return `${text} ${word}`;
}

function changeAgenda(doc: Y.Doc, { kind, target, other }: Step, ledger: Ledger): void {
	const { items, removed } = readAgenda(doc);
	const item = pick(items, target);
	const before = pick(items, other)?.id ?? null;
	if (kind < 25 || !item) {
		const id = `i${ledger.ids.length}`;
		ledger.ids.push(id);
		addAgendaItem(doc, { ...newAgendaItem, id, title: id }, other % 3 === 0 ? null : before);
	} else if (kind < 60) moveAgendaItem(doc, item.id, other % 4 === 0 ? null : before);
	else if (kind < 75) updateAgendaItem(doc, item.id, { title: append(ledger, item.id, item.title) });
	else if (kind < 85) updateAgendaItem(doc, item.id, { minutes: other, public: other % 2 === 0 });
	else if (kind < 93) removeAgendaItem(doc, item.id);
	else restoreAgendaItem(doc, pick(removed, other)?.id ?? item.id);
}

function changeMinutes(doc: Y.Doc, { kind, target, other }: Step, ledger: Ledger): void {
	const { resolutions, tasks } = readMinutes(doc);
	const resolution = pick(resolutions, target);
	const task = pick(tasks, target);
	const id = `r${ledger.ids.length}`;
	if (kind < 12) {
		ledger.ids.push(id);
		addResolution(doc, { id, itemId: `i${other % 3}`, text: id, status: 'draft' });
	} else if (kind < 24) {
		ledger.ids.push(id);
		addTask(doc, { id, itemId: `i${other % 3}`, text: id, personId: null, due: null, done: false });
	} else if (kind < 44) setAttendance(doc, `p${target % 4}`, attendanceChange(other));
	else if (kind < 60) write(doc, `i${target % 3}`, append(ledger, `i${target % 3}`, ''), other);
	else if (kind < 70 && resolution)
		updateResolution(doc, resolution.id, { text: append(ledger, resolution.id, resolution.text) });
	else if (kind < 80 && resolution)
		setVoices(doc, resolution.id, pick(['yes', 'no', 'abstention'] as const, other) ?? 'yes', other);
	else if (kind < 88 && task)
		updateTask(doc, task.id, { text: append(ledger, task.id, task.text), done: other % 2 === 0 });
	else if (kind < 94 && task) removeMinutesRecord(doc, 'tasks', task.id);
	else if (resolution) removeMinutesRecord(doc, 'resolutions', resolution.id);
}

function attendanceChange(other: number): Parameters<typeof setAttendance>[2] {
	return (
		[{ state: 'present' }, { state: 'excused', from: null }, { from: '18:10' }, { to: '19:50' }, { state: null }][
			other % 5
		] ?? {}
	);
}

function write(doc: Y.Doc, itemId: string, word: string, at: number): void {
	const body = doc.getXmlFragment(bodyOf(itemId));
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [new Y.XmlText(word)]);
	body.insert(at % (body.length + 1), [paragraph]);
}

function replay(steps: readonly Step[], change: (doc: Y.Doc, step: Step, ledger: Ledger) => void): [Y.Doc, Ledger] {
	const docs = Array.from({ length: devices }, () => new Y.Doc());
	const ledger: Ledger = { ids: [], words: new Map() };
	for (const taken of steps) {
		const doc = docs[taken.device] as Y.Doc;
		// One step in six is a meeting of two devices instead of a change; between meetings they are offline.
		if (taken.other % 6 === 5) {
			const peer = docs[(taken.device + 1 + (taken.target % (devices - 1))) % devices] as Y.Doc;
			merge(doc, peer);
			merge(peer, doc);
		} else change(doc, taken, ledger);
	}
	meetAll(docs);
	const [doc, ...others] = docs as [Y.Doc, ...Y.Doc[]];
	for (const other of others) expect(digestOf(other)).toBe(digestOf(doc));
	for (const other of docs) other.destroy();
	return [doc, ledger];
}

/** The letters of a word may be interleaved with another's only when both were typed at the same place; they are all there. */
function holdsLetters(text: string, word: string): boolean {
	let at = 0;
	for (const letter of text) if (letter === word[at]) at++;
	return at === word.length;
}

const parameters = { numRuns: runs, ...(seed === undefined ? {} : { seed }) };

test('agendas of three devices become equal, each item once, no item or word lost', { timeout }, () => {
	fc.assert(
		fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
			const [doc, ledger] = replay(steps, changeAgenda);
			const { items, removed } = readAgenda(doc);
			const all = [...items, ...removed];
			expect(all.map(({ id }) => id).sort()).toEqual([...ledger.ids].sort());
			for (const { id, title } of all)
				for (const word of ledger.words.get(id) ?? [])
					expect(holdsLetters(title, word), `${word} in ${title}`).toBe(true);
			// Whatever the history, the order still takes a new place anywhere.
			for (const { id } of items) {
				moveAgendaItem(doc, id, items[0]?.id ?? null);
				expect(readAgenda(doc).items.length).toBe(items.length);
			}
		}),
		parameters,
	);
});

test('minutes of three devices become equal, each record once, no record or word lost', { timeout }, () => {
	fc.assert(
		fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
			const [doc, ledger] = replay(steps, changeMinutes);
			for (const id of doc.getMap('resolutions').keys()) restoreMinutesRecord(doc, 'resolutions', id);
			for (const id of doc.getMap('tasks').keys()) restoreMinutesRecord(doc, 'tasks', id);
			const { resolutions, tasks } = readMinutes(doc);
			const records = [...resolutions, ...tasks];
			expect(records.map(({ id }) => id).sort()).toEqual([...ledger.ids].sort());
			const bodies = [0, 1, 2].map((n) => ({ id: `i${n}`, text: doc.getXmlFragment(bodyOf(`i${n}`)).toString() }));
			for (const { id, text } of [...records, ...bodies])
				for (const word of ledger.words.get(id) ?? [])
					expect(holdsLetters(text, word), `${word} in ${text}`).toBe(true);
		}),
		parameters,
	);
});

test('a text becomes what was typed, and a character is never cut in half', { timeout }, () => {
	// Few characters, so that neighbours share halves: two of these begin with the same one, two end with the same.
	const words = fc.string({ unit: fc.constantFrom('a', '😀', '😁', '🨀'), maxLength: 6 });
	fc.assert(
		fc.property(words, words, (old, next) => {
			const text = new Y.Doc().getMap<Y.Text>('root').set('text', textFrom(old));
			replaceText(text, next);
			expect(text.toString()).toBe(next);
		}),
		{
			...parameters,
			examples: [
				['😀', '😁'],
				['😀', '🨀'],
				['😀😀', '😀'],
			],
		},
	);
});
