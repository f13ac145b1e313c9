/**
 * The link to set up opens everything to whoever finds it first, so it is told where only its owner reads: printed on a
 * terminal or into a pipe, but never where what is printed is kept. There it is in a file of its owner's, beside the data
 * and in no backup, until it was used or the next start makes another.
 */
import { fstatSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

type Place = { dataFolder: string };

function fileOf({ dataFolder }: Place): string {
	return path.join(dataFolder, 'set-up-link.txt');
}

/** Whether systemd's journal keeps what is written there: it names it by device and inode. */
export function isJournal(named: string | undefined, descriptor = 1): boolean {
	const { dev, ino } = fstatSync(descriptor, { bigint: true });
	return named === `${dev}:${ino}`;
}

/** @returns where it is now. @throws Error when it cannot be written */
export function writeSetUpLink(place: Place, link: string): string {
	const file = fileOf(place);
	removeSetUpLink(place);
	// Made anew, so that it has these rights whoever left another one there.
	writeFileSync(file, `${link}\n`, { mode: 0o600, flag: 'wx' });
	return file;
}

export function removeSetUpLink(place: Place): void {
	rmSync(fileOf(place), { force: true });
}
