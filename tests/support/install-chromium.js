import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Plain, root, runtime } from '../../server/bin/toolchain.js';
import { findChromium } from './chromium.js';

/**
 * A Chromium for the browser tests: one that is here, or Debian's, or the one that Playwright downloads.
 * @returns {Promise<string>} its path
 */
export async function ensureChromium() {
	const found = findChromium() ?? installDebian() ?? download();
	if (!found)
		throw new Plain('There is no Chromium and none could be installed: install one and name it in CHROMIUM_PATH.');
	console.log(`Chromium: ${found}`);
	return found;
}

function installDebian() {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
	console.log('Installing Chromium by apt-get …');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const install = () =>
		spawnSync('apt-get', ['install', '-y', '-q', 'chromium'], { env, stdio: 'inherit' }).status === 0;
	if (!install()) {
		spawnSync('apt-get', ['update', '-q'], { env, stdio: 'inherit' });
		install();
	}
	return findChromium();
}

function download() {
	console.log('Downloading Chromium by Playwright …');
	const tool = path.join(root, 'node_modules', 'playwright-core', 'cli.js');
	spawnSync(runtime, [tool, 'install', 'chromium'], { stdio: 'inherit' });
	return findChromium();
}
