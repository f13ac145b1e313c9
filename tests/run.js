/**
 * `npm test`: everything that must hold, from a fresh clone. Runs on any Node from 20 on, installs what is missing, shows
 * each step, and ends with what failed, by name, and one line: `N passed, N failed`. A check (formatting, lint, types,
 * build) counts as one.
 *
 *     npm test                    all steps
 *     npm test -- rules sync      the steps with these names
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../server/bin/build.js';
import { ensureInstalled, ensureRuntime, Plain, root, startNode } from '../server/bin/toolchain.js';
import { ensureChromium } from './support/install-chromium.js';

/** @typedef {{ passed: number, failed: number, skipped: number, failures?: string[] }} Count */
/** @typedef {{ fullName: string, status: string, failureMessages: string[] }} OneTest */
/** @typedef {{ name: string, status: string, message: string, assertionResults: OneTest[] }} OneFile */

const cache = path.join(root, 'tests', '.cache');
/** One more than there are cores: who talks with a browser or a server waits, and lets the others' work be done. */
const workers = Math.max(3, Math.min(4, availableParallelism() + 1));
/** Looks at every frame of a slow device, so the machine is its own: what stands beside it must not be what it measures. */
const still = 'tests/browser/calm.test.ts';
/** Nothing takes this long but what hangs. Milliseconds. */
const stepLimit = 12 * 60_000;

/** @type {Count} */
const passedOne = { passed: 1, failed: 0, skipped: 0 };
/** @type {Count} */
const failedOne = { passed: 0, failed: 1, skipped: 0 };

/** @typedef {[name: string, run: () => Promise<Count>]} Step */

/**
 * One stage after the other. In a stage, lanes stand beside each other, a core for each; in a lane, one step follows the
 * other. The build stands behind the types, because it makes anew what they are read from; a ring of tests uses all cores.
 * @type {Step[][][]}
 */
const stages = [
	[[['messages', () => check('@inlang/paraglide-js/bin/run.js', 'compile', ...paraglide)]]],
	[[['kit', () => check('@sveltejs/kit/svelte-kit.js', 'sync')]]],
	[
		[
			['types', () => check('svelte-check/bin/svelte-check', '--output', 'human')],
			['build', build],
		],
		[
			['format', () => check('prettier/bin/prettier.cjs', '--check', '.')],
			['lint', () => check('eslint/bin/eslint.js', '.')],
		],
	],
	[[['rules', () => vitest('rules')]]],
	[[['sync', () => vitest('sync')]]],
	[[['browser', () => browser('--exclude', still, '--shard=1/2')]]],
	[[['browser-2', () => browser('--exclude', still, '--shard=2/2')]]],
	[[['browser-still', () => browser(still)]]],
];
const paraglide = ['--project', 'src/lib/i18n/project.inlang', '--outdir', 'src/lib/i18n/paraglide'];

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} chosen */
async function main(chosen) {
	/** @type {Count} */
	const total = { passed: 0, failed: 0, skipped: 0 };
	/** @type {string[]} */
	const failures = [];
	const names = stages.flat(2).map(([name]) => name);
	const unknown = chosen.filter((name) => !names.includes(name));
	if (unknown.length > 0) console.error(`There is no step ${unknown.join(', ')}.`);
	const prepared = unknown.length === 0 && (await step('packages', prepare)).failed === 0;
	if (!prepared) total.failed++;
	else for (const lanes of stages) await Promise.all(lanes.map(follow));
	// Last of all, because whoever gets a part of this output only gets its end.
	if (failures.length > 0) console.log(`\nFailed:\n\n${failures.join('\n\n')}`);
	const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
	console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
	return total.failed === 0 ? 0 : 1;

	/** @param {Step[]} lane */
	async function follow(lane) {
		for (const [name, run] of lane) {
			if (chosen.length > 0 && !chosen.includes(name)) continue;
			const count = await step(name, run);
			add(total, count);
			if (count.failed > 0) failures.push(...(count.failures?.length ? count.failures : [`✘ ${name}`]));
		}
	}
}

/**
 * Runs one step, says how it went, and takes what it throws for a failure.
 * @param {string} name
 * @param {() => Promise<Count>} run
 */
async function step(name, run) {
	console.log(`\n▸ ${name}`);
	const start = Date.now();
	const count = await run().catch((cause) => {
		console.error(cause instanceof Plain ? cause.message : cause);
		return failedOne;
	});
	const seconds = Math.round((Date.now() - start) / 1000);
	console.log(`${count.failed === 0 ? '✔' : '✘'} ${name} (${seconds} s)`);
	return count;
}

async function prepare() {
	await ensureInstalled();
	ensureRuntime();
	mkdirSync(cache, { recursive: true });
	return passedOne;
}

async function build() {
	await ensureBuilt();
	return passedOne;
}

/** @param {string[]} files which of them: in parts, so that one that hangs is found out before all of them would be through */
async function browser(...files) {
	await ensureChromium();
	await ensureBuilt();
	return vitest('browser', ...files);
}

/**
 * A tool that says by its exit code whether all is well. What it said is shown when it is not.
 * @param {string} tool under node_modules
 * @param {string[]} args
 */
async function check(tool, ...args) {
	const { code, output } = await runNode([`node_modules/${tool}`, ...args], 'pipe');
	if (code === 0) return passedOne;
	console.log(output);
	return failedOne;
}

/**
 * One ring of tests. What vitest counted is what counts; an end without a count is one failure.
 * @param {string} project
 * @param {string[]} more arguments
 * @returns {Promise<Count>}
 */
async function vitest(project, ...more) {
	const file = path.join(cache, `${project}.json`);
	rmSync(file, { force: true });
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
	const args = ['run', '--project', project, `--maxWorkers=${workers}`, ...more, ...reporters];
	const { code } = await runNode(['node_modules/vitest/vitest.mjs', ...args], 'inherit');
	const count = readCount(file);
	return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * @param {string} file vitest's JSON report
 * @returns {Count}
 */
function readCount(file) {
	try {
		const report = JSON.parse(readFileSync(file, 'utf8'));
		// A file that does not even load has no tests that could fail.
		/** @type {OneFile[]} */
		const files = report.testResults;
		const broken = files.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
		return {
			passed: report.numPassedTests,
			failed: report.numFailedTests + broken.length,
			skipped: report.numPendingTests + (report.numTodoTests ?? 0),
			failures: [
				...broken.map((file) => said(file.name, '', file.message)),
				...files.flatMap((file) =>
					file.assertionResults
						.filter(({ status }) => status === 'failed')
						.map((one) => said(file.name, one.fullName, one.failureMessages[0] ?? '')),
				),
			],
		};
	} catch {
		return failedOne;
	}
}

/**
 * A failure by its name, with the beginning of what it said.
 * @param {string} file
 * @param {string} test
 * @param {string} message
 */
function said(file, test, message) {
	const beginning = message.slice(0, 1500).split('\n').slice(0, 16).join('\n    ');
	return `✘ ${path.relative(root, file)} ${test}\n    ${beginning}`;
}

/**
 * @param {string[]} args
 * @param {'pipe' | 'inherit'} output
 * @returns {Promise<{ code: number, output: string }>}
 */
function runNode(args, output) {
	const child = startNode(args, { stdio: ['ignore', output, output], env: { FORCE_COLOR: '0' } });
	let text = '';
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
	const limit = setTimeout(() => {
		text += `\nStopped after ${stepLimit / 60_000} minutes.`;
		child.kill('SIGKILL');
	}, stepLimit);
	return new Promise((resolve) => {
		child.on('error', (cause) => resolve({ code: 1, output: cause.message }));
		child.on('close', (code) => {
			clearTimeout(limit);
			resolve({ code: code ?? 1, output: text });
		});
	});
}

/**
 * @param {Count} total
 * @param {Count} count
 */
function add(total, count) {
	total.passed += count.passed;
	total.failed += count.failed;
	total.skipped += count.skipped;
}
