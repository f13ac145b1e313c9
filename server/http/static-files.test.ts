import { Hono } from 'hono';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OpenFiles } from './open-files.ts';
import { type Build, openBuild } from './static-files.ts';

const policy = "default-src 'self'; script-src 'self' 'sha256-abc='";
const page = `<!doctype html><meta http-equiv="content-security-policy" content="${policy}"><p>Seite</p>`;
const script = 'export const here = 1;';
const browserNavigation = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate' };

let folder: string;
let app: Hono;
let build: Build;

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-build-'));
	mkdirSync(path.join(folder, 'build/_app/immutable'), { recursive: true });
	const put = (name: string, content: string | Uint8Array) => writeFileSync(path.join(folder, 'build', name), content);
	put('200.html', page);
	put('sw.js', script);
	put('manifest.webmanifest', '{}');
	put('_app/immutable/start.js', script);
	put('_app/immutable/start.js.br', brotliCompressSync(script));
	put('_app/immutable/start.js.gz', gzipSync(script));
	writeFileSync(path.join(folder, 'secret.txt'), 'secret');
	build = openBuild(path.join(folder, 'build'));
	app = new Hono().get('/*', build.serve);
});

afterAll(() => (build.close(), rmSync(folder, { recursive: true })));

function get(url: string, headers: Record<string, string> = {}, method = 'GET') {
	return Promise.resolve(app.request(`http://localhost${url}`, { headers, method }));
}

describe('what is there', () => {
	test('an asset with a hash in its name is kept for ever, everything else is asked for again', async () => {
		const cacheOf = async (url: string) => (await get(url)).headers.get('cache-control');
		expect(await cacheOf('/_app/immutable/start.js')).toBe('public, max-age=31536000, immutable');
		for (const url of ['/200.html', '/sw.js', '/manifest.webmanifest']) expect(await cacheOf(url)).toBe('no-cache');
	});

	test('the smallest encoding that the browser takes is sent', async () => {
		const url = '/_app/immutable/start.js';
		const br = await get(url, { 'accept-encoding': 'gzip, deflate, br, zstd' });
		expect(br.headers.get('content-encoding')).toBe('br');
		expect(brotliDecompressSync(await br.arrayBuffer()).toString()).toBe(script);
		const gzip = await get(url, { 'accept-encoding': 'gzip;q=1, br;q=0' });
		expect(gzip.headers.get('content-encoding')).toBe('gzip');
		expect(gunzipSync(await gzip.arrayBuffer()).toString()).toBe(script);
		const plain = await get(url, { 'accept-encoding': 'identity' });
		expect(plain.headers.get('content-encoding')).toBeNull();
		expect(await plain.text()).toBe(script);
		for (const answer of [br, gzip, plain]) expect(answer.headers.get('vary')).toBe('accept-encoding');
		expect(new Set([br, gzip, plain].map((answer) => answer.headers.get('etag'))).size).toBe(3);
	});

	test('what the browser has already is not sent again', async () => {
		const tag = (await get('/sw.js')).headers.get('etag') ?? '';
		const again = await get('/sw.js', { 'if-none-match': tag });
		expect([again.status, await again.text()]).toEqual([304, '']);
		expect((await get('/sw.js', { 'if-none-match': '"other"' })).status).toBe(200);
	});

	test('page and worker carry the policy of the page, and nobody may frame them', async () => {
		for (const url of ['/200.html', '/sw.js']) {
			expect((await get(url)).headers.get('content-security-policy')).toBe(`${policy}; frame-ancestors 'none'`);
		}
	});

	test('types are told, never guessed', async () => {
		const typeOf = async (url: string) => (await get(url)).headers.get('content-type');
		expect(await typeOf('/sw.js')).toBe('text/javascript; charset=utf-8');
		expect(await typeOf('/manifest.webmanifest')).toBe('application/manifest+json');
	});
});

describe('what is not there', () => {
	test('a place in the app is the shell', async () => {
		for (const url of ['/', '/meetings', '/meetings/abc/agenda', '/join']) {
			const answer = await get(url, browserNavigation);
			expect([answer.status, await answer.text()]).toEqual([200, page]);
		}
		// An old browser that says no more than that it wants a page.
		expect((await get('/meetings', { accept: 'text/html' })).status).toBe(200);
	});

	test.each([
		['an asset', '/_app/immutable/gone.js', { accept: '*/*', 'sec-fetch-mode': 'cors' }],
		['an asset that is navigated to', '/_app/immutable/gone.js', browserNavigation],
		['a file with an ending', '/gone.png', browserNavigation],
		['a path that is fetched', '/meetings', { accept: 'text/html', 'sec-fetch-mode': 'cors' }],
		['a path without a wish for HTML', '/meetings', { accept: '*/*' }],
		['a path of the server', '/sync/agenda:x', browserNavigation],
	])('%s is a 404 and no HTML', async (_what, url, headers) => {
		const answer = await get(url, headers);
		expect(answer.status).toBe(404);
		expect(answer.headers.get('content-type')).not.toContain('html');
	});

	test.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/..%5csecret.txt', '/_app/../../secret.txt'])(
		'%s does not leave the folder',
		async (url) => {
			expect(await (await get(url)).text()).not.toContain('secret');
		},
	);
});

test('a page without a policy is not served at all', () => {
	const bare = mkdtempSync(path.join(tmpdir(), 'mitschrift-bare-'));
	writeFileSync(path.join(bare, '200.html'), '<p>Seite</p>');
	expect(() => openBuild(bare)).toThrow('no content security policy');
	rmSync(bare, { recursive: true });
});

describe('what is served', () => {
	test('stays as it was when the interface is built anew, or removed, meanwhile', async () => {
		const other = mkdtempSync(path.join(tmpdir(), 'mitschrift-again-'));
		writeFileSync(path.join(other, '200.html'), page);
		writeFileSync(path.join(other, 'a.js'), script);
		const opened = openBuild(other);
		const again = new Hono().get('/*', opened.serve);
		const textOf = async (url: string) => (await again.request(`http://localhost${url}`)).text();
		rmSync(other, { recursive: true });
		mkdirSync(other);
		writeFileSync(path.join(other, 'a.js'), 'something else');
		expect([await textOf('/a.js'), await textOf('/200.html')]).toEqual([script, page]);
		rmSync(other, { recursive: true });
		expect([await textOf('/a.js'), await textOf('/200.html')]).toEqual([script, page]);
		opened.close();
	});

	test('is in memory once, however many ask at once or while another still has it', async () => {
		const open = new OpenFiles();
		const kept = open.open(path.join(folder, 'build/sw.js'));
		const [one, two] = await Promise.all([kept.read(), kept.read()]);
		const three = await kept.read();
		expect([two.buffer, three.buffer].every((each) => each === one.buffer)).toBe(true);
		expect([kept.size, Buffer.from(three).toString()]).toEqual([script.length, script]);
		open.close();
	});
});
