/**
 * What a room accepted in one turn goes to each member as one update (see update-merge), and to nobody as what they said
 * themselves. Those who only listen get the very same bytes, so that a transport frames them once.
 */
import { encodeUpdate } from './frames.ts';
import type { Member } from './peer.ts';
import type { Turn } from './turn.ts';
import { type Mergeable, mergeUpdates, toMergeable } from './update-merge.ts';

export function fanOut({ updates, origins }: Turn, members: ReadonlySet<Member>): void {
	const writers = new Set(origins);
	let parts: Mergeable[] | null = null;
	let toListeners: Uint8Array[] | null = null;
	for (const member of members) {
		if (writers.size === 1 && writers.has(member)) continue;
		parts ??= updates.length > 1 ? updates.map(toMergeable) : updates.map((update) => ({ update, scan: null }));
		const frames = writers.has(member)
			? toFrames(parts.filter((_, at) => origins[at] !== member))
			: (toListeners ??= toFrames(parts));
		for (const frame of frames) member.peer.send(frame);
	}
}

function toFrames(parts: readonly Mergeable[]): Uint8Array[] {
	return mergeUpdates(parts).map(encodeUpdate);
}
