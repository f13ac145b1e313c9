/** Wherever somebody is named, a name that passes for another's is refused, and nothing happens. */
import type { ErrorCode, NewInvitation } from '#lib/protocol/api.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { invitationLifetime } from '../accounts/invitations.ts';
import { openAccounts } from '../accounts/accounts.ts';
import type { Refusal } from '../accounts/refusal.ts';
import { type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';

let app: HttpApp;
let anna: Guest;
beforeEach(async () => {
	app = await openHttpApp();
	anna = await app.join('member');
	app.accounts.people.change(anna.id, { name: 'Capa' });
});
afterEach(() => app.close());

/** With a Greek letter in it, and in Cyrillic letters that look like Latin ones. */
const [mixed, lookalike] = ['Alm\u03b1', '\u0421\u0430\u0440\u0430'];

const places: Record<string, (name: string) => Promise<string>> = {
	'an invitation': (name) => app.outcome('POST', '/api/invitations', { as: app.admin, body: { name, role: 'member' } }),
	'a guest': (name) => app.outcome('POST', '/api/people', { as: app.admin, body: { name } }),
	'a person of another name': (name) =>
		app.outcome('PATCH', `/api/people/${app.admin.id}`, { as: app.admin, body: { name } }),
	'an invented person': (name) =>
		app.outcome('POST', '/api/people', { as: app.admin, body: { name, role: 'board', id: 'example1' } }),
};

test.each(Object.keys(places))('for %s', async (place) => {
	const before = [app.accounts.people.list(), app.accounts.invitations.list()];
	expect(await places[place]?.(mixed)).toBe('400 name-mixed');
	expect(await places[place]?.(lookalike)).toBe('409 name-lookalike');
	expect([app.accounts.people.list(), app.accounts.invitations.list()]).toEqual(before);
	expect(await places[place]?.('Capa'), 'two may have the very same name').toMatch(/^20[01]$/);
});

test('a name has a letter that is seen, and joiners only where they change how it is written', async () => {
	const invite = (name: string) => app.outcome('POST', '/api/people', { as: app.admin, body: { name } });
	for (const name of ['Ma\u200dra', 'Mara\u200c', '\u200dMara', '\u200d', '–', '\u0646\u200c'])
		expect(await invite(name), name).toBe('400 bad-request');
	for (const name of ['\u0646\u06cc\u200c\u0646\u0627', '\u0915\u094d\u200d\u0937', '3. Vorstand'])
		expect(await invite(name), name).toBe('201');
});

test('one’s own name is changed to no other’s, and kept or written otherwise as one likes', async () => {
	const change = (body: unknown) => app.outcome('PATCH', `/api/people/${anna.id}`, { as: anna, body });
	expect(await change({ name: mixed })).toBe('400 name-mixed');
	expect(await change({ name: '\u0410lma' })).toBe('400 name-mixed');
	expect(await change({ name: lookalike }), 'it is theirs, in other letters').toBe('200');
	expect(await change({ name: '\u0418\u0440\u0438\u043d\u0430' })).toBe('200');
});

test('while an invitation is open its name is nobody’s in other letters, and it lets in whom it is for', async () => {
	app.accounts.people.change(anna.id, { name: 'Zora' });
	const body = { name: lookalike, role: 'member' };
	const made = await app.ask('POST', '/api/invitations', { as: app.admin, body });
	const { token } = (await made.json()) as NewInvitation;
	for (const [place, ask] of Object.entries(places)) expect(await ask('Capa'), place).toBe('409 name-lookalike');
	expect(await app.outcome('PATCH', `/api/people/${anna.id}`, { as: anna, body: { name: 'Capa' } })).toBe(
		'409 name-lookalike',
	);
	expect(await app.outcome('POST', '/api/join', { body: { token } })).toBe('200');
});

test('an invitation that is withdrawn or too old keeps no name', async () => {
	app.accounts.people.change(anna.id, { name: 'Zora' });
	app.accounts.invitations.invite({ name: lookalike, role: 'member' }, null);
	const change = () => app.outcome('PATCH', `/api/people/${anna.id}`, { as: anna, body: { name: 'Capa' } });
	expect(await change()).toBe('409 name-lookalike');
	app.time += invitationLifetime;
	expect(await change()).toBe('200');
});

test('for who sets up', () => {
	const accounts = openAccounts(':memory:');
	const token = accounts.association.setUpToken() ?? '';
	const setUp = (name: string): ErrorCode | null => {
		try {
			accounts.association.setUp({ token, association: 'Stadtverband', name }, '');
			return null;
		} catch (cause) {
			return (cause as Refusal).code;
		}
	};
	expect([setUp(mixed), accounts.association.current()]).toEqual(['name-mixed', null]);
	expect(setUp('Alma')).toBeNull();
	accounts.close();
});
