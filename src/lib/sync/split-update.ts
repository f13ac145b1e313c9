/**
 * Cuts an update into several that can be applied one after the other: whatever a piece refers to is in a piece before it,
 * in itself, or was known to the receiver anyway. Structs come in the order of their clocks, one client's after another's
 * when they build on it; deletions come last, when everything that they delete is there. Of values that are deleted and that
 * a page still keeps, to undo that, goes only that they were there.
 */
import * as Y from 'yjs';
import { PieceWriter } from './piece-writer.ts';

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];
type Deletions = ReturnType<typeof Y.decodeUpdate>['ds'];

export type PieceLimits = { bytes: number; parts: number };

/** @returns the update itself when it is small enough, or when it waits for something that it lacks */
export function* splitUpdate(update: Uint8Array, limits: PieceLimits): Generator<Uint8Array> {
	const { structs, ds } = Y.decodeUpdate(update);
	const ranges = [...ds.clients].flatMap(([client, own]) => own.map(({ clock, len }) => ({ client, clock, len })));
	const small = update.length <= limits.bytes && structs.length + ranges.length <= limits.parts;
	if (small || structs.some((struct) => struct instanceof Y.Skip)) return yield update;
	const writer = new PieceWriter();
	const full = () => writer.bytes >= limits.bytes || writer.parts >= limits.parts;
	for (const struct of inCausalOrder(structs)) {
		for (const part of cut(isDeleted(struct, ds) ? withoutValue(struct) : struct, limits.bytes)) {
			if (full()) yield writer.take();
			writer.addStruct(part);
		}
	}
	for (const range of ranges) {
		if (full()) yield writer.take();
		writer.addDeletion(range);
	}
	if (writer.parts > 0) yield writer.take();
}

/** Per client, its structs, and how far they have gone out. */
type Line = { structs: Struct[]; at: number };

function* inCausalOrder(structs: readonly Struct[]): Generator<Struct> {
	const lines = new Map<number, Line>();
	for (const [client, own] of Map.groupBy(structs, ({ id }) => id.client)) lines.set(client, { structs: own, at: 0 });
	for (const line of lines.values()) {
		// A line waits for the next one above it. None waits for itself: what is referred to was there first.
		const waiting = [{ line, until: Infinity }];
		for (let top = waiting.at(-1); top; top = waiting.at(-1)) {
			const next = top.line.structs[top.line.at];
			if (!next || next.id.clock > top.until) {
				waiting.pop();
				continue;
			}
			const missing = missingOf(next, lines);
			if (missing) {
				if (waiting.length >= lines.size) throw new Error('structs of an update wait for each other');
				waiting.push(missing);
				continue;
			}
			top.line.at++;
			yield next;
		}
	}
}

/** @returns what has to go out before the struct does */
function missingOf(struct: Struct, lines: ReadonlyMap<number, Line>): { line: Line; until: number } | null {
	if (!(struct instanceof Y.Item)) return null;
	for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
		if (!(id instanceof Y.ID) || id.client === struct.id.client) continue;
		const line = lines.get(id.client);
		const next = line?.structs[line.at];
		if (line && next && next.id.clock <= id.clock) return { line, until: id.clock };
	}
	return null;
}

function isDeleted({ id, length }: Struct, { clients }: Deletions): boolean {
	const ranges = clients.get(id.client) ?? [];
	return ranges.some(({ clock, len }) => clock <= id.clock && id.clock + length <= clock + len);
}

/** As Yjs itself gives up what is deleted. What holds other things is left to it. */
function withoutValue(struct: Struct): Struct {
	if (!(struct instanceof Y.Item) || !values.some((kind) => struct.content instanceof kind)) return struct;
	struct.content = new Y.ContentDeleted(struct.length);
	return struct;
}

const values = [Y.ContentString, Y.ContentAny, Y.ContentJSON, Y.ContentEmbed, Y.ContentBinary];

/** Long texts and lists, in parts that say no more than so many bytes each, where they can be cut. */
function* cut(struct: Struct, bytes: number): Generator<Struct> {
	const middle = struct instanceof Y.Item ? middleOf(struct.content, bytes) : 0;
	if (!(struct instanceof Y.Item) || middle === 0) return yield struct;
	const { client, clock } = struct.id;
	const { rightOrigin, parent, parentSub, content } = struct;
	const before = Y.createID(client, clock + middle - 1);
	const rest = content.splice(middle);
	struct.length = middle;
	yield* cut(struct, bytes);
	yield* cut(
		new Y.Item(Y.createID(client, clock + middle), null, before, null, rightOrigin, parent, parentSub, rest),
		bytes,
	);
}

/** @returns where to cut, 0 for nowhere */
function middleOf(content: Y.Item['content'], bytes: number): number {
	if (content instanceof Y.ContentString) {
		// A code unit is three bytes at most.
		if (content.str.length * 3 <= bytes) return 0;
		const middle = content.str.length >> 1;
		return isHighSurrogate(content.str.charCodeAt(middle - 1)) ? middle - 1 : middle;
	}
	if (!(content instanceof Y.ContentAny || content instanceof Y.ContentJSON) || content.arr.length < 2) return 0;
	return sizeOf(content) > bytes ? content.arr.length >> 1 : 0;
}

function isHighSurrogate(unit: number): boolean {
	return unit >= 0xd800 && unit < 0xdc00;
}

function sizeOf(content: Y.ContentAny | Y.ContentJSON): number {
	const encoder = new Y.UpdateEncoderV1();
	content.write(encoder, 0);
	return encoder.toUint8Array().length;
}
