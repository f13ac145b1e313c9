/** `npm run dev`: the interface with hot reload, and the server that it talks to beside it, restarted when it changes. */
import { attempt, end, ensureInstalled, ensureRuntime, forwardSignals, startNode } from './toolchain.js';

const port = process.env.PORT ?? '5173';
const relayPort = process.env.MITSCHRIFT_RELAY_PORT ?? '3001';

process.exitCode = await attempt(async () => {
	await ensureInstalled();
	ensureRuntime();
	const server = startNode(['--watch', '--watch-preserve-output', 'server/main.ts'], {
		env: {
			PORT: relayPort,
			MITSCHRIFT_DATA: process.env.MITSCHRIFT_DATA ?? 'data/dev',
			// The proxy asks in its own name, but pages come from where vite serves them.
			MITSCHRIFT_ORIGIN: process.env.MITSCHRIFT_ORIGIN ?? `http://localhost:${port}`,
		},
	});
	const vite = startNode(['node_modules/vite/bin/vite.js', 'dev', '--port', port, '--strictPort'], {
		env: { MITSCHRIFT_RELAY_PORT: relayPort },
	});
	forwardSignals([server, vite]);
	const code = await Promise.race([end(server), end(vite)]);
	server.kill();
	vite.kill();
	return code;
});
