/**
 * One client against everybody else: while it does its worst, two others write and read, in its document and in another.
 * Measured from outside, on a server process of its own for each attack: the longest that any of them waited, what the
 * server's memory grew by, and whether it lives and both documents are whole.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, attacks } from './attacks.ts';
import { memoryOf, startBenchServer } from './bench-server.ts';
import { Talk } from './talk.ts';

/** Milliseconds, and MiB. */
const bounds = { wait: 1000, growth: 64 };

export type HostileLine = Record<string, string | number>;

export async function measureHostile(): Promise<HostileLine[]> {
	const lines: HostileLine[] = [];
	for (const attack of attacks) {
		console.error(`hostile: ${attack.name} …`);
		lines.push(await measure(attack));
		console.error(JSON.stringify(lines.at(-1)));
	}
	return lines;
}

async function measure({ name, before, run }: Attack): Promise<HostileLine> {
	const server = await startBenchServer();
	const talks = [await Talk.open(server.url, 'bulletin:same'), await Talk.open(server.url, 'bulletin:other')];
	// What the server needs for honest work is there before anybody looks.
	await before?.(`${server.url}/bulletin:same`);
	await sleep(2000);
	const memory = new Peak(server.child.pid ?? 0);
	for (const talk of talks) talk.reset();
	await run(`${server.url}/bulletin:same`, server.port);
	await sleep(1500);
	const wholes = await Promise.all(talks.map((talk) => talk.close()));
	const alive = server.child.exitCode === null && server.child.signalCode === null;
	const wait = Math.round(Math.max(...talks.map(({ longest }) => longest)));
	const growth = Math.round(memory.stop());
	await server.stop();
	const kept = alive && wholes.every(Boolean) && wait <= bounds.wait && growth <= bounds.growth;
	return {
		attack: name,
		'longest wait ms': wait,
		'memory + MiB': growth,
		alive: String(alive),
		whole: String(wholes.every(Boolean)),
		bounds: `${kept ? '✓' : '✗'} alive, whole, ${bounds.wait} ms, ${bounds.growth} MiB`,
	};
}

/** The most that a process had in memory beyond what it has now. */
class Peak {
	readonly #read: () => number;
	readonly #begun: number;
	readonly #timer: NodeJS.Timeout;
	#most: number;

	constructor(pid: number) {
		this.#read = () => memoryOf(pid);
		this.#most = this.#begun = this.#read();
		this.#timer = setInterval(() => (this.#most = Math.max(this.#most, this.#read())), 20);
	}

	/** @returns MiB */
	stop(): number {
		clearInterval(this.#timer);
		return this.#most - this.#begun;
	}
}
