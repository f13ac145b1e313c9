/** A disk that fails when a test says so; before and after that it is the one beneath. */
import { setImmediate } from 'node:timers/promises';
import type { Disk, DiskFile } from '../../server/storage/log/disk.ts';

export type FailingDisk = Disk & {
	/** The next append that has more adds only so many bytes. */
	fillUp(after: number): void;
	/** The next sync fails. @param meanwhile called while it is under way */
	breakDown(meanwhile: () => void): void;
};

export function createFailingDisk(disk: Disk): FailingDisk {
	let room = Infinity;
	let breaking: (() => void) | null = null;

	function toFile(file: DiskFile): DiskFile {
		return {
			...file,
			append(bytes) {
				const part = bytes.subarray(0, room);
				file.append(part);
				if (part.length === bytes.length) return;
				room = Infinity;
				throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
			},
			async sync() {
				if (!breaking) return file.sync();
				breaking();
				breaking = null;
				await setImmediate();
				throw Object.assign(new Error('input/output error'), { code: 'EIO' });
			},
		};
	}

	return {
		...disk,
		open: async (name) => toFile(await disk.open(name)),
		fillUp: (after) => void (room = after),
		breakDown: (meanwhile) => void (breaking = meanwhile),
	};
}
