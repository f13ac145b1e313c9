/**
 * A log's files as they were when they were read, for looking at them while a server writes: nothing that is done to this
 * one reaches them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Disk } from './disk.ts';

export function copyDisk(folder: string): Disk {
	const files = new Map<string, Uint8Array>();
	for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
		const bytes = readUnlessGone(path.join(folder, name));
		if (bytes) files.set(name, bytes);
	}
	const read = (name: string) => files.get(name) ?? new Uint8Array();
	return {
		list: () => [...files.keys()],
		read,
		remove: (name) => void files.delete(name),
		open: async (name) => ({
			append: () => {},
			sync: async () => {},
			read: async (offset, length) => read(name).subarray(offset, offset + length),
			truncate: () => {},
			close: () => {},
		}),
	};
}

/** What was removed meanwhile is in the data file already. */
function readUnlessGone(file: string): Uint8Array | null {
	try {
		return new Uint8Array(readFileSync(file));
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw cause;
	}
}
