/**
 * Yjs sets an update that waits for missing content aside: it fires no `update` event, yet it is part of every
 * `encodeStateAsUpdate`. So what waits is found before it is applied, and never applied.
 */
import * as Y from 'yjs';
import type { Struct, StructStore, UpdateStructure } from './update-structure.ts';

/** Whether something in the update refers to content that neither it nor the document has. */
export function findGap({ structs, deletions }: UpdateStructure, store: StructStore): boolean {
	const known = new Map<number, number>();
	const knownOf = (client: number) => known.get(client) ?? Y.getState(store, client);

	for (const [client, own] of structs) {
		let next = Y.getState(store, client);
		for (const struct of own) {
			if (struct instanceof Y.Skip) continue;
			if (struct.id.clock > next) return true;
			next = Math.max(next, struct.id.clock + struct.length);
		}
		known.set(client, next);
	}
	for (const [client, own] of structs) {
		for (const struct of own) {
			// What it refers to under its own client comes before it: Yjs relies on that without looking.
			const limit = (id: Y.ID) => (id.client === client ? struct.id.clock : knownOf(id.client));
			if (referencesOf(struct).some((id) => id !== null && id.clock >= limit(id))) return true;
		}
	}
	for (const [client, ranges] of deletions.clients) {
		for (const { clock, len } of ranges) if (clock + len > knownOf(client)) return true;
	}
	return false;
}

function referencesOf(struct: Struct): (Y.ID | null)[] {
	if (!(struct instanceof Y.Item)) return [];
	return [struct.origin, struct.rightOrigin, struct.parent instanceof Y.ID ? struct.parent : null];
}
