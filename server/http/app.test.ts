import type { ApiError, SessionAnswer, VersionsAnswer } from '#lib/protocol/api.ts';
import { documentKinds, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessOf, type Role, roles } from '#lib/protocol/policy.ts';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openAccounts, type Accounts } from '../accounts/accounts.ts';
import { createHistory } from '../history/history.ts';
import { createMeetingReader } from '../meetings/meeting-reader.ts';
import { openPublishing } from '../../tests/support/publishing.ts';
import { openSqliteStore } from '../storage/sqlite.ts';
import { RequestsUnderWay } from './requests-under-way.ts';
import { createAdmission } from './admission.ts';
import { createApp } from './app.ts';
import { openBuild } from './static-files.ts';

const origin = 'http://localhost:3000';
const strangers = {
	addressOf: () => '',
	pace: { take: () => 0, remembered: 0 },
	readers: { take: () => 0, remembered: 0 },
};

let store: ReturnType<typeof openSqliteStore>;
let accounts: Accounts;
let app: ReturnType<typeof createApp>;
let disconnected: unknown[];
let logged: string[];
let admin: { cookie: string; id: string };

const everyKind = documentKinds.map((kind) => ({ name: `${kind}:main` as DocumentName, sequence: 7 }));

beforeEach(async () => {
	store = openSqliteStore(':memory:');
	accounts = openAccounts(':memory:');
	disconnected = [];
	logged = [];
	app = serve([]);
	admin = await signedIn('/api/setup', {
		token: accounts.association.setUpToken(),
		association: 'Stadtverband',
		name: 'Alma',
	});
});

afterEach(async () => {
	accounts.close();
	await store.close();
});

function serve(origins: string[], documents = async () => everyKind) {
	return createApp(
		{
			accounts,
			documents: { ...store, list: documents },
			history: createHistory({ store, now: Date.now, timeZone: () => 'Europe/Berlin', log: () => {} }),
			meetings: createMeetingReader(store),
			...openPublishing({ accounts, store, now: Date.now }),
			disconnect: (whose) => disconnected.push(whose),
			refreshDevices: () => {},
			eraseDeleted: async () => 0,
			origins,
			strangers,
			changes: { take: () => 0, remembered: 0 },
			underWay: new RequestsUnderWay(),
			effort: { take: () => 0, remembered: 0 },
			operations: { readiness: async () => null, metricsToken: null, metrics: () => '' },
			log: (event, fields) => logged.push(JSON.stringify({ event, ...fields })),
		},
		openBuild('no-build'),
	);
}

type Asked = { cookie?: string; body?: unknown; headers?: Record<string, string> };

function ask(method: string, path: string, { cookie, body, headers }: Asked = {}): Promise<Response> {
	return Promise.resolve(
		app.request(origin + path, {
			method,
			headers: { host: 'localhost:3000', origin, ...(cookie ? { cookie } : {}), ...headers },
			...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		}),
	);
}

async function errorOf(answer: Promise<Response>): Promise<string> {
	const response = await answer;
	return `${response.status} ${((await response.json()) as ApiError).error}`;
}

async function signedIn(path: string, body: unknown): Promise<{ cookie: string; id: string }> {
	const response = await ask('POST', path, { body });
	expect(response.status).toBe(200);
	const answer = (await response.json()) as SessionAnswer;
	return { cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '', id: answer.person.id };
}

async function join(role: Role): Promise<{ cookie: string; id: string }> {
	const { token } = accounts.invitations.invite({ name: `Person ${role}`, role }, null);
	return signedIn('/api/join', { token });
}

describe('the door is closed', () => {
	test.each([
		['GET', '/api/session'],
		['DELETE', '/api/session'],
		['POST', '/api/sign-out'],
		['GET', '/api/people'],
		['POST', '/api/people'],
		['PATCH', '/api/people/x'],
		['DELETE', '/api/people/x'],
		['GET', '/api/invitations'],
		['POST', '/api/invitations'],
		['DELETE', '/api/invitations/x'],
		['GET', '/api/documents'],
		['GET', '/api/settings'],
		['PATCH', '/api/settings'],
	])('%s %s asks for a session', async (method, path) => {
		expect(await errorOf(ask(method, path))).toBe('401 unauthorized');
		expect(await errorOf(ask(method, path, { cookie: 'mitschrift_session=AAAAAAAAAAAAAAAAAAAAAA' }))).toBe(
			'401 unauthorized',
		);
	});

	test.each([
		['another site’s', 'cross-site', '403 foreign-origin'],
		['a neighbour’s', 'same-site', '403 foreign-origin'],
		['our own page', 'same-origin', '200'],
		['an address that somebody typed', 'none', '200'],
		['a browser that does not say', undefined, '200'],
	])('a link or a request of %s (%s) is answered %s', async (_who, site, outcome) => {
		const headers = { origin: '', ...(site !== undefined && { 'sec-fetch-site': site }) };
		for (const path of [`/api/people/${admin.id}/export`, '/api/session']) {
			const response = await ask('GET', path, { cookie: admin.cookie, headers });
			expect(response.ok ? '200' : await errorOf(Promise.resolve(response)), path).toBe(outcome);
		}
		const { entries } = accounts.audit.page(null);
		expect(entries.filter(({ kind }) => kind === 'person-exported')).toHaveLength(outcome === '200' ? 1 : 0);
	});

	test.each([
		['a foreign page', { origin: 'https://evil.example' }],
		['no page at all', { origin: '' }],
		['a sandboxed frame', { origin: 'null' }],
		['another port', { origin: 'http://localhost:3001' }],
	])('%s changes nothing', async (_who, headers) => {
		const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		const attempts = [
			ask('POST', '/api/join', { body: { token }, headers }),
			ask('POST', '/api/invitations', { cookie: admin.cookie, body: { name: 'x', role: 'board' }, headers }),
			ask('PATCH', `/api/people/${admin.id}`, { cookie: admin.cookie, body: { name: 'x' }, headers }),
			ask('DELETE', '/api/session', { cookie: admin.cookie, headers }),
		];
		for (const attempt of attempts) expect(await errorOf(attempt)).toBe('403 foreign-origin');
		expect(accounts.invitations.preview(token).usedAt).toBeNull();
		expect(accounts.people.list()).toMatchObject([{ name: 'Alma' }]);
		expect((await ask('GET', '/api/session', { cookie: admin.cookie })).status).toBe(200);
	});

	test('with public origins configured, only those are ours', async () => {
		app = serve(['https://notizen.example.org']);
		const host = { host: 'notizen.example.org' };
		const body = { token: 'x' };
		const ours = { ...host, origin: 'https://notizen.example.org' };
		const other = { ...host, origin: 'http://notizen.example.org' };
		expect(await errorOf(ask('POST', '/api/join', { body, headers: ours }))).toBe('404 link-unknown');
		expect(await errorOf(ask('POST', '/api/join', { body, headers: other }))).toBe('403 foreign-origin');
		expect(await errorOf(ask('POST', '/api/join', { body }))).toBe('403 foreign-origin');
	});
});

describe('who may what', () => {
	test.each(roles)('%s sees the documents that the policy lets them read', async (role) => {
		const { cookie } = await join(role);
		const response = await ask('GET', '/api/documents', { cookie });
		const readable = documentKinds.filter((kind) => accessOf(role, kind) !== 'none');
		expect(await response.json()).toEqual({
			documents: readable.map((kind) => ({ name: `${kind}:main`, version: 7 })),
		});
	});

	test.each([
		['board', 'POST', '/api/invitations', { name: 'x', role: 'member' }],
		['member', 'POST', '/api/invitations', { name: 'x', role: 'member' }],
		['board', 'GET', '/api/invitations', undefined],
		['board', 'DELETE', '/api/invitations/x', undefined],
		['member', 'POST', '/api/people', { name: 'x' }],
		['guest', 'POST', '/api/people', { name: 'x' }],
		['board', 'POST', '/api/people', { name: 'x', role: 'member' }],
		['board', 'DELETE', '/api/people/ADMIN', undefined],
		['board', 'PATCH', '/api/people/ADMIN', { name: 'x' }],
		['board', 'PATCH', '/api/people/SELF', { role: 'admin' }],
		['member', 'POST', '/api/invitations', { personId: 'ADMIN' }],
		['board', 'PATCH', '/api/settings', { name: 'x' }],
		['member', 'GET', '/api/settings', undefined],
		['guest', 'GET', '/api/settings', undefined],
	] as const)('a %s may not %s %s %j', async (role, method, path, body) => {
		const { cookie, id } = await join(role);
		const put = (text: string) => text.replace('ADMIN', admin.id).replace('SELF', id);
		const sent = body && (JSON.parse(put(JSON.stringify(body))) as unknown);
		const before = accounts.people.list();
		expect(await errorOf(ask(method, put(path), { cookie, body: sent }))).toBe('403 forbidden');
		expect(accounts.people.list()).toEqual(before);
		expect(accounts.invitations.list().filter(({ usedAt }) => usedAt === null)).toEqual([]);
	});

	test('everyone changes their own name and contact, and invites a further device of theirs', async () => {
		const { cookie, id } = await join('member');
		const changed = await ask('PATCH', `/api/people/${id}`, { cookie, body: { name: 'Neu', contact: '0151' } });
		expect(await changed.json()).toEqual({ id, name: 'Neu', role: 'member', contact: '0151' });
		const invited = await ask('POST', '/api/invitations', { cookie, body: { personId: id } });
		expect(invited.status).toBe(201);
		const { token } = (await invited.json()) as { token: string };
		expect((await signedIn('/api/join', { token })).id).toBe(id);
	});

	test('a board member adds a guest, an admin anyone but an admin', async () => {
		const { cookie } = await join('board');
		const guest = await ask('POST', '/api/people', { cookie, body: { name: 'Gast' } });
		expect([guest.status, await guest.json()]).toMatchObject([201, { name: 'Gast', role: 'guest' }]);
		const member = await ask('POST', '/api/people', { cookie: admin.cookie, body: { name: 'M', role: 'member' } });
		expect(member.status).toBe(201);
		const another = ask('POST', '/api/people', { cookie: admin.cookie, body: { name: 'A', role: 'admin' } });
		expect(await errorOf(another)).toBe('400 bad-request');
	});

	test('a guest sees no one but themselves', async () => {
		const { cookie, id } = await join('guest');
		const response = await ask('GET', '/api/people', { cookie });
		expect(await response.json()).toMatchObject({ people: [{ id }] });
	});

	test('the board reads the settings, an admin changes them, and a time zone is one', async () => {
		const { cookie } = await join('board');
		const change = { name: 'Kreisverband', timeZone: 'Europe/Vienna' };
		expect((await ask('PATCH', '/api/settings', { cookie: admin.cookie, body: change })).status).toBe(200);
		const read = await ask('GET', '/api/settings', { cookie });
		expect(await read.json()).toEqual({ ...change, passkeysFrom: null, approvalsNeeded: 2 });
		for (const body of [{ timeZone: 'Mond/Krater' }, { name: ' ' }, { colour: 'red' }, { passkeysFrom: '2020-01-01' }])
			expect(await errorOf(ask('PATCH', '/api/settings', { cookie: admin.cookie, body }))).toBe('400 bad-request');
		expect(accounts.settings.read()).toMatchObject(change);
	});

	test('the last admin is protected', async () => {
		const { cookie, id } = admin;
		const lowered = ask('PATCH', `/api/people/${id}`, { cookie, body: { role: 'board' } });
		expect(await errorOf(lowered)).toBe('409 last-admin');
		expect(await errorOf(ask('DELETE', `/api/people/${id}`, { cookie }))).toBe('409 last-admin');
		expect(disconnected).toEqual([]);
	});
});

describe('going out', () => {
	test('an answer that took its time is not given to who lost the session meanwhile', async () => {
		const { cookie, id } = await join('board');
		const [asked, made] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
		app = serve([], async () => {
			asked.resolve(undefined);
			await made.promise;
			return everyKind;
		});
		const answered = ask('GET', '/api/documents', { cookie });
		await asked.promise;
		accounts.people.remove(id);
		made.resolve(undefined);
		const response = await answered;
		expect([response.status, await response.json()]).toEqual([401, { error: 'revoked' }]);
	});

	test('what is asked for while its words are still on the way is asked of who is in when they have come', async () => {
		const second = await join('admin');
		const halves = new TransformStream<Uint8Array, Uint8Array>();
		const words = halves.writable.getWriter();
		const text = JSON.stringify({ name: 'Untergeschoben', role: 'board' });
		const asking = app.request(`${origin}/api/people`, {
			method: 'POST',
			headers: { host: 'localhost:3000', origin, cookie: second.cookie, 'content-length': String(text.length) },
			body: halves.readable,
			duplex: 'half',
		} as RequestInit);
		await words.write(Buffer.from(text.slice(0, 10)));
		accounts.people.remove(second.id);
		await words.write(Buffer.from(text.slice(10)));
		await words.close();
		expect((await asking).status).toBe(401);
		expect(accounts.people.list().map(({ name }) => name)).not.toContain('Untergeschoben');
	});

	test('a removed person is disconnected and refused', async () => {
		const { cookie, id } = await join('board');
		expect((await ask('DELETE', `/api/people/${id}`, { cookie: admin.cookie })).status).toBe(204);
		expect(disconnected).toEqual([{ personId: id }]);
		expect(await errorOf(ask('GET', '/api/session', { cookie }))).toBe('401 revoked');
	});

	test('a change of role disconnects, a change of name does not', async () => {
		const { id } = await join('board');
		await ask('PATCH', `/api/people/${id}`, { cookie: admin.cookie, body: { name: 'Neu' } });
		expect(disconnected).toEqual([]);
		await ask('PATCH', `/api/people/${id}`, { cookie: admin.cookie, body: { role: 'member' } });
		expect(disconnected).toEqual([{ personId: id }]);
	});

	test('signing out ends this device only, and takes its cookie back', async () => {
		const { cookie, id } = await join('board');
		const { token } = accounts.invitations.invite({ personId: id }, null);
		const second = await signedIn('/api/join', { token });
		const response = await ask('DELETE', '/api/session', { cookie });
		expect(response.status).toBe(204);
		expect(response.headers.getSetCookie()[0]).toMatch(/^mitschrift_session=; Max-Age=0; Path=\//);
		expect(disconnected).toHaveLength(1);
		expect(await errorOf(ask('GET', '/api/session', { cookie }))).toBe('401 revoked');
		expect((await ask('GET', '/api/session', { cookie: second.cookie })).status).toBe(200);
	});
});

describe('bad input', () => {
	test.each([
		['nobody sees', '\u200b'],
		['looks like another', 'Mara\u202enimdA'],
		['goes over several lines', 'Mara\nAlma'],
		['has a letter that is none', '\u3164'],
		['is one sign that nobody sees', '\ufe0f'],
		['has a hyphen that nobody sees', 'Ma\u00adra'],
		['has a mark of direction', 'Mara\u061c'],
		['has half a sign', 'Mara\ud83d'],
		['covers the lines around it', `M${'\u0301'.repeat(40)}`],
	])('a name that %s', async (_what, name) => {
		const { cookie, id } = await join('member');
		expect(await errorOf(ask('PATCH', `/api/people/${id}`, { cookie, body: { name } }))).toBe('400 bad-request');
	});

	test.each(['Zoë Müller-Łukasz', 'أمل', 'กิ้ง', '👩‍👧 Familie', 'Nguyễn Thị'])('and %s is one', async (name) => {
		const { cookie, id } = await join('member');
		expect((await ask('PATCH', `/api/people/${id}`, { cookie, body: { name } })).status).toBe(200);
	});

	test.each([
		['no JSON', 'not json'],
		['an empty name', { name: ' ', role: 'board' }],
		['a long name', { name: 'x'.repeat(201), role: 'board' }],
		['an unknown role', { name: 'x', role: 'king' }],
		['a guest, who has no way in yet', { name: 'x', role: 'guest' }],
		['a field too many', { name: 'x', role: 'board', admin: true }],
		['a list', []],
		['another type', { name: 5, role: 'board' }],
	])('%s is a bad request', async (_what, body) => {
		expect(await errorOf(ask('POST', '/api/invitations', { cookie: admin.cookie, body }))).toBe('400 bad-request');
		expect(accounts.invitations.list()).toEqual([]);
	});

	test('a body of a megabyte is not read', async () => {
		const body = JSON.stringify({ token: 'x'.repeat(1024 * 1024) });
		expect(await errorOf(ask('POST', '/api/join', { body }))).toBe('413 too-large');
	});

	test('an unknown path of the API is not a page', async () => {
		const headers = { accept: 'text/html' };
		expect(await errorOf(ask('GET', '/api/nothing', { headers }))).toBe('404 not-found');
	});

	test('a fault of ours says nothing about itself', async () => {
		app = serve([], () => Promise.reject(new Error('secret path /srv')));
		const response = await ask('GET', '/api/documents', { cookie: admin.cookie });
		expect(await response.text()).toBe('{"error":"server"}');
	});
});

describe('the history of documents', () => {
	const typed = (text: string) => {
		const doc = new Y.Doc();
		doc.getText('t').insert(0, text);
		return Y.encodeStateAsUpdate(doc);
	};
	const textOf = async (response: Response) => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
		return doc.getText('t').toJSON();
	};

	test('a writer names a version, and whoever may read lists and fetches it as it was', async () => {
		await store.append([{ name: 'agenda:a1', updates: [typed('vorher')] }]).durable;
		const body = { name: 'Vor der Sitzung' };
		const made = await ask('POST', '/api/documents/agenda:a1/versions', { cookie: admin.cookie, body });
		expect(made.status).toBe(201);
		await store.append([{ name: 'agenda:a1', updates: [typed('nachher')] }]).durable;
		const { cookie } = await join('member');
		const listed = await ask('GET', '/api/documents/agenda:a1/versions', { cookie });
		const { versions } = (await listed.json()) as VersionsAnswer;
		expect(versions).toEqual([await made.json()]);
		expect(versions[0]).toMatchObject({ name: 'Vor der Sitzung', personId: admin.id });
		expect(Date.now() - Date.parse(versions[0]?.at ?? '')).toBeLessThan(60_000);
		const fetched = await ask('GET', `/api/documents/agenda:a1/versions/${versions[0]?.id}`, { cookie });
		expect(fetched.headers.get('content-type')).toBe('application/octet-stream');
		expect(await textOf(fetched)).toBe('vorher');
		expect(logged.join()).not.toContain('Sitzung');
	});

	test.each(roles.flatMap((role) => documentKinds.map((kind) => [role, kind] as const)))(
		'%s × %s is what the policy says',
		async (role, kind) => {
			const name: DocumentName = `${kind}:main`;
			await store.append([{ name, updates: [typed('x')] }]).durable;
			const version = { id: 'v1', label: 'x', madeAt: 1, personId: null, sequence: 1 };
			await store.keepVersion(name, version, typed('x'));
			const { cookie } = await join(role);
			const access = accessOf(role, kind);
			const path = `/api/documents/${name}/versions`;
			const statuses = [
				(await ask('GET', path, { cookie })).status,
				(await ask('GET', `${path}/v1`, { cookie })).status,
				(await ask('POST', path, { cookie, body: { name: 'y' } })).status,
			];
			const expected = { none: [403, 403, 403], read: [200, 200, 403], write: [200, 200, 201] };
			expect(statuses).toEqual(expected[access]);
			expect(await store.versions(name)).toHaveLength(access === 'write' ? 2 : 1);
		},
	);

	test('whose the client ids are is told to who may read, and stays when a person is removed', async () => {
		const append = {
			name: 'agenda:a1' as const,
			updates: [typed('x')],
			authors: [[7, 'p1'] as const, [8, null] as const],
		};
		await store.append([append]).durable;
		const { cookie, id } = await join('member');
		await store.append([{ ...append, authors: [[9, id]] }]).durable;
		const authors = { 7: 'p1', 8: null, 9: id };
		expect(await (await ask('GET', '/api/documents/agenda:a1/authors', { cookie })).json()).toEqual({ authors });
		await ask('DELETE', `/api/people/${id}`, { cookie: admin.cookie });
		const later = await ask('GET', '/api/documents/agenda:a1/authors', { cookie: admin.cookie });
		expect(await later.json()).toEqual({ authors });
		expect(await errorOf(ask('GET', '/api/documents/agenda:a1/authors'))).toBe('401 unauthorized');
		expect(await errorOf(ask('GET', '/api/documents/agenda:a1/authors', { cookie }))).toBe('401 revoked');
		const { cookie: other } = await join('member');
		expect(await errorOf(ask('GET', '/api/documents/minutes:m1/authors', { cookie: other }))).toBe('403 forbidden');
		expect(await errorOf(ask('GET', '/api/documents/agenda:a9/authors', { cookie: other }))).toBe('404 not-found');
	});

	test('no session, no such document, no such version, another document’s version, a bad name', async () => {
		await store.append([{ name: 'agenda:a1', updates: [typed('x')] }]).durable;
		await store.keepVersion('agenda:a1', { id: 'v1', label: 'x', madeAt: 1, personId: null, sequence: 1 }, typed('x'));
		const { cookie } = admin;
		const body = { name: 'x' };
		expect(await errorOf(ask('GET', '/api/documents/agenda:a1/versions'))).toBe('401 unauthorized');
		for (const path of ['agenda:a2/versions', 'agenda:a1/versions/v2', 'agenda:a2/versions/v1', 'agenda/versions'])
			expect(await errorOf(ask('GET', `/api/documents/${path}`, { cookie }))).toBe('404 not-found');
		expect(await errorOf(ask('POST', '/api/documents/agenda:a2/versions', { cookie, body }))).toBe('404 not-found');
		expect(await store.exists('agenda:a2')).toBe(false);
		for (const wrong of [{}, { name: '' }, { name: 'x'.repeat(201) }, { name: 'x', id: 'v1' }]) {
			const answer = ask('POST', '/api/documents/agenda:a1/versions', { cookie, body: wrong });
			expect(await errorOf(answer)).toBe('400 bad-request');
		}
		const headers = { origin: 'https://evil.example' };
		const foreign = ask('POST', '/api/documents/agenda:a1/versions', { cookie, body, headers });
		expect(await errorOf(foreign)).toBe('403 foreign-origin');
	});
});

describe('cookies and headers', () => {
	test('the session is for this server only, and on HTTPS bound to it', async () => {
		app = serve(['https://notizen.example.org']);
		const headers = { host: 'notizen.example.org', origin: 'https://notizen.example.org' };
		const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		const response = await ask('POST', '/api/join', { body: { token }, headers });
		expect(response.headers.getSetCookie()[0]).toMatch(
			/^__Host-mitschrift_session=[\w-]{22}; Max-Age=7776000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
		);
		expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
		expect(admin.cookie).toMatch(/^mitschrift_session=/);
	});

	test('a proxy that puts its own Host does not make the session one for plain HTTP', async () => {
		app = serve(['https://notizen.example.org']);
		const headers = { host: '127.0.0.1:3000', origin: 'https://notizen.example.org' };
		const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		const response = await ask('POST', '/api/join', { body: { token }, headers });
		const cookie = response.headers.getSetCookie()[0] ?? '';
		expect(cookie).toMatch(/^__Host-mitschrift_session=.*; Secure;/);
		expect((await ask('GET', '/api/session', { cookie: cookie.split(';')[0] ?? '', headers })).status).toBe(200);
	});

	describe('without a configured origin, behind a proxy that ends HTTPS', () => {
		const host = 'notizen.example.org';
		const [https, http] = [`https://${host}`, `http://${host}`];
		const enter = async (from: string, cookie?: string) => {
			const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
			const body = { token };
			return ask('POST', '/api/join', { body, headers: { host, origin: from }, ...(cookie ? { cookie } : {}) });
		};
		const session = async (cookie: string, headers: Record<string, string>) =>
			(await ask('GET', '/api/session', { cookie, headers })).status;

		test('who comes in by HTTPS has a session for HTTPS only, whatever a request is silent about', async () => {
			const response = await enter(https);
			const set = response.headers.getSetCookie()[0] ?? '';
			expect(set).toMatch(
				/^__Host-mitschrift_session=[\w-]{22}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
			);
			expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
			const cookie = set.split(';')[0] ?? '';
			// A browser says `Origin` with changes and sockets only.
			expect(await session(cookie, { host, origin: '' })).toBe(200);
			const socket = { headers: { host, origin: https, cookie } } as unknown as IncomingMessage;
			expect(
				await createAdmission(accounts, [], strangers, createMeetingReader(store))(socket, 'agenda:a1'),
			).toMatchObject({ ok: true });
			await enter(https);
			expect(logged.filter((line) => line.includes('set MITSCHRIFT_ORIGIN'))).toHaveLength(1);
			const out = await ask('DELETE', '/api/session', { cookie, headers: { host, origin: https } });
			expect(out.headers.getSetCookie()).toEqual([
				expect.stringMatching(/^__Host-mitschrift_session=; Max-Age=0;.*Secure/),
			]);
		});

		test('a session of plain HTTP beside it is not the one that counts, and goes', async () => {
			const plain = (await enter(http)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
			expect(plain).toMatch(/^mitschrift_session=/);
			const set = (await enter(https, plain)).headers.getSetCookie();
			expect(set[1]).toMatch(/^mitschrift_session=; Max-Age=0/);
			expect(await session(plain, { host }), 'it was replaced').toBe(401);
			const beside = (await enter(http)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
			const both = `${beside}; ${set[0]?.split(';')[0]}`;
			const out = await ask('DELETE', '/api/session', { cookie: both, headers: { host, origin: https } });
			expect(out.headers.getSetCookie()).toHaveLength(2);
			expect(await session(beside, { host }), 'the other one is another session').toBe(200);
			expect(await session(both, { host })).toBe(401);
		});

		test.each([
			['another host', 'https://evil.example'],
			['another port', `${https}:8443`],
			['a longer name', `${https}.evil.example`],
			['none', ''],
		])('an Origin of %s is refused as before', async (_what, from) => {
			const response = await enter(from);
			expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
			expect(response.headers.get('strict-transport-security')).toBeNull();
		});
	});

	test('a configured origin goes before what a request says', async () => {
		app = serve(['http://brett.lan']);
		const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		const headers = { host: 'brett.lan', origin: 'https://brett.lan' };
		expect((await ask('POST', '/api/join', { body: { token }, headers })).status).toBe(403);
		app = serve(['https://notizen.example.org']);
		const cookie = admin.cookie;
		const asked = { host: 'notizen.example.org', origin: 'https://notizen.example.org' };
		expect((await ask('GET', '/api/session', { cookie, headers: asked })).status).toBe(401);
	});

	test('a public origin on plain HTTP has a session for plain HTTP, beside one on HTTPS too', async () => {
		app = serve(['https://notizen.example.org', 'http://brett.lan']);
		const { token } = accounts.invitations.invite({ name: 'Berta', role: 'board' }, null);
		const headers = { host: 'brett.lan', origin: 'http://brett.lan' };
		const response = await ask('POST', '/api/join', { body: { token }, headers });
		expect(response.headers.getSetCookie()[0]).toMatch(
			/^mitschrift_session=[^;]*; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
		);
	});

	test('every answer is uncached and says that it is nothing but data', async () => {
		for (const path of ['/api/session', '/api/nothing']) {
			const { headers } = await ask('GET', path);
			expect(Object.fromEntries(headers)).toMatchObject({
				'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
				'x-content-type-options': 'nosniff',
				'x-frame-options': 'DENY',
				'referrer-policy': 'no-referrer',
				'cross-origin-opener-policy': 'same-origin',
				'cross-origin-resource-policy': 'same-origin',
				'permissions-policy': 'geolocation=(), microphone=(), payment=()',
			});
			expect(headers.get('strict-transport-security')).toBeNull();
		}
		expect((await ask('GET', '/api/session', { cookie: admin.cookie })).headers.get('cache-control')).toBe('no-store');
		expect((await ask('GET', '/api/session')).headers.get('cache-control')).toBe('no-store');
	});

	test('the log names nobody and holds no token', async () => {
		const { id, cookie } = await join('board');
		await ask('PATCH', `/api/people/${id}`, { cookie, body: { name: 'Geheim', contact: '0151' } });
		const invited = await ask('POST', '/api/invitations', {
			cookie: admin.cookie,
			body: { name: 'Cem', role: 'member' },
		});
		const { token } = (await invited.json()) as { token: string };
		expect(logged.length).toBeGreaterThanOrEqual(4);
		const all = logged.join('\n');
		for (const secret of ['Alma', 'Geheim', '0151', 'Cem', token, cookie.split('=')[1] ?? '']) {
			expect(all).not.toContain(secret);
		}
	});
});

describe('admission to a socket', () => {
	const requestOf = (headers: Record<string, string | undefined>) =>
		({ headers: { host: 'localhost:3000', origin, ...headers } }) as unknown as IncomingMessage;

	test.each(roles.flatMap((role) => documentKinds.map((kind) => [role, kind] as const)))(
		'%s × %s is what the policy says',
		async (role, kind) => {
			const { cookie, id } = await join(role);
			const answer = await createAdmission(
				accounts,
				[],
				strangers,
				createMeetingReader(store),
			)(requestOf({ cookie }), `${kind}:main`);
			const access = accessOf(role, kind);
			if (access === 'none') expect(answer).toEqual({ ok: false, status: 403 });
			else expect(answer).toMatchObject({ ok: true, personId: id, access });
		},
	);

	test('no session, a foreign page and a missing Origin are refused', async () => {
		const admit = createAdmission(accounts, [], strangers, createMeetingReader(store));
		const { cookie } = admin;
		expect(await admit(requestOf({}), 'directory:main')).toEqual({ ok: false, status: 401 });
		for (const foreign of ['https://evil.example', 'null', undefined]) {
			const answer = await admit(requestOf({ cookie, origin: foreign }), 'directory:main');
			expect(answer).toEqual({ ok: false, status: 403 });
		}
	});
});
