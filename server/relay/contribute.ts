/**
 * The server's own contribution to a document: it takes the way that everyone's does, so that it is judged, on disk
 * before anybody sees it, and sent to all who are there. It has no name, and nobody is expelled or shown on its account.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { messageAck } from '#lib/protocol/messages.ts';
import { encodeUpdate } from './frames.ts';
import type { Peer } from './peer.ts';
import type { Rooms, Seat } from './rooms.ts';

/** No person's id: those are drawn without a `-`. */
export const serverPersonId = 'the-server';

/**
 * @param update builds on nothing that is not on disk
 * @throws Error when it is not on disk; nobody has seen it then
 */
export async function contribute(rooms: Rooms, name: DocumentName, update: Uint8Array): Promise<void> {
	const place = await rooms.reserve(name);
	const { promise, resolve, reject } = Promise.withResolvers<unknown>();
	const peer: Peer = {
		personId: serverPersonId,
		access: 'write',
		acknowledges: true,
		behind: false,
		unread: false,
		whenDrained: (work) => work(),
		pause: () => {},
		resume: () => {},
		send: (frame) => void (frame[0] === messageAck && resolve(frame)),
		close: (_code, reason) => reject(new Error(`the server's contribution was refused: ${reason}`)),
	};
	const seat: Seat = place.enter(peer);
	seat.receive(encodeUpdate(update));
	await promise.finally(() => seat.leave());
}
