/**
 * An update as if another client had made part of it: the same content, references and deletions, under another id. What
 * the id has before `since` stays; what comes from there on is moved to the other id, from clock 0.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

export type Renaming = { from: number; since: number; to: number };

type Decoded = ReturnType<typeof Y.decodeUpdate>;
type Struct = Decoded['structs'][number];
type Range = { client: number; clock: number; length: number };

/**
 * @param update has no struct that begins before `since` and ends after it
 * @returns updates that are to be applied together: the renamed structs may stand beside others of their new id
 */
export function renameClient(update: Uint8Array, renaming: Renaming): Uint8Array[] {
	const { structs, ds } = Y.decodeUpdate(update);
	const moved = structs.filter(({ id }) => isMoved(id, renaming));
	const others = structs.filter(({ id }) => !isMoved(id, renaming));
	for (const struct of structs) renameStruct(struct, renaming);
	const ranges = [...ds.clients].flatMap(([client, own]) =>
		own.flatMap(({ clock, len }) => renameRange({ client, clock, length: len }, renaming)),
	);
	return [encode(others, []), encode(moved, ranges)];
}

function isMoved({ client, clock }: Y.ID, { from, since }: Renaming): boolean {
	return client === from && clock >= since;
}

function renameId<Id extends Y.ID | null>(id: Id, renaming: Renaming): Id | Y.ID {
	if (id === null || !isMoved(id, renaming)) return id;
	return Y.createID(renaming.to, id.clock - renaming.since);
}

function renameStruct(struct: Struct, renaming: Renaming): void {
	struct.id = renameId(struct.id, renaming);
	if (!(struct instanceof Y.Item)) return;
	struct.origin = renameId(struct.origin, renaming);
	struct.rightOrigin = renameId(struct.rightOrigin, renaming);
	if (struct.parent instanceof Y.ID) struct.parent = renameId(struct.parent, renaming);
}

function renameRange(range: Range, { from, since, to }: Renaming): Range[] {
	const { client, clock, length } = range;
	const end = clock + length;
	if (client !== from || end <= since) return [range];
	const start = Math.max(clock, since);
	const moved = { client: to, clock: start - since, length: end - start };
	return clock < since ? [{ client, clock, length: since - clock }, moved] : [moved];
}

function encode(structs: readonly Struct[], deleted: readonly Range[]): Uint8Array {
	const encoder = new Y.UpdateEncoderV1();
	const out = encoder.restEncoder;
	const groups = Map.groupBy(structs, ({ id }) => id.client);
	encoding.writeVarUint(out, groups.size);
	for (const [client, own] of groups) {
		for (const number of [own.length, client, own[0]?.id.clock ?? 0]) encoding.writeVarUint(out, number);
		for (const struct of own) struct.write(encoder, 0);
	}
	const ranges = Map.groupBy(deleted, ({ client }) => client);
	encoding.writeVarUint(out, ranges.size);
	for (const [client, own] of ranges) {
		for (const number of [client, own.length]) encoding.writeVarUint(out, number);
		for (const { clock, length } of own) for (const number of [clock, length]) encoding.writeVarUint(out, number);
	}
	return encoder.toUint8Array();
}
