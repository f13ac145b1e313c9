/**
 * Once a text is there, the page keeps still: on a slow phone and a slow laptop, with a server that answers late, with all
 * that comes to a page by itself.
 */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBulletin } from '#lib/documents/change-directory.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { writeDocuments } from '../support/content.ts';
import { approve, indicator, prepareEvening, publish, type Evening } from '../support/evening.ts';
import { shiftsSinceText, slowDown, textPainted, watchShifts } from '../support/shifts.ts';

const wrong = 'Die nächste Sitzung ist am 9. Dezember 2024, und es gibt viel zu tun.';

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
		{ name: 'minutes:m1', change: (doc) => writeBody(doc, bodyRoot('i2'), [wrong]) },
	]);
	// One that is out, and was changed and approved by one since: the page has the most to say of it.
	await publish(server, 'b2', [mara, jonas]);
	await writeDocuments(server, mara, [
		{ name: 'bulletin:b2', change: (doc) => addArticle(doc, { id: 'a9', title: 'Nachtrag' }) },
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

/** Answers of the server are held back until `release`. */
async function holdAnswers(page: Page): Promise<{ release: () => void }> {
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	await page.route(/\/api\/(bulletins|documents|authors|passkeys)/, async (route) => {
		await released;
		await route.continue();
	});
	return { release };
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
			const { release } = await holdAnswers(page);
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

	test('minutes keep still', async () => {
		const { page } = device;
		await page.goto('/meetings/m1/minutes');
		await textPainted(page);
		await page.locator('.ProseMirror .finding').first().waitFor();
		await indicator(page, '^Gespeichert').waitFor();
		await keptStill(page);
	});
});
