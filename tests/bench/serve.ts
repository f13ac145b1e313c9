/**
 * The real server for a benchmark from outside: on PORT, with its data in MITSCHRIFT_DATA, and with one `board` session
 * whose token is BENCH_SESSION. It lives here and not in the product, which lets nobody in by a token of their choice.
 */
import { mkdirSync } from 'node:fs';
import { type IncomingMessage, Server } from 'node:http';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { compiled, frugal } from '../../server/bin/toolchain.js';
import { openAccounts } from '../../server/accounts/accounts.ts';
import { hashOf } from '../../server/accounts/token.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { startServer } from '../../server/server.ts';

startAsInProduction();
if (process.argv.includes('--compile-only')) process.exit();
// All that the benchmark connects is one person's.
const own = { HOST: '127.0.0.1', MITSCHRIFT_CONNECTIONS_PER_PERSON: '99999' };
const config = readConfig({ ...own, ...process.env }, path.resolve(import.meta.dirname, '../..'));
admitBenchmark(config.dataFolder, process.env['BENCH_SESSION'] ?? 'bench');
translateNames();
const server = await startServer(
	config,
	createLog((line) => console.log(line)),
);

process.on('SIGTERM', async () => {
	await server.close();
	process.exit(0);
});

/** As `npm start` does it: with what Node made of our TypeScript the last time. */
function startAsInProduction(): void {
	if (process.env['NODE_COMPILE_CACHE']) return;
	process.execve?.(process.execPath, [process.execPath, ...frugal, ...process.argv.slice(1)], {
		...process.env,
		...compiled,
	});
}

function admitBenchmark(folder: string, token: string): void {
	mkdirSync(folder, { recursive: true });
	const file = path.join(folder, 'mitschrift.sqlite');
	const accounts = openAccounts(file);
	accounts.people.add('Benchmark', 'board', 'bench');
	accounts.close();
	const database = new DatabaseSync(file);
	database
		.prepare(
			'INSERT OR REPLACE INTO device (id, person_id, name, token_hash, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)',
		)
		.run('bench', 'bench', 'benchmark', hashOf(token), Date.now(), Date.now());
	database.close();
}

/** The harness names documents with hyphens, which our names do not have. */
function translateNames(): void {
	const emit = Server.prototype.emit;
	Server.prototype.emit = function (this: Server, event: string | symbol, ...rest: unknown[]) {
		const [request] = rest as [IncomingMessage | undefined];
		if (event === 'upgrade' && request) request.url = request.url?.replaceAll('-', 'x') ?? '';
		return emit.apply(this, [event, ...rest] as Parameters<typeof emit>);
	};
}
