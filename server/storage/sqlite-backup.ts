/**
 * The data copied into one file while a server writes. First the log is copied and then, in one read transaction, the data
 * file: what is moved from the one to the other meanwhile is in both, and never in neither. Free pages, and with them what
 * was erased, stay behind. The copy stands under its name only when it is whole and on disk.
 */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from './contract.ts';
import { endWithDigest } from './digest.ts';
import { copyDisk } from './log/copied-disk.ts';
import type { Disk } from './log/disk.ts';
import { sealFile } from './sealed-file.ts';
import { renewIdentity } from './sqlite-identity.ts';
import { openSqliteStore } from './sqlite.ts';
import { adoptLog, logFolderOf } from './store-files.ts';

/**
 * @param target must not exist
 * @throws StorageError when there is no data, the target is taken, or the copy is not whole; then there is no target
 */
export async function backUpFile(source: string, target: string): Promise<{ documents: number }> {
	if (!existsSync(source)) throw new StorageError('failed', `there is no data in ${path.dirname(source)}`);
	if (existsSync(target)) throw new StorageError('failed', `${target} is there already`);
	removeForsaken(target + copying);
	const part = `${target}${copying}${process.pid}`;
	rmSync(part, { force: true });
	try {
		// SQLite fills an empty file, and that one is for our eyes only.
		closeSync(openSync(part, 'wx', 0o600));
		const log = copyDisk(logFolderOf(source));
		copyInto(source, part);
		await takeIn(part, log);
		const documents = checkFile(part);
		await endWithDigest(part);
		stand(part, target);
		return { documents };
	} catch (cause) {
		for (const ending of ['', '-wal', '-shm']) rmSync(part + ending, { force: true });
		throw toStorageError(cause);
	}
}

/**
 * The same, encrypted. The copy that is not yet is beside the data, where it can be read by nobody who cannot read that;
 * where the backup goes, nothing stands open at any moment.
 */
export async function backUpSealed(source: string, target: string, passphrase: string): Promise<{ documents: number }> {
	if (existsSync(target)) throw new StorageError('failed', `${target} is there already`);
	removeForsaken(source + opened);
	removeForsaken(target + copying);
	const open = `${source}${opened}${process.pid}`;
	const part = `${target}${copying}${process.pid}`;
	try {
		const { documents } = await backUpFile(source, open);
		rmSync(part, { force: true });
		await sealFile(open, part, passphrase);
		stand(part, target);
		return { documents };
	} catch (cause) {
		rmSync(part, { force: true });
		throw toStorageError(cause);
	} finally {
		rmSync(open, { force: true });
	}
}

/** Followed by whose it is, so that two backups at once do not get in each other's way. */
const opened = '-backing-up-';
const copying = '.part-';

/** @throws StorageError when another backup was there first */
function stand(part: string, target: string): void {
	syncToDisk(part);
	if (existsSync(target)) throw new StorageError('failed', `${target} is there already`);
	renameSync(part, target);
	syncToDisk(path.dirname(target));
}

/** What a backup left that was killed: all that begins so, and then says whose it is. */
function removeForsaken(beginning: string): void {
	const [folder, name] = [path.dirname(beginning), path.basename(beginning)];
	if (!existsSync(folder)) return;
	for (const file of readdirSync(folder).filter((each) => each.startsWith(name))) {
		const owner = Number.parseInt(file.slice(name.length), 10);
		if (!isRunning(owner)) rmSync(path.join(folder, file), { force: true });
	}
}

function isRunning(owner: number): boolean {
	try {
		return process.kill(owner, 0);
	} catch (cause) {
		return (cause as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/**
 * Opens a copy as a restore would and reads all of it.
 * @param said how the file is called to whoever reads what is thrown
 * @returns how many documents are in it
 * @throws StorageError when it is damaged, or is no data file of ours
 */
export function checkFile(file: string, said = file): number {
	const database = openReading(file);
	try {
		const damage = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
		if (damage !== 'ok') throw new StorageError('failed', `${said} is damaged: ${String(damage)}`);
		database.prepare('SELECT count(*) FROM association').get();
		return Number(database.prepare('SELECT count(*) AS count FROM document').get()?.['count']);
	} catch (cause) {
		throw toStorageError(cause, `${said} is not a backup of Mitschrift`);
	} finally {
		database.close();
	}
}

/** The copy becomes one file, which can be read where nothing can be written beside it. */
async function takeIn(copy: string, log: Disk): Promise<void> {
	const base = openSqliteStore(copy, { locked: false });
	try {
		await adoptLog(base, log);
	} finally {
		base.closeBase();
	}
	const database = new DatabaseSync(copy);
	// A log that is beside the place to which somebody copies it goes on from where the original is now.
	renewIdentity(database);
	database.exec('PRAGMA journal_mode = DELETE');
	database.close();
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
