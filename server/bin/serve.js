import { ensureBuilt } from './build.js';
import { attempt, compiled, end, ensureInstalled, ensureRuntime, frugal, runUntilEnd, startNode } from './toolchain.js';

/** Everything between a fresh clone and a running server. Ends with the server's exit code. */
export async function serve() {
	process.exitCode = await attempt(async () => {
		await ensureInstalled();
		ensureRuntime();
		await ensureBuilt();
		await compileAhead();
		return runUntilEnd([...frugal, 'server/main.ts'], compiled);
	});
}

/**
 * The first start of a version makes JavaScript of our TypeScript, in a process that ends: what does that would stay in the
 * server's memory as long as it runs. With the same flags, or what was made is not taken. Later it costs a moment.
 */
async function compileAhead() {
	// What fails here fails again, and says why, when the server starts.
	await end(startNode([...frugal, 'server/main.ts', '--compile-only'], { env: compiled, stdio: 'ignore' }));
}
