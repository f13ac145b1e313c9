/** The server's whole HTTP side without a network: real accounts and documents in memory, and a clock that a test sets. */
import type { ApiError, SessionAnswer } from '#lib/protocol/api.ts';
import type { Role } from '#lib/protocol/policy.ts';
import { openAccounts, type Accounts } from '../../server/accounts/accounts.ts';
import { createEraser } from '../../server/history/erase-deleted.ts';
import { createHistory } from '../../server/history/history.ts';
import { createApp } from '../../server/http/app.ts';
import { openBuild } from '../../server/http/static-files.ts';
import type { Services } from '../../server/http/environment.ts';
import { RequestsUnderWay } from '../../server/http/requests-under-way.ts';
import { changeLimits, createPace, effortLimits } from '../../server/http/stranger-limits.ts';
import { createMeetingReader } from '../../server/meetings/meeting-reader.ts';
import { openSqliteStore } from '../../server/storage/sqlite.ts';
import { openPublishing } from './publishing.ts';

export const appOrigin = 'http://localhost:3000';

/** Somebody who is in: what their browser sends. */
export type Guest = { cookie: string; id: string };
export type Asked = {
	as?: { cookie: string };
	body?: unknown;
	headers?: Record<string, string>;
	/** The address that it comes from. */
	from?: string;
};

export type HttpApp = {
	accounts: Accounts;
	store: ReturnType<typeof openSqliteStore>;
	/** Milliseconds since 1970; a test moves it on. */
	time: number;
	/** Whose sockets were closed. */
	disconnected: unknown[];
	/** What went into the log, a line each. */
	logged: string[];
	admin: Guest;
	/** Every route that changes something, as the server's own table has it: `PATCH /api/people/:id`. */
	changes(): string[];
	/** Every route of the API that only answers, likewise. */
	reads(): string[];
	/** To be served over the network. */
	fetch: ReturnType<typeof createApp>['fetch'];
	ask(method: string, path: string, asked?: Asked): Promise<Response>;
	/** Its status and, of a refusal, its code: `403 forbidden`. */
	outcome(method: string, path: string, asked?: Asked): Promise<string>;
	/** Uses an invitation, or whatever else signs a device in. */
	enter(path: string, body: unknown): Promise<Guest>;
	join(role: Role): Promise<Guest>;
	close(): Promise<void>;
};

/**
 * Set up, with its first admin in.
 * @param accountsFile where a test looks at what is stored, or breaks it
 */
export async function openHttpApp(
	options: Partial<Services> = {},
	accountsFile: string = ':memory:',
): Promise<HttpApp> {
	const store = openSqliteStore(':memory:');
	const app: Omit<HttpApp, 'admin'> = {
		accounts: openAccounts(accountsFile, () => app.time),
		store,
		time: Date.UTC(2025, 0, 9, 18),
		disconnected: [],
		logged: [],
		changes: () => routes().filter((route) => !/^(ALL|GET|HEAD|OPTIONS) /.test(route)),
		reads: () => routes().filter((route) => route.startsWith('GET /api/')),
		fetch: (...asked) => served.fetch(...asked),
		async ask(method, path, { as, body, headers, from = '' } = {}) {
			return served.request(
				appOrigin + path,
				{
					method,
					headers: { host: new URL(appOrigin).host, origin: appOrigin, ...(as && { cookie: as.cookie }), ...headers },
					...(body === undefined ? {} : { body: JSON.stringify(body) }),
				},
				{ incoming: { headers: {}, socket: { remoteAddress: from } } },
			);
		},
		async outcome(method, path, asked) {
			const response = await app.ask(method, path, asked);
			if (response.ok) return String(response.status);
			return `${response.status} ${((await response.json()) as ApiError).error}`;
		},
		async enter(path, body) {
			const response = await app.ask('POST', path, { body });
			if (!response.ok) throw new Error(`not let in: ${response.status} ${await response.text()}`);
			const answer = (await response.json()) as SessionAnswer;
			return { cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '', id: answer.person.id };
		},
		join(role) {
			const { token } = app.accounts.invitations.invite({ name: `Person ${role}`, role }, null);
			return app.enter('/api/join', { token });
		},
		async close() {
			app.accounts.close();
			await store.close();
		},
	};
	const served = createApp(
		{
			accounts: app.accounts,
			documents: store,
			history: createHistory({ store, now: () => app.time, timeZone: () => 'Europe/Berlin', log: () => {} }),
			meetings: createMeetingReader(store),
			...openPublishing({ accounts: app.accounts, store, now: () => app.time }),
			eraseDeleted: createEraser({ store, forgetDeleted: async () => {}, forgetCopies: async () => {} }),
			disconnect: (whose) => app.disconnected.push(whose),
			refreshDevices: () => app.disconnected.push('everyone looks again'),
			origins: [],
			strangers: {
				addressOf: ({ socket }) => socket.remoteAddress ?? '',
				pace: createPace(() => app.time),
				readers: createPace(() => app.time),
			},
			changes: createPace(() => app.time, changeLimits),
			underWay: new RequestsUnderWay(),
			effort: createPace(() => app.time, effortLimits),
			operations: { readiness: async () => null, metricsToken: null, metrics: () => '' },
			log: (event, fields) => app.logged.push(JSON.stringify({ event, ...fields })),
			...options,
		},
		openBuild('no-build'),
	);
	const routes = () => [...new Set(served.routes.map(({ method, path }) => `${method} ${path}`))];
	const token = app.accounts.association.setUpToken();
	const admin = await app.enter('/api/setup', { token, association: 'Stadtverband', name: 'Alma' });
	return Object.assign(app, { admin });
}
