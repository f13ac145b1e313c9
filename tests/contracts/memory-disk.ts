/**
 * A disk in memory that can fail and crash. What was synced is certain; of what was appended since, a crash keeps what the
 * test says, as a machine may.
 */
import type { Disk, DiskFile } from '../../server/storage/log/disk.ts';

type File = { bytes: Uint8Array; synced: number };

export type MemoryDisk = Disk & {
	readonly files: Map<string, File>;
	/** The next append adds only so many bytes and fails; the next sync fails. */
	fail(what: { appendAfter?: number; sync?: boolean; truncate?: boolean }): void;
	/** From now on syncs wait until the returned function is called. */
	holdSync(): () => void;
	/** How many syncs there were. */
	readonly syncs: number;
	/** How many bytes were read of files that are open. */
	readonly bytesRead: number;
	/** The disk as another machine finds it: of each file what is on disk, and of the rest what `keep` makes of it. */
	crashed(keep?: (unsynced: Uint8Array) => Uint8Array): MemoryDisk;
};

export function createMemoryDisk(initial: Map<string, Uint8Array> = new Map()): MemoryDisk {
	const files = new Map<string, File>([...initial].map(([name, bytes]) => [name, { bytes, synced: bytes.length }]));
	const failing: Record<'appendAfter' | 'sync' | 'truncate', number | boolean | undefined> = {
		appendAfter: undefined,
		sync: undefined,
		truncate: undefined,
	};
	let gate: Promise<void> = Promise.resolve();
	let syncs = 0;
	let bytesRead = 0;

	function fileOf(name: string): File {
		const file = files.get(name);
		if (!file) throw new Error(`there is no ${name}`);
		return file;
	}

	function take(key: keyof typeof failing): number | boolean | undefined {
		const value = failing[key];
		failing[key] = undefined;
		return value;
	}

	function toFile(file: File): DiskFile {
		return {
			append(bytes) {
				const part = take('appendAfter') as number | undefined;
				file.bytes = concat(file.bytes, part === undefined ? bytes : bytes.subarray(0, part));
				if (part !== undefined) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
			},
			async sync() {
				const length = file.bytes.length;
				await gate;
				syncs += 1;
				if (take('sync')) throw Object.assign(new Error('input/output error'), { code: 'EIO' });
				file.synced = Math.max(file.synced, length);
			},
			async read(offset, length) {
				bytesRead += length;
				return file.bytes.slice(offset, offset + length);
			},
			truncate(length) {
				if (take('truncate')) throw Object.assign(new Error('input/output error'), { code: 'EIO' });
				file.bytes = file.bytes.slice(0, length);
				file.synced = Math.min(file.synced, length);
			},
			close() {},
		};
	}

	return {
		files,
		list: () => [...files.keys()].sort(),
		read: (name) => fileOf(name).bytes.slice(),
		async open(name) {
			const file = files.get(name) ?? { bytes: new Uint8Array(), synced: 0 };
			files.set(name, file);
			return toFile(file);
		},
		remove: (name) => void files.delete(name),
		fail: (what) => void Object.assign(failing, what),
		holdSync() {
			let release = () => {};
			gate = new Promise((resolve) => (release = resolve));
			return release;
		},
		get syncs() {
			return syncs;
		},
		get bytesRead() {
			return bytesRead;
		},
		crashed(keep = () => new Uint8Array()) {
			const left = [...files].map(([name, { bytes, synced }]) => {
				return [name, concat(bytes.slice(0, synced), keep(bytes.slice(synced)))] as const;
			});
			return createMemoryDisk(new Map(left));
		},
	};
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
	const both = new Uint8Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}
