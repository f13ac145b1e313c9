/**
 * Before the first test: the server is started once and ended in peace, so that Node puts aside what it compiled. Each of
 * the hundreds of servers that tests start, and each command beside them, is there in half the time.
 */
import path from 'node:path';
import { root } from '../../server/bin/toolchain.js';
import { startTestServer } from './server.ts';

export async function setup(): Promise<void> {
	// Inherited by the tests' processes, and by what they start.
	process.env['NODE_COMPILE_CACHE'] = path.join(root, 'tests', '.cache', 'compiled');
	const server = await startTestServer({ build: null });
	await server.stop();
	await server.close();
}
