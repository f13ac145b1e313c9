/** Puts documents on a real server, as a board member's device would, so that a journey does not begin with typing. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { openWorkspace } from '#lib/sync/workspace.ts';
import 'fake-indexeddb/auto';
import { WebSocket as NodeSocket } from 'ws';
import type * as Y from 'yjs';
import { openServerPeer } from './evening.ts';
import { untilSaved } from './peers.ts';
import { cookieHeader, type Member, type TestServer } from './server.ts';

export type Change = { name: DocumentName; change: (doc: Y.Doc) => void };

/** Settles when all of it is on the server's disk. */
export async function writeDocuments(server: TestServer, writer: Member, changes: readonly Change[]): Promise<void> {
	class MemberSocket extends NodeSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols, { headers: { cookie: cookieHeader(writer), origin: server.origin } });
		}
	}
	const workspace = openWorkspace({
		personId: writer.person.id,
		role: writer.person.role,
		relayUrl: `${server.origin.replace('http', 'ws')}/sync`,
		WebSocket: MemberSocket as unknown as typeof WebSocket,
		fetch: () => Promise.reject(new TypeError('this device only writes')),
		storagePrefix: crypto.randomUUID(),
	});
	for (const { name, change } of changes) {
		const handle = workspace.open(name);
		await handle.whenLoaded;
		change(handle.doc);
		await untilSaved(handle);
		handle.release();
	}
	await workspace.close();
}

/** Changes what is there already: the change is made when the server's content has come. */
export async function changeDocument(server: TestServer, writer: Member, { name, change }: Change): Promise<void> {
	const workspace = openServerPeer(server, writer);
	const handle = workspace.open(name);
	await untilSaved(handle);
	change(handle.doc);
	await untilSaved(handle);
	await workspace.close();
}
