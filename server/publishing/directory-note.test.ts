import { readDirectory } from '#lib/documents/directory.ts';
import { addBulletin, removeEntry, updateEntry } from '#lib/documents/change-directory.ts';
import { markRemoved } from '#lib/documents/removed-entry.ts';
import { directoryName } from '#lib/protocol/document-name.ts';
import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { PublicPage } from '../accounts/publications.ts';
import { createDirectoryNote } from './directory-note.ts';

let directory: Y.Doc;
let waiting: { work: () => void; wait: number }[];
let fails: boolean;
let logged: string[];
let page: PublicPage;
/** What writing a note waits for. */
let slow: Promise<unknown>;

beforeEach(() => {
	directory = new Y.Doc();
	addBulletin(directory, { id: 'b1', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'review' });
	waiting = [];
	logged = [];
	fails = false;
	slow = Promise.resolve();
	page = { issueId: 'b1', name: 'aus-dem-vorstand', uid: 'u', withdrawnAt: null, changedAt: 1 };
});

const notes = () =>
	createDirectoryNote({
		store: { load: async () => ({ snapshot: null, tail: [Y.encodeStateAsUpdate(directory)], sequence: 1 }) },
		pageOf: () => page,
		factsOf: () => ({ title: 'Aus dem Vorstand', date: '2025-01-09', language: 'en' }),
		pages: () => [page],
		contribute: async (name, update) => {
			if (fails) throw new Error('the disk is full');
			await slow;
			expect(name).toBe(directoryName);
			Y.applyUpdate(directory, update);
		},
		later: (work, wait) => void waiting.push({ work, wait }),
		log: (event) => void logged.push(event),
	});
const entry = () => readDirectory(directory).bulletins.find(({ id }) => id === 'b1');
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('a note that cannot be written is tried again, less and less often, until it is there', async () => {
	const { note } = notes();
	fails = true;
	await note('b1');
	for (const wait of [1000, 10_000, 60_000, 300_000, 300_000]) {
		expect(waiting.map((each) => each.wait)).toEqual([wait]);
		waiting.pop()?.work();
		await settled();
	}
	expect(entry()).toMatchObject({ status: 'review', page: null });
	fails = false;
	waiting.pop()?.work();
	await settled();
	expect(entry()).toMatchObject({ status: 'published', page: 'aus-dem-vorstand' });
	expect(waiting).toEqual([]);
	expect(new Set(logged)).toEqual(new Set(['note-failed']));
});

test('what is written meanwhile is not written a second time', async () => {
	const { note } = notes();
	fails = true;
	await note('b1');
	fails = false;
	await note('b1');
	const news = entry()?.news;
	waiting.pop()?.work();
	await settled();
	expect(entry()?.news).toBe(news);
});

test('a server that starts writes what the one before owed, and nothing else', async () => {
	await notes().catchUp();
	expect(entry()).toMatchObject({ status: 'published', page: 'aus-dem-vorstand', news: 1 });
	await notes().catchUp();
	expect(entry()?.news).toBe(1);
	page = { ...page, withdrawnAt: 2 };
	await notes().catchUp();
	expect(entry()).toMatchObject({ status: 'withdrawn', page: null, news: 2 });
	await notes().catchUp();
	expect(entry()?.news).toBe(2);
});

test('a withdrawn issue is noted as that, not as work to do, also where an earlier server noted it otherwise', async () => {
	await notes().note('b1');
	page = { ...page, withdrawnAt: 2 };
	await notes().note('b1');
	expect(entry()).toMatchObject({ status: 'withdrawn', page: null });
	updateEntry(directory, 'bulletins', 'b1', { status: 'review' });
	await notes().catchUp();
	expect(entry()).toMatchObject({ status: 'withdrawn', page: null });
	page = { ...page, withdrawnAt: null };
	await notes().note('b1');
	expect(entry()).toMatchObject({ status: 'published', page: 'aus-dem-vorstand' });
});

test('an issue that everybody can see is in the list again, also when a device had removed it', async () => {
	removeEntry(directory, 'bulletins', 'b1');
	await notes().catchUp();
	expect(entry()).toEqual({
		id: 'b1',
		title: 'Aus dem Vorstand',
		date: '2025-01-09',
		language: 'en',
		status: 'published',
		page: 'aus-dem-vorstand',
		news: 1,
	});
	page = { ...page, withdrawnAt: 2 };
	await notes().catchUp();
	removeEntry(directory, 'bulletins', 'b1');
	await notes().catchUp();
	expect(entry()).toBeUndefined();
});

test('one that was only marked as removed comes back with what others have changed in it meanwhile', async () => {
	markRemoved(directory, 'bulletins', 'b1', 'jonas', 1);
	updateEntry(directory, 'bulletins', 'b1', { title: 'Aus der Geschäftsstelle' });
	await notes().catchUp();
	expect(entry()).toMatchObject({ title: 'Aus der Geschäftsstelle', status: 'published', page: 'aus-dem-vorstand' });
});

test('of two notes at once the later one stands, however slow the first one was', async () => {
	for (let round = 0; round < 20; round++) {
		const { note } = notes();
		const { promise, resolve } = Promise.withResolvers<unknown>();
		page = { ...page, withdrawnAt: null };
		slow = promise;
		const first = note('b1');
		await settled();
		page = { ...page, withdrawnAt: 2 };
		const second = note('b1');
		await settled();
		resolve(null);
		await Promise.all([first, second]);
		expect(entry()).toMatchObject({ status: 'withdrawn', page: null });
	}
});
