/** The network goes before the device has the whole app: what is missing is said, and comes when it can. */
import { shelfName } from '#lib/sync/shelf.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { partWith } from '../support/built-parts.ts';
import { indicator, paragraph, prepareEvening, type Evening } from '../support/evening.ts';
import { twoFrames } from '../support/shifts.ts';

let evening: Evening;
let browser: Browser;
let device: Device;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	device = await openDevice(browser, {
		server: evening.server,
		member: evening.mara,
		context: { serviceWorkers: 'block' },
	});
});

afterAll(async () => {
	await device?.close();
	await browser?.close();
	await evening?.server.close();
});

test('a part of the page that could not be fetched says so, and comes when one tries again with a network', async () => {
	const { page } = device;
	await page.goto('/bulletins/b1');
	await page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true }).waitFor();
	await device.goOffline();
	await page.getByRole('button', { name: '0 Anmerkungen' }).click();
	const panel = page.getByRole('complementary', { name: 'Anmerkungen' });
	await panel.getByText('Hier fehlt ein Teil der App.').waitFor();
	const again = panel.getByRole('button', { name: 'Nochmal versuchen' });
	await again.click();
	await page.getByText('Noch kein Netz.').first().waitFor();
	await device.goOnline();
	await again.click();
	await page.getByRole('button', { name: '0 Anmerkungen', expanded: false }).click();
	await panel.getByText('Noch keine Anmerkung.').waitFor();
});

test('where the comments could not be fetched, what is typed after “Anmerken” does not come in the place of the words', async () => {
	const laptop = await openDevice(browser, {
		server: evening.server,
		member: evening.mara,
		context: { serviceWorkers: 'block' },
	});
	onTestFinished(() => laptop.close());
	const { page } = laptop;
	await page.goto('/bulletins/b1');
	const text = page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true });
	await text.click();
	await page.keyboard.press('Control+Home');
	await page.keyboard.press('Control+Shift+ArrowRight');
	const tools = page.getByRole('toolbar', { name: 'Text: Wahlbüro' });
	await tools.waitFor();
	await laptop.goOffline();
	await tools.getByRole('button', { name: 'Anmerken' }).click();
	await page.keyboard.type('Wer');
	const panel = page.getByRole('complementary', { name: 'Anmerkungen' });
	await panel.getByText('Hier fehlt ein Teil der App.').waitFor();
	await page.keyboard.type(' denn?');
	expect(await text.innerText()).toBe(paragraph);
	expect(await panel.evaluate((element) => element.contains(document.activeElement))).toBe(true);
	expect(laptop.faults.filter((fault) => !fault.includes("reading 'waiting'"))).toEqual([]);
});

test('a dialog that could not be fetched says so, takes the press back, and opens when one tries again', async () => {
	const { page } = device;
	const open = async () => {
		await page.getByRole('button', { name: 'Mehr zu diesem Rundbrief' }).click();
		await page.getByRole('menuitem', { name: 'Exportieren' }).click();
	};
	await device.goOffline();
	await open();
	const said = page.getByText('Hier fehlt ein Teil der App.');
	await said.first().waitFor();
	await device.goOnline();
	await page.getByRole('button', { name: 'Nochmal versuchen' }).click();
	await expect.poll(() => said.count()).toBe(0);
	await open();
	await page.getByRole('dialog').waitFor();
	// Where the browser is kept from service workers, as here, registering one brings nothing instead of refusing.
	expect(device.faults.filter((fault) => !fault.includes("reading 'waiting'"))).toEqual([]);
});

test('what waits is sent, though the page could not have the part that keeps it from what others delete', async () => {
	const phone = await openDevice(browser, {
		server: evening.server,
		member: evening.jonas,
		context: { serviceWorkers: 'block' },
	});
	onTestFinished(() => phone.close());
	const { page } = phone;
	const text = page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true });
	await page.route(`**/${partWith('ifAvailable')}`, (route) => route.abort());
	await page.goto('/bulletins/b1');
	await text.click();
	await phone.goOffline();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(' Bis dann.');
	await indicator(page, /Offline – auf diesem Gerät gespeichert \(\d+\)/).waitFor();
	await phone.goOnline();
	await page.goto('/bulletins/b1');
	await text.getByText('Bis dann.').waitFor();
	await indicator(page, 'Gespeichert').waitFor();
	await device.page.goto('/bulletins/b1');
	await device.page.getByRole('textbox', { name: 'Text: Wahlbüro', exact: true }).getByText('Bis dann.').waitFor();
});

test('what comes by itself seconds after a text is shown, and cannot be had then, is no fault of the page', async () => {
	const { server, jonas } = evening;
	const phone = await openDevice(browser, { server, member: jonas, context: { serviceWorkers: 'block' } });
	onTestFinished(() => phone.close());
	const { page } = phone;
	const part = `**/${partWith('twins')}`;
	const refused = page.waitForEvent('requestfailed', { timeout: 60_000 });
	await page.route(part, (route) => route.abort());
	await page.goto('/bulletins/b1');
	await refused;
	await page.evaluate(twoFrames);
	expect(phone.faults.filter((fault) => !fault.includes("reading 'waiting'"))).toEqual([]);
});

test('whoever is turned away is, though the page could not have the part that does it', async () => {
	const { server, jonas, mara } = evening;
	const phone = await openDevice(browser, { server, member: jonas, context: { serviceWorkers: 'block' } });
	const { page } = phone;
	// What waits for no press is fetched seconds after the page is shown.
	const part = `**/${partWith(shelfName)}`;
	const refused = page.waitForEvent('requestfailed', { timeout: 60_000 });
	await page.route(part, (route) => route.abort());
	await page.goto('/meetings/m1/minutes');
	await page
		.getByRole('textbox', { name: /^Text zu/ })
		.first()
		.waitFor();
	await refused;
	await page.unroute(part);
	await server.ask('DELETE', `/api/people/${jonas.person.id}`, { as: mara });
	await page.getByRole('heading', { name: 'Dieses Gerät ist abgemeldet' }).waitFor();
	await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
	await phone.close();
});
