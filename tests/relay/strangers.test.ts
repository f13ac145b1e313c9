/**
 * Strangers against the real server: what they may cost before they show a session. A flood leaves it answering, with
 * bounded memory and connections; whoever sends slowly is cut off; and none of the secrets that open something is in a
 * log, an answer, an address or a backup.
 */
import type { NewInvitation } from '#lib/protocol/api.ts';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root, runtime } from '../../server/bin/toolchain.js';
import { connectionLimits, requestPatience } from '../../server/http/pending-connections.ts';
import { strangerLimits } from '../../server/http/stranger-limits.ts';
import { startTestServer, type Member, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: Member;

// One each: what a flood costs its address is not to be paid by the next test.
beforeEach(async () => {
	server = await startTestServer({ build: null });
	admin = await server.setUp();
}, 60_000);
afterEach(() => server.close());

async function open(first: string): Promise<Socket> {
	const socket = connect(server.port, '127.0.0.1');
	// Whoever does not read what they are told never hears that they were cut off.
	socket.on('error', () => {}).resume();
	await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
	if (!socket.destroyed) socket.write(first);
	return socket;
}

const beginning = 'GET /api/session HTTP/1.1\r\nHost: localhost\r\nX-Slow: ';

test('a head that never ends, and a body that never comes, are cut off', async () => {
	const [head, body] = await Promise.all([
		open(beginning),
		open(
			`POST /api/join HTTP/1.1\r\nHost: localhost:${server.port}\r\nOrigin: ${server.origin}\r\nContent-Length: 100\r\n\r\n{`,
		),
	]);
	const begun = performance.now();
	await Promise.all([head, body].map((socket) => once(socket, 'close')));
	expect(performance.now() - begun).toBeLessThan(4 * requestPatience.whole);
});

test('a flood of connections is bounded, and the server goes on answering', { timeout: 180_000 }, async () => {
	const before = server.memory();
	const flood = await Promise.all(
		Array.from({ length: connectionLimits.all + 500 }, () => open(beginning + 'x'.repeat(4000))),
	);
	const refused = () => flood.filter((socket) => socket.destroyed).length;
	await expect.poll(refused, { timeout: 60_000 }).toBeGreaterThanOrEqual(500);
	// Whoever is in has a connection already, or waits until one of the flood is cut off.
	await expect
		.poll(
			() =>
				server.ask('GET', '/api/session', { as: admin }).then(
					({ status }) => status,
					() => 0,
				),
			{ timeout: 60_000 },
		)
		.toBe(200);
	const grown = server.memory() - before;
	expect(grown, 'bytes that a flood costs').toBeLessThan(200 * 1024 * 1024);
	for (const socket of flood) socket.destroy();
});

test('requests without a session are paced, and those with one are not', async () => {
	// All at once: who comes a moment later may ask again.
	const asked = Array.from({ length: 3 * strangerLimits.burst }, (_, at) =>
		server.ask('GET', '/api/people', at % 8 === 0 ? { as: admin } : {}),
	);
	const answers = await Promise.all(asked);
	const [members, strangers] = [true, false].map((isMember) => answers.filter((_, at) => (at % 8 === 0) === isMember));
	expect(new Set(members?.map(({ status }) => status))).toEqual(new Set([200]));
	expect(new Set(strangers?.map(({ status }) => status))).toEqual(new Set([401, 429]));
	for (const { headers } of strangers?.filter(({ status }) => status === 429) ?? [])
		expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
	// Somebody else, as the proxy on this machine says, is not held up by it.
	const headers = { 'x-forwarded-for': '203.0.113.9' };
	expect((await server.ask('GET', '/api/people', { headers })).status).toBe(401);
});

test('no secret that opens something is in the log, in a later answer, or in a backup', async () => {
	const body = { name: 'Berta', role: 'board' };
	const invited = await server.ask<NewInvitation>('POST', '/api/invitations', { as: admin, body });
	const berta = await server.admit(admin, 'Cem', 'member');
	await server.ask('POST', '/api/join', { body: { token: `${invited.body.token}x` } });
	await server.ask('GET', `/api/people/${encodeURIComponent(invited.body.token)}/export`, { as: admin });
	const secrets = [
		admin.cookie.value,
		berta.cookie.value,
		invited.body.token,
		invited.body.code,
		invited.body.code.replaceAll(/[^\w]/g, ''),
	];
	const asked = ['/api/session', '/api/people', '/api/invitations', '/api/devices/all', '/api/audit', '/api/settings'];
	const answers = await Promise.all(
		asked.map(async (where) => JSON.stringify((await server.ask('GET', where, { as: admin })).body)),
	);
	const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-secrets-'));
	const backup = path.join(folder, 'backup.sqlite');
	await promisify(execFile)(runtime, ['server/backup.ts', backup], {
		cwd: root,
		env: { ...process.env, MITSCHRIFT_DATA: server.folder },
	});
	const stored = [backup, ...globSync('**/*', { cwd: server.folder }).map((name) => path.join(server.folder, name))];
	const log = server.lines.filter((line) => line.startsWith('{')).join('\n');
	for (const secret of secrets) {
		expect(answers.join('\n').includes(secret), 'in an answer').toBe(false);
		expect(log.includes(secret), 'in the log').toBe(false);
		for (const file of stored)
			if (statSync(file).isFile()) expect(readFileSync(file).includes(secret), `in ${file}`).toBe(false);
	}
	rmSync(folder, { recursive: true });
});

test('an erased name is nowhere in the data any more: not in a file, its log or its free pages', async () => {
	const name = 'Zacharias Unverwechselbar';
	const gone = await server.admit(admin, name, 'board');
	await server.ask('PATCH', `/api/people/${gone.person.id}`, { as: gone, body: { contact: '0151 99887766' } });
	const files = () =>
		globSync('**/*', { cwd: server.folder })
			.map((one) => path.join(server.folder, one))
			.filter((file) => statSync(file).isFile());
	const holds = (words: string) => files().some((file) => readFileSync(file).includes(words));
	expect(holds(name)).toBe(true);
	expect((await server.ask('POST', `/api/people/${gone.person.id}/erase`, { as: admin })).status).toBe(204);
	expect(holds(name)).toBe(false);
	expect(holds('0151 99887766')).toBe(false);
	expect(server.lines.join('\n')).not.toContain(name);
});
