/** What goes with an access is on record with its end: how many devices, open links, passkeys and codes. */
import type { NewInvitation } from '#lib/protocol/api.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAuthenticator } from '../../tests/support/authenticator.ts';
import { appOrigin, type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';

let app: HttpApp;
let berta: Guest;
let device: string;
beforeEach(async () => {
	app = await openHttpApp();
	berta = await app.join('board');
	device = app.accounts.sessions.devices(berta.id, '')[0]?.id ?? '';
	const key = createAuthenticator(appOrigin);
	const options = (await (await app.ask('POST', '/api/passkeys/options', { as: berta })).json()) as {
		challenge: string;
	};
	await app.ask('POST', '/api/passkeys', { as: berta, body: { name: 'Telefon', response: key.create(options) } });
	const made = await app.ask('POST', '/api/passkeys/recovery-codes', { as: berta });
	const { codes } = (await made.json()) as { codes: string[] };
	await app.enter('/api/join', { token: codes[0] });
	// One for herself, one for a guest.
	await app.ask('POST', '/api/invitations', { as: berta, body: { personId: berta.id } });
	const { id: personId } = app.accounts.people.add('Gustav', 'guest');
	const body = { personId, guestOf: { meetingId: 'none', minutes: false } };
	expect(await app.outcome('POST', '/api/invitations', { as: berta, body })).toBe('404 not-found');
	app.accounts.invitations.invite({ personId, guestOf: { meetingId: 'm1', minutes: false } }, berta.id, device);
});
afterEach(() => app.close());

const record = () => app.accounts.audit.page(null).entries[0];

test('of a lost device: what was made on it', async () => {
	expect(await app.outcome('DELETE', `/api/devices/${device}`, { as: app.admin })).toBe('204');
	expect(record()).toMatchObject({
		kind: 'device-removed',
		detail: { device, invitations: 2, passkeys: 1, codes: 9 },
	});
});

test('of somebody who becomes a guest: what a guest has none of', async () => {
	expect(await app.outcome('PATCH', `/api/people/${berta.id}`, { as: app.admin, body: { role: 'guest' } })).toBe('200');
	expect(record()?.detail).toEqual({ from: 'board', to: 'guest', invitations: 2, passkeys: 1, codes: 9 });
});

test.each([
	['DELETE', '', 'person-removed'],
	['POST', '/erase', 'person-erased'],
])('of somebody who goes: everything (%s %s)', async (method, path, kind) => {
	expect(await app.outcome(method, `/api/people/${berta.id}${path}`, { as: app.admin })).toBe('204');
	expect(record()).toMatchObject({ kind, detail: { devices: 2, invitations: 2, passkeys: 1, codes: 9 } });
});

test('where nothing went, nothing is said of it', async () => {
	const { token } = app.accounts.invitations.invite({ name: 'Cem', role: 'member' }, null);
	const cem = await app.enter('/api/join', { token } satisfies Pick<NewInvitation, 'token'>);
	expect(await app.outcome('PATCH', `/api/people/${cem.id}`, { as: app.admin, body: { role: 'board' } })).toBe('200');
	expect(record()?.detail).toEqual({ from: 'member', to: 'board' });
});
