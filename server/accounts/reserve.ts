/**
 * Room on a full disk for taking an access away: a file beside the data, of which a piece is given up when there is no room
 * for that. A piece is less than what the store is probed with, so that it is not people's writing that takes it.
 */
import { closeSync, fsyncSync, ftruncateSync, fstatSync, openSync, rmSync, writeSync } from 'node:fs';

/** Bytes. Taking somebody away changes a dozen pages of 4 KiB. */
const [size, piece] = [1024 * 1024, 32 * 1024];

export type Reserve = {
	/** Makes it as large as it is to be, where the disk has room; where it has none, it stays what it was. Never throws. */
	keep(): void;
	/** @returns whether there is more room now */
	giveUp(): boolean;
};

export const noReserve: Reserve = { keep: () => {}, giveUp: () => false };

/** @param file nobody else's; made by `keep` */
export function createReserve(file: string): Reserve {
	return {
		keep: () => void withFile(file, 'a', (descriptor) => fill(descriptor, file)),
		giveUp: () => withFile(file, 'r+', shrink) ?? false,
	};
}

function withFile<T>(file: string, flags: string, work: (descriptor: number) => T): T | null {
	try {
		const descriptor = openSync(file, flags, 0o600);
		try {
			return work(descriptor);
		} finally {
			closeSync(descriptor);
		}
	} catch {
		return null;
	}
}

function fill(descriptor: number, file: string): void {
	const before = fstatSync(descriptor).size;
	try {
		// Not zeros, which some file systems do not keep room for.
		for (let at = before; at < size;) at += writeSync(descriptor, Buffer.alloc(Math.min(piece, size - at), 0x6d));
		fsyncSync(descriptor);
	} catch {
		if (before === 0) rmSync(file, { force: true });
		else ftruncateSync(descriptor, before);
	}
}

function shrink(descriptor: number): boolean {
	const before = fstatSync(descriptor).size;
	if (before === 0) return false;
	ftruncateSync(descriptor, Math.max(0, before - piece));
	fsyncSync(descriptor);
	return true;
}
