/**
 * A member and a guest with a script of their own: an unmodified y-websocket client, their own cookie, and whatever they
 * would like to be otherwise. At the real server, with a board member who listens: nothing of it gets to them, nor to disk.
 */
import { addArticle } from '#lib/documents/bulletin.ts';
import {
	addBody,
	addBulletin,
	addMeeting,
	addOffice,
	noteBulletin,
	removeEntry,
	updateEntry,
} from '#lib/documents/change-directory.ts';
import { addRemark, addThread } from '#lib/documents/comments.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import { bodyRoot } from '#lib/documents/body.ts';
import type { AuthorsAnswer, NewInvitation, SessionAnswer } from '#lib/protocol/api.ts';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { connectMember } from '../support/people-devices.ts';
import { cookieHeader, type Member, startTestServer, type TestServer } from '../support/server.ts';
import { openRaw, statusOf } from './raw-socket.ts';
import { encodeStep2, encodeUpdate } from '../../server/relay/frames.ts';
import { untilTrue, whenSynced, type StockClient } from './stock-client.ts';

const meeting = {
	title: '',
	bodyId: 'b1',
	end: null,
	mode: 'inPerson',
	place: 'Rathaus',
	link: '',
	status: 'planned',
} as const;

let server: TestServer;
let admin: Member;
let board: Member;
let member: Member;
let guest: Member;
/** What the board member has open: they listen to everything. */
const listening = new Map<string, StockClient>();
const heard: string[] = [];
const documents = ['directory:main', 'agenda:m1', 'minutes:m1', 'minutes:m2', 'bulletin:i1', 'roster:r1'];

beforeAll(async () => {
	server = await startTestServer({ build: null });
	admin = await server.setUp();
	board = await server.admit(admin, 'Berta', 'board');
	member = await server.admit(admin, 'Mehmet', 'member');
	const writing = new Map<string, (doc: Y.Doc) => void>([
		[
			'directory:main',
			(doc) => {
				addBody(doc, 'b1', 'Stadtvorstand');
				for (const id of ['m1', 'm2'])
					addMeeting(doc, { ...meeting, id, start: '2025-01-09T18:00', invited: [], guests: [] });
				addOffice(doc, { id: 'o1', bodyId: 'b1', title: 'Vorsitz', personId: board.person.id, order: 'a' });
				addBulletin(doc, { id: 'i1', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'draft' });
			},
		],
		[
			'bulletin:i1',
			(doc) => {
				addArticle(doc, { id: 'a1', title: 'Wahlbüro' });
				writeBody(doc, bodyRoot('a1'), ['Das Wahlbüro tagt.']);
			},
		],
	]);
	for (const name of documents) {
		const client = connectMember(server, board, name);
		await whenSynced(client);
		(writing.get(name) ?? ((doc: Y.Doc) => writeBody(doc, bodyRoot('x'), ['Da.'])))(client.doc);
		listening.set(name, client);
	}
	// A server that is asked anew has it on its disk.
	for (const name of documents) await untilThere(name);
	guest = await letInGuest();
	for (const [name, { doc }] of listening)
		doc.on('update', (_, origin: unknown) => origin !== null && heard.push(name));
});

afterAll(async () => {
	for (const client of listening.values()) client.stop();
	await server.close();
});

async function letInGuest(): Promise<Member> {
	const added = await server.ask<{ id: string }>('POST', '/api/people', {
		as: admin,
		body: { name: 'Gustav', role: 'guest' },
	});
	const body = { personId: added.body.id, guestOf: { meetingId: 'm1', minutes: true } };
	const invited = await server.ask<NewInvitation>('POST', '/api/invitations', { as: admin, body });
	const joined = await server.ask<SessionAnswer>('POST', '/api/join', { body: { token: invited.body.token } });
	if (!joined.cookie) throw new Error(`not let in: ${JSON.stringify(joined.body)}`);
	return { person: joined.body.person, cookie: joined.cookie };
}

async function untilThere(name: string): Promise<void> {
	const again = connectMember(server, admin, name);
	await untilTrue([again.doc], () => Y.encodeStateVector(again.doc).length > 1);
	again.stop();
}

const stateOf = (name: string) => Y.encodeStateAsUpdate(listening.get(name)?.doc ?? new Y.Doc());

/** What a device that comes newly finds at the server. */
async function atServer(name: string): Promise<Uint8Array> {
	const fresh = connectMember(server, admin, name);
	await whenSynced(fresh);
	const state = Y.encodeStateAsUpdate(fresh.doc);
	fresh.stop();
	return state;
}

const url = (as: Member, name: string) => ({
	url: `${server.origin.replace(/^http/, 'ws')}/sync/${name}`,
	options: { headers: { cookie: cookieHeader(as), origin: server.origin } },
});

describe('a member', () => {
	const forgeries: [what: string, forge: (doc: Y.Doc) => void][] = [
		['an office’s holder and title', (doc) => updateEntry(doc, 'offices', 'o1', { personId: 'x', title: 'Chef' })],
		['a meeting’s day', (doc) => updateEntry(doc, 'meetings', 'm1', { start: '2025-02-09T18:00' })],
		['that a meeting is off', (doc) => updateEntry(doc, 'meetings', 'm1', { status: 'cancelled' })],
		['an issue out of the list', (doc) => removeEntry(doc, 'bulletins', 'i1')],
		['that an issue is published', (doc) => noteBulletin(doc, 'i1', { status: 'published', page: 'x', news: 9 })],
		['a body', (doc) => addBody(doc, 'b9', 'Gegenvorstand')],
	];

	test.each(forgeries)('does not write into the directory: %s', async (_, forge) => {
		const before = stateOf('directory:main');
		const mine = connectMember(server, member, 'directory:main');
		await whenSynced(mine);
		expect(mine.doc.getMap('meetings').size).toBe(2);
		const closed = new Promise<number>((resolve) =>
			mine.provider.on('connection-close', (event) => event && resolve(event.code)),
		);
		forge(mine.doc);
		expect(await closed).toBe(closeCodes.forbidden);
		mine.stop();
		expect(await atServer('directory:main')).toEqual(before);
		expect(stateOf('directory:main')).toEqual(before);
		expect(heard).toEqual([]);
	});

	test.each([
		['update', encodeUpdate],
		['second step', encodeStep2],
	])('nor by a raw socket, as another’s %s', async (_, frame) => {
		const before = stateOf('directory:main');
		// Written under the id under which the board member writes.
		const forged = new Y.Doc();
		Y.applyUpdate(forged, before);
		forged.clientID = listening.get('directory:main')?.doc.clientID ?? 0;
		updateEntry(forged, 'meetings', 'm1', { start: '2025-02-09T18:00' });
		const to = url(member, 'directory:main');
		const raw = await openRaw(to.url, to.options);
		raw.socket.send(frame(Y.encodeStateAsUpdate(forged, Y.encodeStateVectorFromUpdate(before))));
		expect(await raw.closed).toBe(closeCodes.forbidden);
		expect(await atServer('directory:main')).toEqual(before);
		expect(heard).toEqual([]);
	});

	test.each(['bulletin:i1', 'minutes:m1', 'closed:m1', 'register:main'])('has no socket to %s', async (name) => {
		expect(await statusOf(url(member, name).url, url(member, name).options)).toBe(403);
	});

	test('decides nothing about an issue, its versions or the association', async () => {
		const hash = '0'.repeat(64);
		const asked: [string, string, unknown?][] = [
			['GET', '/api/bulletins/i1'],
			['POST', '/api/bulletins/i1/approvals', { hash }],
			['DELETE', '/api/bulletins/i1/approvals'],
			['POST', '/api/bulletins/i1/publications', { hash }],
			['DELETE', '/api/bulletins/i1/page'],
			['GET', '/api/bulletins/i1/mail.eml'],
			['GET', '/api/documents/bulletin:i1/versions'],
			['POST', '/api/documents/directory:main/versions', { name: 'meine' }],
			['POST', '/api/documents/directory:main/erase', {}],
			['GET', '/api/settings'],
			['PATCH', '/api/settings', { approvalsNeeded: 1 }],
			['PATCH', `/api/people/${member.person.id}`, { role: 'board' }],
			['PATCH', `/api/people/${board.person.id}`, { name: 'Andere' }],
		];
		for (const [method, path, body] of asked) {
			const { status } = await server.ask(method, path, { as: member, ...(body === undefined ? {} : { body }) });
			expect([method, path, status]).toEqual([method, path, 403]);
		}
	});
});

describe('a guest who writes the minutes of one meeting', () => {
	test.each(['directory:main', 'minutes:m2', 'agenda:m2', 'bulletin:i1', 'roster:r1', 'closed:m1'])(
		'has no socket to %s',
		async (name) => {
			expect(await statusOf(url(guest, name).url, url(guest, name).options)).toBe(403);
		},
	);

	test('does not write its agenda', async () => {
		const before = stateOf('agenda:m1');
		const mine = connectMember(server, guest, 'agenda:m1');
		await whenSynced(mine);
		const closed = new Promise<number>((resolve) =>
			mine.provider.on('connection-close', (event) => event && resolve(event.code)),
		);
		writeBody(mine.doc, bodyRoot('x'), ['Anders.']);
		expect(await closed).toBe(closeCodes.forbidden);
		mine.stop();
		expect(await atServer('agenda:m1')).toEqual(before);
		expect(heard).toEqual([]);
	});

	test('writes these minutes, and what they say in another’s name is known to be theirs', async () => {
		const mine = connectMember(server, guest, 'minutes:m1');
		await whenSynced(mine);
		addThread(
			mine.doc,
			{ id: 't1', root: bodyRoot('x'), quote: 'Da.' },
			{ id: 'r1', by: board.person.id, at: 1, text: 'Ich bin dafür.' },
		);
		addRemark(mine.doc, 't1', { id: 'r2', by: board.person.id, at: 2, text: 'Wirklich.' });
		const { doc = new Y.Doc() } = listening.get('minutes:m1') ?? {};
		await untilTrue([doc], () => doc.getMap('remarks').size === 2);
		const { body } = await server.ask<AuthorsAnswer>('GET', '/api/documents/minutes:m1/authors', { as: board });
		expect(body.authors[mine.doc.clientID]).toBe(guest.person.id);
		mine.stop();
	});
});
