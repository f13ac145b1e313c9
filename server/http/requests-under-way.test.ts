import { addBulletin } from '#lib/documents/change-directory.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';
import { type Place, RequestsUnderWay } from './requests-under-way.ts';

/** Begins what waits when the test says so. */
function counted(most: number, unread?: number) {
	const due: (() => void)[] = [];
	const requests = new RequestsUnderWay({ most, ...(unread && { unread }) }, (work) => void due.push(work));
	const begun: (Place & { what: string })[] = [];
	const ask = async (person: string, device: string, what = device, large = false) => {
		begun.push({ what, ...(await requests.enter(person, device, large)) });
	};
	return {
		ask: (...asked: Parameters<typeof ask>) => void ask(...asked),
		/** @returns what has begun since the last call */
		async begun() {
			for (const work of due.splice(0)) work();
			await new Promise(setImmediate);
			return begun.splice(0);
		},
	};
}
const whatOf = (all: readonly { what: string }[]) => all.map(({ what }) => what);

test('of one person so many are worked on at once, and of others as many', async () => {
	const { ask, begun } = counted(2);
	for (const what of ['a', 'b', 'c']) ask('mara', 'phone', what);
	ask('jonas', 'laptop');
	const first = await begun();
	expect(whatOf(first)).toEqual(['a', 'b', 'laptop']);
	first[0]?.leave();
	expect(whatOf(await begun())).toEqual(['c']);
});

test('a device that asks for a lot does not keep the person’s other devices waiting', async () => {
	const { ask, begun } = counted(1);
	for (const what of ['1', '2', '3', '4']) ask('mara', 'thief', what);
	ask('mara', 'owner');
	const order: string[] = [];
	for (let left = 5; left > 0; left--) {
		const [one] = await begun();
		order.push(one?.what ?? '');
		one?.leave();
	}
	expect(order).toEqual(['1', '2', 'owner', '3', '4']);
});

test('what waits begins in a turn of its own, and what is done leaves room', async () => {
	const due: (() => void)[] = [];
	const requests = new RequestsUnderWay({ most: 1 }, (work) => void due.push(work));
	const { leave } = await requests.enter('mara', 'phone');
	let begun = false;
	const second = Promise.resolve(requests.enter('mara', 'phone')).then((place) => {
		begun = true;
		place.leave();
	});
	leave();
	await new Promise(setImmediate);
	expect(begun).toBe(false);
	for (const work of due.splice(0)) work();
	await second;
	expect(requests.enter('mara', 'phone')).not.toBeInstanceOf(Promise);
});

describe('what is not read', () => {
	test('is bounded for each device; its person’s others, and other people, go on', async () => {
		const { ask, begun } = counted(2, 100);
		for (const what of ['a', 'b', 'c', 'd']) ask('mara', 'thief', what);
		const [a, b] = await begun();
		a?.answered(60);
		b?.answered(60);
		ask('mara', 'owner');
		ask('jonas', 'laptop');
		// At 60 bytes one more was begun.
		const more = await begun();
		expect(whatOf(more).toSorted()).toEqual(['c', 'laptop', 'owner']);
		for (const one of more) one.answered(0);
		expect(await begun()).toEqual([]);
		b?.leave();
		expect(whatOf(await begun())).toEqual(['d']);
	});

	test('holds up no longer than it is not read, however often it is said', async () => {
		const { ask, begun } = counted(1, 100);
		for (const what of ['a', 'b', 'c']) ask('mara', 'phone', what);
		const [a] = await begun();
		a?.answered(100);
		a?.answered(500);
		expect(await begun()).toEqual([]);
		a?.leave();
		a?.leave();
		const [b, ...none] = await begun();
		expect([b?.what, none]).toEqual(['b', []]);
		b?.leave();
		b?.answered(100);
		expect(whatOf(await begun())).toEqual(['c']);
	});
});

test('what may be large is worked on by itself, in its turn', async () => {
	const { ask, begun } = counted(2);
	ask('mara', 'phone', 'small');
	ask('mara', 'phone', 'large', true);
	for (const what of ['after', 'last']) ask('mara', 'laptop', what);
	ask('jonas', 'phone', 'large', true);
	const [small, other] = await begun();
	expect([small?.what, other?.what]).toEqual(['small', 'large']);
	small?.leave();
	const [large, ...none] = await begun();
	expect([large?.what, none]).toEqual(['large', []]);
	large?.answered(0);
	expect(whatOf(await begun())).toEqual(['after', 'last']);
});

describe('through the API', () => {
	const path = '/api/bulletins/b1';
	let app: HttpApp;
	let [berta, cem]: Guest[] = [];
	beforeEach(async () => {
		app = await openHttpApp();
		[berta, cem] = [await app.join('board'), await app.join('board')];
		const directory = new Y.Doc();
		addBulletin(directory, { id: 'b1', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'draft' });
		await app.store.append([{ name: 'directory:main', updates: [Y.encodeStateAsUpdate(directory)] }]).durable;
	});
	afterEach(() => app.close());

	/** Holds up the reading of documents. @returns how often it was begun, and what lets it go on */
	function heldUp() {
		const load = app.store.load.bind(app.store);
		let go = () => {};
		const open = new Promise<void>((resolve) => (go = resolve));
		const reading = vi.spyOn(app.store, 'load').mockImplementation(async (name) => {
			await open;
			return load(name);
		});
		return { reading, go };
	}

	/** Whatever can go on without what is held up has done so. */
	async function settled(): Promise<void> {
		for (let round = 0; round < 50; round++) await new Promise(setImmediate);
	}
	const ask = (as: Guest | undefined, way = '') => app.outcome('GET', path + way, as ? { as } : {});

	test('four of one person’s are worked on at once, others’ beside them, and all are answered', async () => {
		const { reading, go } = heldUp();
		const asked = ['', '/preview', '/mail', '', '', ''].map((way) => ask(berta, way));
		await settled();
		expect(reading).toHaveBeenCalledTimes(4);
		const other = ask(cem);
		await settled();
		expect(reading).toHaveBeenCalledTimes(5);
		go();
		const ok = '200';
		expect(await Promise.all([...asked, other])).toEqual([ok, ok, '404 not-found', ok, ok, ok, ok]);
	});

	test('who lost their access while they waited has nothing read for them', async () => {
		const { reading, go } = heldUp();
		const asked = Array.from({ length: 8 }, () => ask(berta));
		await settled();
		app.accounts.people.remove(berta?.id ?? '');
		go();
		expect(await Promise.all(asked)).toEqual(Array(8).fill('401 revoked'));
		expect(reading.mock.calls.filter(([name]) => name === 'directory:main')).toHaveLength(4);
	});

	test('who has texts erased goes on meanwhile', async () => {
		await app.close();
		let done = () => {};
		const erased = new Promise<number>((resolve) => (done = () => resolve(1)));
		app = await openHttpApp({ eraseDeleted: () => erased });
		const directory = new Y.Doc();
		addBulletin(directory, { id: 'b1', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'draft' });
		await app.store.append([{ name: 'directory:main', updates: [Y.encodeStateAsUpdate(directory)] }]).durable;
		const erase = () => app.outcome('POST', '/api/documents/directory:main/erase', { as: app.admin });
		const asked = Array.from({ length: 6 }, erase);
		await settled();
		expect(await ask(app.admin)).toBe('200');
		done();
		expect(await Promise.all(asked)).toEqual(Array(6).fill('204'));
	});

	test('a device that is lost is signed out however much it asks for', async () => {
		const { go } = heldUp();
		const asked = Array.from({ length: 8 }, () => ask(berta));
		await settled();
		const device = app.accounts.sessions.devices(berta?.id ?? '', '')[0]?.id ?? '';
		expect(await app.outcome('DELETE', `/api/devices/${device}`, { as: berta as Guest })).toMatch(/^20/);
		go();
		await Promise.all(asked);
	});
});
