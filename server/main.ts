/** Composition root: configuration in, a running server out, an orderly stop on SIGTERM and SIGINT. */
import path from 'node:path';
import { ConfigError, readConfig, type Config } from './config.ts';
import { elapsed } from './elapsed.ts';
import { createLog } from './log.ts';
import { type RunningServer, StartError, startServer } from './server.ts';
import { isJournal, removeSetUpLink, writeSetUpLink } from './set-up-link.ts';

/** What is left of a stop that hangs: everything acknowledged is on disk by then. */
const stopLimit = 10_000;

// What the server writes is nobody else's to read, also in a folder that was there before.
process.umask(0o077);

// So that a start finds what Node makes of our TypeScript: see bin/serve.js.
if (!process.argv.includes('--compile-only')) await run();

async function run(): Promise<void> {
	try {
		const config = readConfig(process.env, path.resolve(import.meta.dirname, '..'));
		const log = createLog((line) => console.log(line));
		const server = await startServer(config, log);
		announce(config, server);
		log('started', { port: server.port });
		stopOn(['SIGTERM', 'SIGINT'], server, log);
	} catch (cause) {
		if (!(cause instanceof ConfigError || cause instanceof StartError)) throw cause;
		console.error(cause.message);
		process.exitCode = 1;
	}
}

function announce(config: Config, { port, setUpToken }: RunningServer): void {
	const { origins, host } = config;
	const name = ['localhost', '0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
	const origin = origins[0] ?? `http://${name}:${port}`;
	console.log(`Mitschrift is at ${origin}`);
	if (setUpToken === null) removeSetUpLink(config);
	else console.log(tellLink(config, `${origin}/setup#${setUpToken}`));
}

function tellLink(config: Config, link: string): string {
	const kept = config.setUpLinkInFile || isJournal(process.env['JOURNAL_STREAM']);
	try {
		if (kept) return `Set it up with the link in ${writeSetUpLink(config, link)}, which works once.`;
		removeSetUpLink(config);
		return `Set it up with this link, which works once: ${link}`;
	} catch (cause) {
		return `The link to set it up cannot be told: ${cause instanceof Error ? cause.message : String(cause)}.`;
	}
}

/** Signals come twice when a terminal and a starter both send them: only one that comes later is impatience. */
const patience = 1000;

function stopOn(signals: NodeJS.Signals[], server: RunningServer, log: ReturnType<typeof createLog>): void {
	let since: number | null = null;
	const stop = async (reason: string) => {
		if (since !== null && elapsed() - since > patience) process.exit(1);
		if (since !== null) return;
		since = elapsed();
		log('stopping', { reason });
		setTimeout(() => process.exit(1), stopLimit).unref();
		await server.close();
		log('stopped');
		if (process.channel) process.disconnect();
	};
	for (const signal of signals) process.on(signal, () => void stop(signal));
	// Whoever started us is gone.
	process.on('disconnect', () => void stop('disconnect'));
}
