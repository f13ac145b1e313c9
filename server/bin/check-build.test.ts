import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkBuild, faultOfImports, faultOfMessages, faultOfPrecache, faultOfYjs } from './check-build.js';

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

test('every script that one asks for is there', () => {
	const start = 'import{a}from"./b.js";import "../c.js";const d=()=>import("./d.js")';
	const all = ['x/b.js', 'c.js', 'x/d.js'];
	const scripts = (names: string[]) => new Map([['x/a.js', start], ...names.map((name) => [name, ''] as const)]);
	expect(faultOfImports(scripts(all))).toBeNull();
	for (const missing of all)
		expect(faultOfImports(scripts(all.filter((name) => name !== missing)))).toBe(
			`x/a.js asks for ${missing}, which is not there`,
		);
});

test('something of each part of what the interface says is in it, in both languages', () => {
	const messages = new Map([
		['de/a.json', ['Gespeichert', 'Nie gesagt']],
		['en/a.json', ['Saved on disk']],
	]);
	expect(faultOfMessages('x=["Gespeichert"];y=["Saved on disk"]', messages)).toBeNull();
	expect(faultOfMessages('x=["Gespeichert"];y=[void 0]', messages)).toBe('it holds nothing of what en/a.json says');
});

test('a build without a service worker is not fit', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-build-'));
	expect(checkBuild(folder)).toBe('it has no service worker');
	writeFileSync(path.join(folder, 'sw.js'), 'e.precacheAndRoute([{url:"200.html",revision:"f1"}],{})');
	const nothingSaid = path.join(folder, 'messages');
	mkdirSync(nothingSaid);
	expect(checkBuild(folder, nothingSaid)).toBeNull();
	expect(checkBuild(folder)).toContain('it holds nothing of what');
	rmSync(folder, { recursive: true });
});

test('the mark is the one that this Yjs sets', async () => {
	await import('yjs');
	expect('__ $YJS$ __' in globalThis).toBe(true);
});
