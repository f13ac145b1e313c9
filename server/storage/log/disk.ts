/**
 * The little that the log asks of a disk, so that a simulated one can lie beneath it. Files are only ever appended to,
 * except that their end is cut off. What was appended survives the end of the process; what was synced, that of the
 * machine.
 */
import {
	closeSync,
	fdatasync,
	ftruncateSync,
	fsync,
	fsyncSync,
	mkdirSync,
	open,
	openSync,
	read,
	readdirSync,
	readFileSync,
	rmSync,
	writeSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

export interface Disk {
	/** The names of all files, sorted. */
	list(): string[];
	/** All that a file holds now. */
	read(name: string): Uint8Array;
	/** A file to append to, made when missing. Its making is on disk when the promise resolves. */
	open(name: string): Promise<DiskFile>;
	/** Without effect when it is not there. */
	remove(name: string): void;
}

export interface DiskFile {
	/** Adds all of it at the end. When it throws, any part of it may have been added. */
	append(bytes: Uint8Array): void;
	/** All that was appended before is on disk when the promise resolves; rejects when that cannot be said. */
	sync(): Promise<void>;
	/** @returns so many bytes from there; they were appended before */
	read(offset: number, length: number): Promise<Uint8Array>;
	/** Cuts everything off from there. */
	truncate(length: number): void;
	close(): void;
}

const [openFile, syncFile, syncData] = [promisify(open), promisify(fsync), promisify(fdatasync)];

/** @param folder made when missing, for our eyes only */
export function openFolder(folder: string): Disk {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	syncFolderNow(path.dirname(folder));
	return {
		list: () => readdirSync(folder).sort(),
		read: (name) => new Uint8Array(readFileSync(path.join(folder, name))),
		async open(name) {
			const descriptor = await openFile(path.join(folder, name), 'a+', 0o600);
			await syncFolder(folder);
			return toDiskFile(descriptor);
		},
		remove: (name) => rmSync(path.join(folder, name), { force: true }),
	};
}

function toDiskFile(descriptor: number): DiskFile {
	return {
		append(bytes) {
			for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
		},
		sync: () => syncData(descriptor),
		read: (offset, length) => readAll(descriptor, offset, length),
		truncate: (length) => ftruncateSync(descriptor, length),
		close: () => closeSync(descriptor),
	};
}

async function readAll(descriptor: number, offset: number, length: number): Promise<Uint8Array> {
	const bytes = new Uint8Array(length);
	for (let at = 0; at < length;) {
		const count = await readSome(descriptor, bytes, at, offset + at);
		if (count === 0) throw new Error('a file of the log is shorter than it was');
		at += count;
	}
	return bytes;
}

function readSome(descriptor: number, into: Uint8Array, at: number, position: number): Promise<number> {
	return new Promise((resolve, reject) => {
		read(descriptor, into, at, into.length - at, position, (error, count) => (error ? reject(error) : resolve(count)));
	});
}

async function syncFolder(folder: string): Promise<void> {
	const descriptor = await openFile(folder, 'r');
	await syncFile(descriptor).finally(() => closeSync(descriptor));
}

function syncFolderNow(folder: string): void {
	const descriptor = openSync(folder, 'r');
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
