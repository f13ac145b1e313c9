import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { forgetLastWords, LastWords, type Pocket, readLastWords } from './last-words.ts';

function updatesOf(...words: string[]): Uint8Array[] {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update) => updates.push(update));
	for (const word of words) doc.getText('t').insert(doc.getText('t').length, word);
	return updates;
}

function isUpdate(bytes: Uint8Array): boolean {
	try {
		Y.decodeUpdate(bytes);
		return true;
	} catch {
		return false;
	}
}

const never = new Promise<never>(() => {});

describe('a page that goes', () => {
	test('leaves what is not committed, and the next one takes it back once', async () => {
		const pocket: Pocket = {};
		const page = new EventTarget();
		const words = new LastWords('m/mara/agenda:m1', 'tab1', pocket, page);
		const [first = new Uint8Array(), ...others] = updatesOf('auf', 'hän', 'gen');
		await words.during(first, Promise.resolve());
		for (const update of others) void words.during(update, never);
		page.dispatchEvent(new Event('pagehide'));

		const doc = new Y.Doc();
		Y.applyUpdate(doc, first);
		const next = new LastWords('m/mara/agenda:m1', 'tab2', pocket, new EventTarget());
		const put = (update: Uint8Array) => {
			Y.applyUpdate(doc, update);
			return Promise.resolve(true);
		};
		await next.takeBack(put);
		expect(doc.getText('t').toJSON()).toBe('aufhängen');
		expect(Object.keys(pocket).length).toBe(0);
	});

	test('leaves its own words where there is no room for what others wrote beside them', async () => {
		const kept: Pocket = {};
		const pocket = new Proxy(kept, {
			set: (target, key, value: string) => value.length < 1000 && Reflect.set(target, key, value),
		});
		const page = new EventTarget();
		const words = new LastWords('m/mara/agenda:m1', 'tab1', pocket, page);
		const [own = new Uint8Array()] = updatesOf('eigen');
		void words.during(new Uint8Array(5000), never, false);
		void words.during(own, never);
		page.dispatchEvent(new Event('pagehide'));
		expect(readLastWords('m/mara/agenda:m1', kept)).toEqual([own]);
	});

	test('leaves nothing of others’ words alone: the server has them, and nothing waits', () => {
		const pocket: Pocket = {};
		const page = new EventTarget();
		const words = new LastWords('m/mara/agenda:m1', 'tab1', pocket, page);
		for (const update of updatesOf('a', 'b')) void words.during(update, never, false);
		page.dispatchEvent(new Event('pagehide'));
		expect(pocket).toEqual({});
	});

	test('leaves them as they would have been stored', () => {
		const pocket: Pocket = {};
		const page = new EventTarget();
		const words = new LastWords('m/mara/agenda:m1', 'tab1', pocket, page, () => Uint8Array.of(7));
		for (const update of updatesOf('a')) void words.during(update, never);
		page.dispatchEvent(new Event('pagehide'));
		expect(readLastWords('m/mara/agenda:m1', pocket)).toEqual([Uint8Array.of(7)]);
	});

	test('leaves nothing when everything is committed', async () => {
		const pocket: Pocket = {};
		const page = new EventTarget();
		const words = new LastWords('m/mara/agenda:m1', 'tab1', pocket, page);
		for (const update of updatesOf('a', 'b')) await words.during(update, Promise.resolve());
		page.dispatchEvent(new Event('pagehide'));
		expect(Object.keys(pocket).length).toBe(0);
	});
});

test('what could not be stored stays for another time; what is no update does not', async () => {
	const pocket: Pocket = {};
	const page = new EventTarget();
	const words = new LastWords('m/mara/agenda:m1', 'tab1', pocket, page);
	for (const update of updatesOf('a')) void words.during(update, never);
	page.dispatchEvent(new Event('pagehide'));
	pocket['last-words:m/mara/agenda:m1:broken'] = 'no update';
	await words.takeBack((update) => Promise.resolve(!isUpdate(update)));
	expect(Object.keys(pocket)).toEqual(['last-words:m/mara/agenda:m1:tab1']);
});

test('another document, and another person, are left alone', async () => {
	const pocket: Pocket = {};
	pocket['last-words:m/mara/agenda:m11:tab'] = 'x';
	pocket['last-words:m/jonas/agenda:m1:tab'] = 'x';
	await new LastWords('m/mara/agenda:m1', 'tab', pocket, new EventTarget()).takeBack(() => Promise.resolve(true));
	expect(Object.keys(pocket).length).toBe(2);
	forgetLastWords('m/mara/', pocket);
	expect(Object.keys(pocket)).toEqual(['last-words:m/jonas/agenda:m1:tab']);
});
