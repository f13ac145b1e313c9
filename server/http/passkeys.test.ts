/** Passkeys over HTTP, with an authenticator in software that also lies: each lie is refused, and changes nothing. */
import type { AllPasskeysAnswer, PasskeysAnswer, RecoveryCodesAnswer, SessionAnswer } from '#lib/protocol/api.ts';
import type { AuditAnswer } from '#lib/protocol/audit.ts';
import type { Role } from '#lib/protocol/policy.ts';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator, type Lie } from '../../tests/support/authenticator.ts';
import { appOrigin, type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';
import { createMeetingReader } from '../meetings/meeting-reader.ts';
import { createAdmission } from './admission.ts';
import { createOverdueCheck } from './overdue.ts';

const day = 24 * 3_600_000;
let app: HttpApp;
let berta: Guest;
let key: ReturnType<typeof createAuthenticator>;
beforeEach(async () => {
	app = await openHttpApp();
	berta = await app.join('board');
	key = createAuthenticator(appOrigin);
});
afterEach(() => app.close());

async function options(path: string, as?: Guest): Promise<{ challenge: string }> {
	const response = await app.ask('POST', path, as ? { as } : {});
	return (await response.json()) as { challenge: string };
}
async function add(as: Guest = berta, authenticator = key, lie: Lie = {}): Promise<string> {
	const response = authenticator.create(await options('/api/passkeys/options', as), lie);
	return app.outcome('POST', '/api/passkeys', { as, body: { name: 'Telefon', response } });
}
async function signIn(lie: Lie = {}, authenticator = key): Promise<string> {
	const response = authenticator.get(await options('/api/sign-in/options'), lie);
	return app.outcome('POST', '/api/sign-in', { body: { response } });
}
async function passkeys(as: Guest) {
	return (await (await app.ask('GET', '/api/passkeys', { as })).json()) as PasskeysAnswer;
}

describe('somebody’s lost passkey', () => {
	test('is seen and taken away by an admin, on record, and signs nobody in any more', async () => {
		await add();
		const all = (await (await app.ask('GET', '/api/passkeys/all', { as: app.admin })).json()) as AllPasskeysAnswer;
		expect(all.passkeys).toMatchObject([{ id: key.id, personId: berta.id, name: 'Telefon' }]);
		expect(await app.outcome('GET', '/api/passkeys/all', { as: berta })).toBe('403 forbidden');
		expect(await app.outcome('DELETE', `/api/passkeys/${key.id}`, { as: app.admin })).toBe('204');
		expect(await signIn()).toBe('403 passkey-refused');
		expect(await app.outcome('DELETE', `/api/passkeys/${key.id}`, { as: app.admin })).toBe('404 not-found');
		const audit = (await (await app.ask('GET', '/api/audit', { as: app.admin })).json()) as AuditAnswer;
		expect(audit.entries[0]).toMatchObject({ kind: 'passkey-removed', by: app.admin.id, about: berta.id });
	});

	test('is taken away where one is required too: then its person can only add one', async () => {
		await add(app.admin, createAuthenticator(appOrigin));
		await add();
		await app.ask('PATCH', '/api/settings', { as: app.admin, body: { passkeysRequired: true } });
		app.time += 15 * day;
		expect(await app.outcome('GET', '/api/people', { as: berta })).toBe('200');
		expect(await app.outcome('DELETE', `/api/passkeys/${key.id}`, { as: berta })).toBe('409 passkey-last');
		expect(await app.outcome('DELETE', `/api/passkeys/${key.id}`, { as: app.admin })).toBe('204');
		expect(await app.outcome('GET', '/api/people', { as: berta })).toBe('403 passkey-needed');
		expect(await add(berta, createAuthenticator(appOrigin))).toBe('201');
		expect(await app.outcome('GET', '/api/people', { as: berta })).toBe('200');
	});

	test('is not an admin’s to take who may not do anything themselves', async () => {
		await add();
		await app.ask('PATCH', '/api/settings', { as: app.admin, body: { passkeysRequired: true } });
		app.time += 15 * day;
		expect(await app.outcome('DELETE', `/api/passkeys/${key.id}`, { as: app.admin })).toBe('403 passkey-needed');
		expect((await passkeys(berta)).passkeys).toHaveLength(1);
	});
});

describe('adding and signing in', () => {
	test('a passkey signs its person in on another device', async () => {
		expect(await add()).toBe('201');
		expect(await passkeys(berta)).toMatchObject({ passkeys: [{ name: 'Telefon', usedAt: null }], host: 'localhost' });
		const response = key.get(await options('/api/sign-in/options'));
		const { id } = await app.enter('/api/sign-in', { response });
		expect(id).toBe(berta.id);
		expect(app.accounts.sessions.devices(berta.id, '')).toHaveLength(2);
		expect((await passkeys(berta)).passkeys[0]?.usedAt).toBe(new Date(app.time).toISOString());
	});

	test('it is named by its person only, and removed it signs nobody in', async () => {
		await add();
		const path = `/api/passkeys/${key.id}`;
		const body = { name: 'Schlüssel' };
		const cem = await app.join('board');
		for (const as of [cem, app.admin]) expect(await app.outcome('PATCH', path, { as, body })).toBe('404 not-found');
		expect(await app.outcome('DELETE', path, { as: cem })).toBe('404 not-found');
		expect(await app.outcome('PATCH', path, { as: berta, body })).toBe('204');
		expect((await passkeys(berta)).passkeys).toMatchObject([body]);
		expect(await app.outcome('DELETE', path, { as: berta })).toBe('204');
		expect(await signIn()).toBe('403 passkey-refused');
	});

	test('removing a person removes their passkeys', async () => {
		await add();
		app.accounts.people.remove(berta.id);
		expect(await signIn()).toBe('403 passkey-refused');
	});

	test('is for who is in and is no guest', async () => {
		const guest = await app.join('guest');
		for (const [method, path] of [
			['GET', '/api/passkeys'],
			['POST', '/api/passkeys/options'],
			['POST', '/api/passkeys'],
			['PATCH', `/api/passkeys/${key.id}`],
			['DELETE', `/api/passkeys/${key.id}`],
			['POST', '/api/passkeys/recovery-codes'],
		] as const) {
			expect(await app.outcome(method, path)).toBe('401 unauthorized');
			expect(await app.outcome(method, path, { as: guest })).toBe('403 forbidden');
		}
	});
});

describe('what a passkey is not added for', () => {
	test.each<[string, Lie]>([
		['a page of another origin', { origin: 'https://evil.example' }],
		['another site', { site: 'evil.example' }],
		['a person whom the device did not verify', { verified: false }],
		['an answer to another question', { type: 'webauthn.get' }],
	])('%s', async (_what, lie) => {
		expect(await add(berta, key, lie)).toBe('403 passkey-refused');
		expect((await passkeys(berta)).passkeys).toEqual([]);
	});

	test('a challenge that was another person’s, was answered before, or is older than five minutes', async () => {
		const body = { name: 'Telefon', response: key.create(await options('/api/passkeys/options', berta)) };
		expect(await app.outcome('POST', '/api/passkeys', { as: app.admin, body })).toBe('403 passkey-refused');
		expect(await app.outcome('POST', '/api/passkeys', { as: berta, body })).toBe('201');
		expect(await app.outcome('DELETE', `/api/passkeys/${key.id}`, { as: berta })).toBe('204');
		expect(await app.outcome('POST', '/api/passkeys', { as: berta, body })).toBe('403 passkey-refused');
		const late = { name: 'Telefon', response: key.create(await options('/api/passkeys/options', berta)) };
		app.time += 5 * 60_000 + 1;
		expect(await app.outcome('POST', '/api/passkeys', { as: berta, body: late })).toBe('403 passkey-refused');
	});

	test('one that somebody has already', async () => {
		await add();
		expect(await add(app.admin)).toBe('403 passkey-refused');
	});

	test.each([
		['nothing', {}],
		['no name', { response: { id: 'x', response: { clientDataJSON: 'x' } } }],
		['a text', { name: 'x', response: 'x' }],
	])('%s', async (_what, body) => {
		expect(await app.outcome('POST', '/api/passkeys', { as: berta, body })).toBe('400 bad-request');
	});

	test('what is no client data', async () => {
		const body = { name: 'x', response: { id: 'x', response: { clientDataJSON: 'AAAA' } } };
		expect(await app.outcome('POST', '/api/passkeys', { as: berta, body })).toBe('403 passkey-refused');
		expect(await app.outcome('POST', '/api/sign-in', { body: { response: body.response } })).toBe(
			'403 passkey-refused',
		);
	});
});

describe('what nobody is signed in for', () => {
	beforeEach(() => add());

	test.each<[string, Lie]>([
		['a page of another origin', { origin: 'https://evil.example' }],
		['another site', { site: 'evil.example' }],
		['a person whom the device did not verify', { verified: false }],
		['a counter that did not grow: a copied key', { counter: 1 }],
	])('%s', async (_what, lie) => {
		expect(await signIn(lie)).toBe('403 passkey-refused');
		expect(app.accounts.sessions.devices(berta.id, '')).toHaveLength(1);
	});

	test('an unknown key, and another key under a known name', async () => {
		const other = createAuthenticator(appOrigin);
		expect(await signIn({}, other)).toBe('403 passkey-refused');
		const forged = { ...other.get(await options('/api/sign-in/options')), id: key.id, rawId: key.id };
		expect(await app.outcome('POST', '/api/sign-in', { body: { response: forged } })).toBe('403 passkey-refused');
	});

	test('an answer sent twice, and one to a challenge for adding', async () => {
		const body = { response: key.get(await options('/api/sign-in/options')) };
		expect(await app.outcome('POST', '/api/sign-in', { body })).toBe('200');
		expect(await app.outcome('POST', '/api/sign-in', { body })).toBe('403 passkey-refused');
		const strange = { response: key.get(await options('/api/passkeys/options', berta)) };
		expect(await app.outcome('POST', '/api/sign-in', { body: strange })).toBe('403 passkey-refused');
	});

	test('an answer sent twice of a key that does not count, as those that are synchronised do not', async () => {
		const still = createAuthenticator(appOrigin);
		expect(await add(berta, still, { counter: 0 })).toBe('201');
		const body = { response: still.get(await options('/api/sign-in/options'), { counter: 0 }) };
		expect(await app.outcome('POST', '/api/sign-in', { body })).toBe('200');
		expect(await app.outcome('POST', '/api/sign-in', { body })).toBe('403 passkey-refused');
	});

	test('a copied key that answers at the same moment: one of the two is let in', async () => {
		const answers = [await options('/api/sign-in/options'), await options('/api/sign-in/options')].map((asked) =>
			key.get(asked, { counter: 7 }),
		);
		const outcomes = await Promise.all(
			answers.map((response) => app.outcome('POST', '/api/sign-in', { body: { response } })),
		);
		expect(outcomes.sort()).toEqual(['200', '403 passkey-refused']);
	});

	test('whoever asks for so many challenges that none would be left for others', async () => {
		const ask = (from: string) => app.outcome('POST', '/api/sign-in/options', { from });
		const answers = new Set<string>();
		const response = key.get(await options('/api/sign-in/options'));
		for (let times = 0; times < 2000; times++) answers.add(await ask(`2001:db8:0:${times >> 8}::${times}`));
		for (let times = 0; times < 400; times++) answers.add(await ask('203.0.113.1'));
		expect([...answers].sort()).toEqual(['200', '429 too-many-tries']);
		expect(await ask('203.0.113.2')).toBe('200');
		expect(await app.outcome('POST', '/api/sign-in', { body: { response } })).toBe('200');
	});

	test('guesses, which slow down as those at codes do', async () => {
		for (let at = 0; at < 6; at++) expect(await signIn({ verified: false })).toBe('403 passkey-refused');
		expect(await signIn()).toBe('429 too-many-tries');
		app.time += 2000;
		expect(await signIn()).toBe('200');
	});
});

describe('where passkeys are required', () => {
	const dueOf = async (as: Guest) =>
		((await (await app.ask('GET', '/api/session', { as })).json()) as SessionAnswer).passkeyBy;
	beforeEach(() => app.accounts.settings.change({ passkeysRequired: true }));

	test('whoever writes for the association is told until when, and nobody else', async () => {
		expect(await dueOf(berta)).toBe(new Date(app.time + 14 * day).toISOString());
		expect(await dueOf(app.admin)).toBeDefined();
		for (const role of ['member', 'guest'] as Role[]) expect(await dueOf(await app.join(role))).toBeUndefined();
		await add();
		expect(await dueOf(berta)).toBeUndefined();
	});

	test('who has none by then may only add one', async () => {
		const headers = { host: new URL(appOrigin).host, origin: appOrigin, cookie: berta.cookie };
		const strangers = { addressOf: () => '', pace: { take: () => 0, remembered: 0 } };
		const admit = () =>
			createAdmission(
				app.accounts,
				[],
				strangers,
				createMeetingReader(app.store),
			)({ headers } as unknown as IncomingMessage, 'directory:main');
		app.time += 14 * day - 1;
		expect(await app.outcome('GET', '/api/people', { as: berta })).toBe('200');
		expect(await admit()).toMatchObject({ ok: true });
		app.time += 1;
		const member = await app.join('member');
		expect(await app.outcome('GET', '/api/people', { as: member })).toBe('200');
		for (const [method, path] of [
			['GET', '/api/people'],
			['GET', '/api/documents'],
			['GET', '/api/documents/agenda:a1/versions'],
			['GET', '/api/devices'],
			['GET', '/api/settings'],
			['PATCH', `/api/people/${berta.id}`],
			['POST', '/api/invitations'],
			['POST', '/api/passkeys/recovery-codes'],
		] as const)
			expect(await app.outcome(method, path, { as: berta })).toBe('403 passkey-needed');
		expect(await app.outcome('PATCH', '/api/settings', { as: app.admin, body: { passkeysRequired: false } })).toBe(
			'403 passkey-needed',
		);
		expect(await admit()).toEqual({ ok: false, status: 403 });
		expect(await dueOf(berta)).toBeDefined();
		expect(await add()).toBe('201');
		expect(await app.outcome('GET', '/api/people', { as: berta })).toBe('200');
		expect(await admit()).toMatchObject({ ok: true });
	});

	test('the sockets of who has none by then are closed, at every look', () => {
		let closed: unknown[] = [];
		const look = createOverdueCheck(app.accounts, (whose) => closed.push(whose));
		app.time += 14 * day - 1;
		look();
		expect(closed).toEqual([]);
		app.time += 1;
		for (let times = 0; times < 2; times++) {
			closed = [];
			look();
			expect(closed).toHaveLength(2);
			expect(closed).toContainEqual({ personId: berta.id });
		}
	});

	test.each([
		['an admin takes it away', () => `/api/passkeys/${key.id}`],
		[
			'the device that it was made on is lost',
			() => `/api/devices/${app.accounts.sessions.devices(berta.id, '')[0]?.id}`,
		],
	])('whose only one goes is out at once: %s', async (_how, what) => {
		await add();
		app.time += 14 * day;
		const own = createAuthenticator(appOrigin);
		expect(await add(app.admin, own)).toBe('201');
		expect(await app.outcome('DELETE', what(), { as: app.admin })).toBe('204');
		expect(app.disconnected).toContainEqual({ personId: berta.id });
	});

	test('the last one is not removed', async () => {
		await add();
		expect(await app.outcome('DELETE', `/api/passkeys/${key.id}`, { as: berta })).toBe('409 passkey-last');
		const second = createAuthenticator(appOrigin);
		await add(berta, second);
		expect(await app.outcome('DELETE', `/api/passkeys/${key.id}`, { as: berta })).toBe('204');
	});
});

describe('recovery codes', () => {
	async function make(as: Guest = berta): Promise<string[]> {
		const response = await app.ask('POST', '/api/passkeys/recovery-codes', { as });
		return ((await response.json()) as { codes: string[] }).codes;
	}
	const join = (token: string) => app.outcome('POST', '/api/join', { body: { token } });

	test('ten, each for one device, typed where an invitation’s code is', async () => {
		const codes = await make();
		expect(new Set(codes).size).toBe(10);
		expect((await passkeys(berta)).codesLeft).toBe(10);
		const [first = '', second = ''] = codes;
		const looked = await app.ask('POST', '/api/join/preview', { body: { token: first.toLowerCase() } });
		expect(await looked.json()).toMatchObject({ name: 'Person board', role: 'board' });
		expect((await app.enter('/api/join', { token: ` ${first.slice(0, 4)}-${first.slice(4)}` })).id).toBe(berta.id);
		expect(await join(first)).toBe('410 link-used');
		expect(await join(second)).toBe('200');
		expect((await passkeys(berta)).codesLeft).toBe(8);
		expect(app.logged.join()).not.toContain(first);
	});

	test('those that a page shows are told from newer ones, and from none', async () => {
		const since = async () => (await passkeys(berta)).codesSince;
		const made = async () =>
			((await (await app.ask('POST', '/api/passkeys/recovery-codes', { as: berta })).json()) as RecoveryCodesAnswer)
				.since;
		expect(await since()).toBeNull();
		const first = await made();
		expect(await since()).toBe(first);
		app.time += 1;
		const second = await made();
		expect(await since()).toBe(second);
		expect(first).not.toBe(second);
	});

	test('used twice at once lets in once', async () => {
		const [code = ''] = await make();
		const outcomes = await Promise.all([join(code), join(code), join(code)]);
		expect(outcomes.sort()).toEqual(['200', '410 link-used', '410 link-used']);
	});

	test('new ones void those before, and go with their person', async () => {
		const [old = ''] = await make();
		const [fresh = ''] = await make();
		expect(await join(old)).toBe('404 link-unknown');
		app.accounts.people.remove(berta.id);
		expect(await join(fresh)).toBe('404 link-unknown');
	});
});
