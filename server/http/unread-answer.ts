/** Who asks for an answer and then reads nothing of it for a while is cut off: what is not read stays in memory. */
import type { ServerResponse } from 'node:http';
import { requestPatience } from './pending-connections.ts';

/** As in `requestPatience`. Milliseconds. */
export type Patience = { silence: number; unread: number };

/**
 * To be called with every answer before it is made. Whoever reads, however slowly, gets all of it: it is Node's own watch
 * on the connection, which begins anew with whatever the other side takes.
 */
export function watchReading(response: ServerResponse, { silence, unread }: Patience = requestPatience): void {
	const { socket } = response.req;
	let watched = false;
	response.once('prefinish', () => {
		watched = response.writableLength > 0;
		if (watched) socket.setTimeout(unread);
	});
	response.once('close', () => {
		if (watched) socket.setTimeout(silence);
	});
}
