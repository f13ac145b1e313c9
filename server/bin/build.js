/**
 * Builds the interface when what it is made of differs from what the last good build was made of. The stamp is the
 * digest of the inputs' contents, so a checkout that only touches times costs nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkBuild } from './check-build.js';
import { oneAtATime } from './one-at-a-time.js';
import { end, Plain, preparing, root, startNode } from './toolchain.js';

const inputs = [
	'src',
	'static',
	'svelte.config.js',
	'vite.config.ts',
	'package.json',
	'package-lock.json',
	'server/bin',
];
/** Made by the build itself. */
const generated = ['src/lib/i18n/paraglide', 'src/lib/i18n/project.inlang'];
const stamp = path.join(root, '.svelte-kit', 'built-from');
const build = path.join(root, 'build');

/** @returns {Promise<boolean>} whether there was something to do */
export async function ensureBuilt() {
	if (isBuiltFrom(digestInputs())) return false;
	return oneAtATime(preparing, buildAnew);
}

async function buildAnew() {
	const digest = digestInputs();
	if (isBuiltFrom(digest)) return false;
	console.log('Building the interface …');
	rmSync(stamp, { force: true });
	const { code, output } = await runVite(digest);
	if (code !== 0) throw new Plain(`${output}\nThe interface could not be built: see what vite said above.`);
	const fault = checkBuild(build);
	if (fault) throw new Plain(`The interface was built, but is not fit to be served: ${fault}.`);
	mkdirSync(path.dirname(stamp), { recursive: true });
	writeFileSync(stamp, digest);
	return true;
}

/**
 * What vite says is of use only when it fails.
 * @param {string} digest of what is built: the same inputs make the same files, byte for byte, and no device is told of a
 * new version that is none
 */
async function runVite(digest) {
	const child = startNode(['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { MITSCHRIFT_VERSION: digest.slice(0, 16) },
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
	return { code: await end(child), output };
}

/** @param {string} digest */
function isBuiltFrom(digest) {
	if (!existsSync(path.join(build, '200.html')) || !existsSync(stamp)) return false;
	return readFileSync(stamp, 'utf8') === digest;
}

function digestInputs() {
	const hash = createHash('sha256');
	for (const file of inputs.flatMap(filesUnder)) {
		hash.update(`${file}\0`);
		hash.update(
			createHash('sha256')
				.update(readFileSync(path.join(root, file)))
				.digest(),
		);
	}
	return hash.digest('hex');
}

/**
 * @param {string} place relative to the root
 * @returns {string[]}
 */
function filesUnder(place) {
	const whole = path.join(root, place);
	if (generated.includes(place) || place.endsWith('.test.ts') || !existsSync(whole)) return [];
	if (statSync(whole).isFile()) return [place];
	return readdirSync(whole)
		.sort()
		.flatMap((name) => filesUnder(`${place}/${name}`));
}
