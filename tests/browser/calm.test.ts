/**
 * Once a text is there, the page keeps still: on a slow phone and a slow laptop, with a server that answers late, with all
 * that comes to a page by itself.
 */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBulletin } from '#lib/documents/change-directory.ts';
import { addResolution } from '#lib/documents/change-minutes.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { writeDocuments } from '../support/content.ts';
import { approve, indicator, prepareEvening, publish, type Evening } from '../support/evening.ts';
import { shiftsSinceText, slowDown, textPainted, twoFrames, watchShifts } from '../support/shifts.ts';

const wrong = 'Die nächste Sitzung ist am 9. Dezember 2024, und es gibt viel zu tun.';
const motion = 'Es werden Plakate bestellt.';

let evening: Evening;
let browser: Browser;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server, mara, jonas } = evening;
	await writeDocuments(server, mara, [
		{
			name: 'directory:main',
			change: (doc) => addBulletin(doc, { id: 'b2', title: 'Vor der Wahl', date: '2024-12-12', status: 'review' }),
		},
		{ name: 'bulletin:b1', change: writeFindings },
		{ name: 'bulletin:b2', change: writeFindings },
		{
			name: 'minutes:m1',
			change: (doc) => {
				writeBody(doc, bodyRoot('i2'), [wrong]);
				addResolution(doc, { id: 'd1', itemId: 'i1', text: motion, status: 'draft' });
			},
		},
	]);
	// One that is out, and was changed and approved by one since: the page has the most to say of it.
	await publish(server, 'b2', [mara, jonas]);
	await writeDocuments(server, mara, [
		{
			name: 'bulletin:b2',
			change: (doc) => {
				addArticle(doc, { id: 'a9', title: 'Nachtrag' });
				writeMotion(doc, bodyRoot('a9'));
			},
		},
	]);
	await approve(server, 'b2', [jonas]);
});

afterAll(async () => {
	await browser?.close();
	await evening?.server.close();
});

function writeFindings(doc: Y.Doc): void {
	for (const id of ['a2', 'a3']) {
		addArticle(doc, { id, title: `Termine ${id}` });
		writeBody(doc, bodyRoot(id), [wrong, 'Danach folgt die am 9. Januar.']);
	}
}

function writeMotion(doc: Y.Doc, root: string): void {
	const [paragraph, fact] = [new Y.XmlElement('paragraph'), new Y.XmlElement('fact')];
	const given = { kind: 'resolution', of: 'm1/d1', form: 'de.text', text: motion, was: motion };
	for (const [key, value] of Object.entries(given)) fact.setAttribute(key, value);
	doc.getXmlFragment(root).push([paragraph]);
	paragraph.push([fact]);
}

const answers = /\/api\/(bulletins|documents|authors|passkeys)/;
const fonts = /\.woff2$/;

/** What is asked of the server is held back until `release`. */
async function hold(page: Page, asked: RegExp): Promise<{ release: () => void }> {
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	await page.route(asked, async (route) => {
		await released;
		await route.continue();
	});
	return { release };
}

/** Settles when both are there in which pages are written, as they are called in the style. */
async function fontsCome(page: Page): Promise<void> {
	const loaded = () => [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family);
	await expect
		.poll(() => page.evaluate(loaded))
		.toEqual(expect.arrayContaining([expect.stringContaining('Inter Variable'), expect.stringContaining('Serif 4')]));
}

/** Runs in the page: what its card says at the moment when a button of this name comes. */
function wordsWith(name: string): Promise<string> {
	return new Promise((resolve) => {
		const observer = new MutationObserver(() => {
			const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === name);
			if (!button) return;
			observer.disconnect();
			resolve(button.closest('section')?.textContent ?? '');
		});
		observer.observe(document, { childList: true, subtree: true });
	});
}

async function keptStill(page: Page): Promise<void> {
	const { sum, shifts } = await shiftsSinceText(page);
	expect(sum, JSON.stringify(shifts, null, '\t')).toBeLessThan(0.01);
}

describe.each(['phone', 'laptop'] as const)('on a slow %s', (size) => {
	let device: Device;

	beforeAll(async () => {
		device = await openDevice(browser, { server: evening.server, member: evening.mara, size, worker: 'none' });
		await watchShifts(device.context, '.writing .rich');
		await slowDown(device.page, 4);
	});
	afterAll(() => device?.close());

	const way = () => device.page.getByRole('region', { name: 'Weg des Rundbriefs' });

	test.each([
		['that is being written', '/bulletins/b1', 'Um Freigabe bitten'],
		['that is out and was changed', '/bulletins/b2', 'Freigeben'],
	])('an issue %s keeps still', async (_words, address, next) => {
		const { page } = device;
		for (const _visit of ['the first', 'the second']) {
			const { release } = await hold(page, answers);
			await page.goto(address);
			await textPainted(page);
			await page.locator('.ProseMirror .finding').first().waitFor();
			release();
			await way().getByRole('button', { name: next, exact: true }).waitFor();
			await page.locator('.writing summary').first().waitFor();
			await page.locator('nav summary', { hasText: 'Artikel' }).waitFor();
			await indicator(page, '^Gespeichert').waitFor();
			await keptStill(page);
			await page.unrouteAll({ behavior: 'wait' });
		}
	});

	test.each(['/bulletins/b1', '/bulletins/b2', '/meetings/m1/minutes'])(
		'%s keeps still when its fonts come',
		async (address) => {
			const { page } = device;
			const { release } = await hold(page, fonts);
			// A page has not loaded before its fonts.
			await page.goto(address, { waitUntil: 'commit' });
			await textPainted(page);
			await indicator(page, '^Gespeichert').waitFor();
			await page.locator('.ProseMirror .finding').first().waitFor();
			const come = fontsCome(page);
			release();
			await come;
			await keptStill(page);
			await page.unrouteAll({ behavior: 'wait' });
		},
	);

	test('who had approved before stands above what one may press as soon as that is there', async () => {
		const { page } = device;
		const { release } = await hold(page, answers);
		await page.goto('/bulletins/b2');
		await textPainted(page);
		const first = page.evaluate(wordsWith, 'Freigeben');
		release();
		expect(await first).toContain('hatte am');
		await page.unrouteAll({ behavior: 'wait' });
	});

	test('minutes keep still', async () => {
		const { page } = device;
		await page.goto('/meetings/m1/minutes');
		await textPainted(page);
		await page.locator('.ProseMirror .finding').first().waitFor();
		await indicator(page, '^Gespeichert').waitFor();
		await keptStill(page);
	});
});

test('what does not hold stands there before what one may press, however late its source comes to a new device', async () => {
	const device = await openDevice(browser, { server: evening.server, member: evening.mara, worker: 'none' });
	const { page } = device;
	try {
		await page.routeWebSocket(/minutes/, (socket) => {
			const relay = socket.connectToServer();
			relay.onMessage((message) => void setTimeout(() => socket.send(message), 1200));
		});
		await page.goto('/bulletins/b2');
		expect(await page.evaluate(wordsWith, 'Freigeben')).toContain(motion);
	} finally {
		await device.close();
	}
});

// It moves too little for the browser's sum, and enough for a press to meet another.
test.each(['/bulletins/b1', '/bulletins/b2'])(
	'the list of articles beside %s stands where it does before its way is there',
	async (address) => {
		const device = await openDevice(browser, { server: evening.server, member: evening.mara, worker: 'none' });
		onTestFinished(() => device.close());
		const { page } = device;
		const way = page.getByRole('region', { name: 'Weg des Rundbriefs' });
		const first = page.getByRole('navigation', { name: 'Artikel' }).getByRole('listitem').first();
		const top = () => first.evaluate((element) => element.getBoundingClientRect().top);
		// The one that is said to come, and keeps its place.
		const begun = page.locator('p#way').waitFor();
		await page.goto(address);
		await begun;
		await first.waitFor();
		const before = await top();
		expect(await way.count(), 'it comes later').toBe(0);
		await way.getByText(/Hinweis/).waitFor();
		await way.getByRole('button').first().waitFor();
		await page.evaluate(twoFrames);
		expect(await top()).toBe(before);
	},
);
