/** What takes an access away is done by way of the reserve of room that is kept for it; nothing else is. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';

let app: HttpApp;
beforeEach(async () => {
	app = await openHttpApp();
});
afterEach(() => app.close());

test('people, roles, devices, invitations and one’s own sign-out are taken away where nothing else is recorded', async () => {
	const [berta, cem, dora] = [await app.join('board'), await app.join('board'), await app.join('board')];
	const ask = (method: string, path: string, body?: unknown, as = app.admin) => app.outcome(method, path, { as, body });
	const invited = await app.ask('POST', '/api/invitations', { as: app.admin, body: { name: 'Emil', role: 'member' } });
	const { id: invitation } = (await invited.json()) as { id: string };
	vi.spyOn(app.accounts.audit, 'recording').mockImplementation(() => {
		throw new Error('database or disk is full');
	});
	expect(await ask('POST', '/api/people', { name: 'Fritz', role: 'member' })).toBe('500 server');
	const device = app.accounts.sessions.devices(berta.id, '')[0]?.id ?? '';
	expect([
		await ask('DELETE', `/api/devices/${device}`),
		await ask('PATCH', `/api/people/${berta.id}`, { role: 'member' }),
		await ask('DELETE', `/api/people/${cem.id}`),
		await ask('DELETE', `/api/invitations/${invitation}`),
		await ask('DELETE', '/api/session', undefined, dora),
	]).toEqual(['204', '200', '204', '204', '204']);
	const disconnected = app.disconnected.map((whose) => Object.values(whose as object)[0]);
	expect(disconnected).toEqual(expect.arrayContaining([device, berta.id, cem.id]));
	expect(await ask('GET', '/api/people', undefined, berta)).toMatch(/^401/);
});
