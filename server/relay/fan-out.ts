/**
 * What a room accepted in one turn goes to each member as one update (see update-merge), and to nobody as what they said
 * themselves. Those who only listen get the very same bytes, so that a transport frames them once.
 */
import { encodeUpdate } from './frames.ts';
import type { Member } from './peer.ts';
import type { Turn } from './turn.ts';
import { mergeUpdates, toMergeable } from './update-merge.ts';

/** @param members those who can take it now */
export function fanOut(turn: Turn, members: ReadonlySet<Member>): void {
	const [first] = turn.origins;
	const mixed = turn.origins.some((origin) => origin !== first);
	if (mixed) fanOutMixed(turn, members);
	else sendAll(turn.written, members, (member) => member !== first);
}

function fanOutMixed({ updates, written, origins }: Turn, members: ReadonlySet<Member>): void {
	const writers = new Set(origins);
	sendAll(written, members, (member) => !writers.has(member));
	const parts = updates.map(toMergeable);
	for (const writer of writers) {
		if (writer === null || !members.has(writer)) continue;
		const others = parts.filter((_, at) => origins[at] !== writer);
		for (const update of mergeUpdates(others)) writer.peer.send(encodeUpdate(update));
	}
}

/** One frame for all who get it, made when there is one who does. */
function sendAll(updates: readonly Uint8Array[], members: Iterable<Member>, gets: (member: Member) => boolean): void {
	for (const update of updates) {
		let frame: Uint8Array | null = null;
		for (const member of members) if (gets(member)) member.peer.send((frame ??= encodeUpdate(update)));
	}
}
