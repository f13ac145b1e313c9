/**
 * Reads the log as it was left. Only the last file can have a torn end: it is cut off and said. What does not read and is
 * no torn end was on disk once and is damaged: then the log is not opened, because what comes after it would be lost.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { StorageError } from '../contract.ts';
import type { Disk } from './disk.ts';
import { decodeHead, entriesOf, type FileHead, findBatch, frameAt, kinds, LogDamage } from './frame.ts';
import { Segment, segmentName, segmentNumber } from './segment.ts';
import type { Tails } from './tails.ts';

/** What is told of a log that is opened. */
export type Tell = (event: string, fields?: Readonly<Record<string, number>>) => void;

type Found = { number: number; bytes: Uint8Array; head: FileHead & { end: number } };

/**
 * @param tails filled with what is in the log
 * @returns its files, in order, on disk as they are
 * @throws StorageError when something in it is damaged
 */
export async function openLog(disk: Disk, tails: Tails, tell: Tell): Promise<Segment[]> {
	const found = findFiles(disk);
	const segments: Segment[] = [];
	for (const [at, file] of found.entries()) {
		const next = found[at + 1]?.head;
		const whole = next?.previous === file.number ? next.previousEnd : file.bytes.length;
		const end = next ? checkWhole(file, whole) : findEnd(file);
		segments.push(await openSegment(disk, file, end, tails, next ? () => {} : tell));
	}
	return segments;
}

/**
 * The files that begin as one should. One that does not has nothing in it when the next one, if there is any, says so: it
 * was being made when the process ended, or nothing of it ever came to the disk.
 */
function findFiles(disk: Disk): Found[] {
	const found: Found[] = [];
	const names = disk.list().filter((name) => segmentNumber(name) > 0);
	for (const name of names.toReversed()) {
		const [number, bytes] = [segmentNumber(name), disk.read(name)];
		const head = guarded(name, () => decodeHead(bytes));
		const next = found[0]?.head;
		if (head) found.unshift({ number, bytes, head });
		else if (next?.previous === number && next.previousEnd > 0) throw damaged(name, 0, 'has no beginning');
		else disk.remove(name);
	}
	return found;
}

async function openSegment(disk: Disk, found: Found, end: number, tails: Tails, tell: Tell): Promise<Segment> {
	const { number, bytes, head } = found;
	const name = segmentName(number);
	const file = await disk.open(name);
	if (end < bytes.length) {
		file.truncate(end);
		tell('log-end-cut', { bytes: bytes.length - end });
	}
	// What is read here may be the kernel's only, and counts as on disk from now on.
	await file.sync();
	const segment = new Segment(disk, file, { number, salt: head.salt, size: end });
	guarded(name, () => readEntries(segment, bytes, head.end, end, tails));
	return segment;
}

function readEntries(segment: Segment, bytes: Uint8Array, begin: number, end: number, tails: Tails): void {
	const documents = new Map<number, { name: DocumentName; last: number }>();
	for (let at = begin; at < end;) {
		const next = frameAt(bytes, at, segment.salt) as number;
		for (const entry of entriesOf(bytes, at, next)) {
			if (entry.kind === kinds.name) {
				const name = entry.name as DocumentName;
				documents.set(entry.id, { name, last: entry.before });
				segment.ids.set(name, entry.id);
				continue;
			}
			const document = documents.get(entry.id);
			if (!document) throw new LogDamage('names a document by a number that it does not explain');
			if (entry.kind === kinds.authors) {
				segment.slices.get(document.name)?.authors.push(...entry.authors);
				continue;
			}
			const { count, from, to } = entry;
			tails.add(segment, { name: document.name, first: document.last + 1, count, from, to, authors: [] });
			document.last += count;
		}
		at = next;
	}
}

/** @throws StorageError when a file that has a successor does not read up to its end */
function checkWhole({ number, bytes, head }: Found, end: number): number {
	const valid = validUpTo(bytes, head);
	if (valid < end) throw damaged(segmentName(number), valid, 'cannot be read from there on');
	return end;
}

/** @throws StorageError when what does not read is not just a torn end: something after it says that it was on disk */
function findEnd({ number, bytes, head }: Found): number {
	const valid = validUpTo(bytes, head);
	const later = findBatch(bytes, valid + 1, head.salt, valid);
	if (later === null) return valid;
	throw damaged(segmentName(number), valid, `cannot be read there, and goes on at byte ${later}`);
}

function validUpTo(bytes: Uint8Array, { end, salt }: Found['head']): number {
	let valid = end;
	for (let next = frameAt(bytes, valid, salt); next !== null; next = frameAt(bytes, valid, salt)) valid = next;
	return valid;
}

function guarded<Result>(name: string, work: () => Result): Result {
	try {
		return work();
	} catch (cause) {
		if (cause instanceof LogDamage)
			throw new StorageError('failed', `the log's file ${name} ${cause.message}`, { cause });
		throw cause;
	}
}

function damaged(name: string, at: number, what: string): StorageError {
	return new StorageError('failed', `the log's file ${name} is damaged at byte ${at}: it ${what}. Restore a backup`);
}
