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
