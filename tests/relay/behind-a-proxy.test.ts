/**
 * Behind a reverse proxy that does what the one in README.md does: it ends TLS, passes the Host on, and says
 * whom it speaks for. What it says is believed of it alone, and only as it says it.
 */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { strangerLimits } from '../../server/http/stranger-limits.ts';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';

const host = 'notizen.example.org';
const origin = `https://${host}`;

let server: TestServer;
let proxy: Server;
let admin: Member;

type Asked = { from?: string; headers?: Record<string, string>; body?: unknown; method?: string };

/** One request of a visitor, through the proxy. @param from the visitor's address, as the proxy sees it */
async function visit(path: string, { from = '203.0.113.1', headers = {}, body, method = 'GET' }: Asked = {}) {
	const { port } = proxy.address() as AddressInfo;
	const asking = request({ port, host: '127.0.0.1', path, method, headers: { host, 'x-test-from': from, ...headers } });
	asking.end(body === undefined ? undefined : JSON.stringify(body));
	const [response] = (await once(asking, 'response')) as [IncomingMessage];
	response.resume();
	await once(response, 'end');
	return response;
}

/** As Caddy does by default: what a visitor says of X-Forwarded-* is replaced, not passed on. */
function forward(incoming: IncomingMessage): Record<string, string | string[] | undefined> {
	const { 'x-test-from': from, ...headers } = incoming.headers;
	return { ...headers, 'x-forwarded-for': from, 'x-forwarded-proto': 'https', 'x-forwarded-host': host };
}

async function startProxy(): Promise<Server> {
	const made = createServer((incoming, outgoing) => {
		const { url, method } = incoming;
		const on = { port: server.port, host: '127.0.0.1', path: url, method, headers: forward(incoming) };
		const passed = request(on, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		incoming.pipe(passed);
	});
	made.on('upgrade', (incoming, socket) => {
		const upstream = connect(server.port, '127.0.0.1', () => {
			const head = Object.entries(forward(incoming)).map(([name, value]) => `${name}: ${String(value)}`);
			upstream.write([`GET ${incoming.url ?? ''} HTTP/1.1`, ...head, '', ''].join('\r\n'));
			upstream.pipe(socket).pipe(upstream);
		});
		for (const end of [socket, upstream]) end.on('error', () => [socket, upstream].forEach((one) => one.destroy()));
	});
	made.listen(0, '127.0.0.1');
	await once(made, 'listening');
	return made;
}

async function start(env: Record<string, string> = {}): Promise<void> {
	server = await startTestServer({ build: null, env: { MITSCHRIFT_ORIGIN: origin, ...env } });
	const body = { token: server.setUpToken(), association: 'Stadtverband', name: 'Mara' };
	const headers = { origin, host };
	const answer = await server.ask<{ person: Member['person'] }>('POST', '/api/setup', { headers, body });
	admin = { person: answer.body.person, cookie: answer.cookie as Member['cookie'] };
	proxy = await startProxy();
}

beforeEach(() => start(), 60_000);
afterEach(async () => {
	proxy.closeAllConnections();
	await new Promise((resolve) => proxy.close(resolve));
	await server.close();
});

test('over it the session is a secure one, and answers ask for HTTPS from now on', async () => {
	expect(admin.cookie.name).toBe('__Host-mitschrift_session');
	const cookie = `${admin.cookie.name}=${admin.cookie.value}`;
	const answer = await visit('/api/session', { headers: { cookie, origin } });
	expect(answer.statusCode).toBe(200);
	expect(answer.headers['strict-transport-security']).toMatch(/max-age=\d{7,}/);
	// The name without the prefix could be set by a neighbouring site.
	const plain = `mitschrift_session=${admin.cookie.value}`;
	expect((await visit('/api/session', { headers: { cookie: plain, origin } })).statusCode).toBe(401);
});

test('a document’s socket comes through it, from the public origin and from no other', async () => {
	const { port } = proxy.address() as AddressInfo;
	const open = (from: string) =>
		new Promise<string>((resolve) => {
			const cookie = `${admin.cookie.name}=${admin.cookie.value}`;
			const headers = { host, cookie, origin: from };
			const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/agenda:a1`, { headers });
			socket.on('open', () => (resolve('open'), socket.terminate()));
			socket.on('unexpected-response', (_, { statusCode }) => resolve(String(statusCode)));
			socket.on('error', () => {});
		});
	expect(await open(origin)).toBe('open');
	expect(await open('https://fremd.example')).toBe('403');
	expect(await open(`http://127.0.0.1:${port}`)).toBe('403');
});

/**
 * What visitors are answered who ask twice as often, together, as one of them may at once; and every eighth of them. Only
 * those that come together are looked at: who comes a moment later may ask again.
 */
async function flood(who: (at: number) => Asked, eighth: (at: number) => Asked) {
	const asked = Array.from({ length: 2 * strangerLimits.burst }, (_, at) =>
		visit('/api/people', at % 8 === 0 ? eighth(at) : who(at)),
	);
	const answers = (await Promise.all(asked)).map(({ statusCode }) => statusCode);
	return { all: new Set(answers), eighths: new Set(answers.filter((_, at) => at % 8 === 0)) };
}

test('each visitor is paced by their own address, and who writes the header themselves does not become another', async () => {
	const forged = (at: number) => ({
		headers: { 'x-forwarded-for': `198.51.100.${at % 250}`, 'x-real-ip': `198.51.100.${at % 250}` },
	});
	const told = await flood(forged, () => ({}));
	expect(told).toEqual({ all: new Set([401, 429]), eighths: new Set([401, 429]) });
	expect((await visit('/api/people', { from: '203.0.113.2' })).statusCode).toBe(401);
});

test('a proxy that the configuration does not name is believed nothing', async () => {
	proxy.closeAllConnections();
	await new Promise((resolve) => proxy.close(resolve));
	await server.close();
	await start({ MITSCHRIFT_TRUSTED_PROXY: '10.1.2.3' });
	const told = await flood(
		(at) => ({ from: `203.0.113.${at % 250}` }),
		(at) => ({ from: `192.0.2.${at / 8}` }),
	);
	// Whatever they say, all of them are one.
	expect(told).toEqual({ all: new Set([401, 429]), eighths: new Set([401, 429]) });
});

test('a forged X-Forwarded-Proto or Host makes nothing secure and no origin ours', async () => {
	const headers = {
		'x-forwarded-proto': 'https',
		'x-forwarded-host': 'fremd.example',
		origin: 'https://fremd.example',
	};
	const answer = await server.ask('POST', '/api/join', { headers: { ...headers, host }, body: { token: 'x' } });
	expect(answer.status).toBe(403);
});
