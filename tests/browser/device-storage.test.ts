/** A browser that keeps nothing: the indicator says so, and nothing is called saved on this device. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, openDevice, type Device, type DeviceOptions } from '../support/browser.ts';
import { deviceContent, indicator, prepareEvening, relayContent, type Evening } from '../support/evening.ts';

/** Two cores, eight browsers: long, and only waited out when something is wrong. */
const patience = { timeout: 20_000 };

let evening: Evening;
let browser: Browser;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
});

afterAll(async () => {
	await browser?.close();
	await evening?.server.close();
});

const warning = 'Achtung: Auf diesem Gerät wird nichts gespeichert';
const label = 'Text: Wahlbüro';

async function openBulletin({ quota, ...options }: Partial<DeviceOptions> & { quota?: number } = {}) {
	const device = await openDevice(browser, { server: evening.server, member: evening.jonas, ...options });
	onTestFinished(() => device.close());
	if (quota !== undefined) await setQuota(device, quota);
	await device.page.goto('/bulletins/b1');
	await device.page.getByRole('textbox', { name: label, exact: true }).click();
	await device.page.keyboard.press('Control+End');
	return device;
}

/** @param bytes that this origin may store; without, as much as usual */
async function setQuota({ page, origin }: Device, bytes?: number): Promise<void> {
	const protocol = await page.context().newCDPSession(page);
	await protocol.send('Storage.overrideQuotaForOrigin', {
		origin,
		...(bytes === undefined ? {} : { quotaSize: bytes }),
	});
}

/** What the details say of this device, for all documents. */
async function detailsOf(page: Page): Promise<string> {
	await page.locator('[data-status]:visible').first().click();
	const dialog = page.getByRole('dialog');
	await dialog.waitFor();
	const text = await dialog.innerText();
	await page.keyboard.press('Escape');
	await dialog.waitFor({ state: 'hidden' });
	return text;
}

test('denied: writing goes on, the server gets it, and the device is said to keep nothing', async () => {
	const device = await openBulletin({
		init: () => {
			IDBFactory.prototype.open = () => {
				throw new DOMException('The user denied permission to access the database.', 'SecurityError');
			};
		},
	});
	await indicator(device.page, warning).waitFor();
	await device.page.keyboard.type(' Ohne Speicher.');
	await expect
		.poll(
			async () =>
				(await relayContent(evening.server, evening.mara, 'bulletin:b1')).getXmlFragment('body:a1').toString(),
			patience,
		)
		.toContain('Ohne Speicher.');
	await indicator(device.page, warning).waitFor();
	const details = await detailsOf(device.page);
	expect(details).toContain('Der Browser erlaubt kein Speichern auf diesem Gerät');
	expect(details).not.toMatch(/^Auf diesem Gerät$/m);
	device.cutCable();
	await device.page.keyboard.type(' Und ohne Netz.');
	expect(await device.page.locator('[data-status]:visible').first().innerText()).toContain(warning);
	expect(device.faults).toEqual([]);
});

test('full: said at once, nothing is called kept, and with room again everything is', async () => {
	const device = await openBulletin({ quota: 1 });
	const { page } = device;
	await page.keyboard.type(' Kein Platz.');
	await indicator(page, warning).waitFor();
	expect(await detailsOf(page)).toContain('Der Speicher dieses Geräts ist voll');
	const body = async () =>
		(await deviceContent(page, evening.jonas.person.id, 'bulletin:b1')).getXmlFragment('body:a1').toString();
	expect(await body()).not.toContain('Kein Platz.');

	await setQuota(device);
	await page.getByRole('textbox', { name: label, exact: true }).click();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(' Wieder Platz.');
	await indicator(page, 'Gespeichert').waitFor();
	await expect.poll(body, patience).toContain('Kein Platz.');
	expect(await body()).toContain('Wieder Platz.');
	expect(device.faults).toEqual([]);
});
