/** What takes the server a while, asked for many times at once. */
import { addBulletin } from '#lib/documents/change-directory.ts';
import type { Context } from 'hono';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';
import type { Environment } from './environment.ts';
import { createTurns, inTurn, turnLimits } from './turns.ts';

const path = '/api/bulletins/b1';

let app: HttpApp;
let berta: Guest;
let cem: Guest;
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

test('one person’s requests for issues are worked on one after another, others’ beside them', async () => {
	const { reading, go } = heldUp();
	const ways = ['', '/preview', '/mail', ''];
	const asked = ways.map((way) => app.outcome('GET', path + way, { as: berta }));
	await settled();
	expect(reading).toHaveBeenCalledTimes(1);
	const other = app.outcome('GET', path, { as: cem });
	await settled();
	expect(reading).toHaveBeenCalledTimes(2);
	expect(await app.outcome('GET', '/api/session', { as: berta })).toBe('200');
	go();
	expect(await Promise.all([...asked, other])).toEqual(['200', '200', '404 not-found', '200', '200']);
});

test('too many that wait are refused; those that do are answered', async () => {
	const { go } = heldUp();
	const asked = Array.from({ length: turnLimits.waiting + 2 }, () => app.outcome('GET', path, { as: berta }));
	await settled();
	go();
	const answers = await Promise.all(asked);
	expect(answers.filter((answer) => answer === '200')).toHaveLength(turnLimits.waiting + 1);
	expect(answers.at(-1)).toBe('429 too-many-tries');
	expect(await app.outcome('GET', path, { as: berta })).toBe('200');
});

test('who lost their access while they waited has nothing read for them', async () => {
	const { reading, go } = heldUp();
	const asked = [path, path].map((each) => app.outcome('GET', each, { as: berta }));
	await settled();
	app.accounts.people.remove(berta.id);
	go();
	expect(await Promise.all(asked)).toEqual(['401 revoked', '401 revoked']);
	// The first one was under way.
	expect(reading.mock.calls.length).toBeLessThanOrEqual(2);
});

test('nothing is begun for who went while they waited', async () => {
	const went = new AbortController();
	const session = { person: { id: 'berta' } };
	const context = { get: (key: string) => (key === 'session' ? session : () => session), req: { raw: went } };
	const begun = vi.fn(async () => {});
	const turns = createTurns();
	const done = await turns('berta');
	const waiting = inTurn(turns)(context as unknown as Context<Environment>, begun);
	went.abort();
	done();
	await expect(waiting).rejects.toThrow();
	expect(begun).not.toHaveBeenCalled();
	await turns('berta');
});

test('between two turns what came in meanwhile is heard', async () => {
	const turns = createTurns();
	const order: string[] = [];
	const first = await turns('berta');
	void turns('berta').then(() => order.push('second'));
	setImmediate(() => order.push('another'));
	first();
	await settled();
	expect(order).toEqual(['another', 'second']);
});
