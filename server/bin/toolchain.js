/**
 * What the start scripts share: packages as the lock file says, the pinned Node, and child processes that end with us.
 * Runs on any Node from 20 on and imports nothing that has to be installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneAtATime } from './one-at-a-time.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = path.join(root, 'node_modules', '.bin');

/** The lock of whoever installs or builds in this folder. */
export const preparing = path.join(root, '.svelte-kit', 'preparing');

/** The Node of package.json, whatever Node runs this. */
export const runtime = path.join(
	root,
	'node_modules',
	'node',
	'bin',
	process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Its message is one sentence for the person at the terminal. */
export class Plain extends Error {}

/**
 * @param {() => Promise<number>} work
 * @returns its exit code; 1, and the sentence on stderr, when it stopped with one
 */
export async function attempt(work) {
	try {
		return await work();
	} catch (cause) {
		if (!(cause instanceof Plain)) throw cause;
		console.error(cause.message);
		return 1;
	}
}

/** Makes node_modules what package-lock.json says. */
export async function ensureInstalled() {
	if (!isInstalled()) await oneAtATime(preparing, install);
}

async function install() {
	// Whoever was at it before us did it.
	if (isInstalled()) return;
	console.log('Installing packages …');
	// Not `npm ci`: it refuses a lock file that was written on another platform and lacks this one's optional packages.
	const code = await npm(['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
	if (code !== 0) throw new Plain('The packages could not be installed: see what npm said above.');
}

function isInstalled() {
	const wanted = readPackages('package-lock.json');
	const present = readPackages('node_modules/.package-lock.json');
	if (!wanted) throw new Plain('There is no package-lock.json: this is not a whole copy of Mitschrift.');
	if (!present) return false;
	return Object.entries(wanted).every(
		([place, { version, optional }]) => place === '' || optional || present[place]?.version === version,
	);
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | null}
 */
function readPackages(file) {
	const whole = path.join(root, file);
	return existsSync(whole) ? JSON.parse(readFileSync(whole, 'utf8')).packages : null;
}

/** The pinned Node comes by an install script, which npm or its settings may have blocked. */
export function ensureRuntime() {
	if (spawnSync(runtime, ['--version']).status === 0) return;
	throw new Plain(
		'The pinned Node is missing because npm did not run the install script of the package "node": run "npm rebuild node --ignore-scripts=false" and start again.',
	);
}

/** @param {string[]} args */
export function npm(args) {
	const own = process.env.npm_execpath;
	if (own?.endsWith('.js')) return end(spawn(process.execPath, [own, ...args], { cwd: root, stdio: 'inherit' }));
	return end(spawn('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }));
}

/**
 * Node keeps what it made of our TypeScript: a server that finds it there starts faster and needs 25 MiB less memory,
 * because what would make it anew is never loaded.
 */
export const compiled = { NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/node') };

/**
 * For a server whose work is small pieces of which little stays: young objects in two halves of a megabyte, not of sixteen,
 * and one thread beside the main one for collecting them. Optimized code is made on the main thread: made beside it, the
 * compiler's memory stays with its thread for good, ten megabytes for what is done within a minute of the start. With 500
 * rooms open that is 104 MiB instead of 167. And nothing is taken for old from the start because what the same line made
 * before grew old: a turn lives as long as the disk takes. Then little grows old, and all of it is looked through when it grew
 * by less than a half, not when it nearly doubled (see docs/measurements.md).
 */
export const frugal = [
	'--max-semi-space-size=1',
	'--v8-pool-size=1',
	'--no-concurrent-recompilation',
	'--no-allocation-site-pretenuring',
	'--heap-growing-percent=45',
];

/**
 * Starts the pinned Node in the project's folder.
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, stdio?: import('node:child_process').StdioOptions }} [options]
 */
export function startNode(args, { env = {}, stdio = 'inherit' } = {}) {
	const PATH = bin + path.delimiter + (process.env.PATH ?? '');
	return spawn(runtime, args, { cwd: root, stdio, env: { ...process.env, PATH, ...env } });
}

/**
 * Runs the pinned Node until it ends; signals to us are signals to it.
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export function runUntilEnd(args, env) {
	// The channel carries no message: its end tells the child that we are gone.
	const child = startNode(args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
	forwardSignals([child]);
	return end(child);
}

/** @param {import('node:child_process').ChildProcess[]} children */
export function forwardSignals(children) {
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => children.forEach((child) => child.kill(signal)));
	}
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code; 1 when a signal or a failed start ended it
 */
export function end(child) {
	return new Promise((resolve) => {
		child.on('error', (cause) => {
			console.error(cause.message);
			resolve(1);
		});
		child.on('close', (code) => resolve(code ?? 1));
	});
}
