/**
 * An access that is taken away: sockets close, and what was on its way when it happened has no effect any more, neither
 * a frame of which half has come nor a request of which half has come.
 */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import type { PeopleAnswer } from '#lib/protocol/api.ts';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeUpdate } from '../../server/relay/frames.ts';
import { cookieHeader, startTestServer, type Member, type TestServer } from '../support/server.ts';
import { connectMember } from '../support/people-devices.ts';
import { whenSynced } from './stock-client.ts';
import { typing } from './scripted-peer.ts';

let server: TestServer;
let admin: Member;

beforeAll(async () => {
	server = await startTestServer({ build: null });
	admin = await server.setUp();
}, 60_000);

afterAll(() => server.close());

const remove = (member: Member) => server.ask('DELETE', `/api/people/${member.person.id}`, { as: admin });

async function openSocket(member: Member, name: string): Promise<WebSocket> {
	const headers = { cookie: cookieHeader(member), origin: server.origin };
	const socket = new WebSocket(`ws://localhost:${server.port}/sync/${name}`, { headers });
	await once(socket, 'open');
	return socket;
}

/** The WebSocket's own wire: one masked binary frame. */
function toWire(payload: Uint8Array): Buffer {
	const mask = Buffer.from([1, 2, 3, 4]);
	const masked = Buffer.from(payload).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
	return Buffer.concat([Buffer.from([0x82, 0x80 | payload.length]), mask, masked]);
}

async function textOf(name: string): Promise<string> {
	const reader = connectMember(server, admin, name);
	await whenSynced(reader);
	const text = reader.doc.getText('t').toJSON();
	reader.stop();
	return text;
}

describe('everything that a person has open', () => {
	test('closes with the code that says why, whichever way the access went', async () => {
		for (const take of [
			remove,
			(member: Member) => server.change(admin, member.person.id, { role: 'member' }),
			(member: Member) => server.ask('DELETE', '/api/session', { as: member }),
		]) {
			const berta = await server.admit(admin, 'Berta', 'board');
			const sockets = await Promise.all(['agenda:a', 'agenda:b', 'minutes:c'].map((name) => openSocket(berta, name)));
			const closings = sockets.map((socket) => once(socket, 'close'));
			await take(berta);
			const codes = (await Promise.all(closings)).map(([code]) => code as number);
			expect(codes).toEqual([closeCodes.unauthorized, closeCodes.unauthorized, closeCodes.unauthorized]);
		}
	});

	test('closes for that person alone', async () => {
		const [berta, cem] = [await server.admit(admin, 'Berta', 'board'), await server.admit(admin, 'Cem', 'board')];
		const staying = await openSocket(cem, 'agenda:a');
		const going = await openSocket(berta, 'agenda:a');
		const gone = once(going, 'close');
		await remove(berta);
		await gone;
		expect(staying.readyState).toBe(WebSocket.OPEN);
		staying.terminate();
	});
});

test('a frame of which half had come changes nothing, and nobody sees it', async () => {
	const berta = await server.admit(admin, 'Berta', 'board');
	const reader = connectMember(server, admin, 'agenda:half');
	await whenSynced(reader);
	const socket = await openSocket(berta, 'agenda:half');
	socket.send(encodeUpdate(typing(new Y.Doc(), 'vorher ')));
	await expect.poll(() => textOf('agenda:half')).toBe('vorher ');
	const wire = (socket as unknown as { _socket: Socket })._socket;
	const frame = toWire(encodeUpdate(typing(new Y.Doc(), 'nachher ')));
	const half = Math.ceil(frame.length / 2);
	wire.write(frame.subarray(0, half));
	await server.ask('GET', '/api/session', { as: berta });
	const closed = once(socket, 'close');
	// A device that does not hear that it is out, and goes on.
	socket.pause();
	await remove(berta);
	wire.write(frame.subarray(half));
	await textOf('agenda:half');
	socket.resume();
	await closed;
	expect(await textOf('agenda:half')).toBe('vorher ');
	expect(reader.doc.getText('t').toJSON()).toBe('vorher ');
	reader.stop();
});

test('a burst that is sent with the removal has no effect from the removal on', async () => {
	const berta = await server.admit(admin, 'Berta', 'board');
	const socket = await openSocket(berta, 'agenda:burst');
	const closed = once(socket, 'close');
	const removed = remove(berta).then(async ({ status }) => {
		expect(status).toBe(204);
		return textOf('agenda:burst');
	});
	const doc = new Y.Doc();
	const type = () => {
		if (socket.readyState !== WebSocket.OPEN) return;
		socket.send(encodeUpdate(typing(doc, 'x')), () => setImmediate(type));
	};
	type();
	const atRemoval = await removed;
	await closed;
	expect(await textOf('agenda:burst')).toBe(atRemoval);
});

test('a request of which half had come is refused', async () => {
	const second = await server.admit(admin, 'Zweite', 'admin');
	const body = JSON.stringify({ name: 'Untergeschoben', role: 'board' });
	const headers = {
		cookie: cookieHeader(second),
		origin: server.origin,
		'content-type': 'application/json',
		'content-length': String(body.length),
	};
	const asking = request(`${server.origin}/api/people`, { method: 'POST', headers });
	const answered = once(asking, 'response');
	asking.write(body.slice(0, 10));
	await server.ask('GET', '/api/session', { as: second });
	await remove(second);
	asking.end(body.slice(10));
	const [response] = (await answered) as [{ statusCode: number }];
	expect(response.statusCode).toBe(401);
	const { body: people } = await server.ask<PeopleAnswer>('GET', '/api/people', { as: admin });
	expect(people.people.map(({ name }) => name)).not.toContain('Untergeschoben');
});

test('an upgrade that was asked for before is refused after', async () => {
	const berta = await server.admit(admin, 'Berta', 'board');
	const wire = connect(server.port, 'localhost');
	await once(wire, 'connect');
	const head = [
		'GET /sync/agenda:late HTTP/1.1',
		`Host: localhost:${server.port}`,
		`Origin: ${server.origin}`,
		`Cookie: ${cookieHeader(berta)}`,
		'Connection: Upgrade',
		'Upgrade: websocket',
		'Sec-WebSocket-Version: 13',
		'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
	];
	wire.write(head.join('\r\n'));
	await server.ask('GET', '/api/session', { as: berta });
	await remove(berta);
	const answered = once(wire, 'data');
	wire.write('\r\n\r\n');
	const [answer] = (await answered) as [Buffer];
	expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
	wire.destroy();
});
