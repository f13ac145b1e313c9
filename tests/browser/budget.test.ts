/**
 * What a first visit costs in JavaScript: all that the browser fetches for a page until it rests, as it comes over the
 * wire. What the service worker puts aside for later is not counted, nor what the app fetches seconds after it has shown.
 * Sizes of one build are always the same, so they are held to bounds.
 */
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBulletin } from '#lib/documents/change-directory.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionDay, writeActionDay } from '../support/action-day.ts';
import { launchBrowser, openDevice } from '../support/browser.ts';
import { writeDocuments } from '../support/content.ts';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';

/** A phone in the hand: it is offered to install the app, which a laptop is not. */
const phone = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36';

type Visit = {
	name: string;
	path: string;
	size: 'phone' | 'laptop';
	bound: number;
	ready: (page: Page) => Promise<void>;
};

/**
 * Bounds in bytes, compressed. Start and a roster are to cost 90 kB at most; a higher bound here is where they stand, and
 * is to come down, not to grow.
 */
const visits: Visit[] = [
	{ name: 'Start', path: '/', size: 'phone', bound: 89_000, ready: shows(actionDay.title) },
	{ name: 'Start', path: '/', size: 'laptop', bound: 87_500, ready: shows(actionDay.title) },
	{ name: 'one roster', path: `/rosters/${actionDay.id}`, size: 'phone', bound: 90_500, ready: shows(actionDay.note) },
	{ name: 'one roster', path: `/rosters/${actionDay.id}`, size: 'laptop', bound: 90_500, ready: shows(actionDay.note) },
	{ name: 'writing in a bulletin', path: '/bulletins/bulletin1', size: 'laptop', bound: 220_000, ready: write },
];

let server: TestServer;
let mara: Member;
let browser: Browser;

beforeAll(async () => {
	server = await startTestServer();
	mara = await server.setUp('Mara Lindner', 'Stadtverband Auenbrück');
	await writeActionDay(server, mara);
	await writeDocuments(server, mara, [
		{
			name: 'directory:main',
			change: (doc) =>
				addBulletin(doc, { id: 'bulletin1', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'draft' }),
		},
		{ name: 'bulletin:bulletin1', change: (doc) => addArticle(doc, { id: 'article1', title: 'Wahlbüro' }) },
	]);
	browser = await launchBrowser();
});

afterAll(async () => {
	await browser?.close();
	await server?.close();
});

describe('JavaScript on a first visit', () => {
	test.each(visits)('$name, $size: at most $bound bytes', async ({ name, path, size, bound, ready }) => {
		const userAgent = size === 'phone' ? { userAgent: phone } : {};
		const device = await openDevice(browser, {
			server,
			member: mara,
			size,
			context: { serviceWorkers: 'block', ...userAgent },
		});
		await device.page.addInitScript(leaveForLater);
		await device.page.goto(path);
		await ready(device.page);
		await device.page.waitForLoadState('networkidle');
		const scripts = await scriptsOf(device.page);
		const sum = scripts.reduce((bytes, script) => bytes + script.bytes, 0);
		console.info(
			`${name}, ${size}: ${(sum / 1000).toFixed(1)} kB in ${scripts.length} files, bound ${bound / 1000} kB`,
		);
		expect(scripts.filter(({ compressed }) => !compressed)).toEqual([]);
		expect(sum).toBeLessThanOrEqual(bound);
		await device.close();
	});
});

function shows(text: string): (page: Page) => Promise<void> {
	return (page) => page.locator('main').getByText(text).filter({ visible: true }).first().waitFor();
}

/** With all that writing needs, the tools for a part of the text too. */
async function write(page: Page): Promise<void> {
	const body = page.locator('.ProseMirror').first();
	await body.click();
	await page.keyboard.type('Plakate');
	await body.getByText('Plakate').waitFor();
}

/** Runs in the page: what the app puts off for seconds is put off for minutes, however slow the machine is. */
function leaveForLater(): void {
	const { setTimeout: later } = window;
	window.setTimeout = ((run: TimerHandler, milliseconds = 0, ...rest: unknown[]) =>
		later(run, milliseconds >= 2000 ? milliseconds * 100 : milliseconds, ...rest)) as typeof setTimeout;
}

/** Every script of the page once. A file too small to gain from it may come as it is. */
function scriptsOf(page: Page): Promise<{ url: string; bytes: number; compressed: boolean }[]> {
	return page.evaluate(() => {
		const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
		const scripts = new Map(entries.filter(({ name }) => /\.js$/.test(name)).map((entry) => [entry.name, entry]));
		return [...scripts.values()].map(({ name, encodedBodySize, decodedBodySize }) => ({
			url: name,
			bytes: encodedBodySize,
			compressed: encodedBodySize > 0 && (encodedBodySize < decodedBodySize || decodedBodySize < 300),
		}));
	});
}
