/** A meeting becomes an issue; two correct it, one of them in a tunnel; two approve it; it goes out, is corrected, and is withdrawn. */
import { addResolution } from '#lib/documents/change-minutes.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { choose } from '../support/choose.ts';
import { writeDocuments } from '../support/content.ts';
import { indicator, prepareEvening, type Evening } from '../support/evening.ts';

const issue = '/bulletins/fromm1';

let evening: Evening;
let browser: Browser;
let mara: Device;
let jonas: Device;
let kim: Device;
let address = '';

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server } = evening;
	const text = 'Ein Wahlbüro wird eingerichtet.';
	await writeDocuments(server, evening.mara, [
		{ name: 'minutes:m1', change: (doc) => addResolution(doc, { id: 'd1', itemId: 'i1', text, status: 'adopted' }) },
	]);
	mara = await openDevice(browser, { server, member: evening.mara, worker: 'none' });
	jonas = await openDevice(browser, { server, member: evening.jonas, size: 'phone' });
	const member = await server.admit(evening.mara, 'Kim', 'board');
	kim = await openDevice(browser, { server, member, worker: 'none' });
});

afterAll(async () => {
	await Promise.all([mara, jonas, kim].map((device) => device?.close()));
	await browser?.close();
	await evening?.server.close();
});

const way = ({ page }: Device) => page.getByRole('region', { name: 'Weg des Rundbriefs' });
const press = (device: Device, name: string) => way(device).getByRole('button', { name, exact: true }).click();
const shows = (device: Device, text: string | RegExp) => way(device).getByText(text).first().waitFor();
const article = ({ page }: Device, title: string) => page.getByRole('textbox', { name: `Text: ${title}`, exact: true });

async function writeBehind(device: Device, title: string, words: string): Promise<void> {
	const text = article(device, title);
	await text.scrollIntoViewIfNeeded();
	await text.focus();
	await device.page.keyboard.press('Control+End');
	await device.page.keyboard.type(words);
}

test('the meeting becomes an issue', async () => {
	await mara.page.goto('/meetings/m1');
	await mara.page.getByRole('button', { name: 'Rundbrief daraus' }).click();
	await mara.page.waitForURL(`**${issue}`);
	await article(mara, 'Wahlbüro').locator('.fact', { hasText: 'Ein Wahlbüro wird eingerichtet.' }).waitFor();
	await indicator(mara.page, '^Gespeichert').waitFor();
});

test('two correct it with suggestions, one of them in a tunnel, and both arrive', async () => {
	for (const device of [jonas, kim]) {
		await device.page.goto(issue);
		await article(device, 'Wahlbüro').waitFor();
		await choose(device.page, 'Vorschlagen');
	}
	await jonas.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await jonas.goOffline();
	await writeBehind(jonas, 'Wahlbüro', ' Im Tunnel vorgeschlagen.');
	await writeBehind(kim, 'Plakate', 'Es hängen schon welche.');
	await article(mara, 'Plakate').locator('ins', { hasText: 'Es hängen schon welche.' }).waitFor();
	await jonas.goOnline();
	await indicator(jonas.page, '^Gespeichert').waitFor();
	await article(mara, 'Wahlbüro').locator('ins', { hasText: 'Im Tunnel vorgeschlagen.' }).waitFor();
	await mara.page.getByRole('radio', { name: 'Vorschläge (2)' }).waitFor();
	const list = mara.page.getByRole('complementary', { name: 'Vorschläge' });
	await list.locator('article', { hasText: 'Kim' }).waitFor();
	await list.getByRole('button', { name: 'Alle annehmen' }).click();
	await mara.page
		.getByText(/2 Vorschläge angenommen/)
		.first()
		.waitFor();
	for (const device of [mara, jonas, kim]) {
		await expect.poll(() => device.page.locator('.ProseMirror ins').count()).toBe(0);
		expect(await article(device, 'Wahlbüro').innerText()).toContain('Im Tunnel vorgeschlagen.');
	}
});

test('two approve it, and what they approved goes out', async () => {
	await press(mara, 'Um Freigabe bitten');
	await press(jonas, 'Freigeben');
	await shows(kim, 'Freigaben: 1 von 2');
	await press(kim, 'Freigeben');
	await press(mara, 'Veröffentlichen …');
	const dialog = mara.page.getByRole('dialog', { name: 'Das geht hinaus' });
	await dialog.frameLocator('iframe').getByText('Im Tunnel vorgeschlagen.').waitFor();
	await dialog.getByRole('button', { name: 'Jetzt veröffentlichen' }).click();
	for (const device of [mara, jonas, kim]) await shows(device, 'Genau dieser Text ist öffentlich.');
	address = (await way(mara).getByRole('link', { name: 'Seite ansehen' }).getAttribute('href')) ?? '';
	const { body } = await evening.server.ask<string>('GET', address);
	expect(body).toContain('Ein Wahlbüro wird eingerichtet.');
	expect(body).toContain('Es hängen schon welche.');
});

test('a correction says what it corrects, and the version before stays where it was', async () => {
	await choose(kim.page, 'Bearbeiten');
	await writeBehind(kim, 'Haushalt', 'Beraten wird im Januar.');
	await shows(mara, /Öffentlich ist noch die Fassung davor/);
	await indicator(kim.page, '^Gespeichert').waitFor();
	await press(kim, 'Freigeben');
	await shows(jonas, 'Freigaben: 1 von 2');
	await press(jonas, 'Freigeben');
	await press(jonas, 'Berichtigung veröffentlichen …');
	const dialog = jonas.page.getByRole('dialog', { name: 'Diese Berichtigung geht hinaus' });
	await dialog.locator('iframe').waitFor();
	await dialog.getByLabel('Was wird berichtigt?').fill('Der Haushalt fehlte.');
	await dialog.getByRole('button', { name: 'Jetzt veröffentlichen' }).click();
	await shows(mara, 'Genau dieser Text ist öffentlich.');
	const read = async (path: string) => (await evening.server.ask<string>('GET', path)).body;
	expect(await read(address)).toContain('Beraten wird im Januar.');
	expect(await read(address)).toContain('Der Haushalt fehlte.');
	expect(await read(`${address}/1`)).not.toContain('Beraten wird im Januar.');
});

test('withdrawn, nobody reads it any more, and everybody on the board sees that', async () => {
	await way(mara).getByRole('button', { name: 'Mehr zur öffentlichen Seite' }).click();
	await mara.page.getByRole('menuitem', { name: 'Zurückziehen …' }).click();
	await mara.page.getByRole('dialog').getByRole('button', { name: 'Zurückziehen' }).click();
	for (const device of [mara, jonas, kim]) await shows(device, /sagt, dass der Rundbrief zurückgezogen ist/);
	for (const path of [address, `${address}/1`]) {
		const { status, body } = await evening.server.ask<string>('GET', path);
		expect([path, status]).toEqual([path, 410]);
		expect(body).not.toContain('Wahlbüro wird eingerichtet');
	}
	expect([mara, jonas, kim].flatMap(({ faults }) => faults)).toEqual([]);
});
