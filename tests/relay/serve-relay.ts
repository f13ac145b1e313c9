/**
 * A relay behind a real HTTP server on a free port, with people whose role is in the query: `?as=<role>:<person>`, and of a
 * guest the meeting too: `?as=guest:<person>:<meeting>`, with `:minutes` who writes them.
 */
import { accessTo, type Role, roles } from '#lib/protocol/policy.ts';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Admit } from '../../server/relay/admission.ts';
import { createRelay, type Relay, type RelayOptions } from '../../server/relay/relay.ts';
import type { UpdateStore } from '../../server/storage/contract.ts';
import { openSqliteStore } from '../../server/storage/sqlite.ts';

export type ServedRelay = {
	url: string;
	port: number;
	relay: Relay;
	store: UpdateStore;
	events: { event: string; details: Record<string, string | number> }[];
	/** Settles when no more than so many connections are open. */
	whenLeft(connections: number): Promise<void>;
	stop(): Promise<void>;
};

/** As the real admission: the policy table decides, from a session that names a role and a person. */
export const admitByQuery: Admit = async (request, name) => {
	const [role, personId, meetingId, minutes] = (
		new URL(request.url ?? '', 'http://x').searchParams.get('as') ?? ''
	).split(':');
	if (!isRole(role) || !personId) return { ok: false, status: 401 };
	const guestOf = meetingId ? { meetingId, minutes: minutes === 'minutes' } : undefined;
	const access = accessTo({ role, guestOf }, name);
	if (access === 'none') return { ok: false, status: 403 };
	return { ok: true, personId, sessionId: `session-${personId}`, access };
};

export async function serveRelay(options: Partial<RelayOptions> = {}, port = 0): Promise<ServedRelay> {
	const store = options.store ?? openSqliteStore(':memory:');
	const ended = new EventEmitter();
	const events: ServedRelay['events'] = [];
	const relay = createRelay({
		store,
		admit: admitByQuery,
		log: (event, details = {}) => events.push({ event, details }),
		...options,
	});
	const server = createServer().on('upgrade', relay.handleUpgrade);
	server.on('upgrade', (_, socket) => socket.on('close', () => ended.emit('end')));
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const { port: bound } = server.address() as AddressInfo;
	return {
		url: `ws://127.0.0.1:${bound}/sync`,
		port: bound,
		relay,
		store,
		events,
		async whenLeft(connections) {
			while (relay.counts().connections > connections) await once(ended, 'end');
		},
		async stop() {
			await relay.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await store.close();
		},
	};
}

function isRole(text: string | undefined): text is Role {
	return (roles as readonly (string | undefined)[]).includes(text);
}
