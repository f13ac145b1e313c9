/**
 * A client's clock stands for one piece of content, for ever. An update that brings other content under a clock that is
 * known would be skipped here and applied elsewhere: replicas would differ for good, with equal state vectors. What is
 * sent again may come split, joined, deleted or collected: only what both sides still have is compared.
 */
import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import type { StructStore, UpdateStructure } from './update-structure.ts';

/** @returns the client whose clocks the update uses otherwise, or null */
export function findContradiction({ structs }: UpdateStructure, store: StructStore): number | null {
	for (const [client, own] of structs) {
		const known = store.clients.get(client);
		if (!known) continue;
		const state = Y.getState(store, client);
		for (const struct of own) {
			if (struct.id.clock >= state) break;
			if (struct instanceof Y.Item && overlapping(known, struct, state).some((each) => differs(struct, each))) {
				return client;
			}
		}
	}
	return null;
}

type Known = Y.Item | Y.GC;

function overlapping(known: Known[], { id, length }: Y.Item, state: number): Known[] {
	const last = Math.min(id.clock + length, state) - 1;
	return known.slice(Y.findIndexSS(known, id.clock), Y.findIndexSS(known, last) + 1);
}

function differs(sent: Y.Item, known: Known): boolean {
	if (!(known instanceof Y.Item)) return false;
	return placeDiffers(sent, known) || contentDiffers(sent, known);
}

function placeDiffers(sent: Y.Item, known: Y.Item): boolean {
	const start = Math.max(sent.id.clock, known.id.clock);
	if (!Y.compareIDs(originAt(sent, start), originAt(known, start))) return true;
	if (!Y.compareIDs(sent.rightOrigin, known.rightOrigin)) return true;
	const { parent } = known;
	if (sent.parent === null || !(parent instanceof Y.AbstractType)) return false;
	if (sent.parentSub !== known.parentSub) return true;
	if (sent.parent instanceof Y.ID) return !Y.compareIDs(sent.parent, parent._item?.id ?? null);
	return parent._item !== null || Y.findRootTypeKey(parent) !== String(sent.parent);
}

/** Inside an item, each character's origin is the one before it. */
function originAt({ id, origin }: Y.Item, clock: number): Y.ID | null {
	return clock === id.clock ? origin : Y.createID(id.client, clock - 1);
}

function contentDiffers(sent: Y.Item, known: Y.Item): boolean {
	if (sent.content instanceof Y.ContentDeleted || known.content instanceof Y.ContentDeleted) return false;
	if (sent.content.constructor !== known.content.constructor) return true;
	const start = Math.max(sent.id.clock, known.id.clock);
	const end = Math.min(sent.id.clock + sent.length, known.id.clock + known.length);
	const [a, b] = [sent, known].map((item) => slice(item.content, start - item.id.clock, end - item.id.clock));
	return typeof a === 'string' && typeof b === 'string' ? textDiffers(a, b) : !isDeepStrictEqual(a, b);
}

/** @returns something that can be compared */
function slice(content: Y.Item['content'], from: number, to: number): unknown {
	if (content instanceof Y.ContentString) return content.str.slice(from, to);
	if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return content.arr.slice(from, to);
	if (content instanceof Y.ContentEmbed) return content.embed;
	if (content instanceof Y.ContentFormat) return [content.key, content.value];
	if (content instanceof Y.ContentBinary) return content.content;
	if (content instanceof Y.ContentDoc) return content.doc.guid;
	if (content instanceof Y.ContentType) return describeType(content.type);
	return null;
}

function describeType(type: Y.ContentType['type']): unknown[] {
	return [type.constructor.name, type instanceof Y.XmlElement ? type.nodeName : null];
}

/** Yjs puts U+FFFD where it once cut a surrogate pair in two. */
function textDiffers(a: string, b: string): boolean {
	if (a === b) return false;
	for (let at = 0; at < a.length; at++) {
		if (a[at] !== b[at] && a[at] !== '\ufffd' && b[at] !== '\ufffd') return true;
	}
	return false;
}
