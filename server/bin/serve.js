import { ensureBuilt } from './build.js';
import { attempt, compiled, ensureInstalled, ensureRuntime, frugal, runUntilEnd } from './toolchain.js';

/** Everything between a fresh clone and a running server. Ends with the server's exit code. */
export async function serve() {
	process.exitCode = await attempt(async () => {
		await ensureInstalled();
		ensureRuntime();
		await ensureBuilt();
		return runUntilEnd([...frugal, 'server/main.ts'], compiled);
	});
}
