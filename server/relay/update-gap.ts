/**
 * Yjs sets an update that waits for missing content aside: it fires no `update` event, yet it is part of every
 * `encodeStateAsUpdate`. So what waits is found before it is applied, and never applied.
 */
import * as Y from 'yjs';
import type { Struct, StructStore, UpdateStructure } from './update-structure.ts';

/**
 * Whether something in the update refers to content that neither it nor the document has. An update may have twenty thousand
 * structs: nothing is made for each.
 */
export function findGap({ structs, deletions }: UpdateStructure, store: StructStore): boolean {
	const known = new Map<number, number>();
	for (const [client, own] of structs) {
		const end = endOf(own, Y.getState(store, client));
		if (end === null) return true;
		known.set(client, end);
	}
	const knownOf = (client: number) => known.get(client) ?? Y.getState(store, client);
	for (const own of structs.values()) {
		for (const struct of own) if (struct instanceof Y.Item && lacksReference(struct, knownOf)) return true;
	}
	for (const [client, ranges] of deletions.clients) {
		const end = knownOf(client);
		for (const { clock, len } of ranges) if (clock + len > end) return true;
	}
	return false;
}

/**
 * @param state how much is known of their client
 * @returns how much is known with them; null when there is a gap
 */
function endOf(own: readonly Struct[], state: number): number | null {
	let end = state;
	for (const struct of own) {
		if (struct instanceof Y.Skip) continue;
		const { clock } = struct.id;
		if (clock > end) return null;
		if (clock + struct.length > end) end = clock + struct.length;
	}
	return end;
}

type KnownOf = (client: number) => number;

function lacksReference(item: Y.Item, knownOf: KnownOf): boolean {
	const { origin, rightOrigin, parent } = item;
	if (origin && lacks(item, origin, knownOf)) return true;
	if (rightOrigin && lacks(item, rightOrigin, knownOf)) return true;
	return parent instanceof Y.ID && lacks(item, parent, knownOf);
}

/** What an item refers to under its own client comes before it: Yjs relies on that without looking. */
function lacks({ id }: Y.Item, { client, clock }: Y.ID, knownOf: KnownOf): boolean {
	return clock >= (client === id.client ? id.clock : knownOf(client));
}
