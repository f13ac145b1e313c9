/**
 * What a delivery costs as the work grows: the same two thousand updates a second in ten rooms and in ten thousand, and the
 * same fifty a second to fifty listeners after a thousand edits and after a million. The server has one processor, the load
 * another. A window holds one heartbeat of the server, with which it sees after every connection.
 */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchServer, memoryOf, processorTimeOf, startBenchServer } from './bench-server.ts';
import { Listening } from './listening.ts';
import { openBench } from './talk.ts';
import { Typist } from './typist.ts';

/** A process may have twenty thousand files open here, and each of two people in a room takes one. */
const sizes = { rooms: [10, 100, 1000, 9900], edits: [1000, 30_000, 1_000_000] };
/** Seconds. */
const [measured, warmUp] = [12, 3];
const warmEdits = 30_000;
/** The dearest may cost so many times what the cheapest does. */
const bound = 1.2;

export type GrowthLine = { work: string; deliveries: number; 'CPU µs/delivery': number; 'memory MiB': number };

export async function measureGrowth(): Promise<(GrowthLine & { bounds: string })[]> {
	execFileSync('taskset', ['-pc', '1', String(process.pid)], { stdio: 'ignore' });
	const inRooms = await all(sizes.rooms, typeInRooms);
	const afterEdits = await all(sizes.edits, typeAfterEdits);
	return [...judge(inRooms), ...judge(afterEdits)];
}

async function all(of: number[], work: typeof typeInRooms): Promise<GrowthLine[]> {
	const lines: GrowthLine[] = [];
	for (const size of of) {
		const server = await startBenchServer(0);
		lines.push(await work(server, size));
		console.error(JSON.stringify(lines.at(-1)));
		await server.stop();
	}
	return lines;
}

function judge(lines: GrowthLine[]): (GrowthLine & { bounds: string })[] {
	const cheapest = Math.min(...lines.map((line) => line['CPU µs/delivery']));
	return lines.map((line) => {
		const times = line['CPU µs/delivery'] / cheapest;
		return { ...line, bounds: `${times <= bound ? '✓' : '✗'} ${times.toFixed(2)}× the cheapest (bound ${bound})` };
	});
}

async function typeInRooms(server: BenchServer, rooms: number): Promise<GrowthLine> {
	const listening = new Listening();
	const typists: Typist[] = [];
	for (let room = 0; room < rooms; room++) {
		const url = `${server.url}/bulletin:r${room}`;
		for (const socket of await Promise.all([openBench(url), openBench(url)])) {
			listening.to(socket);
			typists.push(new Typist(socket));
		}
	}
	const line = await measure(server, `${rooms} rooms`, { listening, typists, rate: 2000 });
	for (const typist of typists) typist.close();
	return line;
}

async function typeAfterEdits(server: BenchServer, edits: number): Promise<GrowthLine> {
	// As often as that V8 has made of our code what it makes of it, however short the history is.
	(await typeMany(`${server.url}/bulletin:other`, warmEdits)).close();
	const url = `${server.url}/bulletin:long`;
	const typist = await typeMany(url, edits);
	const listening = new Listening();
	const listeners = await Promise.all(Array.from({ length: 50 }, () => openBench(url)));
	for (const socket of listeners) listening.to(socket);
	const line = await measure(server, `${edits} edits`, { listening, typists: [typist], rate: 50 });
	typist.close();
	for (const listener of listeners) listener.terminate();
	return line;
}

async function typeMany(url: string, edits: number): Promise<Typist> {
	const typist = new Typist(await openBench(url));
	for (let at = 1; at <= edits; at++) {
		typist.type();
		if (at % 512 === 0) await typist.drained();
	}
	await typist.known();
	return typist;
}

type Load = { listening: Listening; typists: Typist[]; rate: number };

/** What an editing leaves to be done, and whatever else is done once, is over. */
async function quiet(pid: number): Promise<void> {
	for (let calm = 0; calm < 2;) {
		const before = processorTimeOf(pid);
		await sleep(1000);
		calm = processorTimeOf(pid) - before < 0.05 ? calm + 1 : 0;
	}
}

async function measure({ child }: BenchServer, work: string, { listening, typists, rate }: Load): Promise<GrowthLine> {
	const pid = child.pid ?? 0;
	await quiet(pid);
	// Each has typed before: what a room does once is no cost of a delivery.
	await type(typists, rate, Math.max(warmUp, (1.1 * typists.length) / rate));
	const [before, heard] = [processorTimeOf(pid), listening.letters];
	await type(typists, rate, measured);
	const [used, deliveries] = [processorTimeOf(pid) - before, listening.letters - heard];
	const cost = (1e6 * used) / deliveries;
	return { work, deliveries, 'CPU µs/delivery': Number(cost.toFixed(1)), 'memory MiB': Math.round(memoryOf(pid)) };
}

/** One after the other, so many in all a second. */
async function type(typists: Typist[], rate: number, seconds: number): Promise<void> {
	const began = performance.now();
	for (let typed = 0; typed < rate * seconds; typed++) {
		const wait = began + (1000 * typed) / rate - performance.now();
		if (wait > 1) await sleep(wait);
		typists[typed % typists.length]?.type();
	}
}
