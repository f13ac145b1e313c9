/**
 * What updates delete of one client, put together: ranges in order that do not touch. Yjs sets aside what it cannot delete
 * yet in a form in which each range is told by its distance from the one before. Out of order that is another number: other
 * content would be deleted when it comes, or the device would wait for what nobody ever wrote.
 */
import * as encoding from 'lib0/encoding';
import { ByteReader } from './byte-reader.ts';

type Range = { clock: number; end: number };

/** @param pieces ranges as updates have them: clock and length, one after the other */
export function joinRanges(pieces: readonly Uint8Array[]): Range[] {
	const ranges = pieces.flatMap(readRanges).sort((a, b) => a.clock - b.clock);
	const joined: Range[] = [];
	for (const range of ranges) {
		const last = joined.at(-1);
		if (last && range.clock <= last.end) last.end = Math.max(last.end, range.end);
		else joined.push(range);
	}
	return joined;
}

export function writeRanges(encoder: encoding.Encoder, ranges: readonly Range[]): void {
	for (const { clock, end } of ranges) {
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarUint(encoder, end - clock);
	}
}

function readRanges(piece: Uint8Array): Range[] {
	const reader = new ByteReader(piece);
	const ranges: Range[] = [];
	while (!reader.done) {
		const clock = reader.number();
		ranges.push({ clock, end: clock + reader.number() });
	}
	return ranges;
}
