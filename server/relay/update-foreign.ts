import * as Y from 'yjs';
import type { MayWrite } from './document-state.ts';
import type { StructStore, UpdateStructure } from './update-structure.ts';

/** @returns a client under which the update has new content that its sender may not write, or null */
export function findForeign({ structs }: UpdateStructure, store: StructStore, mayWrite: MayWrite): number | null {
	for (const [client, own] of structs) {
		const last = own.findLast((struct) => !(struct instanceof Y.Skip));
		const known = Y.getState(store, client);
		if (last && last.id.clock + last.length > known && !mayWrite(client, known)) return client;
	}
	return null;
}
