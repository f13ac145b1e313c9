/** Journey 6, second half: a new version while people write. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { meetingId, writeActionDay } from '../support/action-day.ts';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const build = path.resolve(import.meta.dirname, '../../build');
const minutes = `/meetings/${meetingId}/minutes`;

let browser: Browser;
let folder: string;
let server: TestServer;
let laptop: Device;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-build-'));
	cpSync(build, folder, { recursive: true });
	server = await startTestServer({ build: folder });
	const board = await server.setUp('Mara Lindner', 'Stadtverband Auenbrück');
	await writeActionDay(server, board);
	laptop = await openDevice(browser, { server, member: board });
	await open(laptop.page);
	await laptop.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
	// The browser looks for itself soon after a first visit; nothing of that is to be under way when the server goes.
	await laptop.page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
});
afterEach(async () => {
	expect(laptop.faults).toEqual([]);
	await laptop.close();
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

const body = (page: Page) => page.getByRole('textbox', { name: 'Text zu Plakate' });
const prompt = (page: Page) => page.getByText('Eine neue Version von Mitschrift ist da.');
const versionOf = (page: Page) =>
	page.evaluate(() => document.head.querySelector('meta[name=build]')?.getAttribute('content'));

async function open(page: Page): Promise<void> {
	await page.goto(minutes);
	await body(page).waitFor();
	// Gone when the page is loaded anew.
	await page.evaluate(() => document.documentElement.setAttribute('data-here-since', 'before'));
}
const wasLoadedAnew = (page: Page) =>
	page.evaluate(() => document.documentElement.getAttribute('data-here-since') === null);

/** What a deployment does: other files in the server's folder, and the server started anew. */
async function deploy(): Promise<void> {
	await server.stop();
	const page = path.join(folder, '200.html');
	writeFileSync(page, readFileSync(page, 'utf8').replace('<head>', '<head><meta name="build" content="second" />'));
	const worker = path.join(folder, 'sw.js');
	const before = readFileSync(worker, 'utf8');
	const after = before.replace(/(\{[^{}]*url:"\/?200\.html"[^{}]*\})/, (entry) =>
		entry.replace(/revision:"[^"]*"/, 'revision:"second"'),
	);
	expect(after, 'the worker lists the page with its revision').not.toBe(before);
	writeFileSync(worker, after);
	for (const name of [page, worker]) for (const packed of ['.br', '.gz']) rmSync(name + packed, { force: true });
	await server.start();
}

/** The app looks for a new version when it comes into view. */
const comeBackTo = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('focus')));

/** A request that reaches the old worker while it stops would let Chromium forget that the new one shall take over. */
const askTheServerAllTheTime = (page: Page) =>
	page.evaluate(() => {
		setInterval(() => void fetch('/api/session').catch(() => undefined), 5);
	});

it('is offered quietly, changes nothing by itself, and keeps what was typed without a network', async () => {
	const { page } = laptop;
	await body(page).click();
	await page.keyboard.type('Vor dem Wechsel. ');
	await deploy();
	await comeBackTo(page);
	await prompt(page).waitFor();
	expect(await wasLoadedAnew(page)).toBe(false);
	await body(page).click();
	await page.keyboard.press('End');
	await page.keyboard.type('Das Angebot stört nicht. ');

	await laptop.goOffline();
	await page.keyboard.type('Ohne Netz geschrieben.');
	await askTheServerAllTheTime(page);
	await page.getByRole('button', { name: 'Aktualisieren' }).click();
	await page.waitForFunction(() => document.head.querySelector('meta[name=build]') !== null);
	await body(page).waitFor();
	const written = 'Vor dem Wechsel. Das Angebot stört nicht. Ohne Netz geschrieben.';
	await expect.poll(() => body(page).innerText()).toContain(written);

	await laptop.goOnline();
	await page.getByRole('button', { name: /^Gespeichert/ }).waitFor();
	await page.reload();
	await expect.poll(() => body(page).innerText()).toContain(written);
});

it('reloads only the window in which somebody pressed', async () => {
	const { page } = laptop;
	const other = await laptop.context.newPage();
	await open(other);
	await deploy();
	await comeBackTo(page);
	await prompt(page).waitFor();
	await prompt(other).waitFor();
	await body(other).click();
	await other.keyboard.type('Mitten im Satz');
	await page.getByRole('button', { name: 'Aktualisieren' }).click();
	await page.waitForFunction(() => document.head.querySelector('meta[name=build]') !== null);

	await other.getByText('In einem anderen Fenster wurde aktualisiert.').waitFor();
	expect(await wasLoadedAnew(other)).toBe(false);
	await other.keyboard.type(' und weiter.');
	await other.getByRole('button', { name: 'Neu laden' }).click();
	await other.waitForFunction(() => document.head.querySelector('meta[name=build]') !== null);
	await expect.poll(() => body(other).innerText()).toContain('Mitten im Satz und weiter.');
	expect(await versionOf(other)).toBe('second');
});

it('can wait: “later” puts it away, and nothing is reloaded', async () => {
	const { page } = laptop;
	await deploy();
	await comeBackTo(page);
	await prompt(page).waitFor();
	await page.getByRole('button', { name: 'Später' }).click();
	await prompt(page).waitFor({ state: 'detached' });
	expect(await wasLoadedAnew(page)).toBe(false);
	expect(await versionOf(page)).toBeUndefined();
});
