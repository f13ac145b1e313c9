/**
 * Access that is taken away, seen from the device that loses it: it closes at once, or at its next contact, empties itself
 * and says so; what was never sent is offered as a file, once. What stays is read past the app.
 */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, afterEach, beforeEach, expect, test } from 'vitest';
import { readUnsentFile } from '#lib/state/unsent-file.ts';
import * as Y from 'yjs';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { indicator, paragraph, prepareEvening, relayContent, type Evening } from '../support/evening.ts';
import { remainsOf } from '../support/remains.ts';
import type { Member } from '../support/server.ts';

const patience = { timeout: 30_000 };

let browser: Browser;
let evening: Evening;
let device: Device;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser?.close());

beforeEach(async () => {
	evening = await prepareEvening();
});
afterEach(async () => {
	expect(device.faults).toEqual([]);
	await device.close();
	await evening.server.close();
});

const body = (page: Page) => page.getByRole('textbox', { name: /^Text zu Wahlbüro/ });
const saysRemoved = (page: Page) =>
	page.getByRole('heading', { name: 'Dieses Gerät ist abgemeldet' }).waitFor(patience);
const emptied = 'Alles, was Mitschrift hier gespeichert hatte, ist gelöscht';

/** Jonas' device, with the minutes open and everything that he may see stored on it. */
async function openMinutes(options: Partial<Parameters<typeof openDevice>[1]> = {}): Promise<Page> {
	device = await openDevice(browser, { server: evening.server, member: evening.jonas, size: 'phone', ...options });
	const { page } = device;
	await page.goto('/meetings/m1/minutes');
	await body(page).waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await indicator(page, 'Gespeichert').waitFor();
	await expect.poll(async () => (await remainsOf(page)).rows, patience).toContain(paragraph);
	return page;
}

async function write(page: Page, words: string): Promise<void> {
	await body(page).click();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(words);
}

function remove(member: Member): Promise<unknown> {
	return evening.server.ask('DELETE', `/api/people/${member.person.id}`, { as: evening.mara });
}

/** Nothing of anybody: no database, no key but that it was emptied and the language, no answer in a cache. */
async function expectEmpty(page: Page): Promise<void> {
	const left = await remainsOf(page);
	expect(left.databases).toEqual([]);
	expect(left.foreign).toEqual([]);
	expect(left.localStorage).toEqual({ 'mitschrift.left': 'true', PARAGLIDE_LOCALE: 'de' });
	// Where the page was scrolled to, which Kit notes.
	expect(Object.keys(left.sessionStorage).filter((key) => !key.startsWith('sveltekit:'))).toEqual([]);
	expect(left.pushSubscribed).toBe(false);
}

test('a lost phone that is signed out from afar closes what is open, empties itself and says so, then and later', async () => {
	const page = await openMinutes();
	// Its session ends elsewhere, as from the list of devices.
	await evening.server.ask('DELETE', '/api/session', { as: evening.jonas });
	await saysRemoved(page);
	await page.getByText(emptied).waitFor(patience);
	expect(await page.getByText(paragraph).count()).toBe(0);
	await expectEmpty(page);
	await page.goto('/meetings/m1/minutes');
	await saysRemoved(page);
	await device.goOffline();
	await page.goto('/');
	await saysRemoved(page);
	await expectEmpty(page);
});

test('a removed member who is editing keeps nothing here, and the server has what was saved', async () => {
	const page = await openMinutes();
	await write(page, ' Das ist gesichert.');
	await indicator(page, 'Gespeichert').waitFor();
	await remove(evening.jonas);
	await page.keyboard.type(' Das hier nicht mehr.');
	await saysRemoved(page);
	await page.getByText(emptied).waitFor(patience);
	const offered = await page.getByRole('button', { name: 'Ohne Datei löschen' }).count();
	if (offered > 0) await page.getByRole('button', { name: 'Ohne Datei löschen' }).click();
	await expect.poll(async () => (await remainsOf(page)).databases, patience).toEqual([]);
	await expectEmpty(page);
	const stored = await relayContent(evening.server, evening.mara, 'minutes:m1');
	expect(stored.getXmlFragment('body:i1').toString()).toContain('Das ist gesichert.');
});

test('a member who was removed while away gets what they could not send as a file, once', async () => {
	const page = await openMinutes();
	await device.goOffline();
	await write(page, ' Geschrieben im Keller.');
	await indicator(page, /Offline – auf diesem Gerät gespeichert \(\d+\)/).waitFor();
	await remove(evening.jonas);
	await device.goOnline();
	await saysRemoved(page);
	await page.getByText(emptied).waitFor(patience);
	expect((await remainsOf(page)).databases, 'only the file is still here').toEqual(['mitschrift-unsent']);

	const downloading = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Als Datei speichern' }).click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe('mitschrift-nicht-gesendet.md');
	const text = readFileSync(await download.path(), 'utf8');
	expect(text).toContain(`${paragraph} Geschrieben im Keller.`);
	expect(text).toContain('## Protokoll · Vorstand, Di., 10. Dezember 2024');
	expect(text).toContain('Geschrieben von Jonas');
	const [unsent] = readUnsentFile(text);
	const doc = new Y.Doc();
	Y.applyUpdate(doc, unsent?.update ?? new Uint8Array());
	expect([unsent?.name, doc.getXmlFragment('body:i1').toString()]).toEqual([
		'minutes:m1',
		expect.stringContaining('Geschrieben im Keller.'),
	]);

	await page.reload();
	await saysRemoved(page);
	// It is not offered again, and nothing is lost where the download failed.
	await page.getByRole('button', { name: 'Noch einmal speichern' }).waitFor();
	expect(await page.getByRole('heading', { name: 'Noch nicht gesendet' }).count()).toBe(0);
	await page.getByRole('button', { name: 'Hier löschen' }).click();
	await page.getByRole('button', { name: 'Hier löschen' }).waitFor({ state: 'detached' });
	await expect.poll(async () => (await remainsOf(page)).databases, patience).toEqual([]);
	await expectEmpty(page);
});

test('a phone that was switched off when it was signed out empties itself when it is found again', async () => {
	await openMinutes({ keeps: true });
	await device.goOffline();
	await evening.server.ask('DELETE', '/api/session', { as: evening.jonas });
	await device.restart();
	await device.page.goto('/meetings/m1/minutes');
	await device.page.getByText(paragraph).first().waitFor();
	await device.goOnline();
	await saysRemoved(device.page);
	await device.page.getByText(emptied).waitFor(patience);
	await expectEmpty(device.page);
});

test('a lowered role takes from the device what it may not see, and leaves the rest', async () => {
	const page = await openMinutes();
	const names = async () => (await remainsOf(page)).databases.map((name) => name.split('/').at(-1));
	await expect.poll(names, patience).toEqual(expect.arrayContaining(['minutes:m1', 'bulletin:b1', 'agenda:m1']));
	await evening.server.change(evening.mara, evening.jonas.person.id, { role: 'member' });
	await expect.poll(names, patience).not.toContain('minutes:m1');
	await expect.poll(names, patience).not.toContain('bulletin:b1');
	await expect.poll(names, patience).toContain('agenda:m1');
	await page.goto('/meetings');
	await page.locator('main a[href^="/meetings/"]').first().waitFor();
	expect((await remainsOf(page)).rows).not.toContain(paragraph);
});

test('what waits when a role is lowered is offered too', async () => {
	const page = await openMinutes();
	await device.goOffline();
	await write(page, ' Noch unterwegs.');
	await indicator(page, /Offline – auf diesem Gerät gespeichert \(\d+\)/).waitFor();
	await evening.server.change(evening.mara, evening.jonas.person.id, { role: 'member' });
	await device.goOnline();
	const dialog = page.getByRole('dialog', { name: 'Noch nicht gesendet' });
	await dialog.getByText('oder deine Rolle hat sich geändert').waitFor(patience);
	const downloading = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Als Datei speichern' }).click();
	expect(readFileSync(await (await downloading).path(), 'utf8')).toContain('Noch unterwegs.');
	await page.goto('/more/unsent');
	// Closed without a word, it does not open again, and what was saved waits where it can be brought back.
	await page.getByText('schon als Datei gespeichert').waitFor(patience);
	expect(await dialog.count()).toBe(0);
	await page.getByRole('button', { name: 'Hier löschen' }).click();
	await page.getByRole('button', { name: 'Hier löschen' }).waitFor({ state: 'detached' });
	await expect.poll(async () => (await remainsOf(page)).rows, patience).not.toContain('Noch unterwegs.');
	await expect.poll(async () => (await remainsOf(page)).databases, patience).not.toContain('mitschrift-unsent');
});

/** Runs in the page: its clock goes as the device's own, put forward by so many days. */
function shiftClock(): void {
	// A page before the first navigation has no storage.
	if (location.protocol !== 'http:') return;
	const shift = Number(localStorage.getItem('test.days') ?? 0) * 24 * 3_600_000;
	const Real = Date;
	globalThis.Date = class extends Real {
		constructor(...given: unknown[]) {
			if (given.length === 0) super(Real.now() + shift);
			else super(...(given as []));
		}
		static override now(): number {
			return Real.now() + shift;
		}
	} as DateConstructor;
}

test('a device without contact for thirty days shows nothing until the server confirms it, and then everything', async () => {
	const page = await openMinutes({ init: shiftClock });
	const openAfter = async (days: number) => {
		await page.evaluate((passed) => localStorage.setItem('test.days', String(passed)), days);
		await page.goto('/meetings/m1/minutes');
	};
	const locked = page.getByRole('heading', { name: 'Verschlossen, bis der Server antwortet' });
	await device.goOffline();
	await openAfter(29);
	await page.getByText(paragraph).first().waitFor(patience);
	await openAfter(31);
	await locked.waitFor(patience);
	expect(await page.getByText(paragraph).count()).toBe(0);
	// Turning the clock back opens nothing.
	await openAfter(0);
	await locked.waitFor(patience);
	await device.goOnline();
	await page.getByText(paragraph).first().waitFor(patience);
});
