/** `npm run backup -- FILE`: the data, as it is at one moment, in one new file; the server may run meanwhile. */
import { dataFileOf } from './config.ts';
import { runDataCommand } from './data-command.ts';
import { backUpFile } from './storage/sqlite-backup.ts';

await runDataCommand('backup', async (config, file) => {
	const { documents } = await backUpFile(dataFileOf(config), file);
	return [`Backed up ${documents} documents, people and devices to ${file}.`];
});
