/** What one device wrote and deleted of a document since some moment: to its person that is no news. */
import * as Y from 'yjs';

type DeleteSet = Y.Transaction['deleteSet'];

export type OwnShare = {
	/** Yjs clients. */
	clients: readonly number[];
	/** Of each client, what was deleted, in `[clock, length]`. */
	deleted: ReadonlyMap<number, readonly (readonly [clock: number, length: number])[]>;
};

export const noShare: OwnShare = { clients: [], deleted: new Map() };

/** The same with one change of this device's. @param transaction at the document's `update` */
export function withChange({ clients, deleted }: OwnShare, { doc, deleteSet }: Y.Transaction): OwnShare {
	const own = new Map(deleted);
	for (const [client, items] of deleteSet.clients)
		own.set(client, [...(own.get(client) ?? []), ...items.map(({ clock, len }) => [clock, len] as const)]);
	return { clients: clients.includes(doc.clientID) ? clients : [...clients, doc.clientID], deleted: own };
}

/** What both say, each part of it once. */
export function mergedShares(one: OwnShare, other: OwnShare): OwnShare {
	const { clients } = Y.mergeDeleteSets([deletedIn(one), deletedIn(other)]);
	return {
		clients: [...new Set([...one.clients, ...other.clients])],
		deleted: new Map([...clients].map(([client, items]) => [client, items.map(({ clock, len }) => [clock, len])])),
	};
}

export function deletedIn({ deleted }: OwnShare): DeleteSet {
	const set = Y.createDeleteSet();
	for (const [client, ranges] of deleted)
		set.clients.set(
			client,
			ranges.map(([clock, len]) => ({ clock, len })),
		);
	return set;
}
