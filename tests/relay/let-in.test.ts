/** The command for an admin who has lost every device, beside a running server and without one. */
import type { SessionAnswer } from '#lib/protocol/api.ts';
import type { AuditAnswer } from '#lib/protocol/audit.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root, runtime } from '../../server/bin/toolchain.js';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: Member;
beforeAll(async () => {
	server = await startTestServer({ build: null });
	admin = await server.setUp('Mara Lindner');
	await server.admit(admin, 'Jonas Wirth', 'board');
}, 60_000);
afterAll(() => server.close());

/** Beside the test, not in its way: a connection that the server closes meanwhile has to be noticed. */
async function letIn(...args: string[]): Promise<{ code: number | null; said: string }> {
	const env = { ...process.env, MITSCHRIFT_DATA: server.folder, PORT: String(server.port) };
	const child = spawn(runtime, ['server/let-in.ts', ...args], { cwd: root, env });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, said };
}
const tokenIn = (said: string) => /\/join#([\w-]{22})/.exec(said)?.[1] ?? '';

async function join(token: string) {
	return server.ask<SessionAnswer>('POST', '/api/join', { body: { token } });
}

test('beside a running server it prints a link that lets the admin in, once', async () => {
	const { code, said } = await letIn();
	expect(code).toBe(0);
	expect(said).toContain(`http://localhost:${server.port}/join#`);
	const answer = await join(tokenIn(said));
	expect(answer.body.person).toEqual(admin.person);
	expect((await join(tokenIn(said))).status).toBe(410);
	const { body } = await server.ask<AuditAnswer>('GET', '/api/audit', { as: admin });
	expect(body.entries).toContainEqual(expect.objectContaining({ kind: 'invited', by: null, about: admin.person.id }));
});

test('with the server stopped too, and the code is as good as the link', async () => {
	await server.stop();
	const { said } = await letIn('mara', 'lindner');
	await server.start();
	const typed = /asks for one: (\w{5} \w{5})/.exec(said)?.[1] ?? '';
	expect((await join(typed)).body.person).toEqual(admin.person);
});

test('whoever is no admin, or nobody, is told, and gets nothing', async () => {
	for (const name of ['Jonas Wirth', 'Niemand']) {
		const { code, said } = await letIn(name);
		expect(code).toBe(1);
		expect(said).toMatch(/Name one admin.*Mara Lindner/);
		expect(said).not.toContain('join#');
	}
});

test('of several admins one is named', async () => {
	await server.admit(admin, 'Berta', 'admin');
	expect((await letIn()).code).toBe(1);
	expect((await join(tokenIn((await letIn('Berta')).said))).body.person.name).toBe('Berta');
});

test('and of two with the same name one by the id that is said', async () => {
	const twin = await server.admit(admin, 'Berta', 'admin');
	const { code, said } = await letIn('Berta');
	expect([code, said]).toEqual([1, expect.stringContaining(`Berta (${twin.person.id})`)]);
	expect((await join(tokenIn((await letIn(twin.person.id)).said))).body.person).toEqual(twin.person);
});
