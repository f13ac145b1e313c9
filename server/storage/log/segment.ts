/** One file of the log, and where in it which document's updates are. It stays readable until its last reader is done. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Author, Sequence } from '../contract.ts';
import type { Disk, DiskFile } from './disk.ts';

/** The updates of one document in one file: from `first` to `last`, and where they are. */
export type Slice = {
	readonly segment: Segment;
	readonly first: Sequence;
	last: Sequence;
	/** Of each entry, where it begins and where it ends. */
	readonly places: number[];
	/** Of each entry, the sequence of its last update. */
	readonly lasts: Sequence[];
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

	/** @returns the bytes of these places, each as it is in the file */
	async read(places: readonly number[]): Promise<Uint8Array[]> {
		this.#readers += 1;
		try {
			return await readPlaces(this.file, places);
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

async function readPlaces(file: DiskFile, places: readonly number[]): Promise<Uint8Array[]> {
	const pieces: Uint8Array[] = [];
	for (let at = 0; at < places.length;) {
		const from = places[at] as number;
		let next = at + 2;
		while (next < places.length && (places[next] as number) - (places[next - 1] as number) < near) next += 2;
		const run = await file.read(from, (places[next - 1] as number) - from);
		for (; at < next; at += 2)
			pieces.push(run.subarray((places[at] as number) - from, (places[at + 1] as number) - from));
	}
	return pieces;
}
