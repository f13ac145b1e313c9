import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { type Guest, openHttpApp } from '../../tests/support/http-app.ts';
import { listen, type Listening } from './listen.ts';

/** More than the system takes for a connection that is not read from. */
const size = 20_000_000;
const open: Socket[] = [];
let listening: Listening;
afterEach(async () => {
	for (const socket of open.splice(0)) socket.destroy();
	await listening.close();
});

/** Asks, and reads nothing until it is resumed. */
function ask(path: string, as?: Guest): Socket {
	const socket = connect(listening.port, '127.0.0.1').on('error', () => {});
	socket.pause();
	const cookie = as ? `Cookie: ${as.cookie}\r\n` : '';
	socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${cookie}Connection: close\r\n\r\n`);
	open.push(socket);
	return socket;
}

async function read(socket: Socket, wait = 0): Promise<number> {
	let bytes = 0;
	for await (const chunk of socket) {
		bytes += (chunk as Uint8Array).length;
		if (wait > 0) await sleep(wait);
	}
	return bytes;
}

test('who reads nothing of an answer for a while is cut off; who reads slowly gets all of it', async () => {
	const patience = { silence: 60_000, unread: 300 };
	const handlers = { fetch: () => new Response(new Uint8Array(size)), upgrade: () => {} };
	listening = await listen('127.0.0.1', 0, handlers, { patience });
	const [silent, slow] = [ask('/'), ask('/')];
	const began = performance.now();
	expect(await read(slow, 5)).toBeGreaterThan(size);
	expect(performance.now() - began).toBeGreaterThan(patience.unread);
	await sleep(3 * patience.unread);
	expect(await read(silent)).toBeLessThan(size);
});

test('nothing more is read for a device that does not read; its person’s other devices are answered', async () => {
	const app = await openHttpApp();
	const thief = await app.join('board');
	const { token } = app.accounts.invitations.invite({ personId: thief.id }, thief.id);
	const owner = await app.enter('/api/join', { token });
	await app.store.append([{ name: 'minutes:m1', updates: [Uint8Array.of(0, 0)] }]).durable;
	const version = { id: 'v1', label: 'Stand', madeAt: 1, personId: null, sequence: 1 };
	await app.store.keepVersion('minutes:m1', version, new Uint8Array(size));
	const reading = vi.spyOn(app.store, 'readVersion');
	listening = await listen('127.0.0.1', 0, { fetch: app.fetch, upgrade: () => {} });
	const path = '/api/documents/minutes:m1/versions/v1';
	const asked = Array.from({ length: 6 }, () => ask(path, thief));
	await vi.waitFor(() => expect(reading).toHaveBeenCalledTimes(1));
	await sleep(300);
	expect(reading).toHaveBeenCalledTimes(1);
	expect(await read(ask(path, owner))).toBeGreaterThan(size);
	expect(reading).toHaveBeenCalledTimes(2);
	expect(await Promise.all(asked.map((socket) => read(socket)))).toHaveLength(6);
	expect(reading).toHaveBeenCalledTimes(7);
	await Promise.all(asked.map((socket) => socket.closed || once(socket, 'close')));
	await app.close();
});
