/**
 * The wire: y-websocket's messages, and one extension. Every frame starts with a varuint, its type.
 *
 * Extension `ack`: a client that connects with `?ack=1` is told which of its messages are on disk. Both sides count the
 * *contributions* of a connection, that is its sync messages of the kinds SyncStep2 and Update, in the order in which
 * they were sent (a socket keeps order). The relay then sends `[messageAck, varuint n]`: your first n contributions are
 * durable. One number covers deletions too, which a state vector does not. Never sent to a client that did not ask.
 *
 * The same clients, when they may write, are told `[messageStorage, 0]` when the relay cannot write to its disk: what they
 * contribute is dropped unheard, they keep it. `[messageStorage, 1]`: it can again. A connection from which something
 * was dropped is closed then instead, because its count of contributions is no longer the relay's.
 */
export const messageSync = 0;
export const messageAwareness = 1;
export const messageAuth = 2;
export const messageQueryAwareness = 3;
export const messageAck = 100;
export const messageStorage = 101;

export const syncStep1 = 0;
export const syncStep2 = 1;
export const syncUpdate = 2;

/** Query parameter by which a client asks for acknowledgements. */
export const ackParameter = 'ack';

/**
 * Names the person whose page it is. A browser has one sign-in: a page of whoever was in before would write in the name of
 * whoever is in now.
 */
export const personParameter = 'of';

/** Path under which documents are synced: `/sync/<kind>:<id>`. */
export const syncPath = '/sync/';

/**
 * Whether a frame that a client sends counts for `messageAck`. Both bytes are varuints below 128, so one byte each.
 * @param frame as given to `WebSocket.send`
 */
export function isContribution(frame: Uint8Array): boolean {
	return frame[0] === messageSync && (frame[1] === syncStep2 || frame[1] === syncUpdate);
}
