/** `npm run let-in -- NAME`: `server/let-in.ts` on the pinned Node. */
import { attempt, ensureInstalled, ensureRuntime, runUntilEnd } from './toolchain.js';

process.exitCode = await attempt(async () => {
	await ensureInstalled();
	ensureRuntime();
	return runUntilEnd(['server/let-in.ts', ...process.argv.slice(2)]);
});
