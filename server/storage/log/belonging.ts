/**
 * A log belongs to one data file: its sequences go on where that one ends. Put beside another it would be read as that
 * one's work, so the log's folder bears the identity of its data file, and is not opened for any other. Nor with the same
 * one from another day, which somebody put back: what was moved out of the log since would be missing in the middle. So both
 * bear the name of the last start too.
 */
import { StorageError } from '../contract.ts';
import type { Starts } from '../sqlite-identity.ts';
import type { Disk } from './disk.ts';
import { segmentNumber } from './segment.ts';

const file = 'database';
const startFile = 'start';
/** Letters of a start's name. */
const nameLength = 32;

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
	await write(disk, file, identity);
}

/**
 * @param starts of the data file
 * @throws StorageError when the log went on with another copy of it
 */
export function expectSameTime(disk: Disk, starts: Starts): void {
	const [name, known] = [startOf(disk), starts.names()];
	// What is from before starts had names has none.
	if (name === '' || known.length === 0 || known.includes(name)) return;
	if (!disk.list().some((each) => segmentNumber(each) > 0)) return;
	throw new StorageError(
		'failed',
		'the data file and the log beside it are of different times, so work would be missing in between: ' +
			'put back the data file that was there before, or move the log away and have the data file as it is',
	);
}

/** To be called when the log was read. A server also starts on a full disk: then this start has no name. */
export async function noteStart(disk: Disk, starts: Starts): Promise<void> {
	let name: string;
	try {
		name = starts.note(startOf(disk));
	} catch {
		return;
	}
	await write(disk, startFile, name).catch(() => {});
}

/** @returns '' when it has none, or one that was being written when the machine fell */
function startOf(disk: Disk): string {
	const name = disk.list().includes(startFile) ? Buffer.from(disk.read(startFile)).toString() : '';
	return name.length === nameLength ? name : '';
}

async function write(disk: Disk, name: string, content: string): Promise<void> {
	disk.remove(name);
	const opened = await disk.open(name);
	try {
		opened.append(Buffer.from(content));
		await opened.sync();
	} finally {
		opened.close();
	}
}
