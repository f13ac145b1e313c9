/**
 * `npm run backup -- FILE`: the data, as it is at one moment, in one new file, encrypted
 * where there is a passphrase; the server may run meanwhile.
 */
import { dataFileOf } from './config.ts';
import { runDataCommand } from './data-command.ts';
import { backUpFile, backUpSealed } from './storage/sqlite-backup.ts';

await runDataCommand('backup', async (config, file, passphrase) => {
	const data = dataFileOf(config);
	const { documents } = await (passphrase === null ? backUpFile(data, file) : backUpSealed(data, file, passphrase));
	const how =
		passphrase === null ? 'not encrypted: whoever has it can read everything' : 'encrypted with the passphrase';
	return [`Backed up ${documents} documents, people and devices to ${file}.`, `It is ${how}.`];
});
