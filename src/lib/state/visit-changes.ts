/** Whether a document is not as it was when it was last looked at: loaded when its page is shown. */
import { deletedIn, type OwnShare } from '#lib/sync/own-share.ts';
import * as Y from 'yjs';

type DeleteSet = Y.Transaction['deleteSet'];

/** A state of a document: how far each client had come, and what was deleted. */
export type Then = { clocks: Map<number, number>; deleted: DeleteSet };

export function thenOf(state: Uint8Array): Then {
	return { clocks: Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state)), deleted: Y.decodeUpdate(state).ds };
}

/** Whether others wrote something since, or deleted something that was there. @param own what this device did */
export function othersChanged(doc: Y.Doc, { clocks, deleted }: Then, own: OwnShare): boolean {
	const grown = [...Y.decodeStateVector(Y.encodeStateVector(doc))].some(
		([client, clock]) => !own.clients.includes(client) && client !== doc.clientID && clock > (clocks.get(client) ?? 0),
	);
	if (grown) return true;
	const known = Y.mergeDeleteSets([deleted, deletedIn(own)]);
	// All that is known to be deleted is deleted now: more of it is others'.
	return lengthUpTo(clocks, Y.createDeleteSetFromStructStore(doc.store)) > lengthUpTo(clocks, known);
}

function lengthUpTo(clocks: ReadonlyMap<number, number>, { clients }: DeleteSet): number {
	let sum = 0;
	for (const [client, ranges] of clients) {
		const end = clocks.get(client) ?? 0;
		for (const { clock, len } of ranges) sum += Math.max(0, Math.min(clock + len, end) - clock);
	}
	return sum;
}
