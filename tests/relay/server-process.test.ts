/** The server as a process: what it says at the start, and how it ends. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	existsSync,
	fstatSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { root, runtime } from '../../server/bin/toolchain.js';
import { cookieHeader, startTestServer, type TestServer } from '../support/server.ts';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-process-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a start that is not expected to last. */
async function run(file: string, env: Record<string, string>): Promise<{ code: number; said: string }> {
	const child = spawn(runtime, [file], { cwd: root, env: { ...process.env, MITSCHRIFT_DATA: folder, ...env } });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
	const [code] = (await once(child, 'close')) as [number];
	return { code, said: said.trimEnd() };
}

describe('a start that cannot be says why in one sentence', () => {
	test('taken port, and the data folder is free again afterwards', async () => {
		const taken = createServer().listen(0, '127.0.0.1');
		await once(taken, 'listening');
		const { port } = taken.address() as AddressInfo;
		expect(await run('server/main.ts', { PORT: String(port) })).toEqual({
			code: 1,
			said: `Port ${port} is taken by another program; choose another one with PORT=….`,
		});
		taken.close();
		const server = await startTestServer({ build: null, env: { MITSCHRIFT_DATA: folder } });
		await server.close();
	});

	test('unusable data folder', async () => {
		const file = path.join(folder, 'a-file');
		writeFileSync(file, '');
		const { code, said } = await run('server/main.ts', { PORT: '0', MITSCHRIFT_DATA: path.join(file, 'data') });
		expect(code).toBe(1);
		expect(said).toMatch(/^The data folder .* cannot be used: .*\.$/);
		expect(said.split('\n')).toHaveLength(1);
	});

	test('wrong setting', async () => {
		const said = 'PORT must be a number from 0 to 65535.';
		expect(await run('server/main.ts', { PORT: 'drei' })).toEqual({ code: 1, said });
	});

	test('data that another server has open', async () => {
		const server = await startTestServer({ build: null });
		const { code, said } = await run('server/main.ts', { PORT: '0', MITSCHRIFT_DATA: server.folder });
		await server.close();
		expect(code).toBe(1);
		expect(said).toMatch(/is in use by another running server\.$/);
		expect(said.split('\n')).toHaveLength(1);
	});
});

describe('a server that runs', () => {
	let server: TestServer;

	beforeEach(async () => {
		server = await startTestServer({ build: null });
	});

	afterEach(() => server.close());

	const links = () => server.lines.filter((line) => line.includes('/setup#'));

	test('prints where it is, and the set-up link until it is set up', async () => {
		expect(server.lines[0]).toBe(`Mitschrift is at http://localhost:${server.port}`);
		expect(links()).toHaveLength(1);
		const first = server.setUpToken();
		await server.stop();
		await server.start();
		expect(links()).toHaveLength(2);
		const body = { token: first, association: 'Stadtverband', name: 'Alma' };
		expect((await server.ask('POST', '/api/setup', { body })).body).toEqual({ error: 'link-unknown' });
		await server.setUp();
		await server.stop();
		await server.start();
		expect(links()).toHaveLength(2);
	});

	test('is reached by both loopback addresses', async () => {
		for (const host of ['127.0.0.1', 'localhost']) {
			const answer = await fetch(`http://${host}:${server.port}/healthz`);
			expect(await answer.json()).toEqual({ ok: true });
		}
	});

	test('ends with 0 when asked to, and remembers everyone after a kill', async () => {
		const admin = await server.setUp();
		const berta = await server.admit(admin, 'Berta', 'board');
		await server.kill();
		await server.start();
		const { body } = await server.ask('GET', '/api/session', { as: berta });
		expect(body).toMatchObject({ person: { id: berta.person.id, name: 'Berta', role: 'board' } });
		expect(await server.stop()).toBe(0);
	});

	test('keeps what it writes to itself, also in a folder that others may look into', async () => {
		const files = readdirSync(server.folder).filter((name) => name.startsWith('mitschrift.sqlite'));
		const modes = files.map((name) => [name, statSync(path.join(server.folder, name)).mode & 0o077]);
		expect(files).toContain('mitschrift.sqlite-wal');
		expect(modes.filter(([, others]) => others !== 0)).toEqual([]);
	});

	test('names the document that it cannot read in the log', async () => {
		const admin = await server.setUp();
		await server.stop();
		const database = new DatabaseSync(path.join(server.folder, 'mitschrift.sqlite'));
		database.exec(`INSERT INTO document (name) VALUES ('agenda:a1');
			INSERT INTO document_update (document, sequence, content) VALUES (last_insert_rowid(), 1, x'ff')`);
		database.close();
		await server.start();
		const headers = { origin: server.origin, cookie: cookieHeader(admin) };
		const socket = new WebSocket(`ws://localhost:${server.port}/sync/agenda:a1`, { headers });
		const [, response] = (await once(
			socket.on('error', () => {}),
			'unexpected-response',
		)) as [unknown, IncomingMessage];
		expect(response.statusCode).toBe(503);
		await server.stop();
		expect(server.lines.find((line) => line.includes('upgrade-failed'))).toContain('"document":"agenda:a1"');
	});

	test('redeems an invitation that two ask for at once exactly once', async () => {
		const admin = await server.setUp();
		const invited = { as: admin, body: { name: 'Berta', role: 'board' } };
		const { body } = await server.ask<{ token: string }>('POST', '/api/invitations', invited);
		const asks = Array.from({ length: 8 }, () => server.ask('POST', '/api/join', { body: { token: body.token } }));
		const statuses = (await Promise.all(asks)).map(({ status }) => status).sort();
		expect(statuses).toEqual([200, 410, 410, 410, 410, 410, 410, 410]);
		const people = await server.ask<{ people: unknown[] }>('GET', '/api/people', { as: admin });
		expect(people.body.people).toHaveLength(2);
	});

	test('logs lines of JSON that name nobody', async () => {
		const admin = await server.setUp('Alma Geheim', 'Stadtverband');
		await server.admit(admin, 'Berta Geheim', 'board');
		await server.stop();
		const logged = server.lines.filter((line) => !line.includes('http://'));
		const events = logged.map((line) => (JSON.parse(line) as { event: string }).event);
		expect(events).toEqual(expect.arrayContaining(['started', 'set-up', 'invited', 'joined', 'stopping', 'stopped']));
		expect(logged.join('\n')).not.toMatch(/Geheim|Stadtverband/);
	});
});

describe('where what is printed is kept', () => {
	test('the link to set up is in a file, until it was used, and in no backup', async () => {
		const server = await startTestServer({ build: null, env: { MITSCHRIFT_SETUP_LINK: 'file' } });
		const file = path.join(server.folder, 'set-up-link.txt');
		const tokenIn = () => /\/setup#([\w-]{22})\n$/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
		const first = tokenIn();
		await server.stop();
		await server.start();
		const token = tokenIn();
		expect(token).not.toBe(first);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		const backup = path.join(folder, 'backup.sqlite');
		const env = { ...process.env, MITSCHRIFT_DATA: server.folder };
		execFileSync(runtime, ['server/backup.ts', backup], { cwd: root, env });
		expect(readFileSync(backup, 'latin1')).not.toContain(token);
		const body = { token, association: 'Stadtverband', name: 'Alma' };
		expect((await server.ask('POST', '/api/setup', { body })).status).toBe(200);
		expect(existsSync(file)).toBe(false);
		expect(server.lines.filter((line) => line.includes(`link in ${file}`))).toHaveLength(2);
		for (const secret of [first, token, '/setup#']) expect(server.lines.join('\n')).not.toContain(secret);
		await server.close();
	});

	test('so it is in systemd’s journal, without being told', async () => {
		const journal = path.join(folder, 'journal');
		const stdout = openSync(journal, 'w');
		const { dev, ino } = fstatSync(stdout);
		const env = { ...process.env, PORT: '0', MITSCHRIFT_DATA: folder, JOURNAL_STREAM: `${dev}:${ino}` };
		const child = spawn(runtime, ['server/main.ts'], { cwd: root, stdio: ['ignore', stdout, 'inherit'], env });
		await expect.poll(() => readFileSync(journal, 'utf8'), { timeout: 60_000 }).toContain('"event":"started"');
		child.kill();
		await once(child, 'close');
		expect(readFileSync(journal, 'utf8')).toContain(`link in ${path.join(folder, 'set-up-link.txt')}`);
		expect(readFileSync(journal, 'utf8')).not.toContain('/setup#');
	});
});

test('who stayed longer than a guest’s time, while nobody looked, is out at the next start', async () => {
	const server = await startTestServer({ build: null, env: { MITSCHRIFT_DATA: folder } });
	const admin = await server.setUp();
	const guest = await server.ask<{ id: string }>('POST', '/api/people', { as: admin, body: { name: 'Gustav' } });
	await server.stop();
	const file = path.join(folder, 'mitschrift.sqlite');
	const database = new DatabaseSync(file);
	database.prepare('INSERT INTO guest VALUES (?, ?, 0, ?)').run(guest.body.id, 'm1', Date.now() - 1);
	database.close();
	await server.start();
	const kinds = async () => {
		const { body } = await server.ask<{ entries: { kind: string }[] }>('GET', '/api/audit', { as: admin });
		return body.entries.map(({ kind }) => kind);
	};
	await expect.poll(kinds).toContain('guest-time-over');
	await server.close();
});

test('an old Node is told which one is needed', async () => {
	const pretend = path.join(folder, 'old-node.mjs');
	const start = path.join(root, 'server/bin/start.js');
	writeFileSync(
		pretend,
		`Object.defineProperty(process, 'versions', { value: { node: '18.19.1' } });
		Object.defineProperty(process, 'version', { value: 'v18.19.1' });
		await import(${JSON.stringify(start)});`,
	);
	expect(await run(pretend, {})).toEqual({
		code: 1,
		said: 'Mitschrift needs Node 20 or newer to start, and this is v18.19.1: see https://nodejs.org.',
	});
});
