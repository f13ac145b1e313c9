/** By keyboard: what was pressed goes, and one goes on where it stood, not at the top of the page. */
import { updateEntry } from '#lib/documents/change-directory.ts';
import { directoryName } from '#lib/protocol/document-name.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser, openDevice, type Device } from '../support/browser.ts';
import { openServerPeer, prepareEvening, type Evening } from '../support/evening.ts';
import { untilSaved } from '../support/peers.ts';

let evening: Evening;
let browser: Browser;
let device: Device;
let page: Page;

beforeAll(async () => {
	[evening, browser] = await Promise.all([prepareEvening(), launchBrowser()]);
	const { server, mara } = evening;
	device = await openDevice(browser, { server, member: mara, worker: 'none' });
	({ page } = device);
});

afterAll(async () => {
	await device?.close();
	await browser?.close();
	await evening?.server.close();
});

beforeEach(() => expect(device.faults).toEqual([]));

/** Opens it, with what is fetched once the page is shown. */
async function open(path: string): Promise<void> {
	await page.goto(path);
	await page.locator('.toasts').waitFor({ state: 'attached' });
}
async function press(name: string | RegExp, within: ReturnType<Page['locator']> = page.locator('main')): Promise<void> {
	const button = within.getByRole('button', { name, exact: true }).first();
	await expect.poll(() => button.isEnabled()).toBe(true);
	await button.focus();
	await page.keyboard.press('Enter');
}
/** In a menu that was just opened, which gives its first entry the focus a moment later. */
async function choose(item: string): Promise<void> {
	await page.locator('[role=menuitem]:focus').waitFor();
	await page.getByRole('menuitem', { name: item }).focus();
	await page.keyboard.press('Enter');
}
/** On somebody else's device. */
async function say(status: 'draft' | 'review'): Promise<void> {
	const workspace = openServerPeer(evening.server, evening.jonas);
	const directory = workspace.open(directoryName);
	await untilSaved(directory);
	updateEntry(directory.doc, 'bulletins', 'b1', { status });
	await untilSaved(directory);
	await workspace.close();
}

/** What has the focus: its role or element, and what it is called. */
function focused(): Promise<string> {
	return page.evaluate(() => {
		const element = document.activeElement;
		const name =
			element?.getAttribute('aria-label') ?? element?.querySelector('h2, h3')?.textContent ?? element?.textContent;
		return `${element?.tagName.toLowerCase()}: ${name?.trim() ?? ''}`;
	});
}

test('each step of an issue’s way leaves the focus on the way, and its words are a live region that stays', async () => {
	await open('/bulletins/b1');
	const way = page.getByRole('region', { name: 'Weg des Rundbriefs' });
	await way.getByRole('button', { name: 'Um Freigabe bitten' }).waitFor();
	const live = await way.locator('[aria-live=polite]').elementHandle();
	const steps = [
		['Um Freigabe bitten', 'Lies ihn durch und gib frei'],
		['Freigeben', 'Du hast freigegeben'],
		['Freigabe zurücknehmen', 'Lies ihn durch und gib frei'],
		['Zurück zum Entwurf', 'Ihr schreibt noch'],
	] as const;
	for (const [step, words] of steps) {
		await press(step);
		await way.getByText(words).waitFor();
		await expect.poll(focused, { message: step }).toBe('section: Weg des Rundbriefs');
		expect(await live?.evaluate((element) => element.isConnected && element.textContent)).toContain(words);
	}
	// By keyboard one sees it, and goes on at what is next.
	expect(await way.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
	await page.keyboard.press('Tab');
	expect(await focused()).toBe('button: Um Freigabe bitten');
});

test('a button that is blocked while the server answers has the focus again when it can be pressed again', async () => {
	await open('/bulletins/b1');
	await press('Um Freigabe bitten');
	const { promise, resolve: answer } = Promise.withResolvers<null>();
	await page.route('**/approvals', async (route) => {
		await promise;
		await route.fulfill({ status: 409, json: { error: 'content-differs' } });
	});
	await press('Freigeben');
	await expect.poll(focused).toBe('section: Weg des Rundbriefs');
	answer(null);
	await expect.poll(focused).toBe('button: Freigeben');
	await page.unroute('**/approvals');
	await press('Zurück zum Entwurf');
});

test('in a list one goes on in the row that takes the place, behind the last in the one before', async () => {
	await open('/meetings/m1/agenda');
	const rows = page.locator('main li', { has: page.getByRole('button', { name: /^Einzelheiten/ }) });
	await expect.poll(() => rows.count()).toBe(3);
	await press(/^Einzelheiten zu TOP 2/);
	await press('TOP entfernen');
	await expect.poll(() => rows.count()).toBe(2);
	await expect.poll(() => rows.nth(1).evaluate((row) => row === document.activeElement)).toBe(true);
	await press(/^Einzelheiten zu TOP 2/);
	await press('TOP entfernen');
	await expect.poll(() => rows.count()).toBe(1);
	await expect.poll(() => rows.evaluate((row) => row === document.activeElement)).toBe(true);
});

test('behind the last article one goes on in the one before', async () => {
	await open('/bulletins/b1');
	await press('Artikel hinzufügen');
	await expect.poll(focused).toBe('textarea: Titel des Artikels');
	await press('Mehr zu „Artikel 2“');
	await choose('Artikel löschen');
	await expect.poll(focused).toBe('section: Wahlbüro');
});

test('a list beside the text is gone on in, and when it is closed, at what opened it', async () => {
	await open('/bulletins/b1');
	await press('Vorschläge (0)');
	await expect.poll(focused).toBe('h2: Vorschläge');
	await page.keyboard.press('Escape');
	// Its button is there again, and another one.
	await expect.poll(focused).toBe('div: Vorschläge');
	await press('0 Anmerkungen');
	await press('Schließen', page.getByRole('complementary'));
	await expect.poll(focused).toBe('button: 0 Anmerkungen');
});

test('a dialog that a menu opened gives the focus back to the menu’s button', async () => {
	await open('/bulletins/b1');
	await press('Mehr zu diesem Rundbrief');
	await choose('Exportieren');
	await press('Schließen', page.getByRole('dialog'));
	await expect.poll(focused).toBe('button: Mehr zu diesem Rundbrief');
});

test('where what others do takes it away, too; but not from who pressed beside everything', async () => {
	await open('/bulletins/b1');
	const way = page.getByRole('region', { name: 'Weg des Rundbriefs' });
	const ask = way.getByRole('button', { name: 'Um Freigabe bitten' });
	await ask.focus();
	await say('review');
	await ask.waitFor({ state: 'detached' });
	await expect.poll(focused).toBe('section: Weg des Rundbriefs');

	await way.getByRole('button', { name: 'Zurück zum Entwurf' }).focus();
	// Between the places and what stands below them.
	await page.mouse.click(100, 500);
	expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
	await say('draft');
	await ask.waitFor();
	await page.waitForTimeout(300);
	expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
});
