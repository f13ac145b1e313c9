/**
 * Rewrites the data file without its free pages, which still hold what was deleted, and empties the write-ahead log, in
 * which pages are as they were before. The log cannot be emptied while somebody reads in it, as a backup does. It is done in
 * a thread of its own, on a connection of its own, so that nobody waits for it who does not write to the file.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What went wrong, with SQLite's code; null: nothing. */
export type Scrubbed = { message: string; errcode?: number | undefined } | null;

/** Is waited for, where somebody reads in the log: a backup of a branch's data takes less. Milliseconds. */
const usualPatience = { tries: 50, between: 100 };

export type ScrubOrder = { path: string; patience: typeof usualPatience };

/** @throws Error with SQLite's `errcode`, when there is no space for the copy, or somebody goes on reading or writing */
export async function scrubFile(path: string, patience = usualPatience): Promise<void> {
	const workerData: ScrubOrder = { path, patience };
	const worker = new Worker(new URL('./scrub-worker.ts', import.meta.url), { workerData });
	let said: Scrubbed = { message: 'the rewriting of the data ended before it was done' };
	// Listened for from the start: where this thread is busy, the end comes in the same moment as the message.
	worker.on('message', (answer: Scrubbed) => (said = answer));
	await once(worker, 'exit');
	if (said) throw Object.assign(new Error(said.message), { errcode: said.errcode });
}
