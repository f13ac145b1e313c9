/** The worker: one piece of work, then it is over. */
import { doTextWork, type TextWork, type TextWorkResult } from './text-work.ts';

/** What the worker says: how far it is, and last what came of it. */
export type TextWorkerMessage =
	{ kind: 'progress'; done: number } | { kind: 'result'; result: TextWorkResult } | { kind: 'failed'; why: string };

addEventListener('message', ({ data }: MessageEvent<TextWork>) => void work(data));

async function work(given: TextWork): Promise<void> {
	const say = (message: TextWorkerMessage) => postMessage(message);
	try {
		say({ kind: 'result', result: await doTextWork(given, (done) => say({ kind: 'progress', done })) });
	} catch (error) {
		say({ kind: 'failed', why: String(error) });
	}
}
