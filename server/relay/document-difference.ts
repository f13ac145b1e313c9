/**
 * What of a document's bytes a state vector lacks, told without building the document: that takes a second for a long one,
 * and a hundred times its bytes. What is cut is told where it lies; only the struct in which a client's knowledge ends
 * is read and written anew.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { writeTogether } from './update-merge.ts';
import { type Scan, type Section, type Vector, scanUpdate, sectionFrom } from './update-scan.ts';

/**
 * @param scans of updates that go on from each other
 * @returns one update with all their content beyond `known`, and with all that they delete, as from Yjs; null when they
 * do not go on from each other
 */
export function differenceFrom(scans: readonly Scan[], known: Vector): Uint8Array | null {
	return writeTogether(scans.flatMap((scan) => beyond(scan, known)));
}

function beyond(scan: Scan, known: Vector): Scan[] {
	const sections: Section[] = [];
	const begun: Scan[] = [];
	for (const section of scan.sections) {
		const clock = known.get(section.client) ?? 0;
		if (clock >= section.end) continue;
		if (clock <= section.clock) {
			sections.push(section);
			continue;
		}
		const { first, rest } = sectionFrom(scan.bytes, section, clock);
		begun.push(cut(scan.bytes, first, clock));
		if (rest.count > 0) sections.push(rest);
	}
	return [...begun, { ...scan, sections }];
}

/** @returns the one struct of the section, from the clock on */
function cut(bytes: Uint8Array, { client, clock, from, to }: Section, known: number): Scan {
	const alone = encoding.encode((encoder) => {
		for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number);
		encoding.writeUint8Array(encoder, bytes.subarray(from, to));
		encoding.writeVarUint(encoder, 0);
	});
	return scanUpdate(Y.diffUpdate(alone, Y.encodeStateVector(new Map([[client, known]])))) as Scan;
}
