import { bodyRoot } from '#lib/documents/body.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import { decide } from '#lib/documents/review.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { attachSettling } from './settling.ts';
import { sayDecided } from './who-settles.ts';

const root = bodyRoot('a1');

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Somebody's device with two paragraphs that another suggests to join. */
function open(clientID = 5) {
	const doc = new Y.Doc();
	doc.clientID = clientID;
	writeBody(doc, root, ['Eins.', 'Zwei.']);
	(doc.getXmlFragment(root).get(1) as Y.XmlElement).setAttribute(
		'join',
		JSON.stringify({ by: 'ben', at: 1, id: 's1' }),
	);
	const awareness = new Awareness(doc);
	const status = { connection: 'online' as 'offline' | 'online', saved: true };
	const listeners = new Set<() => void>();
	const stop = attachSettling({
		doc,
		awareness,
		access: 'write',
		status,
		onStatus: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
	});
	return {
		awareness,
		accept: () => decide(doc, root, 'accept', () => true),
		/** Another device's decision arrives. */
		hear: () => {
			const theirs = new Y.Doc();
			Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc));
			decide(theirs, root, 'accept', () => true);
			Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs));
		},
		/** Another device says of itself. */
		meet: (id: number, state: object) => {
			awareness.states.set(id, state);
			awareness.emit('change', [{ added: [], updated: [id], removed: [] }, 'test']);
		},
		/** Anything comes of the relay. */
		hearNothingNew: () => Y.applyUpdate(doc, Y.encodeStateAsUpdate(new Y.Doc())),
		save: (saved: boolean) => {
			status.saved = saved;
			listeners.forEach((listener) => listener());
		},
		connect: (connection: 'offline' | 'online') => {
			status.connection = connection;
			listeners.forEach((listener) => listener());
		},
		paragraphs: () => doc.getXmlFragment(root).length,
		close: () => (stop(), awareness.destroy()),
	};
}

test('a device that has been there for a while joins at once what is accepted', () => {
	const device = open();
	vi.advanceTimersByTime(10_000);
	device.accept();
	vi.advanceTimersByTime(100);
	expect(device.paragraphs()).toBe(1);
	device.close();
});

test('one that has just come, or come back, hears of the others first', () => {
	const device = open();
	device.accept();
	vi.advanceTimersByTime(1400);
	expect(device.paragraphs()).toBe(2);
	vi.advanceTimersByTime(200);
	expect(device.paragraphs()).toBe(1);
	device.close();

	const back = open();
	vi.advanceTimersByTime(10_000);
	back.connect('offline');
	back.accept();
	vi.advanceTimersByTime(10_000);
	expect(back.paragraphs()).toBe(2);
	back.connect('online');
	vi.advanceTimersByTime(1400);
	expect(back.paragraphs()).toBe(2);
	vi.advanceTimersByTime(200);
	expect(back.paragraphs()).toBe(1);
	back.close();

	const again = open();
	vi.advanceTimersByTime(10_000);
	again.connect('offline');
	again.connect('online');
	again.accept();
	vi.advanceTimersByTime(1400);
	expect(again.paragraphs()).toBe(2);
	vi.advanceTimersByTime(200);
	expect(again.paragraphs()).toBe(1);
	again.close();
});

test('only the first of several does it', () => {
	const device = open(9);
	vi.advanceTimersByTime(10_000);
	device.awareness.states.set(3, { settles: true });
	device.accept();
	vi.advanceTimersByTime(10_000);
	expect(device.paragraphs()).toBe(2);
	device.awareness.states.delete(3);
	device.awareness.emit('change', [{ added: [], updated: [], removed: [3] }, 'test']);
	vi.advanceTimersByTime(2000);
	expect(device.paragraphs()).toBe(1);
	device.close();
});

test('who decided does it, though another is the first; and each time that changes, the wait begins anew', () => {
	const device = open(5);
	device.meet(9, { settles: true, decided: [] });
	vi.advanceTimersByTime(10_000);
	device.hear();
	vi.advanceTimersByTime(2900);
	expect(device.paragraphs()).toBe(2);
	device.meet(9, { settles: true, decided: [root] });
	device.meet(9, { settles: true, decided: [] });
	vi.advanceTimersByTime(1400);
	expect(device.paragraphs()).toBe(2);
	device.meet(9, { settles: true, decided: true });
	vi.advanceTimersByTime(10_000);
	expect(device.paragraphs()).toBe(2);
	device.meet(9, { settles: true, decided: ['body:another'] });
	vi.advanceTimersByTime(1600);
	expect(device.paragraphs()).toBe(1);
	device.close();
});

test('what it decided and is not carried out it says, and whatever others say, it is heard', () => {
	const device = open(5);
	for (const [id, decided] of [
		[1, 7],
		[2, {}],
		[3, [null]],
	] as const)
		device.meet(id, { settles: true, decided });
	vi.advanceTimersByTime(10_000);
	device.accept();
	vi.advanceTimersByTime(100);
	expect(device.awareness.getLocalState()).toMatchObject({ settles: true, decided: [root] });
	for (const id of [1, 2]) device.meet(id, { settles: null });
	vi.advanceTimersByTime(2000);
	expect(device.paragraphs()).toBe(1);
	expect(device.awareness.getLocalState()).toMatchObject({ settles: true, decided: [] });
	device.close();
	expect(sayDecided(Array.from({ length: 100 }, (_, at) => bodyRoot(`article${at}`)))).toBe(true);
});

test('what it decided is not carried out before the relay has acknowledged it, and a while after', () => {
	const device = open();
	device.meet(9, { settles: true, decided: [] });
	vi.advanceTimersByTime(10_000);
	device.save(false);
	device.accept();
	vi.advanceTimersByTime(20_000);
	expect(device.paragraphs()).toBe(2);
	device.save(true);
	vi.advanceTimersByTime(1400);
	expect(device.paragraphs()).toBe(2);
	vi.advanceTimersByTime(200);
	expect(device.paragraphs()).toBe(1);
	device.close();
});

test('what an earlier line acknowledged is to be acknowledged again on this one', () => {
	const device = open();
	device.meet(9, { settles: true, decided: [] });
	vi.advanceTimersByTime(10_000);
	device.save(false);
	device.accept();
	device.save(true);
	vi.advanceTimersByTime(100);
	device.connect('offline');
	device.save(false);
	device.connect('online');
	vi.advanceTimersByTime(20_000);
	expect(device.paragraphs()).toBe(2);
	device.save(true);
	vi.advanceTimersByTime(1600);
	expect(device.paragraphs()).toBe(1);
	device.close();
});

describe('a device that slept', () => {
	let slept = 0;
	beforeEach(() => {
		slept = 0;
		const now = Date.now.bind(Date);
		vi.spyOn(Date, 'now').mockImplementation(() => now() + slept);
	});
	afterEach(() => void vi.restoreAllMocks());

	test('may have been taken for gone: it hears of the relay first, and a while of the others', () => {
		const device = open();
		vi.advanceTimersByTime(10_000);
		device.hear();
		vi.advanceTimersByTime(500);
		slept = 30_000;
		vi.advanceTimersByTime(10_000);
		// That somebody has not been heard of for long is found out here, without the relay.
		device.awareness.emit('update', [{ added: [], updated: [], removed: [9] }, 'timeout']);
		vi.advanceTimersByTime(10_000);
		expect(device.paragraphs()).toBe(2);
		device.hearNothingNew();
		vi.advanceTimersByTime(1400);
		expect(device.paragraphs()).toBe(2);
		vi.advanceTimersByTime(200);
		expect(device.paragraphs()).toBe(1);
		device.close();
	});

	test('is told from a page in the background, which is always late', () => {
		const device = open();
		vi.advanceTimersByTime(10_000);
		device.hear();
		vi.advanceTimersByTime(100);
		slept += 60_000;
		vi.advanceTimersByTime(2000);
		expect(device.paragraphs()).toBe(2);
		device.hearNothingNew();
		vi.advanceTimersByTime(10);
		for (let look = 0; look < 2; look++) {
			slept += 60_000;
			vi.advanceTimersByTime(1600);
		}
		expect(device.paragraphs()).toBe(1);
		device.close();
	});

	test('what it decided before it slept is another’s when that carries it out meanwhile', () => {
		const device = open();
		device.meet(9, { settles: true, decided: [] });
		vi.advanceTimersByTime(10_000);
		device.save(false);
		device.accept();
		device.save(true);
		vi.advanceTimersByTime(100);
		slept = 30_000;
		vi.advanceTimersByTime(1600);
		expect(device.paragraphs()).toBe(2);
		device.connect('offline');
		vi.advanceTimersByTime(10_000);
		expect(device.paragraphs()).toBe(2);
		device.close();
	});

	test('and sleeps again hears of the relay again', () => {
		const device = open();
		vi.advanceTimersByTime(10_000);
		device.hear();
		vi.advanceTimersByTime(500);
		slept += 30_000;
		vi.advanceTimersByTime(2000);
		device.hearNothingNew();
		vi.advanceTimersByTime(500);
		slept += 30_000;
		vi.advanceTimersByTime(10_000);
		expect(device.paragraphs()).toBe(2);
		device.hearNothingNew();
		vi.advanceTimersByTime(1600);
		expect(device.paragraphs()).toBe(1);
		device.close();
	});

	test('and has a new line to the relay only waits until it has heard of the others', () => {
		const device = open();
		vi.advanceTimersByTime(10_000);
		device.hear();
		vi.advanceTimersByTime(500);
		slept = 30_000;
		vi.advanceTimersByTime(2000);
		device.connect('offline');
		device.connect('online');
		vi.advanceTimersByTime(1400);
		expect(device.paragraphs()).toBe(2);
		vi.advanceTimersByTime(200);
		expect(device.paragraphs()).toBe(1);
		device.close();
	});
});
