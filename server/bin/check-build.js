/** What a build must hold before anybody is served from it. A device keeps what it was served, for weeks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './toolchain.js';

const messagesFolder = path.join(root, 'src/lib/i18n/messages');

/** Yjs sets this key once per copy of it, to warn at run time. */
const yjsMark = '__ $YJS$ __';

/**
 * @param {string} folder
 * @param {string} [messages] the folder with what the interface says
 * @returns {string | null} what is wrong, or null
 */
export function checkBuild(folder, messages = messagesFolder) {
	const worker = path.join(folder, 'sw.js');
	if (!existsSync(worker)) return 'it has no service worker';
	const scripts = scriptsUnder(folder);
	return (
		faultOfPrecache(readFileSync(worker, 'utf8')) ??
		faultOfYjs([...scripts.values()]) ??
		faultOfImports(scripts) ??
		faultOfMessages([...scripts.values()].join('\n'), messagesUnder(messages))
	);
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

/**
 * @param {Map<string, string>} scripts texts, by path
 * @returns {string | null}
 */
export function faultOfImports(scripts) {
	for (const [name, text] of scripts) {
		for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
			const wanted = path.join(path.dirname(name), imported);
			if (!scripts.has(wanted)) return `${name} asks for ${wanted}, which is not there`;
		}
	}
	return null;
}

/**
 * A build beside something else that makes the messages anew has read them while they were not there. What nobody says is
 * left out of a build, but hardly all of a part.
 * @param {string} scripts
 * @param {Map<string, string[]>} messages texts, by file
 * @returns {string | null}
 */
export function faultOfMessages(scripts, messages) {
	for (const [file, texts] of messages)
		if (!texts.some((text) => scripts.includes(text))) return `it holds nothing of what ${file} says`;
	return null;
}

/** @param {string} folder */
function scriptsUnder(folder) {
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
	return new Map(names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}

/** Of those the ones that stand in a script as they are written: without placeholders and quotes. @param {string} folder */
function messagesUnder(folder) {
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
	return new Map(
		names.map((name) => {
			/** @type {unknown[]} */
			const texts = Object.values(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
			return [name, texts.filter((text) => typeof text === 'string').filter((text) => /^[^{}"'`\\\n]{8,}$/.test(text))];
		}),
	);
}
