/**
 * Whoever asks for a change can write somebody else's id wherever a request has room for one: then it is refused and
 * nothing happens, or it is done by the session's person. And a change of who gets in or who sees what is on record in one
 * step with it, or does not happen. The routes are the server's own table: a new one has to be attacked here too.
 */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBody, addBulletin, addMeeting } from '#lib/documents/change-directory.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { type IssueAnswer, type NewInvitation, personHeader, type RecoveryCodesAnswer } from '#lib/protocol/api.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createAuthenticator } from '../../tests/support/authenticator.ts';
import { appOrigin, type Asked, type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';

let app: HttpApp;
/** Who asks, and may do everything. */
let alma: Guest;
/** In whose name she would like to do it. */
let berta: Guest;
let gustav: string;
let key: ReturnType<typeof createAuthenticator>;

const unpaced = { take: () => 0, remembered: 0 };
beforeEach(() => begin());

async function begin(accountsFile?: string): Promise<void> {
	app = await openHttpApp({ changes: unpaced, effort: unpaced }, accountsFile);
	alma = app.admin;
	berta = await app.join('board');
	gustav = app.accounts.people.add('Gustav', 'guest').id;
	key = createAuthenticator(appOrigin);
	await write('directory:main', (doc) => {
		const facts = { title: '', end: null, mode: 'inPerson', place: '', link: '', status: 'planned' } as const;
		addBody(doc, 'b1', 'Stadtvorstand');
		addMeeting(doc, { ...facts, id: 'm1', bodyId: 'b1', start: '2025-01-09T18:00', invited: [], guests: [gustav] });
		addBulletin(doc, { id: 'b1', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'draft' });
	});
	await write('bulletin:b1', (doc) => {
		addArticle(doc, { id: 'a1', title: 'Kasse' });
		writeBody(doc, bodyRoot('a1'), ['Die Kasse ist geprüft.']);
	});
}
afterEach(() => app.close());

async function write(name: DocumentName, change: (doc: Y.Doc) => void): Promise<void> {
	const doc = new Y.Doc();
	change(doc);
	await app.store.append([{ name, updates: [Y.encodeStateAsUpdate(doc)] }]).durable;
}

async function answer<T>(method: string, path: string, asked: Asked = {}): Promise<T> {
	const response = await app.ask(method, path, { as: alma, ...asked });
	expect(response.ok, `${method} ${path}`).toBe(true);
	return (await response.json()) as T;
}
const invite = (body: unknown) => answer<NewInvitation>('POST', '/api/invitations', { body });
const inviteNew = () => invite({ name: 'Cem', role: 'member' });
const hashOfIssue = async () => (await answer<IssueAnswer>('GET', '/api/bulletins/b1')).hash;
const approve = async () => answer('POST', '/api/bulletins/b1/approvals', { body: { hash: await hashOfIssue() } });
const challenge = (path: string) => answer<{ challenge: string }>('POST', path);
const newKey = async () => key.create(await challenge('/api/passkeys/options'));
async function addKey(): Promise<void> {
	if (app.accounts.passkeys.list(alma.id).length > 0) return;
	await answer('POST', '/api/passkeys', { body: { name: 'Telefon', response: await newKey() } });
}

type Change = {
	/** Where `:id` or `:name` stand. */
	at?: string;
	/** What is sent; without it the route reads nothing. */
	body?: Record<string, unknown>;
	/** Somebody who has no session yet. */
	outside?: boolean;
};

async function publish(): Promise<void> {
	app.accounts.settings.change({ approvalsNeeded: 1 });
	if (app.accounts.publications.versions('b1').length > 0) return;
	await approve();
	await answer('POST', '/api/bulletins/b1/publications', { body: { hash: await hashOfIssue() } });
}

/** A request that is granted, for every route that changes something; what it needs is there when it returns. */
const changes: Record<string, () => Promise<Change>> = {
	'DELETE /api/session': async () => ({}),
	'POST /api/sign-out': async () => ({}),
	'POST /api/join/preview': async () => ({ outside: true, body: { token: (await inviteNew()).token } }),
	'POST /api/join': async () => ({ outside: true, body: { token: (await inviteNew()).code } }),
	'POST /api/sign-in/options': async () => ({ outside: true }),
	'POST /api/sign-in': async () => {
		await addKey();
		return { outside: true, body: { response: key.get(await challenge('/api/sign-in/options')) } };
	},
	'POST /api/people': async () => ({ body: { name: 'Cem', role: 'member' } }),
	'PATCH /api/people/:id': async () => ({ at: alma.id, body: { name: 'Alma A.', contact: '0151' } }),
	'POST /api/people/:id/erase': async () => ({ at: gustav }),
	'DELETE /api/people/:id': async () => ({ at: gustav }),
	'POST /api/invitations': async () => ({ body: { personId: gustav, guestOf: { meetingId: 'm1', minutes: false } } }),
	'DELETE /api/invitations/:id': async () => ({ at: (await inviteNew()).id }),
	'PATCH /api/devices/:id': async () => ({ at: deviceOf(alma), body: { name: 'Laptop' } }),
	'DELETE /api/devices/:id': async () => {
		await app.enter('/api/join', { token: (await invite({ personId: alma.id })).token });
		return { at: deviceOf(alma, 1) };
	},
	'POST /api/passkeys/options': async () => ({}),
	'POST /api/passkeys': async () => ({ body: { name: 'Telefon', response: await newKey() } }),
	'PATCH /api/passkeys/:id': async () => {
		await addKey();
		return { at: key.id, body: { name: 'Schlüssel' } };
	},
	'DELETE /api/passkeys/:id': async () => {
		await addKey();
		return { at: key.id };
	},
	'POST /api/passkeys/recovery-codes': async () => ({}),
	'DELETE /api/guests/:id': async () => ({ at: gustav }),
	'PATCH /api/settings': async () => ({ body: { name: 'Kreisverband' } }),
	'POST /api/documents/:name/versions': async () => ({ at: 'bulletin:b1', body: { name: 'Stand' } }),
	'POST /api/documents/:name/erase': async () => ({ at: 'bulletin:b1' }),
	'POST /api/bulletins/:id/approvals': async () => ({ at: 'b1', body: { hash: await hashOfIssue() } }),
	'DELETE /api/bulletins/:id/approvals': async () => {
		await approve();
		return { at: 'b1' };
	},
	'POST /api/bulletins/:id/publications': async () => {
		app.accounts.settings.change({ approvalsNeeded: 1 });
		await approve();
		return { at: 'b1', body: { hash: await hashOfIssue() } };
	},
	'DELETE /api/bulletins/:id/page': async () => {
		await publish();
		return { at: 'b1' };
	},
	'POST /api/bulletins/:id/page': async () => {
		await publish();
		await answer('DELETE', '/api/bulletins/b1/page');
		return { at: 'b1' };
	},
};

/** When it can be used, there is nobody else yet. */
const first = 'POST /api/setup';

const deviceOf = (person: Guest, at = 0) => app.accounts.sessions.devices(person.id, '').at(-1 - at)?.id ?? '';

test('every route that changes something stands here', () => {
	expect(app.changes().sort()).toEqual([first, ...Object.keys(changes)].sort());
});

/** All that is stored of a person, and of what was done in their name. */
async function traceOf({ id }: Guest): Promise<unknown> {
	const { people, sessions, invitations, passkeys, recovery, audit, approvals, publications } = app.accounts;
	const versions = await app.store.versions('bulletin:b1');
	return {
		person: people.record(id),
		devices: sessions.devices(id, ''),
		invitations: invitations.concerning(id),
		passkeys: passkeys.list(id),
		codes: recovery.left(id),
		audit: audit.concerning(id),
		versions: versions.filter(({ personId }) => personId === id),
		approvals: approvals.list('b1').filter(({ personId }) => personId === id),
		publications: publications.versions('b1').filter(({ by }) => by === id),
	};
}

/** Whom the audit log, versions, approvals, publications and invitations name as who did it, from an entry on. */
async function actorsSince(entries: number): Promise<Set<string | null>> {
	const { audit, approvals, publications } = app.accounts;
	const noted = audit.page(null).entries;
	return new Set([
		...noted.slice(0, noted.length - entries).map(({ by }) => by),
		...(await app.store.versions('bulletin:b1')).map(({ personId }) => personId),
		...approvals.list('b1').map(({ personId }) => personId),
		...publications.versions('b1').map(({ by }) => by),
	]);
}

const names = ['personId', 'author', 'by', 'person', 'user', 'userHandle', 'invitedBy', 'publishedBy', 'id', 'as'];

type Body = Record<string, unknown>;

/** Puts a name into the body that is not the asking person's, in each place that has room for one. */
function forgeries(shape: Body, id: string): ((body: Body) => Body)[] {
	const here = names.map((name) => (body: Body) => ({ ...body, [name]: name === 'userHandle' ? toHandle(id) : id }));
	const deeper = Object.entries(shape).flatMap(([field, inner]) =>
		typeof inner === 'object' && inner !== null
			? forgeries(inner as Body, id).map((forge) => (body: Body) => ({ ...body, [field]: forge(body[field] as Body) }))
			: [],
	);
	return [...here, ...deeper];
}

/** As a passkey says whose it is. */
const toHandle = (id: string) => Buffer.from(id).toString('base64url');

function send(route: string, { at = '', outside = false }: Change, { body, headers }: Asked, query = '') {
	const [method = '', path = ''] = route.split(' ');
	return app.ask(method, path.replace(/:(id|name)/, at) + query, {
		...(outside ? {} : { as: alma }),
		...(body === undefined ? {} : { body }),
		...(headers && { headers }),
	});
}

/** In the address, in headers that proxies set, and in the body of a route that reads none. */
function besides(id: string): { query: string; headers: Record<string, string>; unread: Record<string, string> } {
	const named = Object.fromEntries(names.map((name) => [name, id]));
	const headers = { 'x-person-id': id, 'x-user': id, 'remote-user': id, authorization: `Bearer ${id}` };
	return { query: `?${new URLSearchParams(named).toString()}`, headers, unread: named };
}

test.each(Object.entries(changes))('%s is done by the session’s person, whoever is named', async (route, prepare) => {
	const before = await traceOf(berta);
	const noted = app.accounts.audit.page(null).entries.length;
	let request = await prepare();
	const { query, headers, unread } = besides(berta.id);
	const granted = await send(route, request, { body: request.body ?? unread, headers }, query);
	expect(granted.ok, await granted.text()).toBe(true);
	for (const forged of request.body ? forgeries(request.body, berta.id) : []) {
		request = await prepare();
		const mine = await traceOf(alma);
		const { ok, status } = await send(route, request, { body: forged(request.body ?? {}) });
		expect(status).toBeLessThan(500);
		if (!ok) expect(await traceOf(alma)).toEqual(mine);
	}
	expect(await traceOf(berta)).toEqual(before);
	const actors = await actorsSince(noted);
	expect([...actors].filter((by) => by !== alma.id)).toEqual(route === 'POST /api/join' ? [newcomer()] : []);
});

test.each(Object.entries(changes))('%s is refused to a page that is still another’s', async (route, prepare) => {
	const request = await prepare();
	const before = [await traceOf(alma), await traceOf(berta)];
	const headers = { [personHeader]: berta.id };
	const response = await send(route, request, { ...(request.body && { body: request.body }), headers });
	if (request.outside) return expect(response.status).toBeLessThan(300);
	expect([response.status, await response.json()]).toEqual([409, { error: 'another-person' }]);
	expect([await traceOf(alma), await traceOf(berta)]).toEqual(before);
	expect((await send(route, request, { ...(request.body && { body: request.body }) })).ok).toBe(true);
});

/** Who came last. */
const newcomer = () => app.accounts.people.list().find(({ name }) => name === 'Cem')?.id;

test('what is somebody else’s is not to be had by naming it', async () => {
	const cem = await app.join('board');
	const theirs = createAuthenticator(appOrigin);
	const toAdd = await answer<{ challenge: string }>('POST', '/api/passkeys/options', { as: berta });
	await answer('POST', '/api/passkeys', { as: berta, body: { name: 'Telefon', response: theirs.create(toAdd) } });
	const { codes } = await answer<RecoveryCodesAnswer>('POST', '/api/passkeys/recovery-codes', { as: berta });
	const link = await invite({ personId: berta.id });
	expect(codes).toHaveLength(10);
	const before = await traceOf(berta);
	const ids: Record<string, string> = {
		people: berta.id,
		devices: deviceOf(berta),
		passkeys: theirs.id,
		invitations: link.id,
		guests: berta.id,
	};
	const attacked = app.changes().filter((route) => ids[route.split('/')[2] ?? ''] && route.includes('/:id'));
	expect(attacked).toHaveLength(9);
	for (const route of attacked) {
		const [method = '', path = ''] = route.split(' ');
		const at = path.replace(':id', ids[path.split('/')[2] ?? ''] ?? '');
		const outcome = await app.outcome(method, at, { as: cem, body: { name: 'Untergeschoben' } });
		expect(outcome, route).toMatch(/^40[34] /);
		expect(await traceOf(berta), route).toEqual(before);
	}
});

/** Those that give and take no access, and leave no entry. */
const unrecorded = new Set([
	'POST /api/join/preview',
	'POST /api/sign-in/options',
	'PATCH /api/devices/:id',
	'POST /api/passkeys/options',
	'PATCH /api/passkeys/:id',
	'POST /api/documents/:name/versions',
	'POST /api/bulletins/:id/approvals',
	'DELETE /api/bulletins/:id/approvals',
]);

/** What lets somebody in, or to something. */
const accessTables = [
	...['association', 'setting', 'person', 'guest', 'invitation', 'device', 'revoked_device', 'passkey'],
	...['recovery_code', 'bulletin_page', 'bulletin_publication'],
];

describe('where the audit log takes no entry', () => {
	let folder: string;
	let database: DatabaseSync;
	beforeEach(async () => {
		folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-one-step-'));
		await app.close();
		await begin(path.join(folder, 'accounts.sqlite'));
		database = new DatabaseSync(path.join(folder, 'accounts.sqlite'));
	});
	afterEach(() => {
		database.close();
		rmSync(folder, { recursive: true });
	});
	const stored = () => accessTables.map((table) => database.prepare(`SELECT * FROM ${table}`).all());

	test.each(Object.entries(changes))('%s changes nobody’s access', async (route, prepare) => {
		// Of a guest who is in, with a code and a passkey of others beside, there is something to take.
		await answer('POST', '/api/invitations', {
			body: { personId: gustav, guestOf: { meetingId: 'm1', minutes: false } },
		});
		await answer('POST', '/api/passkeys/recovery-codes', { as: berta });
		const request = await prepare();
		database.exec(`CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'disk gone'); END`);
		const before = stored();
		const { status } = await send(route, request, { ...(request.body && { body: request.body }) });
		expect(status < 300).toBe(unrecorded.has(route));
		if (!unrecorded.has(route)) expect(stored()).toEqual(before);
	});
});
