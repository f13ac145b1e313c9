/** Who gets a socket from the real server: role × kind, and what becomes of sockets whose people lose their access. */
import { documentKinds } from '#lib/protocol/document-name.ts';
import { personParameter } from '#lib/protocol/messages.ts';
import { accessOf, type Role } from '#lib/protocol/policy.ts';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { connectMember, openMemberDevice } from '../support/people-devices.ts';
import { untilSaved } from '../support/peers.ts';
import { untilTrue } from './stock-client.ts';
import { cookieHeader, startTestServer, type Member, type TestServer } from '../support/server.ts';

let server: TestServer;
const members = new Map<Role, Member>();

beforeAll(async () => {
	server = await startTestServer({ build: null });
	const admin = await server.setUp();
	members.set('admin', admin);
	for (const role of ['board', 'member'] as const) members.set(role, await server.admit(admin, `Person ${role}`, role));
});

afterAll(() => server.close());

function memberOf(role: Role): Member {
	const member = members.get(role);
	if (!member) throw new Error(`there is no ${role}`);
	return member;
}

function knock(name: string, headers: Record<string, string>): WebSocket {
	return new WebSocket(`ws://localhost:${server.port}/sync/${name}`, { headers });
}

/** 101 when the socket opened, else the status of the refusal. */
async function statusOf(socket: WebSocket): Promise<number> {
	const answer = Promise.withResolvers<number>();
	socket.on('open', () => answer.resolve(101));
	socket.on('unexpected-response', (_request, response: IncomingMessage) => answer.resolve(response.statusCode ?? 0));
	socket.on('error', () => {});
	const status = await answer.promise;
	socket.terminate();
	return status;
}

const own = (member: Member) => ({ cookie: cookieHeader(member), origin: server.origin });

describe.each(['admin', 'board', 'member'] as const)('%s', (role) => {
	test.each(documentKinds)('%s', async (kind) => {
		const id = kind === 'directory' || kind === 'register' ? 'main' : 'neu';
		// A reader brings nothing into being: what nobody wrote yet is not there for them.
		const expected = { write: 101, read: 404, none: 403 }[accessOf(role, kind)];
		expect(await statusOf(knock(`${kind}:${id}`, own(memberOf(role))))).toBe(expected);
	});
});

describe('no socket', () => {
	test.each([
		['without a session', () => ({ origin: server.origin }), 401],
		[
			'with a made-up session',
			() => ({ origin: server.origin, cookie: 'mitschrift_session=AAAAAAAAAAAAAAAAAAAAAA' }),
			401,
		],
		['for a foreign page', () => ({ ...own(memberOf('admin')), origin: 'https://evil.example' }), 403],
		['for no page', () => ({ cookie: cookieHeader(memberOf('admin')) }), 403],
	])('%s', async (_when, headers, status) => {
		expect(await statusOf(knock('agenda:neu', headers()))).toBe(status);
	});

	test.each(['agenda', 'agenda:..', 'agenda:a%00', 'nothing:neu', 'directory:other', ''])('for %j', async (name) => {
		expect(await statusOf(knock(name, own(memberOf('admin'))))).toBe(404);
	});
});

test('a page of whoever was in before does not write in the name of whoever is in now', async () => {
	const [admin, board] = [memberOf('admin'), memberOf('board')];
	const name = (member: Member) => `agenda:neu?${personParameter}=${member.person.id}`;
	expect(await statusOf(knock(name(board), own(board)))).toBe(101);
	expect(await statusOf(knock(name(board), own(admin)))).toBe(401);

	const before = await openMemberDevice(server, admin, { personId: board.person.id });
	const now = await openMemberDevice(server, admin);
	before.open('agenda:a1').doc.getText('t').insert(0, 'Wer?');
	now.open('agenda:a1').doc.getText('t').insert(0, 'Ich.');
	const reader = connectMember(server, board, 'agenda:a1');
	await untilTrue([reader.doc], () => reader.doc.getText('t').toString() !== '');
	await untilSaved(now.open('agenda:a1'));
	expect(reader.doc.getText('t').toString()).toBe('Ich.');
	reader.stop();
	await Promise.all([before.close(), now.close()]);
});

describe('an open socket is closed', () => {
	async function openFor(member: Member): Promise<{ closed: Promise<unknown>; again: () => Promise<number> }> {
		const socket = knock('agenda:neu', own(member));
		await once(socket, 'open');
		return { closed: once(socket, 'close'), again: () => statusOf(knock('agenda:neu', own(member))) };
	}

	test('when its person is removed', async () => {
		const berta = await server.admit(memberOf('admin'), 'Berta', 'board');
		const { closed, again } = await openFor(berta);
		await server.ask('DELETE', `/api/people/${berta.person.id}`, { as: memberOf('admin') });
		await closed;
		expect(await again()).toBe(401);
	});

	test('when its device signs out', async () => {
		const berta = await server.admit(memberOf('admin'), 'Berta', 'board');
		const { closed, again } = await openFor(berta);
		await server.ask('DELETE', '/api/session', { as: berta });
		await closed;
		expect(await again()).toBe(401);
	});

	test('when its person may no longer write', async () => {
		const berta = await server.admit(memberOf('admin'), 'Berta', 'board');
		const { closed } = await openFor(berta);
		await server.change(memberOf('admin'), berta.person.id, { role: 'member' });
		await closed;
		expect(await statusOf(knock('minutes:neu', own(berta)))).toBe(403);
	});
});
