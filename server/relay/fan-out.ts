/**
 * What a room accepted in one turn goes to each member as one update (see update-merge), and to nobody as what they said
 * themselves. Those who only listen get the very same bytes, so that a transport frames them once.
 */
import { encodeUpdate } from './frames.ts';
import type { Member } from './peer.ts';
import type { Turn } from './turn.ts';
import { mergeUpdates, toMergeable } from './update-merge.ts';

/** @param members those who can take it now */
export function fanOut({ updates, written, origins }: Turn, members: ReadonlySet<Member>): void {
	const writers = new Set(origins.filter((origin): origin is Member => origin !== null && members.has(origin)));
	const listeners = [...members].filter((member) => !writers.has(member));
	if (listeners.length > 0) {
		for (const frame of written.map(encodeUpdate)) for (const { peer } of listeners) peer.send(frame);
	}
	if (new Set(origins).size === 1) return;
	const parts = updates.map(toMergeable);
	for (const writer of writers) {
		const others = parts.filter((_, at) => origins[at] !== writer);
		for (const update of mergeUpdates(others)) writer.peer.send(encodeUpdate(update));
	}
}
