/** What a build must hold before anybody is served from it. A device keeps what it was served, for weeks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Yjs sets this key once per copy of it, to warn at run time. */
const yjsMark = '__ $YJS$ __';

/**
 * @param {string} folder
 * @returns {string | null} what is wrong, or null
 */
export function checkBuild(folder) {
	const worker = path.join(folder, 'sw.js');
	if (!existsSync(worker)) return 'it has no service worker';
	return faultOfPrecache(readFileSync(worker, 'utf8')) ?? faultOfYjs(scriptsUnder(folder));
}

/**
 * @param {string} worker the service worker's text
 * @returns {string | null}
 */
export function faultOfPrecache(worker) {
	const list = /precacheAndRoute\(\s*\[([^\]]*)\]/.exec(worker)?.[1] ?? '';
	const urls = [...list.matchAll(/["']?url["']?\s*:\s*["']([^"']*)["']/g)].map((match) => match[1]);
	if (urls.length === 0) return 'the service worker keeps nothing for offline use';
	if (!urls.some((url) => url === '200.html' || url === '/200.html'))
		return 'the service worker does not keep 200.html';
	return null;
}

/**
 * @param {string[]} scripts the browser's scripts, as texts
 * @returns {string | null}
 */
export function faultOfYjs(scripts) {
	const copies = scripts.reduce((sum, script) => sum + script.split(yjsMark).length - 1, 0);
	if (copies > 1) return `it holds ${copies} copies of Yjs`;
	return null;
}

/** @param {string} folder */
function scriptsUnder(folder) {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.js'))
		.map((name) => readFileSync(path.join(folder, name), 'utf8'));
}
