/** Devices of people whom the real server let in: each shows its cookie, on sockets and over HTTP, as a browser does. */
import type { SessionAnswer } from '#lib/protocol/api.ts';
import type { Workspace } from '#lib/sync/contract.ts';
import { WebSocket as NodeSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { StockClient } from '../relay/stock-client.ts';
import { type DeviceOptions, openDevice } from './peers.ts';
import { cookieHeader, type Member, type TestServer } from './server.ts';

type Server = Pick<TestServer, 'origin' | 'ask'>;

/** Opens what the app opens after a start: with the epoch that the server says now. */
export async function openMemberDevice(
	server: Server,
	member: Member,
	options: Partial<DeviceOptions> = {},
): Promise<Workspace> {
	const { body } = await server.ask<SessionAnswer>('GET', '/api/session', { as: member });
	const headers = { cookie: cookieHeader(member), origin: server.origin };
	return openDevice({
		url: `${server.origin.replace(/^http/, 'ws')}/sync`,
		apiUrl: server.origin,
		role: body.person.role,
		personId: body.person.id,
		epoch: body.epoch,
		WebSocket: socketOf(server, member),
		fetch: (input, init) => fetch(input, { ...init, headers }),
		...options,
	});
}

/** An unmodified y-websocket client with a member's cookie. */
export function connectMember(server: Server, member: Member, name: string, doc = new Y.Doc()): StockClient {
	const url = `${server.origin.replace(/^http/, 'ws')}/sync`;
	const options = { disableBc: true, maxBackoffTime: 200, WebSocketPolyfill: socketOf(server, member) };
	const provider = new WebsocketProvider(url, name, doc, options);
	return {
		doc,
		provider,
		stop() {
			provider.destroy();
			doc.destroy();
		},
	};
}

function socketOf(server: Server, member: Member): typeof WebSocket {
	class MemberSocket extends NodeSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols, { headers: { cookie: cookieHeader(member), origin: server.origin } });
		}
	}
	return MemberSocket as unknown as typeof WebSocket;
}
