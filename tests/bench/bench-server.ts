/** The real server in a process of its own, and what it costs: seen from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const project = path.resolve(import.meta.dirname, '../..');

export type BenchServer = {
	child: ChildProcess;
	port: number;
	/** Of its documents, without a name. */
	url: string;
	stop(): Promise<void>;
};

/** @param core the one processor that it may use; without, any */
export async function startBenchServer(core?: number): Promise<BenchServer> {
	const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-bench-'));
	const port = await freePort();
	const pinned = core === undefined ? [] : ['taskset', '-c', String(core)];
	const [command, ...words] = [...pinned, process.execPath, 'tests/bench/serve.ts'];
	const child: ChildProcess = spawn(command as string, words, {
		cwd: project,
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, PORT: String(port), MITSCHRIFT_DATA: folder, BENCH_SESSION: 'bench' },
	});
	createInterface({ input: child.stdout as NodeJS.ReadableStream & NodeJS.ReadStream }).on('line', () => {});
	while (!(await answers(port))) await sleep(20);
	return {
		child,
		port,
		url: `ws://127.0.0.1:${port}/sync`,
		async stop() {
			const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
			child.kill('SIGTERM');
			await ended;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** @returns what a process has in memory now, in MiB; 0 when there is none */
export function memoryOf(pid: number): number {
	try {
		return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
	} catch {
		return 0;
	}
}

/** @returns how long all threads of a process had a processor, in seconds */
export function processorTimeOf(pid: number): number {
	const folder = `/proc/${pid}/task`;
	const nanoseconds = readdirSync(folder).map((thread) =>
		Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]),
	);
	return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e9;
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	server.close();
	return port;
}

function answers(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.on('connect', () => (socket.destroy(), resolve(true)));
		socket.on('error', () => resolve(false));
	});
}
