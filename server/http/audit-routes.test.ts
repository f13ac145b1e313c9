import type { AuditAnswer } from '#lib/protocol/audit.ts';
import type { NewInvitation, Person } from '#lib/protocol/api.ts';
import type { Role } from '#lib/protocol/policy.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';

let app: HttpApp;
const settings = { name: '', timeZone: 'Europe/Berlin', passkeysFrom: null, approvalsNeeded: 1 };

beforeEach(async () => void (app = await openHttpApp()));
afterEach(() => app.close());

const askFor = async <T>(...asked: Parameters<HttpApp['ask']>) => (await (await app.ask(...asked)).json()) as T;
const read = () => askFor<AuditAnswer>('GET', '/api/audit', { as: app.admin });

/** Invites by the admin, over HTTP, and uses the invitation up. */
async function join(name: string, role: Role) {
	const body = { name, role };
	const { token } = await askFor<NewInvitation>('POST', '/api/invitations', { as: app.admin, body });
	return app.enter('/api/join', { token });
}

describe('the audit log over HTTP', () => {
	test('every change of an access leaves its entry, with who did it and to whom', async () => {
		const { admin } = app;
		const berta = await join('Berta', 'board');
		await app.ask('PATCH', `/api/people/${berta.id}`, { as: admin, body: { role: 'member' } });
		await app.ask('PATCH', `/api/people/${berta.id}`, { as: admin, body: { role: 'member', name: 'Berta B.' } });
		const own = { as: berta, body: { personId: berta.id } };
		await askFor<NewInvitation>('POST', '/api/invitations', own);
		await app.ask('DELETE', '/api/session', { as: berta });
		const guest = await askFor<Person>('POST', '/api/people', { as: admin, body: { name: 'Gast' } });
		const body = { name: 'Cem', role: 'member' };
		const open = await askFor<NewInvitation>('POST', '/api/invitations', { as: admin, body });
		await app.ask('DELETE', `/api/invitations/${open.id}`, { as: admin });
		await app.ask('DELETE', `/api/people/${berta.id}`, { as: admin });

		const { entries, names } = await read();
		expect(entries.toReversed().map(({ kind, by, about }) => [kind, by, about])).toEqual([
			['set-up', admin.id, null],
			['invited', admin.id, null],
			['joined', berta.id, berta.id],
			['role-changed', admin.id, berta.id],
			['name-changed', admin.id, berta.id],
			['invited', berta.id, berta.id],
			['signed-out', berta.id, berta.id],
			['person-added', admin.id, guest.id],
			['invited', admin.id, null],
			['invitation-withdrawn', admin.id, null],
			['person-removed', admin.id, berta.id],
		]);
		// Who was removed still has a name there; entries themselves hold none, and no token.
		expect(names).toEqual({ [admin.id]: 'Alma', [berta.id]: 'Berta B.', [guest.id]: 'Gast' });
		expect(JSON.stringify(entries)).not.toMatch(/Alma|Berta|Cem|Gast/);
		expect(JSON.stringify(entries)).not.toContain(open.token);
	});

	test('a change of a name has its entry, also one’s own, and one beside a change of the role; a contact has none', async () => {
		const berta = await join('Berta', 'board');
		const before = (await read()).entries.length;
		const change = (as: { cookie: string }, body: unknown) => app.ask('PATCH', `/api/people/${berta.id}`, { as, body });
		await change(berta, { name: 'Berta', contact: '0151 23' });
		await change(berta, { name: 'Bertha', contact: '' });
		await change(app.admin, { name: 'Berta', role: 'member' });
		const { entries } = await read();
		expect(entries.slice(0, -before).map(({ kind, by }) => [kind, by])).toEqual([
			['role-changed', app.admin.id],
			['name-changed', app.admin.id],
			['name-changed', berta.id],
		]);
		expect(JSON.stringify(entries)).not.toContain('Bert');
	});

	test('who came in says by which invitation, and a required passkey which way it was changed', async () => {
		await join('Berta', 'board');
		const [joined, invited] = (await read()).entries;
		expect([joined?.kind, invited?.kind]).toEqual(['joined', 'invited']);
		expect(joined?.detail).toMatchObject({ role: 'board', invitation: invited?.detail['invitation'] });
		app.accounts.settings.change = ({ name }) => ({ ...settings, name: name ?? '' });
		for (const passkeysRequired of [true, false])
			await app.ask('PATCH', '/api/settings', { as: app.admin, body: { passkeysRequired } });
		await app.ask('PATCH', '/api/settings', { as: app.admin, body: { name: 'Kreisverband' } });
		const details = (await read()).entries.slice(0, 3).map(({ detail }) => detail);
		expect(details).toEqual([
			{ fields: 'name' },
			{ fields: 'passkeysRequired', passkeysRequired: 'off' },
			{ fields: 'passkeysRequired', passkeysRequired: 'on' },
		]);
	});

	test('an invented person who is here already is added once', async () => {
		const add = () =>
			app.ask('POST', '/api/people', { as: app.admin, body: { name: 'Mara', role: 'board', id: 'examplemara' } });
		const added = async () => (await read()).entries.filter(({ kind }) => kind === 'person-added').length;
		for (const count of [1, 1]) {
			expect((await add()).status).toBe(201);
			expect(await added()).toBe(count);
		}
		expect(app.logged.filter((line) => line.includes('person-added'))).toHaveLength(1);
		await app.ask('DELETE', '/api/people/examplemara', { as: app.admin });
		await add();
		expect(await added()).toBe(2);
	});

	test('what was refused leaves none', async () => {
		const before = (await read()).entries.length;
		await app.ask('DELETE', `/api/people/${app.admin.id}`, { as: app.admin });
		await app.ask('PATCH', `/api/people/${app.admin.id}`, { as: app.admin, body: { role: 'member' } });
		await app.ask('POST', '/api/join', { body: { token: 'guessed' } });
		expect((await read()).entries).toHaveLength(before);
	});

	test('only an admin reads it, and nobody writes it', async () => {
		const berta = await join('Berta', 'board');
		expect((await app.ask('GET', '/api/audit', { as: berta })).status).toBe(403);
		expect((await app.ask('GET', '/api/audit')).status).toBe(401);
		const [entry] = (await read()).entries;
		for (const method of ['POST', 'PATCH', 'PUT', 'DELETE'])
			for (const path of ['/api/audit', `/api/audit/${entry?.id}`])
				expect([method, path, (await app.ask(method, path, { as: app.admin, body: {} })).status]).toEqual([
					method,
					path,
					404,
				]);
	});
});
