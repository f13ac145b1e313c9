/**
 * A data file copied while a server writes to it. The copy is one read transaction of SQLite's, so it is the file as it
 * was at one moment; free pages, and with them what was erased, stay behind. It stands under its name only when it is
 * whole and on disk.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from './contract.ts';

/**
 * @param target must not exist
 * @throws StorageError when there is no data, the target is taken, or the copy is not whole; then there is no target
 */
export function backUpFile(source: string, target: string): { documents: number } {
	if (!existsSync(source)) throw new StorageError('failed', `there is no data in ${path.dirname(source)}`);
	if (existsSync(target)) throw new StorageError('failed', `${target} is there already`);
	const part = `${target}.part`;
	rmSync(part, { force: true });
	try {
		// SQLite fills an empty file, and that one is for our eyes only.
		closeSync(openSync(part, 'wx', 0o600));
		copyInto(source, part);
		const documents = checkFile(part);
		syncToDisk(part);
		renameSync(part, target);
		syncToDisk(path.dirname(target));
		return { documents };
	} catch (cause) {
		rmSync(part, { force: true });
		throw toStorageError(cause);
	}
}

/**
 * Opens a copy as a restore would and reads all of it.
 * @returns how many documents are in it
 * @throws StorageError when it is damaged, or is no data file of ours
 */
export function checkFile(file: string): number {
	const database = openReading(file);
	try {
		const damage = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
		if (damage !== 'ok') throw new StorageError('failed', `${file} is damaged: ${String(damage)}`);
		database.prepare('SELECT count(*) FROM association').get();
		return Number(database.prepare('SELECT count(*) AS count FROM document').get()?.['count']);
	} catch (cause) {
		throw toStorageError(cause, `${file} is not a backup of Mitschrift`);
	} finally {
		database.close();
	}
}

/** Of a file, or of a folder's list of names. */
export function syncToDisk(place: string): void {
	const descriptor = openSync(place, 'r');
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

function copyInto(source: string, target: string): void {
	const database = openReading(source);
	try {
		database.prepare('VACUUM INTO ?').run(target);
	} finally {
		database.close();
	}
}

function openReading(file: string): DatabaseSync {
	try {
		return new DatabaseSync(file, { readOnly: true, timeout: 5000 });
	} catch (cause) {
		throw toStorageError(cause, `${file} cannot be read`);
	}
}

function toStorageError(cause: unknown, what?: string): StorageError {
	if (cause instanceof StorageError) return cause;
	const reason = cause instanceof Error ? cause.message : String(cause);
	return new StorageError('failed', what ? `${what} (${reason})` : reason, { cause });
}
