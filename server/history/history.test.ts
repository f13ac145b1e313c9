import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { StoredDocument } from '../storage/contract.ts';
import { openSqliteStore, type SqliteStore } from '../storage/sqlite.ts';
import { createHistory, type History, namedLimit } from './history.ts';

const agenda: DocumentName = 'agenda:a1';
const day = 86_400_000;

let store: SqliteStore;
let history: History;
let now: number;
let logged: string[];
let doc: Y.Doc;

beforeEach(() => {
	store = openSqliteStore(':memory:');
	now = Date.parse('2025-01-09T12:00Z');
	logged = [];
	doc = new Y.Doc();
	history = createHistory({ store, now: () => now, timeZone: () => 'UTC', log: (event) => logged.push(event) });
});

afterEach(() => store.close());

async function type(text: string): Promise<void> {
	const before = Y.encodeStateVector(doc);
	doc.getText('t').insert(doc.getText('t').length, text);
	await store.append([{ name: agenda, updates: [Y.encodeStateAsUpdate(doc, before)] }]).durable;
}

async function texts(): Promise<string[]> {
	const versions = await store.versions(agenda);
	return Promise.all(versions.map(async ({ id }) => textOf(await store.readVersion(agenda, id))));
}

function textOf(state: Uint8Array | null): string {
	const read = new Y.Doc();
	if (state) Y.applyUpdate(read, state);
	return read.getText('t').toJSON();
}

test('a version is made when something changed, and only then', async () => {
	await history.sweep();
	await type('a');
	await history.sweep();
	await history.sweep();
	await type('b');
	now += 1;
	await history.sweep();
	expect(await texts()).toEqual(['ab', 'a']);
});

test('a named version holds the snapshot and what came after it, and stands for the sweep too', async () => {
	await type('a');
	await store.compact(agenda, Y.encodeStateAsUpdate(doc), 1, 1);
	await type('b');
	const version = await history.name(agenda, 'Beschlossen', () => 'mara');
	await history.sweep();
	expect(await store.versions(agenda)).toEqual([version]);
	expect(version).toMatchObject({ label: 'Beschlossen', personId: 'mara', madeAt: now, sequence: 2 });
	expect(await texts()).toEqual(['ab']);
});

test('a version that the document was erased under is made again, by the sweep too', async () => {
	const compacting = async (stored: StoredDocument) => {
		const read = new Y.Doc();
		for (const update of stored.snapshot ? [stored.snapshot, ...stored.tail] : stored.tail) Y.applyUpdate(read, update);
		if (doc.getText('t').length > 0) {
			const before = Y.encodeStateVector(doc);
			doc.getText('t').delete(0, doc.getText('t').length);
			await store.append([{ name: agenda, updates: [Y.encodeStateAsUpdate(doc, before)] }]).durable;
			await store.compact(agenda, Y.encodeStateAsUpdate(doc), stored.sequence + 1, 1);
		}
		return Y.encodeStateAsUpdate(read);
	};
	history = createHistory({ store, now: () => now, timeZone: () => 'UTC', encode: compacting, log: () => {} });
	await type('geheim');
	expect(await history.name(agenda, 'x', () => 'mara')).toMatchObject({ sequence: 2 });
	await type('geheimer');
	now += 1000;
	await history.sweep();
	expect(await texts()).toEqual(['', '']);
});

test('a sweep thins what has aged, also of documents that nobody changes any more', async () => {
	for (const text of ['a', 'b', 'c']) {
		await type(text);
		now += 1000;
		await history.sweep();
	}
	await history.name(agenda, 'bleibt', () => 'mara');
	now += day;
	await history.sweep();
	expect(await texts()).toEqual(['abc', 'abc']);
	now += 400 * day;
	await history.sweep();
	expect((await store.versions(agenda)).map(({ label }) => label)).toEqual(['bleibt']);
});

test('there is no version of what does not exist, nor more than so many named by one person', async () => {
	expect(await history.name('agenda:a2', 'x', () => 'mara')).toBeNull();
	await type('a');
	for (let at = 0; at < namedLimit; at++) await history.name(agenda, 'x', () => 'mara');
	expect(await history.name(agenda, 'x', () => 'mara')).toBeNull();
	expect(await history.name(agenda, 'x', () => 'cem')).toMatchObject({ personId: 'cem' });
	expect(await store.versions(agenda)).toHaveLength(namedLimit + 1);
});

test('a document with a gap gets no version, and the others get theirs', async () => {
	await type('fehlt');
	const before = Y.encodeStateVector(doc);
	doc.getText('t').insert(5, ' da');
	await store.append([{ name: 'agenda:a0', updates: [Y.encodeStateAsUpdate(doc, before)] }]).durable;
	await history.sweep();
	expect(await store.versions('agenda:a0')).toEqual([]);
	expect(await texts()).toEqual(['fehlt']);
	expect(logged).toEqual(['version-failed']);
});

test('a sweep that is told to end makes nothing more', async () => {
	await type('a');
	await history.sweep(AbortSignal.abort());
	expect(await store.versions(agenda)).toEqual([]);
});
