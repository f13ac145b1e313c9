/** A browser has one sign-in: whoever comes in on it anew takes the place of who was, who is out as if signed out. */
import type { NewInvitation } from '#lib/protocol/api.ts';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAuthenticator } from '../../tests/support/authenticator.ts';
import { appOrigin, type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';

let app: HttpApp;
let berta: Guest;
let device: string;
beforeEach(async () => {
	app = await openHttpApp();
	berta = await app.join('board');
	device = app.accounts.sessions.devices(berta.id, '')[0]?.id ?? '';
});
afterEach(() => app.close());

const session = (as: Guest) => app.outcome('GET', '/api/session', { as });
const recorded = () =>
	app.accounts.audit
		.page(null)
		.entries.slice(0, 2)
		.map(({ kind, by, detail }) => [kind, by, detail['device']]);
const link = () => app.accounts.invitations.invite({ name: 'Cem', role: 'member' }, app.admin.id).token;

async function expectReplaced(kind: string): Promise<void> {
	// Not `revoked`: a device whose answer was lost on the way keeps what it holds, out of sight.
	expect(await session(berta)).toBe('401 unauthorized');
	await vi.waitFor(() => expect(app.disconnected).toContainEqual({ sessionId: device }));
	expect(recorded()).toContainEqual(['signed-out', berta.id, device]);
	expect(recorded().map(([one]) => one)).toContain(kind);
	expect(app.accounts.sessions.devices(berta.id, '').filter(({ id }) => id === device)).toEqual([]);
}

test('by a link', async () => {
	expect(await app.outcome('POST', '/api/join', { as: berta, body: { token: link() } })).toBe('200');
	await expectReplaced('joined');
});

test('by a recovery code, also of their own', async () => {
	const [token] = app.accounts.recovery.create(berta.id);
	expect(await app.outcome('POST', '/api/join', { as: berta, body: { token } })).toBe('200');
	await expectReplaced('recovery-used');
});

test('by a passkey', async () => {
	const key = createAuthenticator(appOrigin);
	const asked = async (path: string, as?: Guest) =>
		(await (await app.ask('POST', path, as && { as })).json()) as { challenge: string };
	const response = key.create(await asked('/api/passkeys/options', app.admin));
	await app.ask('POST', '/api/passkeys', { as: app.admin, body: { name: 'Telefon', response } });
	const body = { response: key.get(await asked('/api/sign-in/options')) };
	expect(await app.outcome('POST', '/api/sign-in', { as: berta, body })).toBe('200');
	await expectReplaced('joined');
});

test('but not where nobody came in, and nobody else’s', async () => {
	const used = link();
	const cem = await app.enter('/api/join', { token: used });
	for (const token of [used, 'guessed', '00000 00000 00000'])
		expect((await app.ask('POST', '/api/join', { as: berta, body: { token } })).ok).toBe(false);
	expect((await app.ask('POST', '/api/join/preview', { as: berta, body: { token: link() } })).ok).toBe(true);
	const own = await app.ask('POST', '/api/invitations', { as: berta, body: { personId: berta.id } });
	const { token } = (await own.json()) as NewInvitation;
	expect(await session(await app.enter('/api/join', { token }))).toBe('200');
	expect([await session(berta), await session(cem), await session(app.admin)]).toEqual(['200', '200', '200']);
	await setTimeout(600);
	expect(app.disconnected).toEqual([]);
});

test('where the same person came in anew, what was made on the device before goes with it when it is lost', async () => {
	const { codes } = (await (await app.ask('POST', '/api/passkeys/recovery-codes', { as: berta })).json()) as {
		codes: string[];
	};
	const made = await app.ask('POST', '/api/invitations', { as: berta, body: { personId: berta.id } });
	const own = (await made.json()) as NewInvitation;
	const open = app.accounts.invitations.invite({ name: 'Cem', role: 'member' }, berta.id, device);
	expect(await app.outcome('POST', '/api/join', { as: berta, body: { token: own.token } })).toBe('200');
	const now = app.accounts.sessions.devices(berta.id, '').map(({ id }) => id);
	expect(now).toHaveLength(1);
	expect(await app.outcome('DELETE', `/api/devices/${now[0]}`, { as: app.admin })).toBe('204');
	for (const token of [codes[0], open.token])
		expect(await app.outcome('POST', '/api/join', { body: { token } })).toBe('404 link-unknown');
});
