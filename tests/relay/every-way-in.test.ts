/**
 * Every way in, at the real server, with whatever can go wrong on it. None of the secrets that open something is in the
 * log, an error message, a later answer, the data, or a backup afterwards; and none is taken from an address's query.
 */
import type { NewInvitation, RecoveryCodesAnswer } from '#lib/protocol/api.ts';
import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root, runtime } from '../../server/bin/toolchain.js';
import { createAuthenticator } from '../support/authenticator.ts';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';

const run = promisify(execFile);

let server: TestServer;
let admin: Member;
/** What each is, and the secret. */
const secrets = new Map<string, string>();
/** Every answer to a wrong or late try, as text. */
const refusals: string[] = [];

beforeAll(async () => {
	server = await startTestServer({ build: null });
	admin = await server.setUp();
	secrets.set('set-up link', server.setUpToken());
	secrets.set('session', admin.cookie.value);
}, 60_000);
afterAll(() => server.close());

async function tryToJoin(token: string): Promise<number> {
	const answer = await server.ask('POST', '/api/join', { body: { token } });
	if (answer.status >= 400) refusals.push(JSON.stringify(answer.body));
	else if (answer.cookie) secrets.set(`session ${secrets.size}`, answer.cookie.value);
	return answer.status;
}

async function invite(body: unknown): Promise<NewInvitation> {
	const answer = await server.ask<NewInvitation>('POST', '/api/invitations', { as: admin, body });
	secrets.set(`link ${secrets.size}`, answer.body.token);
	secrets.set(`code ${secrets.size}`, answer.body.code);
	return answer.body;
}

/** Used, used again, and almost right. */
async function useUp(secret: string): Promise<void> {
	expect(await tryToJoin(secret)).toBe(200);
	expect(await tryToJoin(secret)).toBeGreaterThanOrEqual(400);
	await tryToJoin(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`);
	await server.ask('POST', '/api/join/preview', { body: { token: secret } });
}

async function letIn(): Promise<{ token: string; code: string }> {
	const env = { ...process.env, MITSCHRIFT_DATA: server.folder, PORT: String(server.port) };
	const { stdout } = await run(runtime, ['server/let-in.ts'], { cwd: root, env });
	return {
		token: /\/join#([\w-]{22})/.exec(stdout)?.[1] ?? '',
		code: /asks for one: (\w{5} \w{5})/.exec(stdout)?.[1] ?? '',
	};
}

async function usePasskey(): Promise<void> {
	const key = createAuthenticator(server.origin);
	const toAdd = await server.ask<{ challenge: string }>('POST', '/api/passkeys/options', { as: admin });
	const body = { name: 'Telefon', response: key.create(toAdd.body) };
	expect((await server.ask('POST', '/api/passkeys', { as: admin, body })).status).toBe(201);
	const options = async () => (await server.ask<{ challenge: string }>('POST', '/api/sign-in/options')).body;
	const challenge = await options();
	secrets.set('passkey challenge', challenge.challenge);
	const signed = await server.ask('POST', '/api/sign-in', { body: { response: key.get(challenge) } });
	expect(signed.status).toBe(200);
	secrets.set('session by passkey', signed.cookie?.value ?? '');
	const lie = key.get(await options(), { origin: 'https://fremd.example' });
	refusals.push(JSON.stringify((await server.ask('POST', '/api/sign-in', { body: { response: lie } })).body));
}

function expectNowhere(text: string, where: string): void {
	for (const [what, secret] of secrets) {
		for (const form of new Set([secret, secret.replaceAll(/[^\w]/g, ''), encodeURIComponent(secret)]))
			expect(text.includes(form), `${what} in ${where}`).toBe(false);
	}
}

test('no secret of any way in stays anywhere', async () => {
	await useUp((await invite({ name: 'Link', role: 'board' })).token);
	await useUp((await invite({ name: 'Code', role: 'member' })).code);
	await useUp((await invite({ personId: admin.person.id })).token);
	const recovery = await server.ask<RecoveryCodesAnswer>('POST', '/api/passkeys/recovery-codes', { as: admin });
	recovery.body.codes.forEach((code, at) => secrets.set(`recovery code ${at}`, code));
	await useUp(recovery.body.codes[4] ?? '');
	const printed = await letIn();
	for (const [what, secret] of Object.entries(printed)) secrets.set(`let-in ${what}`, secret);
	await useUp(printed.token);
	await usePasskey();
	expect(await tryToJoin(server.setUpToken())).toBeGreaterThanOrEqual(400);
	const setUpAgain = { token: server.setUpToken(), association: 'Andere', name: 'Fremd' };
	refusals.push(JSON.stringify((await server.ask('POST', '/api/setup', { body: setUpAgain })).body));
	// What is no JSON, and what is asked for where nothing is.
	for (const [, secret] of [...secrets].slice(0, 4)) {
		refusals.push(JSON.stringify((await server.ask('POST', '/api/join', { body: `{"token":"${secret}` })).body));
		refusals.push(String((await server.ask('GET', `/nirgends/${encodeURIComponent(secret)}`)).body));
		refusals.push(JSON.stringify((await server.ask('GET', `/api/nirgends?token=${secret}`, { as: admin })).body));
	}
	expect(secrets.size).toBeGreaterThan(20);

	expectNowhere(server.lines.filter((line) => line.startsWith('{')).join('\n'), 'the log');
	expectNowhere(refusals.join('\n'), 'an error message');
	const asked = ['session', 'people', 'invitations', 'devices/all', 'audit', 'settings', 'passkeys', 'passkeys/all'];
	for (const what of asked)
		expectNowhere(JSON.stringify((await server.ask('GET', `/api/${what}`, { as: admin })).body), what);
	const person = `/api/people/${admin.person.id}/export`;
	expectNowhere(JSON.stringify((await server.ask('GET', person, { as: admin })).body), 'an export');

	const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-ways-'));
	const backup = path.join(folder, 'backup.sqlite');
	const env = { ...process.env, MITSCHRIFT_DATA: server.folder };
	await run(runtime, ['server/backup.ts', backup], { cwd: root, env });
	const files = globSync('**/*', { cwd: server.folder }).map((name) => path.join(server.folder, name));
	for (const file of [backup, ...files])
		if (statSync(file).isFile()) expectNowhere(readFileSync(file, 'latin1'), path.basename(file));
	rmSync(folder, { recursive: true });
});

test('a secret in an address’s query opens nothing', async () => {
	const { token, code } = await invite({ name: 'Frage', role: 'member' });
	for (const secret of [token, code])
		for (const where of ['/api/join', '/api/join/preview', '/api/session'])
			for (const method of ['GET', 'POST']) {
				const { status, cookie } = await server.ask(method, `${where}?token=${encodeURIComponent(secret)}`);
				expect(status).toBeGreaterThanOrEqual(400);
				expect(cookie).toBe(null);
			}
	const query = `?token=${admin.cookie.value}&${admin.cookie.name}=${admin.cookie.value}`;
	expect((await server.ask('GET', `/api/people${query}`)).status).toBe(401);
});
