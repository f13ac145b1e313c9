import { beforeEach, expect, test } from 'vitest';
import { createMemoryStore, type MemoryStore } from '../../tests/relay/memory-store.ts';
import { createProbedStore, type ProbedStore } from './probed-store.ts';

let store: MemoryStore;
let probed: ProbedStore;
let waiting: (() => void)[];
let seen: (string | null)[];

beforeEach(() => {
	store = createMemoryStore();
	waiting = [];
	seen = [];
	probed = createProbedStore(store, (work) => waiting.push(work));
	probed.onChange(() => seen.push(probed.trouble));
});

const append = () => probed.store.append([{ name: 'agenda:a1', updates: [Uint8Array.of(1)] }]).durable;
/** Lets the time until the next probe pass. */
async function pass(): Promise<void> {
	for (const work of waiting.splice(0)) work();
	await new Promise(setImmediate);
}

test('well until an append fails, and a store that is well is never probed', async () => {
	await append();
	expect([probed.trouble, seen, waiting]).toEqual([null, [], []]);
});

test('a store that is full at the start is so before anybody writes, and one that is well is well', async () => {
	await probed.probe();
	expect([probed.trouble, seen, waiting]).toEqual([null, [], []]);
	const free = store.fill();
	await expect(probed.probe()).rejects.toMatchObject({ kind: 'full' });
	expect([probed.trouble, seen, waiting.length]).toEqual(['full', ['full'], 1]);
	free();
	await pass();
	expect(probed.trouble).toBe(null);
});

test('an append that fails is trouble of its kind, and fails for whoever asked', async () => {
	const free = store.fill();
	await expect(append()).rejects.toMatchObject({ kind: 'full' });
	await expect(append()).rejects.toMatchObject({ kind: 'full' });
	expect([probed.trouble, seen, waiting.length]).toEqual(['full', ['full'], 1]);
	free();
});

test('a sync to disk that fails is trouble as well', async () => {
	store.failNext('sync');
	const appending = probed.store.append([{ name: 'agenda:a1', updates: [Uint8Array.of(1)] }]);
	expect(await appending.written).toEqual([1]);
	await expect(appending.durable).rejects.toMatchObject({ kind: 'failed' });
	expect(probed.trouble).toBe('failed');
});

test('it is probed until it writes again, and then no more', async () => {
	const free = store.fill();
	await expect(append()).rejects.toThrow();
	await pass();
	await pass();
	expect(seen).toEqual(['full']);
	free();
	await pass();
	expect([seen, probed.trouble, waiting]).toEqual([['full', null], null, []]);
	store.failNext('append');
	await expect(append()).rejects.toThrow();
	expect([seen.length, waiting.length]).toEqual([3, 1]);
});

test('a stopped one asks its store nothing more', async () => {
	store.fill();
	await expect(append()).rejects.toThrow();
	probed.stop();
	await pass();
	expect(waiting).toEqual([]);
});
