/** What Node answers before a route sees a request is as bare of anything as a refusal of ours, and ends nothing else. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen, type Listening } from './listen.ts';

let listening: Listening;
let release: () => void;
beforeEach(async () => {
	const held = new Promise<void>((resolve) => (release = resolve));
	const fetch = async (request: Request) => {
		await request.text();
		if (!request.url.endsWith('/slow')) return new Response('here', { headers: { 'cache-control': 'public' } });
		const stream = new ReadableStream<Uint8Array>({
			async start(controller) {
				controller.enqueue(new TextEncoder().encode('half '));
				await held;
				controller.close();
			},
		});
		return new Response(stream);
	};
	listening = await listen('127.0.0.1', 0, { fetch, upgrade: () => {} }, { origins: ['https://notizen.example.org'] });
});
afterEach(() => {
	release();
	return listening.close();
});

async function say(...parts: string[]): Promise<string> {
	const socket = connect(listening.port, '127.0.0.1').on('error', () => {});
	for (const part of parts) socket.write(part);
	let answer = '';
	for await (const chunk of socket) answer += String(chunk);
	return answer;
}

const bare = [
	'cache-control: no-store',
	"content-security-policy: default-src 'none'; frame-ancestors 'none'",
	'x-content-type-options: nosniff',
	'x-frame-options: DENY',
	'referrer-policy: no-referrer',
	'strict-transport-security: max-age=31536000',
];

test.each([
	['400', 'what is no HTTP', 'nonsense\r\n\r\n'],
	['400', 'a header that cannot be one', 'GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n'],
	['400', 'two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
	['400', 'no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
	['400', 'a Host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
	['431', 'a head without end', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(32 * 1024)}\r\n\r\n`],
	['417', 'an expectation', 'GET / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\n\r\n'],
])('%s for %s', async (status, _, request) => {
	const answer = await say(request);
	const [head = ''] = answer.split('\r\n\r\n');
	expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
	for (const header of bare) expect(head.toLowerCase()).toContain(header.toLowerCase());
	expect(await say('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toContain('here');
});

test('408 for a head that does not come to its end', { timeout: 60_000 }, async () => {
	const [head = ''] = (await say('GET / HTTP/1.1\r\nHost: a\r\nX: ')).split('\r\n\r\n');
	expect(head).toMatch(/^HTTP\/1.1 408 /);
	for (const header of bare) expect(head.toLowerCase()).toContain(header.toLowerCase());
});

test('an answer says itself how long it is kept, and says it once', async () => {
	const answer = await say('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
	expect(answer.match(/cache-control: .*/gi)).toEqual(['cache-control: public']);
});

test('nonsense behind a good request writes nothing into its answer', async () => {
	const socket = connect(listening.port, '127.0.0.1').on('error', () => {});
	socket.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
	let answer = '';
	socket.on('data', (chunk) => (answer += String(chunk)));
	await expect.poll(() => answer).toContain('half ');
	socket.write('nonsense\r\n\r\n');
	await once(socket, 'close');
	expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
});
