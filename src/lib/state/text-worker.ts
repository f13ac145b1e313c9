/** Has work on texts done beside the page, by a worker that lives as long as the work. */
import type { TextWork, TextWorkResult } from '#lib/text/text-work.ts';
import type { TextWorkerMessage } from '#lib/text/text-worker.ts';
import workerAddress from '#lib/text/text-worker.ts?worker&url';

export type WorkOptions = {
	/** Aborted, the work ends at once, wherever it is. */
	signal: AbortSignal;
	/** From 0 to 1. */
	onprogress: (done: number) => void;
};

/** @throws AbortError, NotLoaded, or Error where something went wrong in it */
export type DoTextWork = (work: TextWork, options: WorkOptions) => Promise<TextWorkResult>;

/** The worker could not be had: it is not on this device, and there is no network. */
export class NotLoaded extends Error {
	override readonly name = 'NotLoaded';
}

export const inWorker: DoTextWork = (work, { signal, onprogress }) => {
	signal.throwIfAborted();
	return new Promise((resolve, reject) => {
		const worker = new Worker(asScriptAddress(workerAddress));
		const end = (settle: () => void) => {
			worker.terminate();
			signal.removeEventListener('abort', abort);
			settle();
		};
		const abort = () => end(() => reject(signal.reason));
		signal.addEventListener('abort', abort);
		worker.addEventListener('error', (event) => {
			event.preventDefault();
			end(() => reject(new NotLoaded()));
		});
		worker.addEventListener('message', ({ data }: MessageEvent<TextWorkerMessage>) => {
			if (data.kind === 'progress') onprogress(data.done);
			else if (data.kind === 'result') end(() => resolve(data.result));
			else end(() => reject(new Error(data.why)));
		});
		worker.postMessage(work);
	});
};

type WorkerPolicy = { createScriptURL(address: string): unknown };
type WithPolicies = {
	trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(address: string): string }): WorkerPolicy };
};

let policy: WorkerPolicy | undefined;

/** Where the browser asks for it, an address becomes code only by a policy that has a name; ours lets this one through. */
function asScriptAddress(url: string): string {
	policy ??= (globalThis as WithPolicies).trustedTypes?.createPolicy('mitschrift-text', {
		createScriptURL: (address) => {
			if (address === workerAddress) return address;
			throw new TypeError(`not the worker for texts: ${address}`);
		},
	});
	return (policy?.createScriptURL(url) ?? url) as string;
}
