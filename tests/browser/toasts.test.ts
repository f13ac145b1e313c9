/** What is said in passing lies on nothing that one needs next, on a phone and beside the text of a laptop. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { choose } from '../support/choose.ts';
import { prepareEvening, type Evening } from '../support/evening.ts';

let evening: Evening;
let browser: Browser;
let device: Device;
let page: Page;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server, mara } = evening;
	device = await openDevice(browser, { server, member: mara, size: 'phone', worker: 'none' });
	({ page } = device);
});

afterAll(async () => {
	await device?.close();
	await browser?.close();
	await evening?.server.close();
});

beforeEach(() => page.goto('/bulletins/b1'));

async function boxOf(locator: Locator) {
	const box = await locator.boundingBox();
	if (!box) throw new Error('it is not to be seen');
	return { ...box, right: box.x + box.width, bottom: box.y + box.height };
}

test('what is said while one writes stands above the tools, and goes without taking the focus', async () => {
	const text = page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true });
	const tools = page.getByRole('toolbar', { name: 'Formatieren: Text: Wahlbüro' });
	await text.click();
	await tools.getByRole('button', { name: 'Tabelle' }).click();
	await tools.getByRole('button', { name: 'Zeile darunter' }).waitFor();
	await page.keyboard.type('Eins');
	await choose(page, 'Vorschlagen');
	await text.getByText('Eins').click();
	await tools.getByRole('button', { name: 'Zeile darunter' }).click();
	const said = page.locator('.toast', { hasText: 'Das lässt sich nicht vorschlagen.' });
	await expect.poll(async () => (await boxOf(tools)).y - (await boxOf(said)).bottom).toBeGreaterThan(0);
	await said.getByRole('button', { name: 'Schließen' }).click();
	await said.waitFor({ state: 'detached' });
	expect(await text.evaluate((element) => element === document.activeElement)).toBe(true);
	await choose(page, 'Bearbeiten');
});

test('long words stand above what one can do about them, short ones beside it', async () => {
	const undo = page.locator('.toast').getByRole('button', { name: 'Rückgängig' });
	const words = page.locator('.toast > p');
	const remove = async (title: string) => {
		const field = page.getByRole('textbox', { name: 'Titel des Artikels' }).first();
		await field.fill(title);
		await page.getByRole('button', { name: `Mehr zu „${title}“` }).click();
		await page.getByRole('menuitem', { name: 'Artikel löschen' }).click();
		await words.waitFor();
	};
	await remove('W');
	const [short, beside] = [await boxOf(words), await boxOf(undo)];
	expect([short.bottom > beside.y, short.right <= beside.x]).toEqual([true, true]);
	await undo.click();
	await undo.waitFor({ state: 'detached' });
	await remove('Ein Titel, der auf einem Telefon gewiss nicht in eine Zeile passt');
	const [long, below] = [await boxOf(words), await boxOf(undo)];
	expect(long.bottom).toBeLessThanOrEqual(below.y);
	expect(below.right).toBeLessThanOrEqual(390);
	await undo.click();
});
