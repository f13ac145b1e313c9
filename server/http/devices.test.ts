/** The list of devices: who sees which, who names which, who signs out which. */
import type { DevicesAnswer, NewInvitation } from '#lib/protocol/api.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../tests/support/authenticator.ts';
import { appOrigin, type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';

const day = 24 * 3_600_000;
let app: HttpApp;
let berta: Guest;
let bertasPhone: Guest;
beforeEach(async () => {
	app = await openHttpApp();
	berta = await app.join('board');
	app.time += 1000;
	const { token } = app.accounts.invitations.invite({ personId: berta.id }, null);
	bertasPhone = await app.enter('/api/join', { token });
});
afterEach(() => app.close());

async function devices(as: Guest, path = '/api/devices') {
	return ((await (await app.ask('GET', path, { as })).json()) as DevicesAnswer).devices;
}
async function idOf(who: Guest): Promise<string> {
	return (await devices(who)).find(({ current }) => current)?.id ?? '';
}

describe('the list', () => {
	test('is one’s own, the latest contact first, and says which one asks', async () => {
		const listed = await devices(berta);
		expect(listed.map(({ current }) => current)).toEqual([false, true]);
		expect(listed[0]).toMatchObject({ personId: berta.id, name: '–', platform: '–' });
		expect(Date.parse(listed[0]?.seenAt ?? '')).toBe(app.time);
	});

	test('is everyone’s for an admin, and for nobody else', async () => {
		expect(await devices(app.admin, '/api/devices/all')).toHaveLength(3);
		for (const role of ['board', 'member', 'guest'] as const)
			expect(await app.outcome('GET', '/api/devices/all', { as: await app.join(role) })).toBe('403 forbidden');
		expect(await app.outcome('GET', '/api/devices')).toBe('401 unauthorized');
	});

	test('leaves out what 90 days of silence signed out', async () => {
		app.time += 60 * day;
		await app.ask('GET', '/api/session', { as: berta });
		app.time += 40 * day;
		expect(await devices(berta)).toHaveLength(1);
	});
});

test('a device that is called lost in the same moment makes nothing more to come in by', async () => {
	const id = await idOf(bertasPhone);
	const answers = await Promise.all([
		app.outcome('DELETE', `/api/devices/${id}`, { as: berta }),
		app.outcome('POST', '/api/passkeys/recovery-codes', { as: bertasPhone }),
	]);
	expect(answers).toEqual(['204', '401 revoked']);
});

test('who is removed in the same moment removes nobody', async () => {
	const [other, victim] = [await app.join('admin'), await app.join('member')];
	const answers = await Promise.all([
		app.outcome('DELETE', `/api/people/${other.id}`, { as: app.admin }),
		app.outcome('DELETE', `/api/people/${victim.id}`, { as: other }),
	]);
	expect(answers).toEqual(['204', '401 revoked']);
});

describe('a device that is out, but on which something was made to come in by', () => {
	const another = () => app.accounts.invitations.invite({ name: 'Cem', role: 'member' }, null).token;
	const made: Record<string, (phone: string) => Promise<string>> = {
		codes: async () => {
			const answer = await app.ask('POST', '/api/passkeys/recovery-codes', { as: bertasPhone });
			return ((await answer.json()) as { codes: string[] }).codes[0] ?? '';
		},
		link: async (phone) => app.accounts.invitations.invite({ personId: berta.id }, berta.id, phone).token,
	};
	const left: Record<string, () => Promise<unknown>> = {
		'signed itself out': () => app.ask('DELETE', '/api/session', { as: bertasPhone }),
		'took itself away': async () => app.ask('DELETE', `/api/devices/${await idOf(bertasPhone)}`, { as: bertasPhone }),
		'was taken over by somebody': () => app.ask('POST', '/api/join', { as: bertasPhone, body: { token: another() } }),
	};

	test.each(Object.keys(left).flatMap((how) => Object.keys(made).map((what) => [how, what])))(
		'is listed and can be called lost: it %s, with %s',
		async (how = '', what = '') => {
			const id = await idOf(bertasPhone);
			const token = await made[what]?.(id);
			await left[how]?.();
			expect((await devices(berta)).map((one) => [one.id === id, one.out])).toEqual([
				[false, false],
				[true, true],
			]);
			expect(await app.outcome('PATCH', `/api/devices/${id}`, { as: berta, body: { name: 'x' } })).toBe(
				'404 not-found',
			);
			expect(await app.outcome('DELETE', `/api/devices/${id}`, { as: await app.join('board') })).toBe('404 not-found');
			expect(await app.outcome('DELETE', `/api/devices/${id}`, { as: berta })).toBe('204');
			expect(app.accounts.audit.page(null).entries[0]).toMatchObject({
				kind: 'device-removed',
				detail: { device: id },
			});
			expect(await devices(berta)).toHaveLength(1);
			expect(await app.outcome('POST', '/api/join', { body: { token } })).toBe('404 link-unknown');
		},
	);

	test('also when it is out by silence', async () => {
		await made['codes']?.('');
		for (let days = 0; days < 92; days += 46) {
			app.time += 46 * day;
			for (const as of [berta, app.admin]) await app.ask('GET', '/api/session', { as });
		}
		expect((await devices(berta)).map(({ out }) => out)).toEqual([false, true]);
		expect((await devices(app.admin, '/api/devices/all')).filter(({ out }) => out)).toHaveLength(1);
	});

	test('leaves no row, and no name of it, when what was made on it has gone and somebody comes in', async () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-devices-'));
		const stored = await openHttpApp({}, path.join(folder, 'accounts.sqlite'));
		const data = new DatabaseSync(path.join(folder, 'accounts.sqlite'), { readOnly: true });
		const rows = () => data.prepare('SELECT name FROM left_device').all().length;
		const who = await stored.join('board');
		await stored.ask('POST', '/api/passkeys/recovery-codes', { as: who });
		await stored.ask('DELETE', '/api/session', { as: who });
		expect(rows()).toBe(1);
		stored.accounts.recovery.create(who.id);
		await stored.join('member');
		expect(rows()).toBe(0);
		data.close();
		await stored.close();
		rmSync(folder, { recursive: true });
	});

	test('is not there when nothing was made on it, what was made has gone, or its person', async () => {
		const codes = await made['codes']?.('');
		await left['signed itself out']?.();
		expect(await devices(berta)).toHaveLength(2);
		await app.ask('POST', '/api/passkeys/recovery-codes', { as: berta });
		expect(await devices(berta)).toHaveLength(1);
		expect(await app.outcome('POST', '/api/join', { body: { token: codes } })).toBe('404 link-unknown');
		expect(await app.outcome('DELETE', `/api/people/${berta.id}`, { as: app.admin })).toBe('204');
		expect((await devices(app.admin, '/api/devices/all')).map(({ personId }) => personId)).toEqual([app.admin.id]);
	});
});

describe('a name', () => {
	test('is given to one’s own device, and to nobody else’s, an admin’s included', async () => {
		const id = await idOf(bertasPhone);
		const body = { name: 'Telefon von Berta' };
		expect(await app.outcome('PATCH', `/api/devices/${id}`, { as: berta, body })).toBe('200');
		expect((await devices(bertasPhone))[0]).toMatchObject({ ...body, platform: '–' });
		for (const as of [app.admin, await app.join('board')])
			expect(await app.outcome('PATCH', `/api/devices/${id}`, { as, body: { name: 'x' } })).toBe('404 not-found');
		for (const wrong of [{ name: '' }, { name: 'x'.repeat(201) }, { platform: 'x' }])
			expect(await app.outcome('PATCH', `/api/devices/${id}`, { as: berta, body: wrong })).toBe('400 bad-request');
		expect((await devices(bertasPhone))[0]).toMatchObject(body);
	});
});

describe('signing out another device', () => {
	test('ends it, closes its sockets, and leaves the others', async () => {
		const id = await idOf(bertasPhone);
		expect(await app.outcome('DELETE', `/api/devices/${id}`, { as: berta })).toBe('204');
		expect(app.disconnected).toEqual([{ sessionId: id }]);
		expect(await app.outcome('GET', '/api/session', { as: bertasPhone })).toBe('401 revoked');
		expect(await app.outcome('GET', '/api/session', { as: berta })).toBe('200');
	});

	test('is for its person and for an admin', async () => {
		const id = await idOf(bertasPhone);
		for (const role of ['board', 'member', 'guest'] as const)
			expect(await app.outcome('DELETE', `/api/devices/${id}`, { as: await app.join(role) })).toBe('404 not-found');
		expect(await app.outcome('DELETE', `/api/devices/${id}`)).toBe('401 unauthorized');
		expect(await app.outcome('GET', '/api/session', { as: bertasPhone })).toBe('200');
		expect(await app.outcome('DELETE', `/api/devices/${id}`, { as: app.admin })).toBe('204');
		expect(await app.outcome('DELETE', `/api/devices/${id}`, { as: app.admin })).toBe('404 not-found');
	});
});

describe('what was made on a device to come in by', () => {
	/** A link for another device, recovery codes and a passkey. */
	async function makeWaysIn(as: Guest): Promise<string> {
		const made = await app.ask('POST', '/api/invitations', { as, body: { personId: berta.id } });
		expect(await app.outcome('POST', '/api/passkeys/recovery-codes', { as })).toBe('201');
		const toAdd = (await (await app.ask('POST', '/api/passkeys/options', { as })).json()) as { challenge: string };
		const response = createAuthenticator(appOrigin).create(toAdd);
		expect(await app.outcome('POST', '/api/passkeys', { as, body: { name: 'Telefon', response } })).toBe('201');
		return ((await made.json()) as NewInvitation).token;
	}
	const left = async (token: string) => [
		await app.outcome('POST', '/api/join/preview', { body: { token } }),
		app.accounts.recovery.left(berta.id),
		app.accounts.passkeys.list(berta.id).length,
	];

	test.each([
		['its person', () => berta],
		['an admin', () => app.admin],
	])('goes with it when %s takes it away: whoever found it keeps nothing', async (_who, by) => {
		const token = await makeWaysIn(bertasPhone);
		expect(await left(token)).toEqual(['200', 10, 1]);
		const phone = await idOf(bertasPhone);
		expect(await app.outcome('DELETE', `/api/devices/${phone}`, { as: by() })).toBe('204');
		expect(await left(token)).toEqual(['404 link-unknown', 0, 0]);
	});

	test('stays when another device goes, or it signs out by itself', async () => {
		const token = await makeWaysIn(bertasPhone);
		expect(await app.outcome('DELETE', `/api/devices/${await idOf(berta)}`, { as: bertasPhone })).toBe('204');
		expect(await app.outcome('DELETE', `/api/devices/${await idOf(bertasPhone)}`, { as: bertasPhone })).toBe('204');
		expect(await left(token)).toEqual(['200', 10, 1]);
	});
});
