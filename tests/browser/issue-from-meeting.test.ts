/** From a meeting to an issue of the bulletin: pressed twice, without a network, taken back, and with an office in it. */
import { addRoster } from '#lib/documents/change-directory.ts';
import { addResolution, updateResolution } from '#lib/documents/change-minutes.ts';
import { directoryName } from '#lib/protocol/document-name.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { indicator, openServerPeer, prepareEvening, type Evening } from '../support/evening.ts';
import { untilSaved } from '../support/peers.ts';

let evening: Evening;
let browser: Browser;
let device: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const workspace = openServerPeer(evening.server, evening.mara);
	const [directory, minutes] = [workspace.open(directoryName), workspace.open('minutes:m1')];
	await Promise.all([untilSaved(directory), untilSaved(minutes)]);
	addRoster(directory.doc, { id: 'r1', title: 'Aktionstag', place: '', date: '2025-01-18', status: 'open' });
	addResolution(minutes.doc, { id: 'b1', itemId: 'i1', text: 'Ein Wahlbüro wird eingerichtet.', status: 'adopted' });
	await Promise.all([untilSaved(directory), untilSaved(minutes)]);
	await workspace.close();
	device = await openDevice(browser, { server: evening.server, member: evening.mara });
});

afterAll(async () => {
	await device?.close();
	await browser?.close();
	await evening?.server.close();
});

async function titles(page: Page): Promise<string[]> {
	await page.getByRole('textbox', { name: 'Titel des Artikels' }).first().waitFor();
	return page
		.getByRole('textbox', { name: 'Titel des Artikels' })
		.evaluateAll((fields) => fields.map((field) => (field as HTMLTextAreaElement).value));
}

const expected = ['Aus der Sitzung', 'Wahlbüro', 'Plakate', 'Haushalt', 'Nächste Termine'];

test('the meeting becomes an issue with its items, resolutions and dates, and taking it back takes it off the list', async () => {
	const { page } = device;
	await page.goto('/meetings/m1');
	await page.getByRole('button', { name: 'Rundbrief daraus' }).click();
	await page.getByText('Rundbrief aus der Sitzung begonnen').first().waitFor();
	await expect.poll(() => titles(page)).toEqual(expected);
	await page.locator('.ProseMirror .fact', { hasText: 'Ein Wahlbüro wird eingerichtet.' }).waitFor();
	await page.locator('.ProseMirror .fact', { hasText: 'Di., 10. Dezember 2024, 18 Uhr' }).waitFor();
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	await page.waitForURL('**/bulletins');
	await expect.poll(() => page.getByRole('link', { name: 'Aus der Sitzung: Vorstand' }).count()).toBe(0);
	expect(device.faults).toEqual([]);
});

test('the resolution in the article is the one in the minutes', async () => {
	const { page } = device;
	await page.goto('/meetings/m1');
	await page.getByRole('button', { name: 'Rundbrief daraus' }).click();
	await expect.poll(() => titles(page)).toEqual(expected);
	const workspace = openServerPeer(evening.server, evening.jonas);
	const minutes = workspace.open('minutes:m1');
	await untilSaved(minutes);
	updateResolution(minutes.doc, 'b1', { text: 'Ein Wahlbüro wird sofort eingerichtet.' });
	await untilSaved(minutes);
	await workspace.close();
	await page.locator('.ProseMirror .fact ins', { hasText: 'sofort' }).waitFor();
	expect(await page.locator('.ProseMirror .fact del').innerText()).toBe('Ein Wahlbüro wird eingerichtet.');
});

test('without a network, and pressed again, it is the same issue', async () => {
	const { page } = device;
	await page.goto('/bulletins');
	await indicator(page, 'Gespeichert').waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await device.goOffline();
	for (let press = 0; press < 2; press++) {
		await page.goto('/bulletins');
		await page.getByRole('button', { name: 'Aus einer Sitzung' }).click();
		await page
			.getByRole('dialog')
			.getByRole('button', { name: /Vorstand/ })
			.click();
		await page.waitForURL('**/bulletins/fromm1');
		await expect.poll(() => titles(page)).toEqual(expected);
	}
	await device.goOnline();
	await indicator(page, 'Gespeichert').waitFor();
	await page.goto('/bulletins');
	await expect.poll(() => page.getByRole('link', { name: 'Aus der Sitzung: Vorstand' }).count()).toBe(1);
	expect(device.faults).toEqual([]);
});

test('an office is made, held, and named in a text; when another person takes it, the text says so', async () => {
	const { page } = device;
	await page.goto('/more/offices');
	await page.getByRole('textbox', { name: 'Neues Amt' }).fill('Vorsitz');
	await page.getByRole('button', { name: 'Hinzufügen' }).click();
	await page.getByLabel('Wer: Vorsitz').selectOption({ label: 'Jonas' });
	await page.goto('/bulletins/b1');
	const text = page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true });
	await text.focus();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(' Es grüßt @vorsitz');
	await page.getByRole('option', { name: 'Jonas' }).first().waitFor();
	await page.keyboard.press('Enter');
	await text.locator('.fact', { hasText: 'Jonas' }).waitFor();
	await page.goto('/more/offices');
	await page.getByLabel('Wer: Vorsitz').selectOption({ label: 'Mara' });
	await page.goto('/bulletins/b1');
	await expect.poll(() => text.locator('.fact ins').innerText()).toBe('Mara');
	expect(await text.locator('.fact del').innerText()).toBe('Jonas');
});
