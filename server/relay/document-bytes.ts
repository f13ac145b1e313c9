/**
 * A document as its log's bytes put after each other: enough to judge typing and to answer who has nothing. What a snapshot
 * holds may have been noted with it: then whoever opens the document need not read through all of it, which takes a server
 * that has just started longer than all else.
 */
import * as Y from 'yjs';
import type { StoredDocument } from '../storage/contract.ts';
import { putTogether } from './update-merge.ts';
import { type Scan, scanUpdate } from './update-scan.ts';

/** @property since what came after `whole`, if anything did */
export type DocumentBytes = { vector: Map<number, number>; whole: Uint8Array; since: Uint8Array | null };

/** Above this the first who asks for all of it would wait for what was saved. Bytes. */
const shortTail = 64 * 1024;

/** @returns the log as bytes and what is in it, without building it; null when it is not simply one after the other */
export function toBytes({ snapshot, vector, tail }: StoredDocument): DocumentBytes | null {
	if (snapshot && vector && isShort(tail)) {
		const known = Y.decodeStateVector(vector);
		const since = join(tail, known);
		return since && { vector: known, whole: snapshot, since: tail.length > 0 ? since : null };
	}
	const known = new Map<number, number>();
	const whole = join(snapshot ? [snapshot, ...tail] : tail, known);
	return whole && { vector: known, whole, since: null };
}

function isShort(tail: readonly Uint8Array[]): boolean {
	return tail.reduce((sum, { length }) => sum + length, 0) <= shortTail;
}

/** @param known what came before; afterwards also what is in these */
function join(updates: readonly Uint8Array[], known: Map<number, number>): Uint8Array | null {
	const scans: Scan[] = [];
	for (const update of updates) {
		const scan = scanUpdate(update);
		if (!scan?.sections.every(({ client, clock }) => clock === (known.get(client) ?? 0))) return null;
		for (const { client, end } of scan.sections) known.set(client, end);
		scans.push(scan);
	}
	return putTogether(scans);
}
