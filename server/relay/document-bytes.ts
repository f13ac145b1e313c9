/** A document as its log's bytes put after each other: enough to judge typing and to answer who has nothing. */
import type { StoredDocument } from '../storage/contract.ts';
import { putTogether } from './update-merge.ts';
import { type Scan, scanUpdate } from './update-scan.ts';

export type DocumentBytes = { vector: Map<number, number>; whole: Uint8Array };

/** @returns the log as one update and what is in it, without building it; null when it is not simply one after the other */
export function toBytes({ snapshot, tail }: StoredDocument): DocumentBytes | null {
	const scans: Scan[] = [];
	const vector = new Map<number, number>();
	for (const update of snapshot ? [snapshot, ...tail] : tail) {
		const scan = scanUpdate(update);
		if (!scan?.sections.every(({ client, clock }) => clock === (vector.get(client) ?? 0))) return null;
		for (const { client, end } of scan.sections) vector.set(client, end);
		scans.push(scan);
	}
	const whole = putTogether(scans);
	return whole && { vector, whole };
}
