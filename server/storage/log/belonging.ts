/**
 * A log belongs to one data file: its sequences go on where that one ends. Put beside another it would be read as that
 * one's work, so the log's folder bears the identity of its data file, and is not opened for any other.
 */
import { StorageError } from '../contract.ts';
import type { Disk } from './disk.ts';
import { segmentNumber } from './segment.ts';

const file = 'database';

/**
 * To be called before the log is read.
 * @param identity of the data file
 * @throws StorageError when the log is another's
 */
export async function claimLog(disk: Disk, identity: string): Promise<void> {
	const names = disk.list();
	const written = names.includes(file) ? Buffer.from(disk.read(file)).toString() : '';
	if (written === identity) return;
	// One that ends early was being written when the machine fell, and one that is missing is from before there was any.
	const another = written.length === identity.length && names.some((name) => segmentNumber(name) > 0);
	if (another) {
		throw new StorageError(
			'failed',
			'the log beside the data file belongs to another data file, and may hold work that only it has: ' +
				'put that file back, or move the log away',
		);
	}
	disk.remove(file);
	const opened = await disk.open(file);
	opened.append(Buffer.from(identity));
	await opened.sync();
	opened.close();
}
