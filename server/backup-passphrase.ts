/**
 * The passphrase of backups. It comes from the environment or from a file that the environment names, and never from an
 * argument: everybody on a machine can read those of every process.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from './config.ts';

const names = { phrase: 'MITSCHRIFT_BACKUP_PASSPHRASE', file: 'MITSCHRIFT_BACKUP_PASSPHRASE_FILE' } as const;

/** How it is given, for whoever has to be told. */
export const passphraseWays = `${names.phrase}, or in a file that ${names.file} names`;

/** Whoever has the file can try as fast as their machines go. */
const shortest = 12;

/**
 * @param folder that the file's name is meant from
 * @returns null where there is none
 * @throws ConfigError
 */
export function readBackupPassphrase(env: Readonly<Record<string, string | undefined>>, folder: string): string | null {
	const { [names.phrase]: said, [names.file]: file } = env;
	if (said === undefined && file === undefined) return null;
	if (said !== undefined && file !== undefined)
		throw new ConfigError(`Set ${names.phrase} or ${names.file}, not both.`);
	const passphrase = said ?? readFirstLine(path.resolve(folder, file ?? ''));
	if (passphrase.length < shortest)
		throw new ConfigError(`A backup's passphrase must have ${shortest} characters or more.`);
	return passphrase;
}

function readFirstLine(file: string): string {
	try {
		return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
	} catch (cause) {
		throw new ConfigError(`${names.file} names a file that cannot be read: ${file}.`, { cause });
	}
}
