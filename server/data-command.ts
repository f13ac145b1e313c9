/** What the commands on the data share: one file as their argument, sentences as their answer, and an exit code. */
import path from 'node:path';
import { readBackupPassphrase } from './backup-passphrase.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { StorageError } from './storage/contract.ts';

/** @param work gets the file's absolute path and the backups' passphrase; answers what to say */
export async function runDataCommand(
	name: string,
	work: (config: Config, file: string, passphrase: string | null) => Promise<string[]>,
): Promise<void> {
	process.umask(0o077);
	try {
		const [file, ...rest] = process.argv.slice(2);
		if (!file || file.startsWith('-') || rest.length > 0)
			throw new ConfigError(`Name one file: npm run ${name} -- FILE`);
		const config = readConfig(process.env, path.resolve(import.meta.dirname, '..'));
		const passphrase = readBackupPassphrase(process.env, process.env.INIT_CWD ?? process.cwd());
		for (const line of await work(config, path.resolve(file), passphrase)) console.log(line);
	} catch (cause) {
		console.error(sentenceOf(cause, name));
		process.exitCode = 1;
	}
}

function sentenceOf(cause: unknown, name: string): string {
	if (cause instanceof ConfigError) return cause.message;
	const system = cause instanceof Error && 'code' in cause;
	if (!(cause instanceof StorageError) && !system) throw cause;
	return `The ${name} was not made: ${cause.message}.`;
}
