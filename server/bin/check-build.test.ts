import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkBuild, faultOfPrecache, faultOfYjs } from './check-build.js';

test('a precache with the shell in it is fit', () => {
	const worker = 'e.precacheAndRoute([{url:"_app/start.js",revision:null},{url:"200.html",revision:"f1"}],{})';
	expect(faultOfPrecache(worker)).toBeNull();
});

test.each([
	['e.precacheAndRoute([],{})', 'the service worker keeps nothing for offline use'],
	['self.skipWaiting()', 'the service worker keeps nothing for offline use'],
	['e.precacheAndRoute([{url:"_app/start.js",revision:null}],{})', 'the service worker does not keep 200.html'],
	['e.precacheAndRoute([{url:"old/200.html.js",revision:null}],{})', 'the service worker does not keep 200.html'],
])('%s is not', (worker, fault) => {
	expect(faultOfPrecache(worker)).toBe(fault);
});

test('one copy of Yjs may be there, two may not, wherever they are', () => {
	const copy = `const k = '__ $YJS$ __';`;
	expect(faultOfYjs(['', copy])).toBeNull();
	expect(faultOfYjs([copy, copy])).toBe('it holds 2 copies of Yjs');
	expect(faultOfYjs([copy + copy])).toBe('it holds 2 copies of Yjs');
});

test('a build without a service worker is not fit', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-build-'));
	expect(checkBuild(folder)).toBe('it has no service worker');
	writeFileSync(path.join(folder, 'sw.js'), 'e.precacheAndRoute([{url:"200.html",revision:"f1"}],{})');
	expect(checkBuild(folder)).toBeNull();
	rmSync(folder, { recursive: true });
});

test('the mark is the one that this Yjs sets', async () => {
	await import('yjs');
	expect('__ $YJS$ __' in globalThis).toBe(true);
});
