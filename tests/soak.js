/**
 * `npm run soak`: the long runs of what `npm test` does briefly. Shows how far it is, ends at the first failure with the
 * command that repeats it, and at Ctrl-C at once.
 *
 *     npm run soak                        all, in the numbers of the design
 *     npm run soak -- simulation 500      one of them, so often
 */
import { ensureInstalled, ensureRuntime, startNode } from '../server/bin/toolchain.js';

/**
 * A run in pieces: `times` in all, `piece` of them in one process, each piece with seeds of its own.
 * @typedef {{ times: number, piece: number, file: string, only?: string, env: (first: number, count: number) => Record<string, string> }} Run
 */

/** @type {Record<string, Run>} */
const runs = {
	histories: {
		times: 100_000,
		piece: 5000,
		file: 'tests/sync/convergence.test.ts',
		env: (first, count) => ({ MITSCHRIFT_FIRST: String(first), MITSCHRIFT_HISTORIES: String(count) }),
	},
	suggesting: {
		times: 20_000,
		piece: 2000,
		file: 'tests/sync/suggesting.test.ts',
		env: (first, count) => ({ MITSCHRIFT_FIRST: String(first), MITSCHRIFT_HISTORIES: String(count) }),
	},
	relay: { times: 20_000, piece: 1000, file: 'tests/relay/convergence.test.ts', env: seeds },
	simulation: {
		times: 10_000,
		piece: 500,
		file: 'tests/relay/simulation/simulation.test.ts',
		only: 'simulations of',
		env: seeds,
	},
	frames: {
		times: 2_000_000,
		piece: 50_000,
		file: 'tests/relay/mutated-frames.test.ts',
		env: (first, count) => ({ SEED: String(first), FRAMES: String(count) }),
	},
	traces: {
		times: 19_749,
		piece: 19_749,
		file: 'tests/relay/traces.test.ts',
		env: (_, count) => ({ PATCHES: String(count) }),
	},
	kills: {
		times: 1000,
		piece: 50,
		file: 'tests/relay/killed-relay.test.ts',
		only: 'kills lose nothing',
		env: (first, count) => ({ SEED: String(first), KILLS: String(count) }),
	},
};

let cancelled = false;
/** @type {import('node:child_process').ChildProcess | null} */
let child = null;
process.on('SIGINT', () => {
	cancelled = true;
	child?.kill('SIGTERM');
});

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} args */
async function main([name, times]) {
	const chosen = Object.entries(runs).filter(([known]) => name === undefined || known === name);
	if (chosen.length === 0 || (times !== undefined && !(Number(times) > 0))) {
		console.error(`Say which, and how often if you like: npm run soak -- [${Object.keys(runs).join(' | ')}] [number]`);
		return 2;
	}
	await ensureInstalled();
	ensureRuntime();
	for (const [each, run] of chosen) {
		const code = await soak(each, { ...run, times: Number(times ?? run.times) });
		if (code !== 0) return code;
	}
	return 0;
}

/**
 * @param {string} name
 * @param {Run} run
 */
async function soak(name, { times, piece, file, only, env }) {
	const began = Date.now();
	for (let done = 0; done < times; done += piece) {
		const count = Math.min(piece, times - done);
		const { code, output } = await vitest(file, only, env(done + 1, count));
		if (cancelled) {
			console.log(`\n${name}: stopped after ${done} of ${times}, all well until then`);
			return 130;
		}
		if (code !== 0) {
			console.log(
				`\n${output}\n${name}: failed between ${done + 1} and ${done + count}; the command to repeat it is above`,
			);
			return 1;
		}
		console.log(`${name}: ${done + count} of ${times}, ${Math.round((Date.now() - began) / 1000)} s`);
	}
	return 0;
}

/**
 * @param {number} first
 * @param {number} count
 */
function seeds(first, count) {
	return { SEED: String(first), SEEDS: String(count) };
}

/**
 * @param {string} file
 * @param {string | undefined} only the tests whose names hold this
 * @param {Record<string, string>} env
 * @returns {Promise<{ code: number, output: string }>}
 */
function vitest(file, only, env) {
	const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'sync', '--testTimeout=3600000', file];
	if (only) args.push('-t', only);
	const running = startNode(args, { stdio: ['ignore', 'pipe', 'pipe'], env: { FORCE_COLOR: '0', ...env } });
	child = running;
	let output = '';
	for (const stream of [running.stdout, running.stderr]) stream?.on('data', (part) => (output += part));
	return new Promise((resolve) => {
		running.on('error', (cause) => resolve({ code: 1, output: cause.message }));
		running.on('close', (code) => resolve({ code: code ?? 1, output }));
	});
}
