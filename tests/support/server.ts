/**
 * The real server as a process of its own, on a free port, with a data folder of its own. It can be stopped as an
 * administrator does, or killed as a power cut does, and started again on the same folder and port.
 */
import type { DocumentsAnswer, NewInvitation, Person, PersonChange, SessionAnswer } from '#lib/protocol/api.ts';
import type { Role } from '#lib/protocol/policy.ts';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root, runtime } from '../../server/bin/toolchain.js';

/** Somebody with a device that is let in. */
export type Member = { person: Person; cookie: { name: string; value: string } };

export type Answer<T = unknown> = { status: number; body: T; cookie: Member['cookie'] | null; headers: Headers };

export type TestServer = {
	port: number;
	origin: string;
	folder: string;
	/** Every line that the process wrote, in order. */
	lines: string[];
	/** The one-time token, once it was printed. */
	setUpToken(): string;
	/** Asks the API, as a page of ours does. */
	ask<T = unknown>(
		method: string,
		path: string,
		options?: { as?: Member; body?: unknown; headers?: Record<string, string> },
	): Promise<Answer<T>>;
	/** Names the association and makes its first admin. */
	setUp(name?: string, association?: string): Promise<Member>;
	/** Invites by an admin and uses the invitation up, on a new device. */
	admit(admin: Member, name: string, role: Role): Promise<Member>;
	change(admin: Member, personId: string, change: PersonChange): Promise<Person>;
	documents(as: Member): Promise<DocumentsAnswer['documents']>;
	/** What the process holds in memory, in bytes. */
	memory(): number;
	/** SIGTERM, and the end of the process. @returns its exit code */
	stop(): Promise<number | null>;
	/** SIGKILL, and the end of the process. */
	kill(): Promise<void>;
	/** Starts it again on the same folder and port, after `stop` or `kill`. */
	start(): Promise<void>;
	/** Ends it and removes its folder. */
	close(): Promise<void>;
};

export type ServerOptions = {
	/** Environment beside what a test server sets itself. */
	env?: Record<string, string>;
	/** A built interface other than `build/`; null: none is served. */
	build?: string | null;
};

/** @throws when the process ends before it serves, with what it said */
export async function startTestServer({
	env = {},
	build = path.join(root, 'build'),
}: ServerOptions = {}): Promise<TestServer> {
	if (build !== null && !existsSync(path.join(build, '200.html')))
		throw new Error(`there is no built interface in ${build}: run npm test, or npx vite build`);
	const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-test-'));
	const lines: string[] = [];
	let port = 0;
	let child: ChildProcess | null = null;

	async function start(): Promise<void> {
		child = spawn(runtime, ['server/main.ts'], {
			cwd: root,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: {
				...process.env,
				PORT: String(port),
				MITSCHRIFT_DATA: folder,
				MITSCHRIFT_BUILD: build ?? path.join(folder, 'no-build'),
				...env,
			},
		});
		port = await readiness(child, lines);
	}

	async function end(signal: NodeJS.Signals): Promise<number | null> {
		const process = child;
		child = null;
		if (!process || process.exitCode !== null || process.signalCode !== null) return process?.exitCode ?? null;
		const ended = once(process, 'exit');
		process.kill(signal);
		const [code] = await ended;
		return code as number | null;
	}

	const ask: TestServer['ask'] = (method, path, options) =>
		askServer(`http://localhost:${port}`, method, path, options);
	const memberFrom = (answer: Answer<SessionAnswer>): Member => {
		if (answer.status !== 200 || !answer.cookie) throw new Error(`not let in: ${JSON.stringify(answer.body)}`);
		return { person: answer.body.person, cookie: answer.cookie };
	};

	function setUpToken(): string {
		const token = lines.map((line) => /\/setup#([\w-]+)/.exec(line)?.[1]).findLast((found) => found !== undefined);
		if (!token) throw new Error('the server printed no set-up link');
		return token;
	}

	await start();
	return {
		port,
		origin: `http://localhost:${port}`,
		folder,
		lines,
		setUpToken,
		ask,
		start,
		async setUp(name = 'Alma Admin', association = 'Stadtverband Musterstadt') {
			const body = { token: setUpToken(), association, name };
			return memberFrom(await ask<SessionAnswer>('POST', '/api/setup', { body }));
		},
		async admit(admin, name, role) {
			const invitation = expectOk(
				await ask<NewInvitation>('POST', '/api/invitations', { as: admin, body: { name, role } }),
			);
			return memberFrom(await ask<SessionAnswer>('POST', '/api/join', { body: { token: invitation.token } }));
		},
		async change(admin, personId, change) {
			return expectOk(await ask<Person>('PATCH', `/api/people/${personId}`, { as: admin, body: change }));
		},
		async documents(as) {
			return expectOk(await ask<DocumentsAnswer>('GET', '/api/documents', { as })).documents;
		},
		memory() {
			const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(child?.pid)]).toString();
			return Number(kilobytes) * 1024;
		},
		stop: () => end('SIGTERM'),
		async kill() {
			await end('SIGKILL');
		},
		async close() {
			await end('SIGKILL');
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** The header by which a member's device is known, for sockets that a test opens by hand. */
export function cookieHeader({ cookie }: Member): string {
	return `${cookie.name}=${cookie.value}`;
}

async function readiness(child: ChildProcess, lines: string[]): Promise<number> {
	const said: string[] = [];
	const ready = Promise.withResolvers<number>();
	for (const stream of [child.stdout, child.stderr]) {
		if (!stream) continue;
		createInterface({ input: stream }).on('line', (line) => {
			said.push(line);
			lines.push(line);
			const port = /"event":"started","port":(\d+)/.exec(line)?.[1];
			if (port) ready.resolve(Number(port));
		});
	}
	child.once('close', () => ready.reject(new Error(`the server ended before it served: ${said.join('\n')}`)));
	return ready.promise;
}

async function askServer<T>(
	origin: string,
	method: string,
	path: string,
	{ as, body, headers = {} }: { as?: Member; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<T>> {
	const response = await fetch(origin + path, {
		method,
		headers: { origin, ...(as ? { cookie: cookieHeader(as) } : {}), ...headers },
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
	const text = await response.text();
	const json = response.headers.get('content-type')?.includes('json') ?? false;
	const set = /^([\w-]+)=([\w-]+)/.exec(response.headers.getSetCookie()[0] ?? '');
	const cookie = set?.[1] && set[2] ? { name: set[1], value: set[2] } : null;
	return { status: response.status, body: (json ? JSON.parse(text) : text) as T, cookie, headers: response.headers };
}

function expectOk<T>(answer: Answer<T>): T {
	if (answer.status >= 300) throw new Error(`refused with ${answer.status}: ${JSON.stringify(answer.body)}`);
	return answer.body;
}
