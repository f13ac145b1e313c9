/** The other side of `sqlite-scrub.ts`: rewrites the file that it is named, says what went wrong, and ends. */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Scrubbed, ScrubOrder } from './sqlite-scrub.ts';

const { path, patience } = workerData as ScrubOrder;
parentPort?.postMessage(await scrub());

async function scrub(): Promise<Scrubbed> {
	const database = new DatabaseSync(path, { timeout: 5000 });
	try {
		database.exec('VACUUM');
		// How long is waited for somebody is ours to say.
		database.exec('PRAGMA busy_timeout = 0');
		for (let left = patience.tries; left > 0; left--) {
			const busy = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'];
			if (Number(busy ?? 1) === 0) return null;
			await setTimeout(patience.between);
		}
		return { message: 'another program reads the data, and what was erased is still before its eyes' };
	} catch (cause) {
		const { message, errcode } = cause as Error & { errcode?: number };
		return { message, errcode };
	} finally {
		database.close();
	}
}
