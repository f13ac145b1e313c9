/**
 * The structure of one update, read in a guarded place before anything is applied: an update either decodes to its last
 * byte, within bounds, or it is not one.
 */
import { limits } from '#lib/protocol/limits.ts';
import * as Y from 'yjs';

export type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];
export type StructStore = Y.Doc['store'];
export type Deletions = ReturnType<typeof Y.decodeUpdate>['ds'];

export type UpdateStructure = {
	/** Per client, its structs in the order of their clocks. */
	structs: Map<number, Struct[]>;
	deletions: Deletions;
};

/** Clocks beyond this would lose precision when counted on. */
const maxClock = 2 ** 48;

/**
 * @returns null when it is malformed
 */
export function decodeStructure(update: Uint8Array): UpdateStructure | null {
	try {
		let end = () => 0;
		class Decoder extends Y.UpdateDecoderV1 {
			constructor(decoder: ConstructorParameters<typeof Y.UpdateDecoderV1>[0]) {
				super(decoder);
				end = () => decoder.pos;
			}
		}
		const { structs, ds } = Y.decodeUpdateV2(update, Decoder);
		if (end() !== update.length) return null;
		const byClient = groupByClient(structs);
		return byClient && deletionsInBounds(ds) ? { structs: byClient, deletions: ds } : null;
	} catch {
		return null;
	}
}

/** @returns null when a client comes twice (Yjs would forget the first), or a clock is out of bounds */
function groupByClient(structs: Struct[]): Map<number, Struct[]> | null {
	const groups = new Map<number, Struct[]>();
	let group: Struct[] = [];
	let client: number | null = null;
	let end = 0;
	for (const struct of structs) {
		const { id, length } = struct;
		if (length < 1 || id.clock + length > maxClock) return null;
		if (id.client !== client) {
			if (groups.has(id.client)) return null;
			client = id.client;
			group = [];
			groups.set(client, group);
		} else if (id.clock !== end) {
			return null;
		}
		end = id.clock + length;
		group.push(struct);
	}
	return groups;
}

function deletionsInBounds(deletions: Deletions): boolean {
	for (const ranges of deletions.clients.values()) {
		for (const { clock, len } of ranges) if (len < 1 || clock + len > maxClock) return false;
	}
	return true;
}

/** Whether a name in it is longer than `limits.innerNameLength`. */
export function hasLongName({ structs }: UpdateStructure): boolean {
	for (const own of structs.values())
		for (const struct of own)
			if (struct instanceof Y.Item && (isLong(struct.parent) || isLong(struct.parentSub) || isLong(nameIn(struct))))
				return true;
	return false;
}

function nameIn({ content }: Y.Item): string | null {
	if (content instanceof Y.ContentFormat) return content.key;
	if (!(content instanceof Y.ContentType)) return null;
	const { type } = content;
	if (type instanceof Y.XmlElement) return type.nodeName;
	return type instanceof Y.XmlHook ? type.hookName : null;
}

function isLong(name: unknown): boolean {
	return typeof name === 'string' && name.length > limits.innerNameLength;
}

/** @returns the root types that it names; not those that it gets to by a neighbour */
export function rootsOf({ structs }: UpdateStructure): Set<string> {
	const roots = new Set<string>();
	for (const own of structs.values())
		for (const struct of own)
			if (struct instanceof Y.Item && typeof struct.parent === 'string') roots.add(struct.parent);
	return roots;
}
