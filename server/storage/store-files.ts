/**
 * A data file and the log that belongs to it, in the folder beside it. Whoever has the file's lock has the log's too.
 */
import { rmSync } from 'node:fs';
import type { Base } from './base.ts';
import { claimLog, expectSameTime, noteStart } from './log/belonging.ts';
import { type Disk, openFolder } from './log/disk.ts';
import { openLog, type Tell } from './log/open-log.ts';
import { readSlice, Tails, toMoved } from './log/tails.ts';
import { type LoggedStore, openLoggedStore } from './logged-store.ts';
import { openSqliteStore, type SqliteStore } from './sqlite.ts';

export type DocumentStore = LoggedStore & Pick<SqliteStore, 'life'>;

export function logFolderOf(file: string): string {
	return `${file}-log`;
}

/**
 * @param tell told what was found in the log
 * @throws StorageError when another process holds the file, it or the log is damaged, or the log is another file's, or of
 * another time than the file
 */
export async function openStore(file: string, tell: Tell = () => {}): Promise<DocumentStore> {
	const base = openSqliteStore(file);
	try {
		const disk = openFolder(logFolderOf(file));
		await claimLog(disk, base.identity());
		expectSameTime(disk, base.starts);
		const store = await openLoggedStore(base, disk, { tell });
		await noteStart(disk, base.starts);
		return { ...store, life: base.life };
	} catch (cause) {
		base.closeBase();
		throw cause;
	}
}

/**
 * Puts what is in the log of a file that nobody has open into the file, so that it is whole by itself.
 * @throws StorageError when either is damaged; then both are as they were
 */
export async function foldLog(file: string): Promise<void> {
	const base = openSqliteStore(file, { locked: false });
	try {
		await adoptLog(base, openFolder(logFolderOf(file)));
	} finally {
		base.closeBase();
	}
	rmSync(logFolderOf(file), { recursive: true });
}

/**
 * All that is in the log is in the base afterwards.
 * @throws StorageError when the log is damaged, another file's, or of another time than the file
 */
export async function adoptLog(base: Base & Pick<SqliteStore, 'identity' | 'starts'>, disk: Disk): Promise<void> {
	await claimLog(disk, base.identity());
	expectSameTime(disk, base.starts);
	const tails = new Tails((name) => base.sequenceOf(name));
	const segments = await openLog(disk, tails, () => {});
	for (const name of tails.names()) {
		for (const slice of tails.slicesOf(name)) base.adopt([toMoved(name, slice, await readSlice(slice, 0))]);
	}
	for (const { file } of segments) file.close();
}
