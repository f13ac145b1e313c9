/** `npm run restore -- FILE`: a backup, encrypted or not, becomes the data. The server must not run; the data before is kept beside it. */
import { existsSync, mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { beginRestoredLife } from './accounts/restored.ts';
import { passphraseWays } from './backup-passphrase.ts';
import { ConfigError, dataFileOf } from './config.ts';
import { runDataCommand } from './data-command.ts';
import { isSealed } from './storage/sealed-file.ts';
import { noteRestored } from './storage/sqlite-life.ts';
import { lockFile } from './storage/sqlite-lock.ts';
import { discardStaged, freeAside, replaceFile, stageBackup } from './storage/sqlite-restore.ts';

await runDataCommand('restore', async (config, backup, passphrase) => {
	mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
	const file = dataFileOf(config);
	const lock = lockFile(file);
	try {
		const { staged, documents, compared } = await stageBackup(backup, file, passphraseFor(backup, passphrase));
		const source = beginRestoredLife(staged, existsSync(file) ? file : null);
		expectBringing(staged);
		const aside = freeAside(`${file}-before-${new Date().toISOString().replaceAll(/[-:]|\..*/g, '')}`);
		const kept = await replaceFile(file, staged, aside);
		return [
			`Restored ${documents} documents from ${backup}.`,
			...(compared
				? []
				: ['It has no digest, as those of earlier versions: whether a byte of it changed cannot be told.']),
			...(kept ? [`What was there before is kept as ${aside}.`] : []),
			source === 'data'
				? 'People, their roles and devices are as they were just now, not as in the backup.'
				: 'People and devices are as in the backup: remove again whoever was removed since. Open invitations are void.',
			'Start the server: devices bring what they have and the backup lacks.',
		];
	} finally {
		discardStaged(file);
		lock.giveBack();
	}
});

/** @throws ConfigError where one is given for a file that is not encrypted, or none for one that is */
function passphraseFor(backup: string, passphrase: string | null): string | null {
	const sealed = isSealed(backup);
	if (sealed && passphrase === null)
		throw new ConfigError(`${backup} is encrypted: give its passphrase in ${passphraseWays}.`);
	if (!sealed && passphrase !== null)
		throw new ConfigError(`${backup} is not encrypted; to restore it all the same, give no passphrase.`);
	return passphrase;
}

/** Devices bring what is not in the backup, also what others wrote. */
function expectBringing(staged: string): void {
	const database = new DatabaseSync(staged);
	noteRestored(database, Date.now());
	database.close();
}
