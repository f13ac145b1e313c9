/** One file of the log, and where in it which document's updates are. It stays readable until its last reader is done. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Author, Sequence } from '../contract.ts';
import type { Disk, DiskFile } from './disk.ts';
import type { Entry, PackedEntries } from './packed-entries.ts';

/** The updates of one document in one file: from `first` to `last`, and where they are. */
export type Slice = {
	readonly segment: Segment;
	readonly first: Sequence;
	last: Sequence;
	readonly entries: PackedEntries;
	/** What became known with them. */
	readonly authors: Author[];
};

export class Segment {
	readonly number: number;
	readonly salt: number;
	readonly file: DiskFile;
	/** How documents are called in this file. */
	readonly ids = new Map<DocumentName, number>();
	/** What is in it that is nowhere else. */
	readonly slices = new Map<DocumentName, Slice>();
	size: number;
	/** How much of it is on disk. */
	durable: number;
	readonly #disk: Disk;
	#readers = 0;
	#removed = false;

	constructor(disk: Disk, file: DiskFile, place: { number: number; salt: number; size: number }) {
		this.#disk = disk;
		this.file = file;
		this.number = place.number;
		this.salt = place.salt;
		this.size = this.durable = place.size;
	}

	/** @returns the bytes of these entries, each as it is in the file */
	async read(entries: readonly Entry[]): Promise<Uint8Array[]> {
		this.#readers += 1;
		try {
			return await readEntries(this.file, entries);
		} finally {
			this.#readers -= 1;
			if (this.#removed && this.#readers === 0) this.file.close();
		}
	}

	remove(): void {
		this.#removed = true;
		this.#disk.remove(segmentName(this.number));
		if (this.#readers === 0) this.file.close();
	}
}

export function segmentName(number: number): string {
	return String(number).padStart(12, '0');
}

/** @returns 0 for a name that is no segment's */
export function segmentNumber(name: string): number {
	return /^\d{12}$/.test(name) ? Number(name) : 0;
}

/** What lies closer together than this is read at once, with what lies between. Bytes. */
const near = 16 * 1024;

async function readEntries(file: DiskFile, entries: readonly Entry[]): Promise<Uint8Array[]> {
	const pieces: Uint8Array[] = [];
	for (let at = 0; at < entries.length;) {
		const begin = entries[at] as Entry;
		let next = at + 1;
		while (next < entries.length && (entries[next] as Entry).from - (entries[next - 1] as Entry).to < near) next += 1;
		const run = await file.read(begin.from, (entries[next - 1] as Entry).to - begin.from);
		for (const { from, to } of entries.slice(at, next)) pieces.push(run.subarray(from - begin.from, to - begin.from));
		at = next;
	}
	return pieces;
}
