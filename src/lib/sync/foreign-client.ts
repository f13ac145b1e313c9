/**
 * What to do when the relay says that a client id is somebody else's: what was written here under it, and is not at the
 * relay as it was written, is kept under another id. Loaded only then.
 */
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { renameClient } from './rename-client.ts';

/** How the document's rows are written from now on. */
export type Renamed = {
	/** The relay's document with everything that was written here. */
	state: Uint8Array;
	/** A later change of the document as it is open now. */
	change(update: Uint8Array): Uint8Array;
};

/** @throws Error when the relay does not answer */
export async function readRelay(relayUrl: string, name: string, Socket: typeof WebSocket): Promise<Y.Doc> {
	const doc = new Y.Doc();
	const awareness = new Awareness(doc);
	awareness.setLocalState(null);
	const provider = new WebsocketProvider(relayUrl, name, doc, {
		awareness,
		params: { for: 'reading' },
		disableBc: true,
		WebSocketPolyfill: Socket,
		shouldReconnect: () => false,
	});
	try {
		await new Promise<void>((resolve, reject) => {
			provider.once('sync', () => resolve());
			provider.once('connection-close', () => reject(new Error('the relay does not answer')));
		});
		return doc;
	} finally {
		provider.destroy();
		awareness.destroy();
	}
}

/**
 * What was written under the id goes under one that follows from it and the person, so that all tabs of a person choose
 * the same. The document itself must have another id from now on.
 * @param relay is changed
 */
export function moveToOtherClient(doc: Y.Doc, relay: Y.Doc, client: number, personId: string): Renamed {
	const renaming = { from: client, since: firstDifference(doc, relay, client), to: otherClient(client, personId) };
	const beyond = Y.encodeStateVector(new Map([[client, renaming.since]]));
	const own = renameClient(Y.encodeStateAsUpdate(doc, beyond), renaming);
	for (const update of own) Y.applyUpdate(relay, update);
	return {
		state: Y.encodeStateAsUpdate(relay),
		change: (update) => Y.mergeUpdates(renameClient(update, renaming)),
	};
}

/** @returns the first clock at which the relay has something else under the client than we, or nothing */
function firstDifference(doc: Y.Doc, relay: Y.Doc, client: number): number {
	const [ours, theirs] = [doc, relay].map((one) => contentOf(one, client)) as [string[], string[]];
	const at = ours.findIndex((content, clock) => content !== theirs[clock]);
	return at < 0 ? ours.length : at;
}

/** For each clock what stands there. */
function contentOf(doc: Y.Doc, client: number): string[] {
	return (doc.store.clients.get(client) ?? []).flatMap((struct) => {
		const { length } = struct;
		if (!(struct instanceof Y.Item) || struct.deleted) return Array.from({ length }, () => 'deleted');
		const pieces: unknown[] = struct.content instanceof Y.ContentType ? [] : struct.content.getContent();
		return Array.from({ length }, (_, at) => `${struct.content.constructor.name} ${JSON.stringify(pieces[at])}`);
	});
}

/** FNV-1a over both, as a client id. */
function otherClient(client: number, personId: string): number {
	let hash = 0x811c9dc5;
	for (const letter of `${client} ${personId}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
	return hash >>> 0;
}
