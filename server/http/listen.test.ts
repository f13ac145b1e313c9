import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from './listen.ts';

test('a request that never ends does not hold up the stop', async () => {
	const listening = await listen('127.0.0.1', 0, { fetch: () => new Response('here'), upgrade: () => {} });
	const socket = connect(listening.port, '127.0.0.1');
	const gone = once(socket, 'close');
	socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nX: ');
	// The first answer shows that the server has the beginning of the second request.
	await once(socket, 'data');
	await listening.close();
	await gone;
	expect(socket.destroyed).toBe(true);
});

test('only a WebSocket is an upgrade: whoever offers another protocol is answered in this one', async () => {
	const upgraded: (string | undefined)[] = [];
	const listening = await listen('127.0.0.1', 0, {
		fetch: () => new Response('here'),
		upgrade: (request, socket) => {
			upgraded.push(request.headers.upgrade);
			socket.destroy();
		},
	});
	const ask = async (protocol: string) => {
		const socket = connect(listening.port, '127.0.0.1').on('error', () => {});
		socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\n\r\n`);
		let answer = '';
		for await (const chunk of socket) answer += String(chunk);
		return answer;
	};
	expect(await ask('h2c')).toMatch(/^HTTP\/1.1 200 /);
	expect(await ask('WebSocket')).toBe('');
	expect(upgraded).toEqual(['WebSocket']);
	await listening.close();
});
