/** Where Chromium is. Used by the test command before anything is installed, and by the browser tests. */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApps = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];

/** @returns {string | null} an executable: `CHROMIUM_PATH`, one that is installed, or one that Playwright downloaded */
export function findChromium(env = process.env) {
	const folders = (env.PATH ?? '').split(path.delimiter);
	const candidates = [
		env.CHROMIUM_PATH ?? '',
		...names.flatMap((name) => folders.map((folder) => path.join(folder, name))),
		...macApps.map((app) => path.join('/Applications', app)),
		...downloaded(env),
	];
	return candidates.find((file) => file !== '' && isExecutable(file)) ?? null;
}

/** @param {NodeJS.ProcessEnv} env */
function downloaded(env) {
	const caches = [
		env.PLAYWRIGHT_BROWSERS_PATH ?? '',
		path.join(homedir(), '.cache/ms-playwright'),
		path.join(homedir(), 'Library/Caches/ms-playwright'),
	];
	const ends = [
		'chrome-linux/chrome',
		'chrome-linux64/chrome',
		'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
		'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
	];
	return caches
		.filter((cache) => cache !== '' && existsSync(cache))
		.flatMap((cache) =>
			readdirSync(cache)
				.filter((name) => /^chromium-\d+$/.test(name))
				.flatMap((name) => ends.map((end) => path.join(cache, name, end))),
		);
}

/** @param {string} file */
function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
