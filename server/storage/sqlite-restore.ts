/**
 * Puts another data file in the place of the one that is there. Whoever calls holds the file's lock. At every moment a
 * whole file stands in the place: the old one or the new one. The old one is kept beside it.
 */
import { chmodSync, constants, copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unsealFile } from './sealed-file.ts';
import { StorageError } from './contract.ts';
import { takeDigestOff } from './digest.ts';
import { checkFile, syncToDisk } from './sqlite-backup.ts';
import { foldLog, logFolderOf } from './store-files.ts';

const companions = ['-wal', '-shm', '-log'];

/**
 * Copies a backup beside the data file, to be prepared there.
 * @param passphrase of an encrypted one; null: it is none
 * @returns the copy's path, how many documents are in it, and whether a digest says that it is as it was written
 * @throws StorageError when the backup is not whole, or not what it is said to be; the data was not touched then
 */
export async function stageBackup(backup: string, file: string, passphrase: string | null) {
	expectWhole(backup);
	const staged = stagedFor(file);
	discardStaged(file);
	if (passphrase !== null) await unsealFile(backup, staged, passphrase);
	else copyFileSync(backup, staged);
	// Whatever a medium made of the backup's, the data is for our eyes only.
	chmodSync(staged, 0o600);
	const compared = await takeDigestOff(staged, backup);
	return { staged, documents: checkFile(staged, backup), compared };
}

/**
 * A backup is one file. A data file that somebody copied together with its logs lacks what is in them.
 * @throws StorageError
 */
function expectWhole(backup: string): void {
	if (!['-wal', '-log'].some((ending) => existsSync(backup + ending))) return;
	const how = `MITSCHRIFT_DATA=${path.dirname(backup)} npm run backup -- FILE`;
	throw new StorageError(
		'failed',
		`${backup} is no backup but a data file, and a part of its content is in the log beside it: make a backup of that folder first (${how}), and restore that one`,
	);
}

/** Leaves nothing of a restore that came to nothing. */
export function discardStaged(file: string): void {
	for (const ending of ['', ...companions]) rmSync(stagedFor(file) + ending, { force: true, recursive: true });
}

function stagedFor(file: string): string {
	return `${file}-restoring`;
}

/** @returns the name, or the first one counted up from it, that no file has, nor what belongs to one */
export function freeAside(name: string): string {
	for (let count = 1; ; count++) {
		const next = count === 1 ? name : `${name}-${count}`;
		if (['', ...companions].every((ending) => !existsSync(next + ending))) return next;
	}
}

/**
 * @param staged a closed database in the same folder; it is moved
 * @param aside where the old file is kept; must not exist
 * @returns whether there was an old file
 */
export async function replaceFile(file: string, staged: string, aside: string): Promise<boolean> {
	const existed = existsSync(file);
	if (existed) {
		await foldLogs(file);
		keepAside(file, aside);
	}
	// A log that could not be folded in belongs to the old file: the new one must not be read with it.
	for (const ending of companions) if (existsSync(file + ending)) renameSync(file + ending, aside + ending);
	syncToDisk(staged);
	renameSync(staged, file);
	syncToDisk(path.dirname(file));
	return existed;
}

/**
 * Ours first; then the last connection that closes puts SQLite's write-ahead log into the file. What is damaged stays as
 * it is.
 */
async function foldLogs(file: string): Promise<void> {
	try {
		if (existsSync(logFolderOf(file))) await foldLog(file);
		const database = new DatabaseSync(file);
		database.prepare('SELECT count(*) FROM sqlite_schema').get();
		database.close();
	} catch {
		return;
	}
}

function keepAside(file: string, aside: string): void {
	try {
		linkSync(file, aside);
	} catch {
		// Some file systems of sticks and shares have no second names.
		copyFileSync(file, aside, constants.COPYFILE_EXCL);
	}
}
