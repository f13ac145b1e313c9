/** What takes the server a while, or leaves an entry in the audit log, is paced for each person by themselves. */
import type { NewInvitation, PasskeysAnswer, RecoveryCodesAnswer } from '#lib/protocol/api.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';
import { changeLimits, effortLimits } from './stranger-limits.ts';

let app: HttpApp;
let berta: Guest;
let cem: Guest;
beforeEach(async () => {
	app = await openHttpApp({ origins: ['http://localhost:3000'] });
	[berta, cem] = [await app.join('member'), await app.join('member')];
});
afterEach(() => app.close());

const changes: Record<string, (who: Guest, at: number) => [method: string, path: string, body?: unknown]> = {
	'new recovery codes': () => ['POST', '/api/passkeys/recovery-codes'],
	'an export': ({ id }) => ['GET', `/api/people/${id}/export`],
	'a link for a device': ({ id }) => ['POST', '/api/invitations', { personId: id }],
	'another name': ({ id }, at) => ['PATCH', `/api/people/${id}`, { name: `Berta ${at}` }],
	'a challenge for a passkey': () => ['POST', '/api/passkeys/options'],
};

test.each(Object.entries(changes))('%s: often enough, then a pace, and nobody waits for another', async (_, toAsk) => {
	const ask = (who: Guest, at = 0) => {
		const [method, path, body] = toAsk(who, at);
		return app.ask(method, path, { as: who, body });
	};
	for (let at = 0; at < effortLimits.burst; at++) expect((await ask(berta, at)).ok).toBe(true);
	const refused = await ask(berta, effortLimits.burst);
	expect([refused.status, await refused.json()]).toEqual([429, { error: 'too-many-tries' }]);
	expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
	expect((await ask(cem)).ok).toBe(true);
	app.time += 60_000;
	expect((await ask(berta, effortLimits.burst + 1)).ok).toBe(true);
});

test('what was refused took nothing away', async () => {
	let codes: string[] = [];
	let link: NewInvitation | null = null;
	for (let at = 0; at <= effortLimits.burst; at++) {
		const made = await app.ask('POST', '/api/passkeys/recovery-codes', { as: berta });
		if (made.ok) ({ codes } = (await made.json()) as RecoveryCodesAnswer);
		const invited = await app.ask('POST', '/api/invitations', { as: berta, body: { personId: berta.id } });
		if (invited.ok) link = (await invited.json()) as NewInvitation;
	}
	const passkeys = (await (await app.ask('GET', '/api/passkeys', { as: berta })).json()) as PasskeysAnswer;
	expect(passkeys.codesLeft).toBe(10);
	for (const token of [codes[0], link?.token])
		expect(await app.outcome('POST', '/api/join', { body: { token } })).toBe('200');
});

describe('changes of any kind', () => {
	const burst = changeLimits.burst;
	const few: Record<string, (who: Guest, at: number) => [method: string, path: string, body: unknown]> = {
		'one’s contact': ({ id }, at) => ['PATCH', `/api/people/${id}`, { contact: `0151 ${at}` }],
		'a device’s name': (_who, at) => ['PATCH', `/api/devices/${device}`, { name: `Telefon ${at}` }],
		'people added': (_who, at) => ['POST', '/api/people', { name: `Gast ${at}` }],
	};
	let device: string;
	let board: Guest;
	beforeEach(async () => {
		board = await app.join('board');
		device = app.accounts.sessions.devices(board.id, '')[0]?.id ?? '';
	});

	test.each(Object.entries(few))('%s: many at once, then one every two seconds', async (_, toAsk) => {
		const ask = (at: number) => {
			const [method, path, body] = toAsk(board, at);
			return app.outcome(method, path, { as: board, body });
		};
		for (let at = 0; at < burst; at++) expect(await ask(at)).toMatch(/^20/);
		expect(await ask(burst)).toBe('429 too-many-tries');
		expect(await app.outcome('GET', '/api/devices', { as: board }), 'reading').toBe('200');
		expect(await app.outcome('PATCH', `/api/people/${cem.id}`, { as: cem, body: { contact: 'x' } })).toBe('200');
		app.time += 2000;
		expect(await ask(burst)).toMatch(/^20/);
		expect(await ask(burst + 1)).toBe('429 too-many-tries');
	});

	test('keep nobody from signing out a device that somebody else has', async () => {
		for (let at = 0; at <= burst; at++)
			await app.ask('PATCH', `/api/people/${board.id}`, { as: board, body: { contact: `x${at}` } });
		expect(await app.outcome('DELETE', `/api/passkeys/nothing`, { as: board })).toBe('404 not-found');
		expect(await app.outcome('DELETE', `/api/devices/${device}`, { as: board })).toBe('204');
	});
});

test('who lets many in on one evening waits for nothing', async () => {
	for (let at = 0; at < 3 * effortLimits.burst; at++) {
		const body = { name: `Neu ${at}`, role: 'member' };
		expect(await app.outcome('POST', '/api/invitations', { as: app.admin, body })).toBe('201');
	}
});
