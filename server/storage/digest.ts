/**
 * A digest at the end of a backup, over all that stands before it: whatever a medium makes of a byte is found, also where
 * SQLite reads on. A mark in SQLite's header, where a program says whose the file is, tells that there is one, so that a
 * file which was cut off does not pass for one of an earlier Mitschrift. SQLite reads the file as it is.
 */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { StorageError } from './contract.ts';

const begin = '\nmitschrift-sha256 ';
const hexes = 64;
const trailerBytes = begin.length + hexes + 1;

const mark = Buffer.from('Mits');
/** Where `PRAGMA application_id` is in a file. */
const markAt = 68;

/**
 * Ends a closed data file of one file with its digest; one that it ended with before goes.
 * @throws an error of the system
 */
export async function endWithDigest(file: string): Promise<void> {
	if (trailerOf(file) !== null) cutTrailer(file);
	change(file, (descriptor) => writeSync(descriptor, mark, 0, mark.length, markAt));
	const { size } = statSync(file);
	const trailer = `${begin}${await digestOf(file, size)}\n`;
	change(file, (descriptor) => writeSync(descriptor, trailer, size));
}

/**
 * Checks a file against its digest, and takes that off.
 * @param said how the file is called to whoever reads what is thrown
 * @returns false for a file of an earlier Mitschrift, which has none
 * @throws StorageError when the file is not as it was written
 */
export async function takeDigestOff(file: string, said: string): Promise<boolean> {
	const trailer = trailerOf(file);
	if (trailer === null && !isMarked(file)) return false;
	const content = statSync(file).size - trailerBytes;
	if (trailer === null || trailer !== `${begin}${await digestOf(file, content)}\n`)
		throw new StorageError('failed', `${said} is damaged or not whole`);
	cutTrailer(file);
	change(file, (descriptor) => writeSync(descriptor, Buffer.alloc(mark.length), 0, mark.length, markAt));
	return true;
}

/** @returns what stands where a digest does; null where none begins */
function trailerOf(file: string): string | null {
	const end = read(file, statSync(file).size - trailerBytes, trailerBytes);
	return end.startsWith(begin) ? end : null;
}

function isMarked(file: string): boolean {
	return read(file, markAt, mark.length) === mark.toString('latin1');
}

function cutTrailer(file: string): void {
	const { size } = statSync(file);
	change(file, (descriptor) => ftruncateSync(descriptor, size - trailerBytes));
}

function change(file: string, work: (descriptor: number) => void): void {
	const descriptor = openSync(file, 'r+');
	try {
		work(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/** @returns a character per byte; empty where there is no such place */
function read(file: string, at: number, bytes: number): string {
	if (at < 0) return '';
	const descriptor = openSync(file, 'r');
	try {
		const buffer = Buffer.alloc(bytes);
		return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, bytes, at));
	} finally {
		closeSync(descriptor);
	}
}

/** Of so many first bytes. A piece of the file is in memory at a time. */
async function digestOf(file: string, bytes: number): Promise<string> {
	const hash = createHash('sha256');
	if (bytes > 0) for await (const piece of createReadStream(file, { end: bytes - 1 })) hash.update(piece as Buffer);
	return hash.digest('hex');
}
